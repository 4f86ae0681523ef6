"""Lists stated in the text: the statement that counts them up, its numbered items as bullets."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ...types import Answer, Plan
from ...zh.sentences import Span, sentences
from ..choose.score import Scored
from ..draft import Draft
from .passages import compete, direct, lost_region
from .sections import lines_of, numbered_lines

_NUMBERED = re.compile(
    r"(?<![\d第])(?:[一二三四五六七八九十]是|[①-⑳]|[(（][一二三四五六七八九十\d]{1,2}[)）]|"
    r"第[一二三四五六七八九十][,，、]|其[一二三四五六][,，])"
)
_LEAST_ITEMS, _MOST_ITEMS = 3, 16


def item_list(plan: Plan, ranked: Sequence[Scored]) -> Answer:
    """Return the list that the best statement holds or leads into, complete."""
    numbered = led_into(ranked[0]) or _numbered(ranked[0])
    return _bullets(plan, ranked, numbered) if numbered else direct(plan, ranked)


def led_into(best: Scored) -> list[Span]:
    """Return the numbered lines below the best statement, where it leads into them with a colon."""
    candidate = best.candidate
    if not candidate.folded.endswith(":"):
        return []
    document = candidate.document
    end = document.section_at(candidate.start).end
    return list(numbered_lines(document, lines_of(document, candidate.end, end)))[:_MOST_ITEMS]


def _numbered(best: Scored) -> list[Span]:
    """Return the spans of 一是…二是… that the best statement leads into."""
    candidate = best.candidate
    text = candidate.document.text
    last = text.find("\n", candidate.end)
    last = len(text) if last < 0 else last
    marks = [mark.start() for mark in _NUMBERED.finditer(text, candidate.start, last)]
    if len(marks) < _LEAST_ITEMS or marks[0] > candidate.end + 2:
        return []
    if candidate.start < marks[0] <= candidate.end and marks[1] < candidate.end:
        return []  # the items stand inside the statement itself
    ends = [*marks[1:], sentences(text, marks[-1], last)[-1].end]
    return [
        Span(start, start + len(text[start:end].rstrip())) for start, end in zip(marks, ends, strict=True)
    ]


def _bullets(plan: Plan, ranked: Sequence[Scored], items: Sequence[Span]) -> Answer:
    draft = Draft(plan)
    candidate, document = ranked[0].candidate, ranked[0].candidate.document
    lines = []
    label = lost_region(plan, candidate, candidate.text) if compete(ranked) else ""
    if candidate.end <= items[0].start:
        stated = draft.state(candidate.text, document, candidate.start, candidate.end)
        lines.append((f"（{label}）" if label else "") + stated)
    for item in items:
        span = sentences(document.text, item.start, item.end)[0]
        lines.append("- " + draft.state(document.text[span.start : span.end], document, span.start, span.end))
    return draft.answer("\n".join(lines))
