"""A list that a document makes: what leads into it, and its items in order."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property
from typing import NamedTuple

from ....types import Document, Section
from ....zh.fold import folded_text
from ....zh.sentences import Span, clauses, paragraph_around, sentences

_LONGEST = 100  # characters of a section that is a line
_ARTICLE = re.compile(r"第[零〇一二三四五六七八九十百千两\d]+条")


class Item(NamedTuple):
    """A heading or item: how it is headed, and what stands behind or below that, if anything."""

    head: Span
    below: Span | None


class Structure:
    """A list that a document makes: what leads into it, and its items in order."""

    def __init__(
        self,
        document: Document,
        section: Section,
        lead: Span | None,
        items: Sequence[Item],
        kind: str,
        title: str = "",
    ) -> None:
        self.document = document
        self.section = section
        self.lead = lead  # the heading or the sentence before the first item; None for a whole document
        self.items = tuple(items)
        self.kind = kind  # headings, series, run-in
        self._title = title

    @cached_property
    def own(self) -> str:
        """Return what it is headed by, folded: its lead, and the heading of its section or the title."""
        heading = self.section.heading or self.document.title
        lead = "" if self.kind == "headings" or self.lead is None else self.text(self.lead)
        return folded_text(f"{heading} {self._title} {lead}")

    @cached_property
    def path(self) -> str:
        """Return the title and the headings above, folded."""
        return folded_text(" ".join((self.document.title, *self.section.path)))

    @cached_property
    def before(self) -> str:
        """Return what stands before it in its paragraph, folded; nothing before headings."""
        if self.kind == "headings":
            return ""
        start = self.items[0].head.start
        return folded_text(self.document.text[self.document.text.rfind("\n", 0, start) + 1 : start])

    @cached_property
    def heads(self) -> tuple[str, ...]:
        """Return the items' headings, folded."""
        return tuple(folded_text(self.text(item.head)) for item in self.items)

    @cached_property
    def body(self) -> str:
        """Return all that it holds, folded."""
        if self.kind == "headings":
            return folded_text(self.document.text[self.section.start : self.section.end])
        return folded_text(self.document.text[self.items[0].head.start : self.items[-1].head.end])

    @cached_property
    def extents(self) -> tuple[range, ...]:
        """Return where each item stands: up to the next one, the last to the end of its paragraph or section.

        Where the items are clauses of one sentence, the last one ends with it.
        """
        text, starts = self.document.text, [item.head.start for item in self.items]
        last = self.items[-1]
        end = paragraph_around(text, *last.head).end
        if self.kind != "series" and last.below:
            end = last.below.end
        elif "。" not in text[starts[0] : starts[-1]]:
            end = sentences(text, starts[-1], end)[0].end
        return tuple(range(start, stop) for start, stop in zip(starts, [*starts[1:], end], strict=True))

    @property
    def is_of_lines(self) -> bool:
        """Tell whether its items are but lines, as (一)…; (二)… below an article are, and no chapters."""
        text = self.document.text
        return self.kind != "headings" or all(
            len(text[item.start : item.stop].strip()) <= _LONGEST for item in self.extents
        )

    @property
    def is_of_articles(self) -> bool:
        """Tell whether its headings are numbers and no words: 第一条, 第二条."""
        return all(_ARTICLE.fullmatch(head) for head in self.heads)

    @property
    def size(self) -> int:
        """Return how many items there are."""
        return len(self.items)

    def text(self, span: Span) -> str:
        """Return the text of `span` as written."""
        return self.document.text[span.start : span.end]

    def gist(self, item: Item) -> Span | None:
        """Return what tells of an item: what runs in behind its heading, or the first clause below it."""
        if item.below is None or self.kind != "headings":
            return item.below
        body = clauses(self.document.text, *item.below)
        return next((span for span in body if not _is_heading(self.document, span.start)), None)


def heading_span(document: Document, section: Section) -> Span | None:
    """Return the heading of `section` without blanks and closing signs; None for a whole document."""
    written = document.text[section.start : section.body_start]
    start = section.start + len(written) - len(written.lstrip())
    kept = written.strip().rstrip("。.:：")
    return Span(start, start + len(kept)) if section.path and kept else None


def _is_heading(document: Document, offset: int) -> bool:
    section = document.section_at(offset)
    return bool(section.path) and section.start <= offset < section.body_start
