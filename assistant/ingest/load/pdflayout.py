"""What stands on the pages of a pdf: running heads and page numbers off, tables found."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from .pdflines import Line, cut_chunks, text_of

_EDGE_LINES = 3  # running heads and footers stand among the first or last three lines of a page
SAME_PLACE = 6.0  # points
_PAGE_NUMBER = re.compile(
    r"[-—–·•~\s]*(?:第\s*)?(?:\d{1,4}|[ivxlc]{1,6})\s*(?:[页頁]\s*)?"
    r"(?:[/,，、／]?\s*(?:共|of)?\s*\d{1,4}\s*[页頁]?)?[-—–·•~\s]*|page\s+\d+(?:\s+of\s+\d+)?",
    re.IGNORECASE,
)
_PAGE_OF_PAGES = re.compile(r"第\s*\d{1,4}\s*[页頁]\s*[,，、/]?\s*共\s*\d{1,4}\s*[页頁]")
SENTENCE_ENDS = tuple("。！？；：!?;:”」』")


@dataclass(slots=True)
class Table:
    """A table that was found on a page."""

    rows: list[list[str]]
    order: int
    pages: dict[int, str] = field(default_factory=dict)  # rows with which a page begins


@dataclass(slots=True)
class PageItems:
    """What stands on one page, in reading order."""

    number: int
    width: float
    height: float
    items: list[Line | Table] = field(default_factory=list)

    @property
    def lines(self) -> list[Line]:
        """Return the lines only."""
        return [item for item in self.items if isinstance(item, Line)]

    def drop(self, unwanted: Sequence[Line]) -> None:
        """Take lines off the page."""
        gone = {id(line) for line in unwanted}
        self.items = [item for item in self.items if id(item) not in gone]


def drop_running_lines(pages: Sequence[PageItems]) -> None:
    """Take page numbers off every page, and heads and footers that repeat from page to page."""
    seen: Counter[tuple[str, int]] = Counter()
    edges = [[*_edge(page, top=True), *_edge(page, top=False)] for page in pages]
    for lines in edges:
        seen.update({key for line in lines for key in _keys(line)})
    # heads of left and right pages differ, and a chapter's head changes with the chapter
    enough = 2 if len(pages) < 6 else max(3, len(pages) // 10)
    repeated = [
        [line for line in lines if any(seen[key] >= enough for key in _keys(line))] for lines in edges
    ]
    if 2 * sum(map(len, repeated)) > sum(len(page.lines) for page in pages):
        repeated = [[] for _ in pages]  # pages alike through and through: that is the text
    for page, lines, unwanted in zip(pages, edges, repeated, strict=True):
        numbers = [line for line in lines[:1] + lines[-1:] if _is_page_number(line, page)]
        page.drop([*unwanted, *numbers])
        for line in page.lines:
            if line in lines and _PAGE_OF_PAGES.search(line.text):
                _strip(line, page)


def _edge(page: PageItems, *, top: bool) -> list[Line]:
    """Return the outermost lines, the outermost first at the top and last at the bottom."""
    lines = sorted(page.lines, key=lambda line: -line.top)
    return lines[:_EDGE_LINES] if top else lines[max(len(lines) - _EDGE_LINES, _EDGE_LINES) :]


def _keys(line: Line) -> list[tuple[str, int]]:
    text = re.sub(r"\d+", "#", re.sub(r"\s", "", line.text))
    place = int(line.bottom // SAME_PLACE)
    return [(text, place), (text, place + 1)]


def _is_page_number(line: Line, page: PageItems) -> bool:
    outside = line.top < 0.12 * page.height or line.bottom > 0.88 * page.height
    return outside and bool(_PAGE_NUMBER.fullmatch(line.text.strip()))


def _strip(line: Line, page: PageItems) -> None:
    """Take "第 5 页，共 19 页" out of a head that says something else too."""
    kept = [chunk for chunk in cut_chunks(line.chars) if not _PAGE_OF_PAGES.search(text_of(chunk))]
    rest = [Line([char for chunk in kept for char in chunk], line.order, alone=True)] if kept else []
    place = next(index for index, item in enumerate(page.items) if item is line)
    page.items[place : place + 1] = rest


def find_aligned_tables(page: PageItems) -> None:
    """Replace runs of three or more lines whose columns stand under each other by tables."""
    items: list[Line | Table] = []
    run: list[Line] = []
    for item in [*page.items, None]:
        if isinstance(item, Line) and len(item.chunks) > 1 and (not run or _aligned(run[-1], item)):
            run.append(item)
            continue
        items += [Table(_columns(run), run[0].order)] if len(run) > 2 else run
        run = []
        if isinstance(item, Line) and len(item.chunks) > 1:
            run = [item]
        elif item is not None:
            items.append(item)
    page.items = items


def fold_columns(page: PageItems) -> None:
    """Where a page has two columns, move the edges of the right one's lines to the left.

    All that asks whether a line is full or indented then holds for both; the order of reading is the file's.
    """
    lines = [line for line in page.lines if len(line.chars) > 5]
    starts = sorted(line.left for line in lines if 0.3 < line.left / page.width < 0.7)
    for start in starts:
        right = [line for line in lines if line.left > start - 1]
        left = [line for line in lines if line.right < start]
        if len(left) + len(right) >= 0.9 * len(lines) and min(len(left), len(right)) >= 0.2 * len(lines):
            shift = start - min(line.left for line in left)
            for line in page.lines:
                if line.left > start - 1:
                    line.left -= shift
                    line.right -= shift
            return


def join_tables(pages: Sequence[PageItems]) -> None:
    """Make one table of those that go on over a page end, a repeated header left out."""
    table: Table | None = None
    for page in pages:
        first = page.items[0] if page.items else None
        if table and isinstance(first, Table) and len(first.rows[0]) == len(table.rows[0]):
            rows = first.rows[1:] if first.rows[0] == table.rows[0] else first.rows
            if rows and _is_rest(table.rows[-1], rows[0]):
                table.rows[-1] = [above + below for above, below in zip(table.rows[-1], rows[0], strict=True)]
                rows = rows[1:]
            table.pages[len(table.rows)] = str(page.number)
            table.rows += rows
            page.items.pop(0)
            if not page.items:
                continue
        last = page.items[-1] if page.items else None
        table = last if isinstance(last, Table) else None


def _is_rest(row: Sequence[str], below: Sequence[str]) -> bool:
    """Tell whether `below` only ends cells of `row` that a page end cut in the middle of a sentence."""
    filled = [(above, cell) for above, cell in zip(row, below, strict=True) if cell]
    return (
        not below[0]
        and bool(filled)
        and all(above and not above.endswith(SENTENCE_ENDS) for above, _ in filled)
    )


def _spans(line: Line) -> list[tuple[float, float]]:
    spans = []
    for chunk in cut_chunks(line.chars):
        visible = [char for char in chunk if not char.text.isspace()]
        spans.append((visible[0].left, visible[-1].right))
    return spans


def _aligned(above: Line, below: Line) -> bool:
    """Tell whether all columns of one line, or two at an edge or the middle, stand under the other's."""
    near = max(above.size, below.size)
    if len(_spans(above)) == len(_spans(below)) and all(
        min(one[1], other[1]) > max(one[0], other[0])
        for one, other in zip(_spans(above), _spans(below), strict=True)
    ):
        return True
    matches = sum(
        any(
            min(abs(one[0] - other[0]), abs(one[1] - other[1]), abs(sum(one) - sum(other)) / 2) < near
            for other in _spans(above)
        )
        for one in _spans(below)
    )
    return matches >= 2


def _columns(lines: Sequence[Line]) -> list[list[str]]:
    widest = max((_spans(line) for line in lines), key=len)
    rows = []
    for line in lines:
        cells = [""] * len(widest)
        for chunk, (left, right) in zip(line.chunks, _spans(line), strict=True):
            column = max(
                range(len(widest)),
                key=lambda index, left=left, right=right: (
                    min(widest[index][1], right) - max(widest[index][0], left)
                ),  # type: ignore[misc]
            )
            cells[column] = f"{cells[column]} {chunk}".strip()
        rows.append(cells)
    return rows
