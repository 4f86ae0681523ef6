"""How well a candidate statement answers: one number, from several signals that should agree."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from ..types import Kind, Plan
from ..zh.quantities import dates, years
from .evidence import Candidate, speaks_of, years_of
from .figures import Figure, figures
from .terms import Term, coverage, match

# Discounts for a term that stands not in the clause but around it.
_BEFORE, _FRAME = 0.7, 0.8
_WEIGHTS = {"coverage": 0.55, "clause": 0.3, "retrieval": 0.15}
_WRONG_REGION, _WRONG_YEAR = 0.5, 0.3


class Scored(NamedTuple):
    """A candidate, its score, its best figure where one is asked for, and what it lacks."""

    candidate: Candidate
    score: float
    coverage: float
    figure: Figure | None
    region_fits: bool
    year_fits: bool


def scored(plan: Plan, terms: Sequence[Term], found: Sequence[Candidate]) -> list[Scored]:
    """Return the candidates with their scores, the best first."""
    best = max((candidate.hit.score for candidate in found), default=0.0) or 1.0
    rated = [_score(plan, terms, candidate, candidate.hit.score / best) for candidate in found]
    return sorted(rated, key=lambda one: -one.score)


def _score(plan: Plan, terms: Sequence[Term], candidate: Candidate, retrieval: float) -> Scored:
    around = coverage(terms, (candidate.folded, 1.0), (candidate.before, _BEFORE), (candidate.frame, _FRAME))
    inside = coverage(terms, (candidate.folded, 1.0))
    score = (
        _WEIGHTS["coverage"] * around
        + _WEIGHTS["clause"] * inside
        + _WEIGHTS["retrieval"] * max(0.0, retrieval)
    )
    figure = None
    if plan.kind in (Kind.FIGURE, Kind.RANKING):
        fitting = figures(plan, terms, candidate)
        figure = fitting[0] if fitting else None
        score = score * 0.5 + 0.5 * figure.fit if figure else score * 0.45
    else:
        score += _kind_bonus(plan, terms, candidate)
    region_fits = not plan.regions or any(speaks_of(candidate, region) for region in plan.regions)
    year_fits = not plan.years or bool(years_of(candidate) & set(plan.years))
    score -= 0 if region_fits else _WRONG_REGION
    score -= 0 if year_fits else _WRONG_YEAR
    return Scored(candidate, score, around, figure, region_fits, year_fits)


_DEFINING = r"(?:[”\"'’》)]*)(?:,|，)?(?:就?是指?|即|指的是|系指|意为|意思是|定义为|称为|包括|:|\()"


def _kind_bonus(plan: Plan, terms: Sequence[Term], candidate: Candidate) -> float:
    folded = candidate.folded
    if plan.kind is Kind.DEFINITION:
        for term in terms:
            if re.search(re.escape(term.text) + _DEFINING, folded):
                return 0.15
        return 0.0
    if plan.kind is Kind.DATE:
        return 0.12 if years(folded) or dates(folded) or re.search(r"[去今明前]年|\d+月", folded) else -0.15
    if plan.kind is Kind.LIST:
        return min(0.12, 0.03 * len(re.findall(r"[、;；]", folded)))
    return 0.0


def missing(terms: Sequence[Term], text: str) -> list[Term]:
    """Return the terms that the folded `text` does not hold, the heaviest first."""
    return sorted((t for t in terms if match(t, text) < 0.5), key=lambda term: -term.weight)
