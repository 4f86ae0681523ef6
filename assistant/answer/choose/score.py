"""How well a candidate statement answers: one number, from several signals that should agree."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from ...trees import Matrix
from ...types import Kind, Plan
from ...zh.fold import fold
from ..evidence.candidates import RUN_IN, Candidate, holds_in, speaks_of
from ..evidence.terms import Term, match, softened, terms_of
from ..evidence.window import quantities_in
from ..evidence.years import year_of_writing, years_in, years_of
from .aims import asks_for_aim, planned
from .asks import Ask, asks_of
from .dated import dates_of
from .figures import Figure, figures
from .held import Held, Holding
from .judge import bundled
from .phrasing import Phrasing, said
from .signals import signals

_COVERAGE, _CLAUSE, _RETRIEVAL = 0.55, 0.33, 0.12
_WRONG_REGION, _WRONG_YEAR, _HEADING = 0.5, 0.3, 0.3
_NO_FIGURE = 0.45  # what is left of the score of a clause without a figure where one is asked for
_SAME_FIGURES = 0.1  # the question's own figures stand in the clause
# Only so many candidates are looked at closely: the answer has never been seen beyond the first twenty.
_CLOSELY = 24
# What stands behind so many better ones is given no chance.
_JUDGED = 8
# Over documents of genres not learnt from the right one of these is first in .4 to 2.8 of 100 questions more
# by its chance than by its fit.
LIKELY = 3
# Where a figure is asked for, a clause without one is looked at only where it fits by so much better.
_WITH_FIGURE = 0.25
_FIGURE = re.compile(r"\d|[二两三四五六七八九十百千]|之日|[去今明]年")
_OTHER_RELATIVE_YEAR = 0.15
_BROKEN = 0.12  # the words of a name that the documents use stand apart: 津贴 of 生育, but 社保补贴
_LEAST = 0.3  # a score below which nothing answers, whatever the place and year
_AIM = 0.15  # a target where a target is asked for


class Scored(NamedTuple):
    """A candidate, its score and the signals behind it."""

    candidate: Candidate
    score: float
    coverage: float  # by the clause and what stands around it
    figures: tuple[Figure | None, ...] = ()  # the best for each figure or date asked for
    region_fits: bool = True
    year_fits: bool = True
    inside: float = 0.0  # coverage by the clause alone
    chance: float = 0.0  # that it answers, learnt from questions with known answers

    @property
    def figure(self) -> Figure | None:
        """Return the figure that answers the first thing asked for."""
        return self.figures[0] if self.figures else None


def scored(plan: Plan, found: Sequence[Candidate]) -> list[Scored]:
    """Return the candidates with their scores, the best first."""
    closely, told = weighed(plan, found)
    if not closely:
        return []
    judge = bundled()
    fit = judge.fit.score(told)
    named = bool(plan.regions or plan.years)
    order = sorted(range(len(closely)), key=lambda at: (named and not speaks(closely[at]), -fit[at]))
    phrasing = Phrasing(plan.resolved)
    first = order[:_JUDGED]
    marks = [phrasing.marks(*said(closely[at].candidate)) for at in first]
    chances = judge.chances(told, fit, first, marks)
    judged = [closely[at]._replace(chance=float(chance)) for at, chance in zip(first, chances, strict=True)]
    return [*judged, *(closely[at] for at in order[_JUDGED:])]


def likeliest_first(plan: Plan, ranked: Sequence[Scored]) -> list[Scored]:
    """Return `ranked`, its first few by their chances: what fits best need not be the likeliest."""
    return [*by_chance(plan, ranked[:LIKELY]), *ranked[LIKELY:]]


def by_chance(plan: Plan, few: Sequence[Scored]) -> list[Scored]:
    """Return a `few` statements by their chances, those of a place or year that is named first."""
    named = bool(plan.regions or plan.years)
    return sorted(few, key=lambda one: (named and not speaks(one), -one.chance))


def weighed(plan: Plan, found: Sequence[Candidate]) -> tuple[list[Scored], Matrix]:
    """Return the candidates that are worth a closer look, and the signals of each, a row each."""
    terms = softened(terms_of(plan))
    asks = _asks(plan) if plan.kind in (Kind.FIGURE, Kind.RANKING, Kind.DATE) else []
    if len(asks) == 1 and plan.kind is Kind.FIGURE:
        terms = asks[0].terms
    holding = Holding(terms)
    last = max((candidate.hit.rank for candidate in found), default=1)
    rated = [_rough(holding, candidate, last) for candidate in found]
    rated.sort(key=lambda pair: -pair[0].score - (_WITH_FIGURE if asks and _has_figure(pair[0]) else 0))
    rated = rated[:_CLOSELY]
    closely = [_closely(plan, terms, asks, one) for one, _ in rated]
    phrase = _phrase(plan, asks[0]) if asks else ""
    if phrase and any(phrase in one.folded or phrase in one.frame for one in found):
        closely = [
            one if phrase in _around(one) else one._replace(score=one.score - _BROKEN) for one in closely
        ]
    return closely, signals(plan, holding, [held for _, held in rated], found, closely)


def _has_figure(one: Scored) -> bool:
    return bool(_FIGURE.search(one.candidate.folded))


def _around(one: Scored) -> str:
    candidate = one.candidate
    return f"{candidate.folded} {candidate.before} {candidate.above} {candidate.frame}"


def _phrase(plan: Plan, ask: Ask) -> str:
    """Return the noun asked for as the question writes it, where it is of several words: 生育津贴."""
    joined = "".join(term.text for term in ask.head)
    return joined if len(ask.head) > 1 and joined in plan.topic else ""


def speaks(one: Scored) -> bool:
    """Tell whether a candidate of the place and year asked for answers at all: it goes before all others."""
    figure = one.figure
    stated = not one.figures or (figure is not None and figure.own)
    return one.region_fits and one.year_fits and stated and one.score >= _LEAST


def _asks(plan: Plan) -> list[Ask]:
    return [ask._replace(terms=softened(ask.terms), head=softened(ask.head)) for ask in asks_of(plan)]


def _rough(holding: Holding, candidate: Candidate, last: int) -> tuple[Scored, Held]:
    held = holding.of(candidate)
    around, inside = holding.share(held.around), holding.share(held.inside)
    retrieval = 1 - (candidate.hit.rank - 1) / last
    score = _COVERAGE * around + _CLAUSE * inside + _RETRIEVAL * retrieval
    return Scored(candidate, score, around, inside=inside), held


def _closely(plan: Plan, terms: Sequence[Term], asks: Sequence[Ask], one: Scored) -> Scored:
    candidate, score = one.candidate, one.score
    answering: tuple[Figure | None, ...] = ()
    if asks:
        found = [
            (dates_of(a, candidate) if plan.kind is Kind.DATE else figures(plan, a, candidate)) for a in asks
        ]
        answering = _distinct(found)
        fits = [figure.fit if figure else 0.0 for figure in answering]
        score = 0.5 * score + 0.5 * sum(fits) / len(fits) if any(answering) else score * _NO_FIGURE
    else:
        score += _kind_bonus(plan, terms, candidate)
    score += _own_figures(plan, candidate) + _aim(terms, candidate)
    region_fits = not plan.regions or any(
        speaks_of(candidate, region) or holds_in(candidate, region, only_home=plan.at_home)
        for region in plan.regions
    )
    year_fits = not plan.years or bool(years_of(candidate) & set(plan.years))
    score -= (not of_relative_year(plan, candidate)) * _OTHER_RELATIVE_YEAR
    score -= (not region_fits) * _WRONG_REGION + (not year_fits) * _WRONG_YEAR
    score -= candidate.is_heading * _HEADING
    return one._replace(score=score, figures=answering, region_fits=region_fits, year_fits=year_fits)


def _distinct(found: Sequence[Sequence[Figure]]) -> tuple[Figure | None, ...]:
    """Return the best figure for each thing asked for, none of them twice where there is another."""
    chosen: list[Figure | None] = []
    for listed in found:
        taken = {figure.start for figure in chosen if figure}
        free = [figure for figure in listed if figure.start not in taken]
        chosen.append(next(iter(free or listed), None))
    return tuple(chosen)


def _aim(terms: Sequence[Term], candidate: Candidate) -> float:
    """Return a bonus for a planned figure where a target is asked for, a malus for one of a result."""
    if not asks_for_aim(terms):
        return 0.0
    return {True: _AIM, False: -_AIM, None: 0.0}[planned(candidate)]


def of_relative_year(plan: Plan, candidate: Candidate) -> bool:
    """Tell whether a candidate speaks of 去年 or 今年 of a question, as its document means it.

    When what is of this year happens may be told by a date of the next.
    """
    reference = year_of_writing(candidate.document)
    asked = {year.year for year in years_in(plan.resolved, reference) if year.relative}
    if plan.kind is Kind.DATE and reference in asked:
        return True
    return not asked or bool(asked & years_of(candidate))


def _own_figures(plan: Plan, candidate: Candidate) -> float:
    asked = {quantity.key for quantity in quantities_in(fold(plan.resolved))}
    if not asked:
        return 0.0
    return _SAME_FIGURES * len(asked & {q.key for q in quantities_in(candidate.folded)}) / len(asked)


_DEFINING = r"[”\"'’》)]*,?(?:就?是(?:指|以|由)?|即|指的是|系指|意为|意思是|定义为|称为|包括|:|\()"


RUN_IN_REACH = 16  # characters of a run-in heading without a full stop
_HEADED = 0.25


def _kind_bonus(plan: Plan, terms: Sequence[Term], candidate: Candidate) -> float:
    folded = candidate.folded
    telling = [term for term in terms if not term.light]
    heads = RUN_IN.match(folded) and not folded.endswith(";")  # (一)利息; is an item of a list
    if heads and telling and match(telling[-1], folded[:RUN_IN_REACH]) >= 1:
        return _HEADED
    if plan.kind is Kind.DEFINITION:
        name = re.escape(re.sub(r"[“”\"'‘’《》\s]", "", plan.topic))
        opening = re.search(rf"(?:^|[,:。所谓“])[“\"'‘《]?{name}{_DEFINING}", folded)
        if opening:
            return 0.3
        return 0.12 if any(re.search(re.escape(term.text) + _DEFINING, folded) for term in terms) else 0.0
    if plan.kind is Kind.LIST:
        return min(0.1, 0.025 * len(re.findall(r"[、;；]", folded)))
    return 0.0
