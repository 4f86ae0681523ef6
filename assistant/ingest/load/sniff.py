"""Say what a file is by its content; its extension only decides between kinds of plain text."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO

from ...errors import LoadError
from .base import damaged

# what a zip is, by the member that only this format has
_ZIP_KINDS = (
    ("word/document.xml", "docx"),
    ("xl/workbook.xml", "xlsx"),
    ("xl/workbook.bin", "office"),
    ("ppt/presentation.xml", "pptx"),
    ("OFD.xml", "ofd"),
    ("content.xml", "office"),  # OpenDocument
)
_SIGNATURES = (
    (b"{\\rtf", "rtf"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "office"),  # OLE: doc, xls, ppt, wps, et
)
_REFUSED = (
    (b"Rar!", "RAR 压缩包", "请解压后再加入。"),
    (b"7z\xbc\xaf\x27\x1c", "7z 压缩包", "请解压后再加入。"),
    (b"\x1f\x8b", "gzip 压缩包", "请解压后再加入。"),
    (b"BZh", "bzip2 压缩包", "请解压后再加入。"),
    (b"\xfd7zXZ", "xz 压缩包", "请解压后再加入。"),
    (b"MZ", "Windows 程序", "它不是文档。"),
    (b"\x7fELF", "程序", "它不是文档。"),
    (b"SQLite format 3", "数据库", "请导出为 csv 或 xlsx。"),
    (b"GIF8", "GIF 图片", "请把图片放进 pdf 后再加入。"),
    (b"\x89PNG", "PNG 图片", "请把图片放进 pdf 后再加入。"),
    (b"\xff\xd8\xff", "JPEG 图片", "请把图片放进 pdf 后再加入。"),
    (b"II*\0", "TIFF 图片", "请把图片放进 pdf 后再加入。"),
    (b"MM\0*", "TIFF 图片", "请把图片放进 pdf 后再加入。"),
)
_EXTENSIONS = {
    "md": "md", "markdown": "md", "jsonl": "jsonl", "ndjson": "jsonl", "csv": "csv", "tsv": "csv",
    "html": "html", "htm": "html", "xhtml": "html", "shtml": "html", "mht": "mhtml", "mhtml": "mhtml",
}  # fmt: skip
_HTML = re.compile(
    rb"\s*(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html)\b", re.I | re.S
)
_MHTML = re.compile(rb"(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*)*?content-type:\s*multipart/related", re.I)
_FORMATS_OF_EXTENSIONS = _EXTENSIONS | {
    "txt": "txt", "docx": "docx", "docm": "docx", "xlsx": "xlsx", "xlsm": "xlsx", "pptx": "pptx",
    "pdf": "pdf", "rtf": "rtf", "zip": "zip", "ofd": "ofd",
}  # fmt: skip


def sniff(data: bytes, extension: str) -> str:
    """Return the name of the loader for `data`; `extension` is in lower case and has no dot.

    Raises LoadError for an empty file and for kinds that hold no text.
    """
    if not data.strip(b"\0 \t\r\n"):
        raise LoadError("文件是空的。", "请确认它已保存或已下载完整。")
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zip_kind(data)
    for signature, kind in _SIGNATURES:
        if data.startswith(signature):
            return kind
    for signature, name, advice in _REFUSED:
        if data.startswith(signature):
            raise LoadError(f"内容是{name},不是可以阅读的文档。", advice)
    return _text_kind(data, extension)


def is_plain(head: bytes, extension: str) -> bool:
    """Tell whether a file that begins with `head` is read by the simple loaders of plain text."""
    signatures = [signature for signature, *_ in (*_SIGNATURES, *_REFUSED)]
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06", *signatures)) or b"%PDF-" in head[:1024]:
        return False
    return _text_kind(head, extension) in ("txt", "md", "jsonl")


def disguise(extension: str, kind: str) -> str:
    """Return a notice when the extension promises another format than the content is, else ''."""
    promised = _FORMATS_OF_EXTENSIONS.get(extension)
    if promised is None or promised == kind or {promised, kind} <= {"txt", "md"}:
        return ""
    return f"扩展名是 .{extension},内容却是 {kind},已按内容读取。"


def _zip_kind(data: bytes) -> str:
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, OverflowError) as error:
        raise damaged("压缩格式(docx、xlsx、zip 等)", error) from None
    return next((kind for member, kind in _ZIP_KINDS if member in names), "zip")


def _text_kind(data: bytes, extension: str) -> str:
    if _HTML.match(data[:4096]):
        return "html"
    if extension in ("mht", "mhtml", "eml") or _MHTML.match(data[:4096]):
        return "mhtml"
    return _EXTENSIONS.get(extension, "txt")
