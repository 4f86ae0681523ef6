"""Files to extracted text: one small module a format, one door."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from ...errors import LoadError
from .base import MEGABYTE, Limits, Loaded, Loader
from .sniff import disguise, sniff

__all__ = ["Limits", "Loaded", "Loader", "load_file"]


def load_file(path: Path, limits: Limits = Limits()) -> Iterator[Loaded]:  # noqa: B008 - frozen
    """Yield every document in the file at `path`, which format it may be.

    Raises LoadError naming what is wrong and what to do; when only some records of a file or some
    members of a zip are bad, after the good ones were yielded.
    """
    data = _read(path, limits)
    extension = path.suffix.lower().removeprefix(".")
    kind = sniff(data, extension)
    notice = disguise(extension, kind)
    for loaded in loader(kind)(data, limits):
        if notice:
            extract = replace(loaded.extract, notices=(notice, *loaded.extract.notices))
            loaded = replace(loaded, extract=extract)
        yield loaded


def _read(path: Path, limits: Limits) -> bytes:
    try:
        size = path.stat().st_size
        if size > limits.file_bytes:
            raise LoadError(
                f"文件有 {size / MEGABYTE:.0f} MB,超过上限 {limits.file_bytes // MEGABYTE} MB。",
                "请拆成几个较小的文件。",
            )
        return path.read_bytes()
    except OSError as error:
        raise LoadError(f"文件打不开({error.strerror})。", "请检查它是否存在、是否有读取权限。") from None


def loader(kind: str) -> Loader:
    """Return the loader of a format that `sniff` named."""
    from . import docx, html, pdf, plain, records

    loaders: dict[str, Loader] = {
        "txt": plain.load_text,
        "md": plain.load_markdown,
        "jsonl": records.load_records,
        "html": html.load_html,
        "docx": docx.load_docx,
        "pdf": pdf.load_pdf,
    }
    if kind not in loaders:
        raise LoadError(f"暂不能读取 {kind} 格式。", "请另存为 docx、pdf、html 或 txt。")
    return loaders[kind]
