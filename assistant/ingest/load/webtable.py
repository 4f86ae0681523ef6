"""Tables of web pages: which are data and which only arrange the page, and their rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from .builder import squeeze
from .package import local
from .webstyle import WebStyle

if TYPE_CHECKING:
    from lxml.etree import _Element

_CELL_LIMIT = 1500  # characters; more than that in one cell is a page laid out by a table
_REPEATED = 40  # characters; a merged cell up to this long is repeated in each row it spans
_MOST_COLUMNS = 100


def is_data_table(table: _Element) -> bool:
    """Tell whether `table` holds data in two columns or more, and no other table."""
    if next(table.iterdescendants("table"), None) is not None:
        return False
    widths = [len(list(_cells(row))) for row in _rows(table)]
    if not widths or max(widths) < 2:
        return False
    return all(
        len("".join(cell.itertext())) <= _CELL_LIMIT or len(cell) <= 1
        for row in _rows(table)
        for cell in _cells(row)
    )


def table_rows(
    table: _Element, style: WebStyle, hide: Callable[[str], object]
) -> tuple[list[list[str]], int]:
    """Return the rows of `table` and how many of them are its header.

    A cell that spans rows is repeated in each where it is short; one that spans columns leaves the
    others empty, so that columns stay aligned.
    """
    rows: list[list[str]] = []
    header_rows = 0
    pending: dict[int, tuple[int, str]] = {}  # column -> rows still to fill, text
    for row in _rows(table):
        cells = list(_cells(row))
        if len(rows) == header_rows and cells and all(local(cell.tag) == "th" for cell in cells):
            header_rows += 1
        rows.append(_row(cells, pending, style, hide))
    return rows, header_rows or 1


def _row(
    cells: list[_Element], pending: dict[int, tuple[int, str]], style: WebStyle, hide: Callable[[str], object]
) -> list[str]:
    row: list[str] = []
    for cell in cells:
        _fill(row, pending)
        text = cell_text(cell, style, hide)
        width = min(_span(cell, "colspan"), _MOST_COLUMNS)
        height = _span(cell, "rowspan")
        for column in range(len(row), len(row) + width):
            if height > 1:
                first = column == len(row)
                pending[column] = (height - 1, text if first and len(text) <= _REPEATED else "")
        row += [text, *[""] * (width - 1)]
    _fill(row, pending)
    return row


def _fill(row: list[str], pending: dict[int, tuple[int, str]]) -> None:
    """Append the cells of rows above that reach into this row."""
    while len(row) in pending:
        column = len(row)
        left, text = pending.pop(column)
        if left > 1:
            pending[column] = (left - 1, text)
        row.append(text)
        # popped and put back: step over it
        if left > 1 and len(row) == column:
            break


def cell_text(cell: _Element, style: WebStyle, hide: Callable[[str], object]) -> str:
    """Return the visible text of a cell as one line."""
    from lxml import etree

    words: list[str] = []
    walker = etree.iterwalk(cell, events=("start", "end"))
    skipped: set[_Element] = set()
    for event, element in walker:
        tag = local(element.tag)
        if event == "start":
            if tag in ("script", "style") or style.hides(element):
                walker.skip_subtree()
                skipped.add(element)
                if tag not in ("script", "style"):
                    hide("".join(element.itertext()))
            else:
                words.append(" " if tag in ("p", "div", "br", "li") else "")
                words.append(element.text or "")
        elif element is not cell:
            words.append(" " if tag in ("p", "div", "li") else "")
            words.append(element.tail or "")
    return squeeze("".join(words))


def _rows(table: _Element) -> Iterator[_Element]:
    yield from table.iterdescendants("tr")


def _cells(row: _Element) -> Iterator[_Element]:
    yield from row.iterchildren("td", "th")


def _span(cell: _Element, name: str) -> int:
    value = cell.get(name, "1").strip()
    return max(int(value), 1) if value.isdigit() and len(value) < 6 else 1
