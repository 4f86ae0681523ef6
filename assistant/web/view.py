"""One document as one reader sees it: its paragraphs as HTML, rendered once and kept."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from threading import Lock
from zlib import crc32

from ..types import DAMAGE_MARK, Document, Repair, Section
from .markup import escape
from .texts import Language, text

KEPT = 32  # documents kept as HTML: one of 20,000 characters takes some 200 KB


@dataclass(frozen=True, slots=True)
class View:
    """One document as one reader sees it: the span to highlight, the language, the theme."""

    document: Document
    start: int
    end: int
    language: Language
    theme: str = ""  # light, dark, or empty for the system's
    version: str = ""  # of the static files, so that browsers fetch new ones

    @property
    def quote_start(self) -> int:
        """Return where the first visible character of the quote stands."""
        quote = self.document.text[self.start : self.end]
        return self.end - len(quote.lstrip())

    def say(self, key: str, **values: object) -> str:
        """Return the text `key`, escaped."""
        return escape(text(key, self.language, **values))


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph, or something removed, as HTML."""

    start: int
    end: int
    html: str


@dataclass(frozen=True, slots=True)
class Rendered:
    """A document as HTML without a quote."""

    document: Document
    blocks: tuple[Block, ...]
    version: str  # of its text: a quote of another version stands elsewhere


class Pages:
    """The documents read last, as HTML: a quote in one of them is shown in a millisecond."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[str, Language], Rendered] = OrderedDict()
        self._lock = Lock()

    def text(self, view: View, *, whole: bool = True) -> str:
        """Return the text with its quote marked; not `whole`: only the paragraphs that the quote touches."""
        rendered = self._rendered(view)
        shown = [
            _block(view, block.start, block.end).html if quoted else block.html
            for block in rendered.blocks
            if (quoted := max(block.start, view.start) < min(block.end, view.end)) or whole
        ]
        document = view.document
        differs = document.original_span(view.start, view.end) != document.text[view.start : view.end]
        beside = ' data-beside=""' if differs else ""  # what stood there before its repair is worth seeing
        return (
            f'<main id="text" tabindex="-1" data-start="{view.start}" data-end="{view.end}"'
            f' data-version="{rendered.version}"{beside}>{"".join(shown)}</main>'
        )

    def _rendered(self, view: View) -> Rendered:
        key = (view.document.id, view.language)
        with self._lock:
            known = self._kept.pop(key, None)
        if known is None or known.document is not view.document:
            version = f"{crc32(view.document.text.encode()):x}"
            known = Rendered(view.document, tuple(_blocks(replace(view, start=0, end=0))), version)
        with self._lock:
            self._kept[key] = known
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        return known


def _blocks(view: View) -> Iterator[Block]:
    """Yield the paragraphs in order, each with its original where it differs, and what was removed."""
    document = view.document
    removed = _removals(document)
    for match in re.finditer(r"[^\n]+", document.text):
        start, end = match.span()
        while removed and removed[0].start <= start:
            yield _removal(removed.pop(0), view)
        if match.group().strip():
            yield _block(view, start, end)
    for repair in removed:
        yield _removal(repair, view)


def _block(view: View, start: int, end: int) -> Block:
    document = view.document
    readable = _readable(view, start, end)
    kind, tag = "paragraph", "p"
    if any(first < end and start < last for first, last in document.tables):
        kind = "row"
    elif heading := next((s for s in _sections(view, start, end) if s.body_start >= end), None):
        kind, tag = "heading", f"h{min(max(heading.level, 1) + 1, 6)}"
    readable = f"<{tag}>{readable}</{tag}>"
    if document.original_span(start, end) == document.text[start:end]:
        return Block(start, end, f'<div class="{kind}" data-at="{start}">{readable}</div>')
    original = f'<p class="original">{_original(view, start, end)}</p>'
    return Block(start, end, f'<div class="{kind} changed" data-at="{start}">{readable}{original}</div>')


def _readable(view: View, start: int, end: int) -> str:
    """Return the text from start to end with the quote, the repairs and the damage marked up."""
    document = view.document
    repairs = [repair for repair in _touching(document, start, end) if repair.start < repair.end]
    blank = len(document.text[start:end]) - len(document.text[start:end].lstrip())
    edges = {start, start + blank, end, view.start, view.quote_start, view.end}
    anchors = {section.start for section in _sections(view, start, end)}
    edges.update(anchors)
    edges.update(edge for repair in repairs for edge in (repair.start, repair.end))
    edges.update(
        edge
        for match in re.finditer(f"{DAMAGE_MARK}+", document.text[start:end])
        for edge in (start + match.start(), start + match.end())
    )
    cuts = sorted(edge for edge in edges if start <= edge <= end)
    return "".join(
        (f'<a id="at-{first}"></a>' if first in anchors else "") + _piece(view, first, last, repairs)
        for first, last in pairwise(cuts)
    )


def _piece(view: View, first: int, last: int, repairs: list[Repair]) -> str:
    shown = escape(view.document.text[first:last])
    if not shown.strip():
        shown = f'<span class="blank">{shown}</span>'  # it is text, and need not take room
    repair = next((r for r in repairs if r.start <= first and last <= r.end), None)
    if view.document.text[first:last].strip(DAMAGE_MARK) == "":
        shown = f'<span class="damaged" title="{view.say("unrestorable")}">{shown}</span>'
    elif repair:
        title = view.say("repaired_from", before=repair.before, reason=repair.reason)
        shown = f'<span class="repair" title="{title}">{shown}</span>'
    if view.start <= first and last <= view.end:
        identity = ' id="quote"' if first == view.quote_start else ""
        shown = f"<mark{identity}>{shown}</mark>"
    return shown


def _original(view: View, start: int, end: int) -> str:
    """Return the original behind a paragraph: what repairs took out struck through, the quote marked."""
    document = view.document
    first, last = document.alignment.to_original(start, end)
    repairs = [
        r for r in _touching(document, start, end) if first <= r.original_start and r.original_end <= last
    ]
    quote = document.alignment.to_original(view.start, view.end) if view.start < view.end else (-1, -1)
    edges = {first, last, *quote}
    edges.update(edge for repair in repairs for edge in (repair.original_start, repair.original_end))
    cuts = sorted(edge for edge in edges if first <= edge <= last)
    taken = {(repair.original_start, repair.original_end) for repair in repairs}
    pieces = []
    for cut in pairwise(cuts):
        shown = escape(document.original[slice(*cut)])
        shown = f"<del>{shown}</del>" if cut in taken else shown
        pieces.append(f"<mark>{shown}</mark>" if quote[0] <= cut[0] and cut[1] <= quote[1] else shown)
    return "".join(pieces)


def _sections(view: View, start: int, end: int) -> list[Section]:
    sections = view.document.sections
    first = bisect_left(sections, start, key=lambda section: section.start)
    last = bisect_left(sections, end, key=lambda section: section.start)
    return [section for section in sections[first:last] if section.heading]


def _touching(document: Document, start: int, end: int) -> list[Repair]:
    repairs = document.repairs
    index = bisect_left(repairs, start, key=lambda repair: repair.start)
    while index > 0 and repairs[index - 1].end > start:
        index -= 1
    touching = []
    while index < len(repairs) and repairs[index].start <= end:
        if repairs[index].kind != "furniture":
            touching.append(repairs[index])
        index += 1
    return touching


def _removals(document: Document) -> list[Repair]:
    return [repair for repair in document.repairs if repair.kind == "furniture" and repair.before.strip()]


def _removal(repair: Repair, view: View) -> Block:
    summary = view.say("removed", count=len(repair.before.strip()))
    lines = escape("\n".join(line.strip() for line in repair.before.splitlines() if line.strip()))
    html = f'<details class="removed"><summary>{summary}</summary><pre>{lines}</pre></details>'
    return Block(repair.start, repair.start, html)
