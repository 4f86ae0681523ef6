"""Refuse what the documents do not say: decide, and say by name what is missing."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from ..types import Answer, Hit, Kind, Plan, Status
from ..zh import places
from ..zh.fold import fold
from .asks import asks_of
from .draft import Draft
from .evidence import Candidate
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
_LEAST_MEASURE = 0.5  # of a word that says what is measured
# nouns of a measure that no other may stand for; 规模, 差距 and 时间 any figure may have
_MEASURE = re.compile(
    r"[㐀-鿿](?:率|速)$|(?:产值|总额|投资额|金额|收入|资金|成交额|营收|经费|gdp|增加值|税收|支出|余额|贷款|额度|奖金|"
    r"补贴|补助|费用|工资|定价|价格|面积|期限|年限|年龄|里程|产量|产能|人数|户数|人口)$"
)
_BREAK = re.compile(r"[,;、:()]")
_LINK = re.compile(r"(?:增长|下降|提高|上升|达到?|完成|实现|超过?|突破|为|近|约|是|累计|共|总计)+$")
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
    head = softened(asks_of(plan)[0].head)
    return coverage(head, *_around(best.candidate)) if head else 1.0


def _around(candidate: Candidate) -> tuple[tuple[str, float], ...]:
    return (candidate.folded, 1.0), (candidate.sentence_before, 1.0), (candidate.frame, 1.0)


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
    # a share may stand for no turnover and a tax for no rate, however well all else fits
    around = _around(best.candidate)
    measures = [term for term in softened(terms_of(plan)) if not term.light and _MEASURE.search(term.text)]
    absent = [f"“{written(term, plan)}”" for term in measures if coverage([term], *around) < _LEAST_MEASURE]
    return absent or ([f"“{plan.topic}”的数值"] if _of_another_measure(plan, best) else [])


def _of_another_measure(plan: Plan, best: Scored) -> bool:
    """Tell whether right before the figure stands a measure that the question does not ask for."""
    candidate, figure = best.candidate, next(figure for figure in best.figures if figure)
    before = _BREAK.split(candidate.folded[: candidate.place(figure.start)])[-1]
    stated = _MEASURE.search(_LINK.sub("", before))
    return bool(stated and not figure.own) and not coverage(softened(terms_of(plan)), (before, 1.0))


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
