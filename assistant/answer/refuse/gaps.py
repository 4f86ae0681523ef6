"""Refuse what the documents do not say: decide, and say by name what is missing."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ...types import Answer, Hit, Kind, Plan, Status
from ...zh import places
from ...zh.fold import fold
from ..choose.score import Scored, asks_for_aim, of_relative_year, planned
from ..draft import Draft
from ..evidence.candidates import Candidate
from ..evidence.terms import Term, coverage, match, softened, terms_of
from .owner import is_met, owner
from .support import answers

_LEAST_MEASURE = 0.5  # of a word that says what is measured
# Nouns of a measure that no other may stand for; 规模, 差距 and 时间 any figure may have. Those of the second
# row say no more than the unit does: 面积 of square metres.
_KINDS_OF_SUM = (
    r"[㐀-鿿](?:率|速)|产值|总额|投资额|金额|收入|资金|成交额|营收|经费|gdp|增加值|税收|支出|余额|贷款|额度|"
    r"奖金|补贴|补助|费用|工资|定价|价格|产量|产能|租金|押金|工本费|[电水油气房地票单]价"
)
_OTHER_SUM = re.compile(rf"(?:{_KINDS_OF_SUM})$")
_MEASURE = re.compile(rf"(?:{_KINDS_OF_SUM}|面积|期限|年限|年龄|里程|人数|户数|人口)$")
_BREAK = re.compile(r"[,;、:()]")
_LINK = re.compile(r"(?:增长|下降|提高|上升|达到?|完成|实现|超过?|突破|为|近|约|是|累计|共|总计)+$")
_LEAST_WEIGHT = 0.3  # of all terms together: a question of light words asks nothing of the documents
# A figure of 去年 is none of 今年, as the document means them.
_YEAR = re.compile(r"[去今明前]年|上一?年")
_DATED = frozenset({Kind.FIGURE, Kind.DATE})
_RELATED = 3
_SHORT = 16  # characters of a question that are named whole as what is missing
_NOT_FOUND = "知识库中没有检索到可以回答这个问题的依据"


def lacking(plan: Plan, best: Scored | None) -> list[str]:
    """Return by name what the evidence lacks; empty where `best` answers."""
    gaps = named_gaps(plan, best)
    if gaps or best is None or answers(plan, best):
        return gaps
    around = best.candidate.around
    absent = sorted((t for t in terms_of(plan) if match(t, around) < 0.5), key=lambda term: -term.weight)
    return [f"“{written(term, plan)}”" for term in absent[:2]] or [f"“{plan.topic}”"]


def named_gaps(plan: Plan, best: Scored | None) -> list[str]:
    """Return what the evidence lacks of what the question names: place, year, whose figure, measure.

    A name in quotation marks may be the asker's own: the chance that the statement answers knows of it.
    """
    terms = terms_of(plan)
    if best is None or sum(term.weight for term in terms) < _LEAST_WEIGHT:
        return [plan.topic or plan.resolved]
    gaps: list[str] = []
    if not best.region_fits:
        gaps.append("、".join(places.short(region) for region in plan.regions))
    if not best.year_fits:
        gaps.append("、".join(f"{year}年" for year in plan.years))
    if (
        plan.kind in _DATED
        and (year := _YEAR.search(plan.resolved))
        and not of_relative_year(plan, best.candidate)
    ):
        gaps.append(f"“{year.group()}”")
    name = owner(plan)
    if name and not is_met(name, best.candidate.around):
        gaps.append(f"“{name}”")
    if plan.kind is Kind.FIGURE:
        gaps += _figure_gaps(plan, best)
    if plan.kind is Kind.DATE and not any(best.figures):
        gaps.append(f"“{_matter(plan)}”的时间")
    return gaps


def _around(candidate: Candidate) -> tuple[tuple[str, float], ...]:
    return (candidate.folded, 1.0), (candidate.sentence_before, 1.0), (candidate.frame, 1.0)


def _figure_gaps(plan: Plan, best: Scored) -> list[str]:
    """Return the measured things for which the best statement has no figure."""
    if not any(best.figures):
        return [f"“{_matter(plan)}”的数值"]
    if asks_for_aim(terms_of(plan)) and planned(best.candidate) is False:
        return [f"“{plan.topic}”"]
    # a share may stand for no turnover and a tax for no rate, however well all else fits
    around = _around(best.candidate)
    measures = [term for term in softened(terms_of(plan)) if not term.light and _MEASURE.search(term.text)]
    absent = [f"“{written(term, plan)}”" for term in measures if coverage([term], *around) < _LEAST_MEASURE]
    return absent or ([f"“{_matter(plan)}”的数值"] if _of_another_measure(plan, best) else [])


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


def untold(plan: Plan, sort: str, hits: Sequence[Hit]) -> Answer:
    """Return the refusal of a question whose matter is told, but not the `sort` of thing it asks for."""
    text = f"{_NOT_FOUND}：文中讲到有关内容，但没有说明{sort}。下列段落仅供参考，不构成答案。"
    draft = Draft(plan)
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
