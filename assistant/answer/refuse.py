"""Refuse what the documents do not say: decide, and say by name what is missing."""

from __future__ import annotations

from collections.abc import Sequence

from ..types import Answer, Hit, Kind, Plan, Status
from ..zh import places
from ..zh.fold import fold
from .draft import Draft
from .score import Scored
from .terms import Term, match

# Below these the best statement answers something else.
LEAST_SCORE = 0.5
LEAST_COVERAGE = 0.62
# A term as rare as this names the thing asked for; where it is missing, so is the answer.
NAMING_WEIGHT = 0.75
_RELATED = 3
_NOT_FOUND = "知识库中没有检索到可以回答这个问题的依据"


def lacking(plan: Plan, terms: Sequence[Term], best: Scored | None) -> list[str]:
    """Return by name what the evidence lacks; empty where `best` answers."""
    if best is None:
        return [plan.topic or plan.resolved]
    gaps: list[str] = []
    if not best.region_fits:
        gaps.append("、".join(places.short(region) for region in plan.regions))
    if not best.year_fits:
        gaps.append("、".join(f"{year}年" for year in plan.years))
    around = f"{best.candidate.frame} {best.candidate.before} {best.candidate.folded}"
    naming = [term for term in terms if term.weight >= NAMING_WEIGHT and match(term, around) < 0.5]
    gaps += [f"“{written(term, plan)}”" for term in naming]
    if plan.kind is Kind.FIGURE and best.figure is None:
        gaps.append(f"“{plan.topic}”的数值")
    if not gaps and (best.score < LEAST_SCORE or best.coverage < LEAST_COVERAGE):
        absent = [term for term in terms if match(term, around) < 0.5]
        heaviest = sorted(absent, key=lambda term: -term.weight)[:2]
        gaps += [f"“{written(term, plan)}”" for term in heaviest] or [f"“{plan.topic}”"]
    return gaps


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
