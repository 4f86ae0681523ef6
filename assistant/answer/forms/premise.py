"""What a question takes for granted, held against what the text says."""

from __future__ import annotations

import re

from ...types import Plan
from ...zh.fold import fold
from ...zh.numbering import to_int
from ...zh.quantities import Quantity
from ..choose.asks import Ask
from ..choose.figures import figures
from ..choose.score import Scored
from ..evidence.candidates import lead_in
from ..evidence.terms import Term, coverage, match, terms_of
from ..evidence.window import quantities_in
from ..proof.polarity import polarity_differs, trend

# 未满 and 不足 bound a figure, 未成年 is a word: none of them denies
_NEGATIVE = re.compile(
    r"不(?!断|仅|但|同|少|久|良|足|等|满|限|论|管|低于|少于|超过|高于|动产)|未(?!来|央|满|成年|经|婚)|没有|"
    r"无(?!线|人|论|缝|形|障碍)|禁止|严禁|拒绝"
)
_ALTERNATIVE = re.compile(
    r"是否|是不是|有没有|有无|能否|能不能|可否|可不可以|会不会|要不要|该不该|对不对|[^,]不\s*\??$|[吗嘛么]\s*\??$"
)
# 暂停支付, 将被否决: they deny without a negation; 取消 of the question asks for just that
_ENDS = re.compile(
    "暂停|停发|停付|停止|取消|否决|终止|中止|丧失|撤销|收回|作废|驳回|暂扣|注销|退出|失去|剔除|排除"
)
# …名单的投标人,其投标将被否决: what follows is said of what stands before
_LED_TO = re.compile("其|将|一律|不予|不得|予以|取消|视为")
# 比去年多吗: what is compared, and which way
_MORE = re.compile(r"比[^,。]{1,14}?(?:更|还|要)?[多高大快长好][些了]?")
_LESS = re.compile(r"比[^,。]{1,14}?(?:更|还|要)?[少低小慢短差][些了]?")
_TOLD_MORE, _TOLD_LESS = re.compile(r"[偏较]多|偏高|高出|多出"), re.compile(r"[偏较]少|偏低|低于|少于")
# 三个街道中哪个最少 counts the things to choose from
_AMONG = re.compile(r"[\d一二两三四五六七八九十]+[个家座项][^,。?]{0,8}[中里]的?,?(?=哪|谁)")
_SEGMENT = re.compile(r"[,;:。!?]+")
_RANK = re.compile(
    r"第([一二三四五六七八九十百]+|\d+)(?![届次批轮代条章节款项个种类步])|(首位|榜首|首个|之首)|(末位|垫底)"
)
_WHY = re.compile(r"为什么|为何|为啥|怎么会|何以")
# how something is done: a text may say the same without it
_MANNER = frozenset("随意 任意 随便 直接 必须 一定 真的 确实 已经 仍然 现在 目前 都 还".split())
# 收取报酬的,由民政部门予以警告: what is punished is not allowed
_PUNISHED = re.compile(
    r"的,(?:[^,;。]{0,30},)?[^;。]{0,40}?(?:警告|责令|处[^,;。]{0,24}罚款|罚款|处分|吊销|没收|追究|追回|行政处罚|拘留)"
)
_MAY = re.compile(r"可以|能不能|能否|可否|可不可以|允许|能[^够力源耗效量]")
_LEAST_HELD = 0.85  # of the question's words: a clause that lacks more does not decide it
# A figure of the text stands against one of the question where the words beside it fit this well.
_SAME_MATTER = 0.75
_DIFFERS = "问题中的说法与原文不一致。"
_NO = "否，原文与此不一致。"


def contradiction(plan: Plan, best: Scored) -> str:
    """Return a note where the text says otherwise than the question supposes, else empty."""
    asked = fold(plan.resolved)
    supposed = quantities_in(_AMONG.sub("", asked))
    if supposed and not any(best.figures) and _opposed(plan, best, supposed):
        return _DIFFERS
    if (
        _WHY.search(asked)
        and _held(plan, best) >= _LEAST_HELD
        and polarity_differs(_WHY.sub("", asked), best.candidate.folded, "")
    ):
        return _DIFFERS
    return ""


def verdict(plan: Plan, best: Scored) -> str:
    """Return 是, 否 or nothing, for a question that asks whether something is so."""
    asked = _ALTERNATIVE.sub("", fold(plan.resolved))
    supposed = quantities_in(asked)
    if supposed and _opposed(plan, best, supposed):
        return _NO
    if supposed and not _agreed(supposed, best):
        return ""
    if _MAY.search(fold(plan.resolved)) and _punishes(plan, best):
        return "否。" if not _NEGATIVE.search(asked) else ""
    segment = _deciding(plan, best)
    if _rank(asked) and _rank(best.candidate.folded):
        return "是。" if _rank(asked) == _rank(best.candidate.folded) else _NO
    if _way(asked) * _way(segment) < 0:
        return _NO
    terms = _telling(plan)
    predicate = terms[len(terms) // 2 :]  # a subject may stand before the clause, a predicate not
    if min(_held(plan, best), coverage(predicate, (best.candidate.folded, 1.0))) < _LEAST_HELD:
        return ""
    return "是。" if _denies(asked, segment) == _denies(segment, asked) else "否。"


def _way(text: str) -> int:
    """Return 1 where the folded `text` speaks of more, -1 of less, else 0."""
    told = bool(_MORE.search(text) or _TOLD_MORE.search(text)) - bool(
        _LESS.search(text) or _TOLD_LESS.search(text)
    )
    return told or trend(text)


def _denies(text: str, other: str) -> bool:
    """Tell whether the folded `text` denies, or ends what `other` does not speak of ending."""
    ended = any(found.group() not in other for found in _ENDS.finditer(text))
    return bool(_NEGATIVE.search(text)) != ended


def _punishes(plan: Plan, best: Scored) -> bool:
    """Tell whether the clause names a sanction for what the question asks leave for."""
    candidate = best.candidate
    if lead_in(candidate):  # 有下列行为之一的,处罚款:(一)转让居住证
        return bool(_PUNISHED.search(candidate.sentence_before))
    sanction = _PUNISHED.search(candidate.folded)
    if sanction is None:
        return False
    return coverage(_telling(plan)[-2:], (candidate.folded[: sanction.start()], 1.0)) >= _LEAST_HELD


def _telling(plan: Plan) -> list[Term]:
    return [term for term in terms_of(plan) if not term.light and term.text not in _MANNER]


def _held(plan: Plan, best: Scored) -> float:
    """Return how much of the question the clause says, with what its sentence and headings give."""
    candidate = best.candidate
    return coverage(
        _telling(plan), (candidate.folded, 1.0), (candidate.sentence_before, 1.0), (candidate.frame, 1.0)
    )


def _deciding(plan: Plan, best: Scored) -> str:
    """Return the part of the clause that speaks of what the question ends with, and what it leads to."""
    terms = _telling(plan)
    parts = _SEGMENT.split(best.candidate.folded)
    for term in reversed(terms):
        if held := [at for at, part in enumerate(parts) if match(term, part) >= 1]:
            at = max(held, key=lambda at: coverage(terms, (parts[at], 1.0)))
            return ",".join(parts[at : at + 1 + bool(_LED_TO.match("".join(parts[at + 1 : at + 2])))])
    return best.candidate.folded


def _rank(text: str) -> int:
    """Return the place in an order that the folded `text` names: 1 for 首位, -1 for 末位, 0 for none."""
    named = _RANK.search(text)
    if not named:
        return 0
    if named[1]:
        return int(named[1]) if named[1].isascii() else to_int(named[1])
    return 1 if named[2] else -1


def _agreed(supposed: list[Quantity], best: Scored) -> bool:
    written = {quantity.key for quantity in quantities_in(best.candidate.folded)}
    return all(quantity.key in written for quantity in supposed)


def _opposed(plan: Plan, best: Scored, supposed: list[Quantity]) -> bool:
    """Tell whether the text gives a figure for the same thing that is none of the question's.

    A bound is none: 超过48小时 holds of 72, and says nothing of 24.
    """
    if _agreed(supposed, best):
        return False
    known = terms_of(plan)
    ask = Ask(known, (), "", frozenset({supposed[0].dimension}))
    fitting = [f for f in figures(plan, ask, best.candidate) if f.quantity]
    return any(
        figure.quantity
        and figure.quantity.dimension == supposed[0].dimension
        and figure.quantity.approximate not in ("above", "below")
        and figure.fit >= _SAME_MATTER
        for figure in fitting
    )
