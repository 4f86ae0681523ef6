"""Zip archives: each member by its own format, nothing ever written to disk."""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace

from ...errors import LoadError
from .base import Limits, Loaded
from .package import Package

_NAMED = 5  # how many bad members the error names
_UTF8_NAME = 0x800  # bit of a member's flags
# what systems put beside the documents
_IGNORED = re.compile(r"(?:^|/)(?:__MACOSX/|\.|~\$|Thumbs\.db$|desktop\.ini$)", re.IGNORECASE)


def load_zip(data: bytes, limits: Limits) -> Iterator[Loaded | None]:
    """Yield the documents of all members, named by their path in the archive.

    Raises LoadError after the last good one when some members could not be read, naming them.
    """
    from .formats import load_bytes

    if limits.nesting <= 0:
        raise LoadError("压缩包套压缩包的层数过多,已拒绝。", "请先解压内层的压缩包。")
    package = Package(data, limits, "zip")
    inner = replace(limits, nesting=limits.nesting - 1)
    bad: list[str] = []
    found = 0
    for member, info in package.members.items():
        name = member_name(info)
        if _IGNORED.search(name):
            continue
        yield None
        try:
            for loaded in load_bytes(package.read(member), posixpath.splitext(name)[1].lower()[1:], inner):
                found += loaded is not None
                yield replace(loaded, name=f"{name}/{loaded.name}".rstrip("/")) if loaded else None
        except LoadError as error:
            bad.append(f"{name}:{error.what}")
    if bad:
        shown = " ".join(bad[:_NAMED]) + (" …" if len(bad) > _NAMED else "")
        raise LoadError(f"压缩包中有 {len(bad)} 个文件没有读成:{shown}", "其余文件已读取。")
    if not found:
        raise LoadError("压缩包里没有文档。", "请确认它装有 docx、pdf、html、txt 等文件。")


def member_name(info: zipfile.ZipInfo) -> str:
    """Return a member's name as a harmless relative path, in the encoding it was written in.

    Members are never written to disk; their names are only names, yet `../` and drive letters
    must not reach anyone who joins them to a folder.
    """
    name = info.filename
    if not info.flag_bits & _UTF8_NAME:
        # zipfile reads names without the flag as cp437; Chinese systems wrote GBK or UTF-8
        raw = name.encode("cp437", "replace")
        for encoding in ("utf-8", "gb18030"):
            try:
                name = raw.decode(encoding)
                break
            except UnicodeDecodeError:
                continue
    name = re.sub(r"[\x00-\x1f\x7f]", "", name.replace("\\", "/"))
    parts = [re.sub(r"^[A-Za-z]:", "", part) for part in name.split("/")]
    return "/".join(part for part in parts if part not in ("", ".", "..")) or "未命名"
