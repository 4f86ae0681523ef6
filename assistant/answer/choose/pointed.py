"""Which figure of a statement goes first: the one that rules and the reader's pointing agree on best."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from ...types import Kind, Plan
from ..evidence.candidates import Candidate
from ..evidence.respectively import in_one_breath
from ..evidence.years import year_of_writing, years_in
from .asks import asks_of
from .closely import asked_of, read_from
from .dated import dates_of
from .figures import Figure, figures, item_of
from .phrasing import said
from .reader import bundled, log_odds
from .score import Scored

# Of the development questions whose statement has several figures of the unit asked for, one of them right
# (216), the rules put the right one first in 75%, the pointer alone in 85%, both so weighed in 83%; what the
# rules alone know (units of a rank, bounds, the other thing asked for) is kept so.
_COUNTS = 0.3  # the logarithm of the odds pointed, beside how well a figure fits by the rules
_NEVER = 0.01  # a chance that is told no smaller
# Of single figures pointed at with less two in three are none that was asked for. Nor are they cases of
# another, or those pointed at by so much less than it.
_LEAST, _BESIDE = 0.1, 0.3
_BEHIND = 3  # characters between a year and its figure: 2019年(149家)


def pointed_at(plan: Plan, best: Scored) -> Scored:
    """Return `best` with the figure that rules and pointing agree on, without one pointed at by nothing."""
    asks, own = asks_of(plan), best.figure
    if own is None or len(asks) != 1 or not _is_read(plan, own):
        return best
    of_dates = plan.kind is Kind.DATE
    found = dates_of(asks[0], best.candidate) if of_dates else figures(plan, asks[0], best.candidate)
    chances = _chances(plan, best, [own, *found])
    likeliest = max(found, key=lambda figure: _agreed(figure, chances[figure]), default=own)
    if _is_told_by_rule(plan, best.candidate, own) or _are_counted_up(best.candidate, found, own, likeliest):
        return best
    return best._replace(figures=(likeliest,) if chances[likeliest] >= _LEAST else ())


def pointed_as_well(plan: Plan, best: Scored, found: Sequence[Figure]) -> list[Figure]:
    """Return of the figures of a statement those that are pointed at, beside the one chosen."""
    own = best.figure
    if own is None or len(found) < 2 or not _is_read(plan, own):
        return list(found)
    chances = _chances(plan, best, [own, *found])
    least = max(_LEAST, _BESIDE * chances[own])
    return [figure for figure in found if chances[figure] >= least]


def _is_told_by_rule(plan: Plan, candidate: Candidate, own: Figure) -> bool:
    """Tell whether grammar says whose a figure is: one of `A、B分别为x、y`, or behind the year asked."""
    years = years_in(candidate.folded, year_of_writing(candidate.document)) if plan.years else []
    before = candidate.place(own.start)
    dated = any(year.year in plan.years and 0 <= before - year.end <= _BEHIND for year in years)
    return dated or bool(item_of(candidate, own))


def _are_counted_up(candidate: Candidate, found: Sequence[Figure], own: Figure, other: Figure) -> bool:
    """Tell whether two figures are cases counted up, one beside the other: which is meant words tell."""
    first, last = sorted((own.start, other.start))
    between = sorted(figure for figure in {own, *found} if first <= figure.start <= last)
    text = candidate.document.text
    return own != other and all(in_one_breath(text, *two) for two in pairwise(between))


def _is_read(plan: Plan, figure: Figure) -> bool:
    """Tell whether the reader has learnt to point to such a figure: no rank, and nothing in English."""
    stated = plan.kind is Kind.DATE or (plan.kind is Kind.FIGURE and figure.quantity is not None)
    return stated and not plan.english


def _agreed(figure: Figure, chance: float) -> float:
    return figure.fit + _COUNTS * log_odds(min(max(chance, _NEVER), 1 - _NEVER))


def _chances(plan: Plan, best: Scored, found: Sequence[Figure]) -> dict[Figure, float]:
    """Return the chance of each figure of a statement to be the one asked for, as the reader points."""
    candidate, first = best.candidate, read_from(best)
    clause, around = said(candidate)
    pointed = bundled().pointed(asked_of(plan, candidate), (clause[first:], around))
    spans = [(candidate.place(figure.start) - first, candidate.place(figure.end) - first) for figure in found]
    told = [float(pointed[start:end].mean()) if 0 <= start < len(pointed) else 0.0 for start, end in spans]
    return dict(zip(found, told, strict=True))
