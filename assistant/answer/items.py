"""Lists stated in the text: the clause that counts them up, and its items as bullets."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..types import Answer, Plan
from ..zh.sentences import Span, sentences
from .draft import Draft
from .passages import direct, lost_region
from .score import Scored
from .terms import Term

_NUMBERED = re.compile(
    r"(?<![\d第])(?:[一二三四五六七八九十]是|[①-⑳]|[(（][一二三四五六七八九十\d]{1,2}[)）]|[1-9]\d?[.、．](?!\d)|第[一二三四五六七八九十][,，、]|其[一二三四五六][,，])"
)
_PAUSED = re.compile(r"[、]")
_LEAST_ITEMS = 3


def item_list(plan: Plan, terms: Sequence[Term], ranked: Sequence[Scored]) -> Answer | None:
    """Return the list that the best statement holds, complete; None where it holds none."""
    best = ranked[0]
    numbered = _numbered(best)
    if numbered:
        return _bullets(plan, best, numbered)
    return direct(plan, terms, ranked)


def _numbered(best: Scored) -> list[Span]:
    """Return the spans of 一是…二是… of the paragraph that the best statement stands in or leads into."""
    document, candidate = best.candidate.document, best.candidate
    text = document.text
    first = text.rfind("\n", 0, candidate.start) + 1
    last = text.find("\n", candidate.end)
    last = len(text) if last < 0 else last
    marks = [mark.start() for mark in _NUMBERED.finditer(text, first, last)]
    if len(marks) < _LEAST_ITEMS or not (marks[0] <= candidate.end + 2 and candidate.start < last):
        return []
    ends = [*marks[1:], sentences(text, marks[-1], last)[-1].end]
    return [
        Span(start, start + len(text[start:end].rstrip())) for start, end in zip(marks, ends, strict=True)
    ]


def _bullets(plan: Plan, best: Scored, items: Sequence[Span]) -> Answer:
    draft = Draft(plan)
    document = best.candidate.document
    lines = []
    label = lost_region(plan, best.candidate, best.candidate.text)
    if best.candidate.end <= items[0].start:
        stated = draft.state(best.candidate.text, document, best.candidate.start, best.candidate.end)
        lines.append((f"（{label}）" if label else "") + stated)
    for item in items:
        span = sentences(document.text, item.start, item.end)[0]
        lines.append("- " + draft.state(document.text[span.start : span.end], document, span.start, span.end))
    return draft.answer("\n".join(lines))
