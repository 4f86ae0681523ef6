"""PDF: the text layer as paragraphs, headings, tables and footnotes, with page numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from ...errors import LoadError
from .base import Limits, Loaded, damaged, encrypted
from .builder import TextBuilder
from .pdfflow import Paragraph, paragraphs
from .pdflayout import PageItems, Table, drop_running_lines, find_aligned_tables, fold_columns, join_tables
from .pdflines import lines_of
from .pdfpage import PdfPage, read_page
from .pdftable import grids
from .recognition import can_recognise, recognise_page

if TYPE_CHECKING:
    import pypdfium2 as pdfium

_DATE = re.compile(r"^D:(\d{4})(\d\d)(\d\d).*")  # a date as pdf writes it
_UNMAPPED = 0.3  # of a page's characters: above it the text layer is noise
_TEXT = 10  # characters; a page with fewer has no text layer
_LEVELS = 4  # sizes of headings told apart


def load_pdf(data: bytes, _limits: Limits) -> Iterator[Loaded | None]:
    """Yield the document, None before each page that has to be recognised.

    Raises LoadError for an encrypted or broken file, and for a scan where recognition is not installed.
    """
    document = open_pdf(data)
    pages: list[PageItems] = []
    hidden: list[str] = []
    scanned: list[int] = []
    unsure = 0
    for number in range(len(document)):
        items, read = _page(document, number)
        if _is_unread(read):
            scanned.append(number + 1)
            items.items = []
            if can_recognise():
                yield None
                items, doubts = recognise_page(document[number], number + 1)
                unsure += doubts
        pages.append(items)
        hidden.append(read.hidden)
    if not any(page.items for page in pages):
        raise _empty(len(document), scanned)
    notices = _scan_notices(scanned, unsure)
    if b"%%EOF" not in data[-2048:]:
        notices.append("文件末尾不完整,可能缺少内容。")
    yield Loaded("", build(pages, hidden).extract(_properties(document), notices=notices))


def _empty(count: int, scanned: Sequence[int]) -> LoadError:
    if scanned and not can_recognise():
        return LoadError(
            f"扫描件:{count} 页中有 {len(scanned)} 页是没有文字层的图像,需要文字识别(OCR)。",
            '请安装可选组件:pip install "policy-assistant[ocr]",再重新索引。',
        )
    return LoadError(f"pdf 的 {count} 页里没有文字。", "请确认文件不是空白页。")


def _scan_notices(scanned: Sequence[int], unsure: int) -> list[str]:
    if not scanned:
        return []
    if can_recognise():
        return [f"第 {_listed(scanned)} 页由文字识别(OCR)得到,可能有错字;其中 {unsure} 行把握不大。"]
    return [f"第 {_listed(scanned)} 页是没有文字层的扫描页,没有收入;需要文字识别(OCR)。"]


def open_pdf(data: bytes) -> pdfium.PdfDocument:
    """Open a pdf; raises LoadError when it needs a password or cannot be read."""
    import pypdfium2 as pdfium

    try:
        document = pdfium.PdfDocument(data)
        if len(document):
            return document
    except pdfium.PdfiumError as error:
        if "password" in str(error).lower() or "security" in str(error).lower():
            raise encrypted("pdf") from None
        raise damaged("pdf", str(error)) from None
    raise damaged("pdf", "没有任何页")


def build(pages: Sequence[PageItems], hidden: Sequence[str]) -> TextBuilder:
    """Put the pages together: running lines off, lines joined, pages marked."""
    builder = TextBuilder()
    for text in hidden:
        builder.hide(text)
    drop_running_lines(pages)
    for page in pages:
        find_aligned_tables(page)
        fold_columns(page)
    join_tables(pages)
    flow = list(paragraphs(pages))
    sizes = sorted(
        {round(item.size) for _, item in flow if isinstance(item, Paragraph) and item.kind == "heading"}
    )
    levels = {size: str(min(place, _LEVELS)) for place, size in enumerate(reversed(sizes), 1)}
    marked = 0
    for number, item in flow:
        if number > marked:
            builder.page(str(number))
            marked = number
        if isinstance(item, Table):
            builder.table(item.rows, pages=item.pages)
            marked = max([marked, *map(int, item.pages.values())])
            continue
        start = builder.length
        level = levels[round(item.size)] if item.kind == "heading" else ""
        builder.line(item.text, item.kind, level, len(item.text) if item.bold else 0)
        for offset, page_number in item.pages:
            builder.mark("page", start + offset, start + offset, str(page_number))
            marked = page_number
    return builder


def _page(document: pdfium.PdfDocument, number: int) -> tuple[PageItems, PdfPage]:
    import pypdfium2 as pdfium

    try:
        page = document[number]
        read = read_page(page)
        tables = grids(page)
    except pdfium.PdfiumError as error:
        raise damaged("pdf", f"第 {number + 1} 页:{error}") from None
    items = PageItems(number + 1, read.width, read.height)
    flow = read.chars
    for grid in tables:
        inside = [(order, char) for order, char in flow if grid.holds(char)]
        if inside:
            flow = [(order, char) for order, char in flow if not grid.holds(char)]
            items.items.append(Table(grid.cells(char for _, char in inside), inside[0][0]))
    items.items = sorted([*items.items, *lines_of(flow, read.breaks)], key=lambda item: item.order)
    page.close()
    return items, read


def _is_unread(page: PdfPage) -> bool:
    """Tell whether the page shows more than its text layer says."""
    letters = sum(not char.text.isspace() for _, char in page.chars)
    return (letters < _TEXT and page.pictured) or page.unmapped > max(_UNMAPPED * letters, _TEXT)


def _properties(document: pdfium.PdfDocument) -> dict[str, str]:
    found = document.get_metadata_dict()
    names = {"Title": "title", "Author": "author", "CreationDate": "created", "ModDate": "modified"}
    return {name: _DATE.sub(r"\1-\2-\3", found.get(key, "").strip()) for key, name in names.items()}


def _listed(numbers: Sequence[int]) -> str:
    shown = "、".join(map(str, numbers[:10]))
    return shown + ("…" if len(numbers) > 10 else "")
