"""From the lines of pdf pages to paragraphs: lines and words joined again."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise, takewhile

from .pdflayout import SAME_PLACE, SENTENCE_ENDS, PageItems, Table
from .pdflines import Line

_NUMBERED = re.compile(
    r"第\s*[〇零一二三四五六七八九十百千\d]+\s*[编編章节節条條款项項]|[（(]\s*[〇一二三四五六七八九十\d]+\s*[）)]"
    r"|[〇一二三四五六七八九十]+\s*[、.．]|\d+(?:\.\d+)*\s*[、.．)）]\s*\D|[①-⑳●○■◆•]"
)
_NOTE = re.compile(r"(?:\d{1,2}|[①-⑳]|\[\d{1,2}\]|[*＊※])\s*\S")
_OPENING = ("〔", "（", "(", "[", "【", "《", "〈", "“", "「", "『")  # nothing ends with them
_RAGGED = 2.2  # characters; a full line ends so near to the margin: punctuation may not begin the next
_WIDER = 1.25  # times the distance of lines: a paragraph ends
_LARGER = 1.12  # times the size of the text: a heading
_SMALLER = 0.86  # times the size of the text: a footnote
_HEADING_LENGTH = 60


@dataclass(slots=True)
class Paragraph:
    """Joined lines, with the pages that begin within: (offset in the text, page number)."""

    text: str
    kind: str = ""  # heading, footnote or nothing
    size: float = 0.0
    bold: bool = False
    pages: list[tuple[int, int]] = field(default_factory=list)


def paragraphs(pages: Sequence[PageItems]) -> Iterator[tuple[int, Paragraph | Table]]:
    """Yield paragraphs and tables with the page each begins on, footnotes after the text they cut."""
    flow = _Flow(pages)
    for page in pages:
        flow.turn(page)
        for item in page.items:
            yield from flow.add(item)
    yield from flow.end()


class _Flow:
    """Join the lines of a document into paragraphs, one after the other."""

    def __init__(self, pages: Sequence[PageItems]) -> None:
        self._body = _body_size(pages)
        self._indents = _first_line_indents(pages)
        self._current: Paragraph | None = None
        self._before: Line | None = None  # the last line of the current paragraph
        self._before_margin = 0.0  # of the page which that line is on
        self._begun = 0  # the page on which it begins
        self._notes: list[tuple[int, Paragraph | Table]] = []

    def turn(self, page: PageItems) -> None:
        """Begin a page."""
        self._page = page
        self._margin = _margin(page)
        self._spacing = _spacing(page)
        self._noted = False

    def add(self, item: Line | Table) -> Iterator[tuple[int, Paragraph | Table]]:
        """Take the next item of the page; yield what it ends."""
        if isinstance(item, Table):
            yield from self.end()
            yield self._page.number, item
            return
        kind = self._kind(item)
        if kind == "footnote":
            self._noted = True
            self._notes.append((self._page.number, Paragraph(item.text, kind, item.size)))
        elif self._current and kind == self._current.kind and self._continues(item):
            self._join(self._current, item)
            self._keep(item)
        else:
            yield from self.end()
            self._current = Paragraph(item.text, kind, item.size, item.bold)
            self._begun = self._page.number
            self._keep(item)

    def _keep(self, line: Line) -> None:
        self._before = line
        self._before_margin = self._margin

    def end(self) -> Iterator[tuple[int, Paragraph | Table]]:
        """Yield the paragraph in hand and the footnotes below it."""
        if self._current:
            yield self._begun, self._current
        yield from self._notes
        self._current = self._before = None
        self._notes = []

    def _kind(self, line: Line) -> str:
        if line.size > _LARGER * self._body and len(line.text) <= _HEADING_LENGTH:
            return "heading"
        small = line.size < _SMALLER * self._body and line.top < 0.4 * self._page.height
        return "footnote" if small and (self._noted or _NOTE.match(line.text)) else ""

    def _continues(self, line: Line) -> bool:
        """Tell whether `line` goes on where the last one ended."""
        before, paragraph = self._before, self._current
        if before is None or paragraph is None or before.alone or _place(line) in self._indents:
            return False
        if abs(before.size - line.size) > 0.15 * before.size:
            return False
        step = before.bottom - line.bottom  # negative over a page end
        if paragraph.kind == "heading":
            return 0 < step < 2 * line.size and not _NUMBERED.match(line.text)
        if self._spacing and step > _WIDER * self._spacing:
            return False
        if paragraph.text.endswith(_OPENING):
            return True
        if before.right + max(_RAGGED * before.size, _first_word(line)) < self._before_margin:
            return False  # there was room for more
        if _NUMBERED.match(line.text) and paragraph.text.endswith(SENTENCE_ENDS):
            return False
        indent = line.left - before.left
        if indent < 0.8 * line.size:
            return True
        # a hanging indent: after a number, or below a line that cannot be the end of anything
        hangs = _NUMBERED.match(paragraph.text) or not paragraph.text.endswith((*SENTENCE_ENDS, "，", "、"))
        return bool(hangs) and indent < 5 * line.size and step > 0 and not _NUMBERED.match(line.text)

    def _join(self, paragraph: Paragraph, line: Line) -> None:
        text = line.text
        if paragraph.text.endswith("-") and text[:1].islower():
            paragraph.text = paragraph.text[:-1]  # a word hyphenated at the line end
        elif _is_latin(paragraph.text[-1:]) and _is_latin(text[:1]):
            paragraph.text += " "
        if self._page.number > (paragraph.pages[-1][1] if paragraph.pages else self._begun):
            paragraph.pages.append((len(paragraph.text), self._page.number))
        paragraph.text += text
        paragraph.bold &= line.bold


def _place(line: Line) -> int:
    return round(line.left / SAME_PLACE)


def _first_line_indents(pages: Sequence[PageItems]) -> set[int]:
    """Return the places at which first lines begin: full lines from there go on further left."""
    full: Counter[int] = Counter()
    returning: Counter[int] = Counter()
    for page in pages:
        margin = _margin(page)
        before: Line | None = None
        for line, following in pairwise(page.lines):
            is_full = line.right > margin - _RAGGED * line.size
            if is_full and not _hangs(before, line, margin):
                full[_place(line)] += 1
                returning[_place(line)] += following.left < line.left - 0.8 * line.size
            before = line
    return {place for place, count in returning.items() if count * 2 >= full[place] and count}


def _hangs(before: Line | None, line: Line, margin: float) -> bool:
    """Tell whether `line` goes on with the numbered full line before it, further right than that began."""
    return (
        before is not None
        and before.right > margin - _RAGGED * before.size
        and before.left < line.left - 0.8 * line.size
        and bool(_NUMBERED.match(before.text))
        and not before.text.endswith(SENTENCE_ENDS)
    )


def _body_size(pages: Sequence[PageItems]) -> float:
    sizes: Counter[float] = Counter()
    for page in pages:
        for line in page.lines:
            sizes[round(line.size, 1)] += len(line.chars)
    return max(sizes, key=lambda size: sizes[size], default=0.0)


def _margin(page: PageItems) -> float:
    """Return where full lines of a page end, infinity where none is full."""
    lines = page.lines
    ends = (
        sorted(line.right for line in lines if len(line.chars) > 10)
        or [line.right for line in lines]
        or [0.0]
    )
    margin = ends[int(0.9 * (len(ends) - 1))]
    alone = sum(abs(end - margin) < SAME_PLACE for end in ends) < 2
    return math.inf if alone and margin < 0.7 * page.width else margin


def _spacing(page: PageItems) -> float:
    """Return the distance of the lines of one paragraph, 0 where the page does not show it.

    Among lines that follow a full line at the commonest size the closest belong together; a tenth
    are passed over, for raised or misplaced ones.
    """
    margin = _margin(page)
    size = _body_size([page])
    steps = sorted(
        above.bottom - below.bottom
        for above, below in pairwise(page.lines)
        if above.bottom > below.bottom
        and above.right > margin - _RAGGED * above.size
        and max(abs(above.size - size), abs(below.size - size)) < 0.1 * size
    )
    return steps[len(steps) // 10] if steps else 0.0


def _first_word(line: Line) -> float:
    """Return how wide the letters and digits are that a line begins with and that cannot be parted."""
    word = list(takewhile(lambda char: char.text.isascii() and not char.text.isspace(), line.chars))
    return word[-1].right - word[0].left if word else 0.0


def _is_latin(character: str) -> bool:
    return character.isascii() and (character.isalpha() or character in ",.;:)")
