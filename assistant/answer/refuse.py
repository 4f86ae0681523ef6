"""Refuse what the documents do not say: decide, and say by name what is missing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ..types import Answer, Hit, Kind, Plan, Status
from ..zh import places
from ..zh.fold import fold
from .asks import asks_of
from .draft import Draft
from .score import Scored, asks_for_aim, planned
from .terms import Term, coverage, match, softened, terms_of

# Whether the best statement answers: logistic regressions on how well it fits, how much of the question it
# holds, and how far it and its passage stand out, fitted on questions asked with and without the passage
# that answers them (`python -m eval.calibrate`; the curves are in docs/answers.md).
_SUPPORT = {"score": 4.15, "inside": 1.05, "margin": 0.62}
_OFFSET = -6.6
_LEAST_SUPPORT = -0.5
_FIGURE_SUPPORT = {
    "score": 3.53,
    "coverage": -0.63,
    "standing": 0.3,
    "lead": 4.52,
    "own": -0.89,
    "head": -0.47,
}
_FIGURE_OFFSET = -2.98
_LEAST_FIGURE_SUPPORT = -1.0
# A statement that holds nearly all of the question answers it, however like its neighbours it is.
_FULL_SCORE, _FULL_COVERAGE = 0.62, 0.8
_LEAST_MENTIONED = 0.2  # of the question's words: below that the passage only looks alike
_LEAST_WEIGHT = 0.3  # of all terms together: a question of light words asks nothing of the documents
_RELATED = 3
_NOT_FOUND = "知识库中没有检索到可以回答这个问题的依据"


def lacking(plan: Plan, best: Scored | None) -> list[str]:
    """Return by name what the evidence lacks; empty where `best` answers."""
    terms = terms_of(plan)
    if best is None or sum(term.weight for term in terms) < _LEAST_WEIGHT:
        return [plan.topic or plan.resolved]
    gaps: list[str] = []
    if not best.region_fits:
        gaps.append("、".join(places.short(region) for region in plan.regions))
    if not best.year_fits:
        gaps.append("、".join(f"{year}年" for year in plan.years))
    candidate = best.candidate
    around = f"{candidate.frame} {candidate.before} {candidate.folded}"
    gaps += [f"“{written(term, plan)}”" for term in terms if term.quoted and not match(term, around)]
    if plan.kind is Kind.FIGURE:
        gaps += _figure_gaps(plan, best)
    if not gaps and not _answers(plan, best):
        absent = sorted((t for t in terms if match(t, around) < 0.5), key=lambda term: -term.weight)
        gaps = [f"“{written(term, plan)}”" for term in absent[:2]] or [f"“{plan.topic}”"]
    return gaps


def support(plan: Plan, best: Scored) -> float:
    """Return the log-odds that the best statement answers."""
    if plan.kind is not Kind.FIGURE:
        return _odds(_SUPPORT, _OFFSET, score=best.score, inside=best.inside, margin=best.margin)
    return _odds(
        _FIGURE_SUPPORT,
        _FIGURE_OFFSET,
        score=best.score,
        coverage=best.coverage,
        standing=best.standing,
        lead=best.lead,
        own=any(figure and figure.own for figure in best.figures),
        head=_head(plan, best),
    )


def _odds(weights: Mapping[str, float], offset: float, **signals: float) -> float:
    return sum(weight * signals[name] for name, weight in weights.items()) + offset


def _head(plan: Plan, best: Scored) -> float:
    """Return how much of the noun that a figure measures stands about it."""
    head, candidate = softened(asks_of(plan)[0].head), best.candidate
    around = (candidate.folded, 1.0), (candidate.sentence_before, 1.0), (candidate.frame, 1.0)
    return coverage(head, *around) if head else 1.0


def _answers(plan: Plan, best: Scored) -> bool:
    if plan.kind is Kind.FIGURE:
        return support(plan, best) >= _LEAST_FIGURE_SUPPORT
    full = best.score >= _FULL_SCORE and best.coverage >= _FULL_COVERAGE
    return full or (support(plan, best) >= _LEAST_SUPPORT and best.coverage >= _LEAST_MENTIONED)


def _figure_gaps(plan: Plan, best: Scored) -> list[str]:
    """Return the measured things for which the best statement has no figure."""
    if not any(best.figures):
        return [f"“{plan.topic}”的数值"]
    if asks_for_aim(terms_of(plan)) and planned(best.candidate) is False:
        return [f"“{plan.topic}”"]
    return []


def written(term: Term, plan: Plan) -> str:
    """Return `term` as the question writes it."""
    start = fold(plan.resolved).find(term.text)
    return plan.resolved[start : start + len(term.text)] if start >= 0 else term.text


def refusal(plan: Plan, gaps: Sequence[str], hits: Sequence[Hit]) -> Answer:
    """Return an answer that says what is missing and offers the nearest passages as related."""
    draft = Draft(plan)
    named = "、".join(dict.fromkeys(gap for gap in gaps if gap))
    text = f"{_NOT_FOUND}：缺少与{named}有关的内容。" if named else f"{_NOT_FOUND}。"
    if hits:
        text += "下列段落仅供参考，不构成答案。"
    return draft.answer(draft.say(text), related=tuple(hits[:_RELATED]), status=Status.REFUSED)


def declined(plan: Plan) -> Answer:
    """Return the reply to small talk, or to a request to write, act or reveal settings."""
    draft = Draft(plan)
    if plan.kind is Kind.SMALL_TALK:
        text = (
            "您好，我根据已收录的政策文件回答问题，并给出可核对的原文依据。请直接提出与文件内容有关的问题。"
        )
    else:
        text = (
            "我只根据已收录的政策文件回答问题，不代为写作或执行操作，也不提供系统设置。"
            "请提出与文件内容有关的问题。"
        )
    return draft.answer(draft.say(text), status=Status.REFUSED)
