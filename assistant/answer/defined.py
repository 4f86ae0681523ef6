"""Definitions by their form: 本法所称食品浪费，是指…; looked for in the whole of the documents found."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..types import Plan
from ..zh.sentences import Span, clauses
from .evidence import Candidate, sibling
from .terms import folded_text

_DOCUMENTS = 5
_QUOTED = re.compile(r"[“\"'‘《]([^”\"'’》]{2,30})[”\"'’》]")
_CLOSED = r"[”\"'’》)]*(?:\([^)]{0,40}\))?"
_DEFINES = rf"{_CLOSED},?(?:主要|一般|通常)?(?:就?是指|指的?是|系指|指(?![出导标数引明向示定挥南]))"


def definitions(plan: Plan, found: Sequence[Candidate]) -> list[Candidate]:
    """Return the clauses that define what `plan` asks for, in the documents of `found`, as candidates."""
    name = _name(plan)
    if len(name) < 2:
        return []
    defining = re.compile(re.escape(name) + _DEFINES)
    by_document: dict[str, Candidate] = {}
    for candidate in found:
        by_document.setdefault(candidate.document.id, candidate)
    return [
        sibling(candidate, span)
        for candidate in list(by_document.values())[:_DOCUMENTS]
        for span in _clauses(candidate, defining)
    ]


def _name(plan: Plan) -> str:
    quoted = _QUOTED.search(plan.topic)
    return quoted[1] if quoted else max(plan.topic.split(), key=len, default="").removesuffix("的")


def _clauses(candidate: Candidate, defining: re.Pattern[str]) -> list[Span]:
    text = candidate.document.text
    spans = []
    for match in defining.finditer(folded_text(text)):
        first = text.rfind("\n", 0, match.start()) + 1
        last = text.find("\n", match.end())
        around = clauses(text, first, last if last >= 0 else len(text))
        spans += [span for span in around if span.start <= match.start() < span.end]
    return spans
