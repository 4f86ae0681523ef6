"""Read the likeliest statements together with the question: the reader counts beside the judgement."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ...types import Kind, Plan
from ...zh import places
from ...zh.fold import fold
from ...zh.quantities import quantities
from ..evidence.candidates import Candidate
from ..evidence.window import BOUNDARY
from .phrasing import said
from .reader import CLAUSE, bundled
from .score import Scored, by_chance

# Where the chance of the best is below the first so many are read: over collections not learnt from that
# tells the right one in two (all else) to seven (figures) of 100 questions more; above it, or of more, in
# hardly any.
_IN_DOUBT, FEW = 0.5, 5
_LEAD = CLAUSE // 2  # characters before a figure that are read where its clause is longer
_SMALL_MONEY = re.compile("[角毛]")


def read_closely(plan: Plan, ranked: Sequence[Scored]) -> list[Scored]:
    """Return `ranked`, the chance of the first told by the reader too; where it is in doubt, of the next.

    The likeliest of those read comes first. The reader knows no question that asks for several things, for
    one behind another, or in English.
    """
    if not ranked or plan.parts or plan.english or "。" in plan.resolved.rstrip("。"):
        return list(ranked)
    best = _read(plan, ranked[0])
    if best.chance >= _IN_DOUBT:
        return [best, *ranked[1:]]
    others = [_read(plan, one) for one in ranked[1:FEW]]
    return [*by_chance(plan, [best, *others]), *ranked[FEW:]]


def _read(plan: Plan, one: Scored) -> Scored:
    clause, around = said(one.candidate)
    # rules know of the places that a statement is of and does not name
    question = asked_of(plan, one.candidate) if one.region_fits else fold(plan.resolved)
    figure = plan.kind is Kind.FIGURE
    near = _in_yuan(clause[read_from(one) :])
    return one._replace(chance=bundled().chance(question, (near, around), one.chance, figure=figure))


def asked_of(plan: Plan, candidate: Candidate) -> str:
    """Return the question without the places that a statement, which is of them, does not name."""
    return places.left_out(fold(plan.resolved), unless_in="".join(said(candidate)), gap="")


def read_from(one: Scored) -> int:
    """Return where in a clause reading begins: further on where its figure stands too far off."""
    clause = one.candidate.folded
    place = one.candidate.place(one.figure.end) if one.figure else 0
    if place <= CLAUSE:
        return 0
    near = (sign.end() for sign in BOUNDARY.finditer(clause, 0, place))
    return next((at for at in near if place - at <= _LEAD), place - _LEAD)


def _in_yuan(clause: str) -> str:
    """Return a clause with 五角 as 0.5元: in what the reader learnt from 角 is a corner."""
    if not _SMALL_MONEY.search(clause):
        return clause
    for amount in reversed(quantities(clause)):
        exact = amount.low is not None and amount.low == amount.high
        if exact and amount.dimension == "money" and _SMALL_MONEY.search(amount.text):
            clause = f"{clause[: amount.start]}{amount.low:g}元{clause[amount.end :]}"
    return clause
