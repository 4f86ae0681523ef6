"""Answers of one to three statements: figures, dates, bodies, definitions and anything else."""

from __future__ import annotations

from collections.abc import Sequence

from ..types import Answer, Kind, Plan
from ..zh import places
from .draft import Draft
from .evidence import Candidate
from .reduce import reduced
from .score import Scored
from .terms import Term, match

# How many statements an answer of each kind may have, and how much of the best score each needs.
_MOST = {Kind.FIGURE: 1, Kind.DATE: 1, Kind.BODY: 1, Kind.DEFINITION: 2, Kind.YES_NO: 1}
_ALSO = 0.82
_LONGEST = 320  # characters of all statements together


def direct(plan: Plan, terms: Sequence[Term], ranked: Sequence[Scored]) -> Answer:
    """Return the answer that the best statements make; `ranked` holds at least one."""
    draft = Draft(plan)
    lines = []
    for one in _chosen(plan, terms, ranked):
        lines.append(line(draft, plan, terms, one))
    return draft.answer("\n\n".join(lines))


def line(draft: Draft, plan: Plan, terms: Sequence[Term], one: Scored) -> str:
    """State one candidate: the figure first where one is asked for, and its region where it is lost."""
    candidate = one.candidate
    text, span = reduced(candidate, terms, one.figure)
    stated = draft.state(text, candidate.document, span.start, span.end)
    label = lost_region(plan, candidate, text)
    prefix = f"（{label}）" if label else ""
    if one.figure and not candidate.document.is_damaged(one.figure.start, one.figure.end):
        return f"**{one.figure.text}**：{prefix}{stated}"
    return prefix + stated


def lost_region(plan: Plan, candidate: Candidate, text: str) -> str:
    """Return the region that a statement speaks of but does not name, empty where the question does."""
    region = candidate.region
    if not region or region in plan.regions or places.short(region) in text:
        return ""
    return region


def _chosen(plan: Plan, terms: Sequence[Term], ranked: Sequence[Scored]) -> list[Scored]:
    chosen = [ranked[0]]
    most = _MOST.get(plan.kind, 3)
    length = ranked[0].candidate.end - ranked[0].candidate.start
    for one in ranked[1:]:
        if len(chosen) >= most or one.score < _ALSO * ranked[0].score:
            break
        length += one.candidate.end - one.candidate.start
        if length > _LONGEST:
            break
        if _adds(terms, chosen, one) and one.region_fits and one.year_fits:
            chosen.append(one)
    return sorted(
        chosen,
        key=lambda one: (one.candidate.document.id != ranked[0].candidate.document.id, one.candidate.start),
    )


def _adds(terms: Sequence[Term], chosen: Sequence[Scored], one: Scored) -> bool:
    told = " ".join(other.candidate.folded for other in chosen)
    if one.candidate.folded in told:
        return False
    return any(match(t, one.candidate.folded) > match(t, told) for t in terms) or len(chosen) < 2
