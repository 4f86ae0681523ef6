"""Which figure of a clause answers: the right unit beside the right noun."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from ..types import Plan
from ..zh.quantities import Quantity, quantities
from .evidence import Candidate
from .terms import Term, coverage

_BOUNDARY = re.compile(r"[,，、;；:：。()（）]")
_ORDINAL = re.compile(
    r"(?:第[一二三四五六七八九十百\d]+(?![届次批轮代条章节款项个]|五)|首位|末位|首个|榜首|前列)"
)
_RESPECTIVELY = re.compile(r"分别|各自|依次")
# what the noun of a question says of the dimension of its answer, by its last characters
_BY_NOUN = (
    (
        re.compile(r"(?:率|占比|比重|比例|增速|增幅|涨幅|降幅|百分比|强度)$"),
        frozenset({"percent", "points", "ratio"}),
    ),
    (
        re.compile(r"(?:增长|下降|提高|降低|上升|提升|缩短|减少)(?:了|目标|幅度|预期目标)?$"),
        frozenset({"percent", "points", "ratio"}),
    ),
    (
        re.compile(
            r"(?:产值|总额|投资额?|金额|收入|资金|成交额|营收|经费|gdp|生产总值|收益|税收|支出|余额|增加值|贷款|额度|亿元|万元|钱)$"
        ),
        frozenset({"money"}),
    ),
    (re.compile(r"(?:面积)$"), frozenset({"area"})),
    (re.compile(r"(?:期限|年限|时长|时间|周期|多久|多长)$"), frozenset({"time"})),
    (re.compile(r"(?:里程|长度|距离|高度)$"), frozenset({"length"})),
    (re.compile(r"(?:产量|产能)$"), frozenset({"mass", "count", "energy", "volume"})),
    (re.compile(r"(?:数量|总数|个数|家数|人数|总量|件数|数目|户数)$"), frozenset({"count", "plain"})),
)
_COUNT_WORDS = frozenset(
    "个家项件条户人名位种类场所座台辆艘批支只篇部份处层次轮大宗例口棵株门枚笔组款省市县区"
)


class Figure(NamedTuple):
    """A figure of a candidate: its span in the document, and how well it fits the question."""

    start: int
    end: int
    text: str
    quantity: Quantity | None  # None for an ordinal
    window: tuple[int, int]  # the segment that says what it measures, in the document
    fit: float


def expected(plan: Plan) -> frozenset[str]:
    """Return the dimensions that the answer may have; empty where the question does not say."""
    if plan.unit == "第":
        return frozenset({"ordinal"})
    if plan.unit:
        found = quantities("3" + plan.unit)
        return frozenset({found[0].dimension}) if found else frozenset()
    topic = re.sub(r"[\s的了]+$", "", plan.topic)
    for pattern, dimensions in _BY_NOUN:
        if pattern.search(topic):
            return dimensions
    return frozenset()


def figures(plan: Plan, terms: Sequence[Term], candidate: Candidate) -> list[Figure]:
    """Return the figures of `candidate` of a dimension that the question accepts, the best first."""
    wanted = expected(plan)
    if "ordinal" in wanted:
        return _ordinals(terms, candidate)
    found = quantities(candidate.folded)
    asked_figures = {quantity.key for quantity in quantities(plan.resolved)}
    fitting = []
    for index, quantity in enumerate(found):
        if (wanted and quantity.dimension not in wanted) or quantity.key in asked_figures:
            continue
        if not wanted and quantity.dimension == "plain" and quantity.low is not None and not quantity.unit:
            continue  # a bare number in quotation marks or a name
        start, end = _window(candidate.folded, found, index)
        fit = _fit(plan, terms, candidate, quantity, start, end, found, index)
        fitting.append(
            Figure(
                candidate.start + quantity.start,
                candidate.start + quantity.end,
                candidate.document.text[candidate.start + quantity.start : candidate.start + quantity.end],
                quantity,
                (candidate.start + start, candidate.start + end),
                fit,
            )
        )
    return sorted(fitting, key=lambda figure: -figure.fit)


def _window(folded: str, found: Sequence[Quantity], index: int) -> tuple[int, int]:
    """Return the stretch around a figure that says what it measures."""
    quantity = found[index]
    left = found[index - 1].end if index else 0
    for boundary in _BOUNDARY.finditer(folded, left, quantity.start):
        left = boundary.end()
    right = found[index + 1].start if index + 1 < len(found) else len(folded)
    stop = _BOUNDARY.search(folded, quantity.end, right)
    return left, stop.start() if stop else right


def _fit(
    plan: Plan,
    terms: Sequence[Term],
    candidate: Candidate,
    quantity: Quantity,
    start: int,
    end: int,
    found: Sequence[Quantity],
    index: int,
) -> float:
    """Return how well the words beside a figure are those of the question, from 0 to about 1.2."""
    folded = candidate.folded
    aligned = _aligned(folded, found, index)
    window = aligned or folded[start:end]
    near = folded[max(0, start - 24) : start]
    lead = folded[:start]
    fit = coverage(
        terms, (window, 1.0), (near, 0.75), (lead, 0.6), (candidate.before, 0.45), (candidate.frame, 0.5)
    )
    if plan.unit and _same_unit(plan.unit, quantity):
        fit += 0.12
    # the noun asked for, counted from the end of the topic, weighs most
    if terms and coverage(terms[-1:], (window, 1.0)) >= 1:
        fit += 0.12
    return fit


def _same_unit(unit: str, quantity: Quantity) -> bool:
    asked = quantities("3" + unit)
    return bool(asked) and asked[0].unit == quantity.unit


def _aligned(folded: str, found: Sequence[Quantity], index: int) -> str:
    """Return the item that a figure of an `A、B分别为x、y` belongs to, empty where there is no such list."""
    marks = [m for m in _RESPECTIVELY.finditer(folded) if m.start() < found[index].start]
    if not marks:
        return ""
    mark = marks[-1]
    run = [q for q in found if q.start >= mark.end()]
    chain = run[:1]
    for quantity in run[1:]:
        if not re.fullmatch(r"[、,和与及左右以上以下以内]+", folded[chain[-1].end : quantity.start]):
            break
        chain.append(quantity)
    if found[index] not in chain or len(chain) < 2:
        return ""
    for side in (folded[: mark.start()], folded[mark.end() : chain[0].start]):
        items = _items(side)
        if len(items) >= len(chain):
            items = items[-len(chain) :]
            shared = (
                folded[mark.end() : chain[0].start]
                if side == folded[: mark.start()]
                else folded[: mark.start()]
            )
            place = chain.index(found[index])
            # the last item may end in what all items share: 城镇、农村居民收入
            common = items[-1] if place != len(chain) - 1 else ""
            others = [item for position, item in enumerate(items) if position != place]
            text = items[place] + "|" + shared + "|" + common
            for other in others:
                text = text.replace(other, "") if other in items[place] else text
            return text
    return ""


def _items(side: str) -> list[str]:
    stretch = re.split(r"[,;:。]", side.rstrip(",，为是较比仅达"))[-1]
    return [item for item in re.split(r"[、和与及]", stretch) if item]


def _ordinals(terms: Sequence[Term], candidate: Candidate) -> list[Figure]:
    found = []
    for match in _ORDINAL.finditer(candidate.folded):
        left = 0
        for boundary in _BOUNDARY.finditer(candidate.folded, 0, match.start()):
            left = boundary.end()
        window = candidate.folded[left : match.end()]
        fit = coverage(
            terms,
            (window, 1.0),
            (candidate.folded[:left], 0.7),
            (candidate.before, 0.45),
            (candidate.frame, 0.5),
        )
        start, end = candidate.start + match.start(), candidate.start + match.end()
        found.append(
            Figure(start, end, candidate.document.text[start:end], None, (candidate.start + left, end), fit)
        )
    return sorted(found, key=lambda figure: -figure.fit)
