"""Cut a document into passages: within one section, in whole sentences, within a token budget."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from hashlib import blake2b
from itertools import zip_longest

from ..types import CELL_SEPARATOR, Document, Passage, Section
from ..zh.budget import count
from ..zh.sentences import Span, clauses, sentences

# A passage this full ends at the end of a paragraph rather than in the next one.
FULL_ENOUGH = 0.6


def split(document: Document, budget: int) -> list[Passage]:
    """Return the passages of `document` in reading order, none of more than `budget` cl100k tokens.

    A passage lies in one section and carries its whole path. Rows of a table stay whole, a single row
    or word longer than the budget is cut where it must be.
    """
    content = blake2b(f"{document.title}\n{document.text}".encode(), digest_size=12).hexdigest()
    spans = [
        (section, span, table)
        for section, start, end in _own_text(document)
        for span, table in _spans(document, start, end, budget)
    ]
    return [
        _passage(document, section, span, table, f"{content}-{ordinal}")
        for ordinal, (section, span, table) in enumerate(spans)
    ]


def _own_text(document: Document) -> Iterator[tuple[Section, int, int]]:
    """Yield each section with the stretch that is its own and of none of its parts.

    That is all up to its first part: a section ends where the next of its level or above begins. A
    heading with nothing of its own under it stands in the paths of its parts.
    """
    sections = document.sections
    for section, following in zip(sections, [*sections[1:], None], strict=True):
        end = min(following.start, section.end) if following else section.end
        has_parts = end < section.end
        if not has_parts or document.text[section.body_start : end].strip():
            yield section, section.start, end


def _spans(document: Document, start: int, end: int, budget: int) -> Iterator[tuple[Span, bool]]:
    position = start
    for table_start, table_end in document.tables:
        first, last = max(table_start, position), min(table_end, end)
        if first >= last:
            continue
        yield from ((span, False) for span in _pack(document.text, position, first, budget))
        yield from ((span, True) for span in _pack_rows(document.text, first, last, budget))
        position = last
    yield from ((span, False) for span in _pack(document.text, position, end, budget))


def _pack(text: str, start: int, end: int, budget: int) -> Iterator[Span]:
    whole = _trim(text, start, end)
    if whole.start == whole.end:
        return
    if _fits(text[whole.start : whole.end], budget):
        yield whole
        return
    yield from _join(text, [p for s in sentences(text, start, end) for p in _pieces(text, s, budget)], budget)


def _pack_rows(text: str, start: int, end: int, budget: int) -> Iterator[Span]:
    rows, position = [], start
    for line in text[start:end].splitlines(keepends=True):
        row = _trim(text, position, position + len(line))
        if row.start < row.end:
            rows.append(row)
        position += len(line)
    yield from _join(text, [piece for row in rows for piece in _pieces(text, row, budget)], budget)


def _join(text: str, pieces: Sequence[Span], budget: int) -> Iterator[Span]:
    """Join pieces that follow each other while the budget lasts; each is counted once."""
    start = end = used = 0
    for piece in pieces:
        size = count(text[piece.start : piece.end])
        gap = count(text[end : piece.start]) if used and end < piece.start else 0
        new_paragraph = "\n" in text[end : piece.start]
        if used and (used + gap + size > budget or (new_paragraph and used > FULL_ENOUGH * budget)):
            yield Span(start, end)
            used = 0
        start, used = (start, used + gap + size) if used else (piece.start, size)
        end = piece.end
    if used:
        yield Span(start, end)


def _pieces(text: str, sentence: Span, budget: int) -> list[Span]:
    if _fits(text[sentence.start : sentence.end], budget):
        return [sentence]
    parts = clauses(text, sentence.start, sentence.end)
    return [piece for part in parts for piece in _hard(text, part, budget)]


def _hard(text: str, part: Span, budget: int) -> list[Span]:
    """Cut a clause that is too long after a comma, else anywhere."""
    pieces = []
    start = part.start
    while at_most(text[start : part.end]) > budget:
        end = start + max(1, budget // 3)  # no character has more than three tokens
        while end < part.end and at_most(text[start : end + 1]) <= budget:
            end += 1
        comma = max(text.rfind(sign, start, end) for sign in "，,、 ")
        if comma > start:
            end = comma + 1
        pieces.append(Span(start, end))
        start = end
    return [*pieces, Span(start, part.end)]


def _trim(text: str, start: int, end: int) -> Span:
    stretch = text[start:end]
    if not stretch.strip():
        return Span(start, start)
    return Span(start + len(stretch) - len(stretch.lstrip()), start + len(stretch.rstrip()))


def _passage(document: Document, section: Section, span: Span, table: bool, id_: str) -> Passage:
    metadata = document.metadata
    return Passage(
        id=id_,
        document=document.id,
        title=document.title,
        section=section.path,
        start=span.start,
        end=span.end,
        text=document.text[span.start : span.end],
        region=section.region or metadata.region,
        issued=metadata.issued,
        kind=metadata.kind,
        validity=metadata.validity,
        page=document.page(span.start),
        damaged=document.is_damaged(span.start, span.end),
        table_header=_header(document, span) if table else "",
    )


def _header(document: Document, span: Span) -> str:
    start, end = next((t for t in document.tables if t[0] <= span.start < t[1]), (0, 0))
    first, *others = document.text[start:end].strip().split("\n")[:2]
    return _joined_header(first, others[0]) if others else first


def _is_figure(cell: str) -> bool:
    return bool(re.fullmatch(r"[\d.,%‰+-]+", cell))


def _joined_header(first: str, second: str) -> str:
    """Return a header of two rows as one: a cell that spans both begins both, being repeated."""
    above, below = first.split(CELL_SEPARATOR), second.split(CELL_SEPARATOR)
    if not above[0] or above[0] != below[0] or len(below) < len(above) or any(map(_is_figure, above + below)):
        return first
    cells: list[str] = []
    spanning = ""
    for upper, lower in zip_longest(above, below, fillvalue=""):
        spanning = upper or spanning
        cells.append(spanning if lower in ("", spanning) else f"{spanning} {lower}")
    return CELL_SEPARATOR.join(cells)


def _fits(text: str, budget: int) -> bool:
    # a token has a byte or more: a short document never needs the vocabulary, which takes .2 s to load
    return len(text.encode(errors="surrogatepass")) <= budget or at_most(text) <= budget


@cache
def _size(character: str) -> int:
    return count(character)


def at_most(text: str) -> int:
    """Return an upper bound of the tokens of `text`, quickly: each character by itself."""
    return sum(map(_size, text))
