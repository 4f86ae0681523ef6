"""A figure that the text gives case by case: 年休假5天、10天、15天 belong to one answer."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...types import Kind, Plan, Section
from ...zh.sentences import clauses
from ..choose.asks import Ask
from ..choose.dated import dates_of
from ..choose.figures import Figure, figures
from ..choose.score import Scored
from ..evidence.candidates import Candidate, sibling

# Another case fits the question as well as the best: what sets them apart is not asked for.
_AS_WELL = 0.06
_TIED = 0.15  # in one clause: 未满十六周岁的五年，十六周岁以上的十年
_ELIDED = 0.3  # in one sentence a later case leaves out what the first has said
_SCOPE = 1500  # characters of the section that a case may stand in
_CASES = 24  # clauses looked at


def cases(plan: Plan, ask: Ask, best: Scored) -> list[Scored]:
    """Return `best` with the other cases of its figure in its section, in reading order."""
    if best.figure is None:
        return [best]
    found = [_with_ties(plan, ask, best.candidate, best)]
    for candidate in _beside(best.candidate):
        figure = next(iter(_figures(plan, ask, candidate)), None)
        together = _ELIDED if _one_sentence(best.candidate, candidate) else _AS_WELL
        if figure and _another(figure, best.figure, together):
            found.append(
                _with_ties(plan, ask, candidate, best._replace(candidate=candidate, figures=(figure,)))
            )
    return sorted(found, key=lambda one: one.candidate.start)


def _figures(plan: Plan, ask: Ask, candidate: Candidate) -> list[Figure]:
    return dates_of(ask, candidate) if plan.kind is Kind.DATE else figures(plan, ask, candidate)


def _one_sentence(one: Candidate, other: Candidate) -> bool:
    between = one.document.text[min(one.end, other.end) : max(one.start, other.start)]
    return not re.search(r"[。！？!?\n]", between)


def _another(figure: Figure, best: Figure, margin: float) -> bool:
    """Tell whether `figure` answers as well as `best`, within `margin`, in the same measure."""
    if (best.own and not figure.own) or figure.fit < best.fit - margin:
        return False
    if figure.quantity is None or best.quantity is None:
        return figure.quantity is best.quantity
    return _measure(figure) == _measure(best)


def _measure(figure: Figure) -> tuple[str, str]:
    quantity = figure.quantity
    return (
        (quantity.dimension, quantity.unit[:1] if quantity.dimension == "count" else "")
        if quantity
        else ("", "")
    )


def _with_ties(plan: Plan, ask: Ask, candidate: Candidate, one: Scored) -> Scored:
    """Return `one` with all figures of its clause that answer as well as its own, in reading order."""
    own = one.figure
    if own is None:
        return one
    others = (other for other in _figures(plan, ask, candidate) if other != own)
    ties: list[Figure] = [own, *(other for other in others if _another(other, own, _TIED))]
    ties.sort(key=lambda figure: figure.start)
    return one._replace(figures=tuple(ties))


def _beside(candidate: Candidate) -> Iterator[Candidate]:
    """Yield the other clauses of the section that a candidate stands in, the nearest ones."""
    section = _scope(candidate)
    text = candidate.document.text
    start = max(section.start, candidate.start - _SCOPE)
    spans = clauses(text, start, min(section.end, candidate.end + _SCOPE))
    spans = [span for span in spans if span.end <= candidate.start or candidate.end <= span.start]
    spans.sort(key=lambda span: abs(span.start - candidate.start))
    for span in spans[:_CASES]:
        yield sibling(candidate, span)


def _scope(candidate: Candidate) -> Section:
    sections = candidate.document.sections
    section = candidate.document.section_at(candidate.start)
    parent = sections[section.parent] if section.parent >= 0 else section
    return parent if parent.path and parent.end - parent.start <= _SCOPE else section
