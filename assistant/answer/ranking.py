"""What a question does with the figures of several regions: order, pick, count, add up."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from ..zh.fold import fold
from ..zh.quantities import Quantity, quantities

_LOWEST = re.compile(r"最[低小少慢弱短]|末位|垫底|后[一二三四五六七八九十\d]+[名位个]|从低到高|由低到高|升序")
_PICKS = re.compile(r"最[高低大小多少快慢强弱长短]|第一|居首|领先|末位|垫底")
_TOP = re.compile(r"[前后]([一二三四五六七八九十]|\d+)[名位个]?")
_COUNTS = re.compile(r"(?:多少|几)个?(?:省|市|县|区|地|州|城)|有(?:多少|几)个")
_SUMS = re.compile(r"合计|总和|总共|加起来|一共")
_MEANS = re.compile(r"平均")
_LIMIT = re.compile(
    r"(?P<above>不低于|不少于|至少|超过|超出|高于|大于|多于|突破|达到)|(?P<below>不超过|不高于|低于|小于|少于|不足|不到)|"
    r"(?P<equal>定在|定为|设为|设定为|等于|都是|均为)"
)
_AT_LEAST = re.compile(r"不低于|不少于|至少|达到|不超过|不高于")


class Limit(NamedTuple):
    """A threshold: values above or below `value`, the value itself included or not."""

    value: float
    dimension: str
    above: bool
    inclusive: bool
    equal: bool = False


class Task(NamedTuple):
    """What is asked of the figures."""

    descending: bool = True
    top: int = 0  # how many from the front are asked for; 0 for all
    counts: bool = False
    sums: bool = False
    means: bool = False
    limit: Limit | None = None


def task_of(question: str) -> Task:
    """Return what `question` asks of the figures."""
    asked = fold(question)
    named = _TOP.search(asked)
    digits = "一二三四五六七八九十"
    top = 0
    if named:
        top = digits.index(named[1]) + 1 if named[1] in digits else int(named[1])
    elif _PICKS.search(asked):
        top = 1
    return Task(
        descending=not _LOWEST.search(asked),
        top=top,
        counts=bool(_COUNTS.search(asked)),
        sums=bool(_SUMS.search(asked)),
        means=bool(_MEANS.search(asked)),
        limit=_limit(asked),
    )


def _limit(asked: str) -> Limit | None:
    for word in _LIMIT.finditer(asked):
        found = [q for q in quantities(asked[word.end() : word.end() + 16]) if q.low is not None]
        if found and found[0].low is not None:
            inclusive = bool(_AT_LEAST.fullmatch(word.group()))
            return Limit(
                found[0].low,
                found[0].dimension,
                word["above"] is not None,
                inclusive,
                word["equal"] is not None,
            )
    return None


def within(quantity: Quantity, limit: Limit) -> bool:
    """Tell whether a figure lies beyond the limit: `7%以上` and `7%左右` count as 7%."""
    if quantity.low is None or quantity.dimension != limit.dimension:
        return False
    if quantity.low == limit.value:
        return limit.inclusive or limit.equal
    return not limit.equal and (quantity.low > limit.value) == limit.above


def ordered(quantities: Sequence[Quantity], descending: bool) -> list[int]:
    """Return the indices of `quantities` in order of their lower value."""
    sign = -1 if descending else 1
    return sorted(range(len(quantities)), key=lambda index: sign * (quantities[index].low or 0.0))
