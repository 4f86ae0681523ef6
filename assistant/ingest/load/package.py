"""Open zip packages (docx, pptx, ofd, plain zip) and their XML without trusting them."""

from __future__ import annotations

import zipfile
import zlib
from io import BytesIO
from typing import TYPE_CHECKING

from ...errors import LoadError
from .base import MEGABYTE, Limits, damaged, encrypted

if TYPE_CHECKING:
    from lxml.etree import _Element

_ENCRYPTED = 0x1  # bit of a member's flags
# A member that shrinks more than this was made to burst; text and XML shrink 5 to 50 times. Small
# members may shrink as they like.
_BURST_RATIO = 500
_BURST_SIZE = 20 * MEGABYTE


class Package:
    """The members of one zip file, read within limits."""

    def __init__(self, data: bytes, limits: Limits, kind: str) -> None:
        """Open the zip in `data`; `kind` names it in errors.

        Raises LoadError when it is broken, encrypted, or would unpack beyond the limits.
        """
        self._kind = kind
        try:
            self._archive = zipfile.ZipFile(BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, OverflowError) as error:
            raise damaged(kind, error) from None
        self.members = {info.filename: info for info in self._archive.infolist() if not info.is_dir()}
        self._refuse_bombs(limits)

    def _refuse_bombs(self, limits: Limits) -> None:
        infos = self.members.values()
        if len(self._archive.infolist()) > limits.members:
            raise LoadError(
                f"{self._kind} 内有 {len(self._archive.infolist())} 个文件,超过上限 {limits.members}。",
                "请拆成几个较小的文件。",
            )
        unpacked = sum(info.file_size for info in infos)
        bursting = any(info.file_size > max(_BURST_SIZE, _BURST_RATIO * info.compress_size) for info in infos)
        if unpacked > limits.unpacked_bytes or bursting:
            raise LoadError(
                f"{self._kind} 解压后将有 {unpacked / MEGABYTE:.0f} MB,疑为压缩炸弹,已拒绝。",
                f"如内容可信,请拆成解压后不超过 {limits.unpacked_bytes // MEGABYTE} MB 的文件。",
            )

    def read(self, name: str) -> bytes:
        """Return the bytes of member `name`, never more than its declared size."""
        info = self.members[name]
        if info.flag_bits & _ENCRYPTED:
            raise encrypted(self._kind)
        try:
            return self._archive.read(info)
        except (
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            OSError,
            NotImplementedError,
            RuntimeError,
            ValueError,
        ) as error:
            raise damaged(self._kind, error) from None

    def xml(self, name: str) -> _Element:
        """Return the root of the XML member `name`, entities left alone."""
        return parse_xml(self.read(name), self._kind)

    def optional_xml(self, name: str) -> _Element | None:
        """Return the root of the XML member `name`, None where the package has no such member."""
        return self.xml(name) if name in self.members else None


def parse_xml(data: bytes, kind: str) -> _Element:
    """Parse XML without entities, network or document types. Raises LoadError."""
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise (_bomb(kind) if "entity" in str(error) else damaged(kind, str(error)[:120])) from None
    if root is None:
        raise damaged(kind, "空的 XML")
    if root.getroottree().docinfo.internalDTD is not None:
        raise _bomb(kind)
    return root


def _bomb(kind: str) -> LoadError:
    return LoadError(f"{kind} 的 XML 带有实体定义(可能是实体炸弹),已拒绝。", "请用原来的软件重新保存。")


def local(tag: object) -> str:
    """Return the local name of an element's tag, '' for comments and instructions."""
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""
