"""Statements that may set things against one another, and how much of a question each of them holds."""

from __future__ import annotations

from collections.abc import Sequence

from ....types import Filters, Hit, Plan
from ....zh.sentences import clauses, paragraph_around
from ...evidence.candidates import READ, Candidate, candidates, sibling
from ...evidence.terms import Term, coverage
from ...sources import Sources

_PASSAGES = 8  # found by the whole question, beside those found by its topic
_BEFORE, _FRAME = 0.8, 0.6  # what a word before a statement or in its headings counts


def statements(plan: Plan, hits: Sequence[Hit], sources: Sources) -> list[Candidate]:
    """Return the statements found by the topic of `plan`, and by the whole of its question."""
    more = sources.search(plan.resolved, Filters(document=plan.documents), _PASSAGES)
    return candidates([*hits[:READ], *more], sources)


def held(terms: Sequence[Term], one: Candidate) -> float:
    """Return the weighted share of `terms` that a statement and what stands around it hold."""
    return coverage(terms, (one.folded, 1.0), (one.before, _BEFORE), (one.frame, _FRAME))


def of_paragraph(one: Candidate) -> list[Candidate]:
    """Return all clauses of the paragraph that a statement is of."""
    span = paragraph_around(one.document.text, one.start, one.end)
    return [sibling(one, clause) for clause in clauses(one.document.text, *span)]
