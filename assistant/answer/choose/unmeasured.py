"""What a question measures and a statement, however well all else fits, does not."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ...types import Kind, Plan
from ...zh.fold import fold
from ..evidence.candidates import Candidate
from ..evidence.terms import Term, coverage, softened, terms_of
from ..evidence.window import quantities_in
from . import figures
from .aims import asks_for_aim, planned
from .asks import SUMS, asks_of
from .units import acceptable

if TYPE_CHECKING:
    from .score import Scored

_LEAST_MEASURE = 0.5  # of a word that says what is measured
# Nouns of a measure that no other may stand for; 规模, 差距 and 时间 any figure may have. Those of the second
# row say no more than the unit does: 面积 of square metres.
_KINDS_OF_SUM = rf"[㐀-鿿](?:率|速)|{SUMS}|产量|产能"
_OTHER_SUM = re.compile(rf"(?:{_KINDS_OF_SUM})$")
_MEASURE = re.compile(rf"(?:{_KINDS_OF_SUM}|面积|期限|年限|年龄|里程|人数|户数|人口)$")
# 罚了多少 asks for what was fined, not for what was paid
_DEALT = re.compile(r"([罚奖贷赔])(?:款|励)?(?:了|到|过)?(?:多少|几)")
_BREAK = re.compile(r"[,;、:()]")
_LINK = re.compile(r"(?:增长|下降|提高|上升|达到?|完成|实现|超过?|突破|为|近|约|是|累计|共|总计)+$")
_SHORT = 16  # characters of a question that are named whole as what is missing


def unmeasured(plan: Plan, best: Scored) -> list[str]:
    """Return by name what is asked for that a statement has no figure or date for; empty where it has."""
    if plan.kind is Kind.DATE and not any(best.figures):
        return [f"“{_matter(plan)}”的时间"]
    if plan.kind is not Kind.FIGURE:
        return []
    if not any(best.figures):
        return [f"“{_matter(plan)}”的数值"]
    if _is_reached(plan, best):
        return [f"“{plan.topic}”"]
    # a share may stand for no turnover and a tax for no rate, however well all else fits
    around = _around(best.candidate)
    dealt = _DEALT.search(fold(plan.resolved))
    if dealt and not any(dealt[1] in text for text, _ in around[:2]):
        return [f"“{_matter(plan)}”的数值"]
    measures = [term for term in softened(terms_of(plan)) if not term.light and _MEASURE.search(term.text)]
    absent = [f"“{written(term, plan)}”" for term in measures if coverage([term], *around) < _LEAST_MEASURE]
    return absent or ([f"“{_matter(plan)}”的数值"] if _of_another_measure(plan, best) else [])


def of_something_else(plan: Plan, best: Scored) -> bool:
    """Tell of an unmeasured statement whether it has figures of the unit asked for: all are of others."""
    if plan.kind is not Kind.FIGURE:
        return True
    if any(best.figures):
        return _is_reached(plan, best) or _of_another_measure(plan, best)
    asked = {quantity.key for quantity in quantities_in(fold(plan.resolved))}
    stated = [one for one in quantities_in(best.candidate.folded) if one.key not in asked]
    return any(acceptable(ask, one) for ask in asks_of(plan) for one in stated)


def is_denied(plan: Plan, best: Scored) -> bool:
    """Tell of an unmeasured statement whether no chance makes it an answer: what is reached for what is aimed
    at, or a figure of something else beside the noun asked for.
    """
    if plan.kind is not Kind.FIGURE:
        return False
    return _is_reached(plan, best) or any(figures.is_denied(ask, best.candidate) for ask in asks_of(plan))


def _is_reached(plan: Plan, best: Scored) -> bool:
    """Tell whether a target is asked for and a statement tells what has been reached."""
    return asks_for_aim(terms_of(plan)) and planned(best.candidate) is False


def _around(candidate: Candidate) -> tuple[tuple[str, float], ...]:
    return (candidate.folded, 1.0), (candidate.sentence_before, 1.0), (candidate.frame, 1.0)


def _matter(plan: Plan) -> str:
    """Return the matter of a question by a short name: of a long one its two heaviest words."""
    if len(plan.topic) <= _SHORT:
        return plan.topic
    heaviest = sorted(terms_of(plan), key=lambda term: -term.weight)[:2]
    return "”和“".join(written(term, plan) for term in terms_of(plan) if term in heaviest)


def _of_another_measure(plan: Plan, best: Scored) -> bool:
    """Tell whether right before the figure stands a measure that the question does not ask for."""
    candidate, figure = best.candidate, next(figure for figure in best.figures if figure)
    before = _BREAK.split(candidate.folded[: candidate.place(figure.start)])[-1]
    stated = _OTHER_SUM.search(_LINK.sub("", before))
    return bool(stated and not figure.own) and not coverage(softened(terms_of(plan)), (before, 1.0))


def written(term: Term, plan: Plan) -> str:
    """Return `term` as the question writes it."""
    return as_asked(term.text, plan)


def as_asked(text: str, plan: Plan) -> str:
    """Return the folded `text` as the question writes it, where it stands there."""
    start = fold(plan.resolved).find(text)
    return plan.resolved[start : start + len(text)] if start >= 0 else text
