"""What a question does with the figures of several regions: order, pick, count, add up."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from ....zh.fold import fold
from ....zh.numbering import to_int
from ....zh.quantities import Quantity, quantities

_LOWEST = re.compile(r"最[低小少慢弱短]|末位|垫底|后[一二三四五六七八九十\d]+[名位个]|从低到高|由低到高|升序")
_PICKS = re.compile(r"最[高低大小多少快慢强弱长短]|第一|居首|领先|末位|垫底")
_TOP = re.compile(r"(?:[前后]|哪|最[高低大小多少快慢]的)([一二两三四五六七八九十]|\d+)[名位个]?")
_NTH = re.compile(r"(?:排(?:名|在|行)?|位居|居)第([二三四五六七八九十]+|[2-9]|\d{2,})(?:[名位高低多少大小])?")
# the next one after the first is asked for too: 哪个省最多?紧跟其后的呢
_NEXT = re.compile(r"其次|次之|紧跟|紧随|紧接|第二(?:名|位|是|又|呢)|接下来")
_BOTH_ENDS = re.compile(
    r"最[高大多快长强][^。?]*最[低小少慢短弱]|最[低小少慢短弱][^。?]*最[高大多快长强]|谁[高多大快]谁[低少小慢]"
)
_COUNTS = re.compile(r"(?:多少|几)个?(?:省|市|县|区|地|州|城)|有(?:多少|几)个")
_SUMS = re.compile(r"合计|总和|总计|总共|加起来|加总|相加|求和|一共(?!有?(?:几|多少)个)")
_MEANS = re.compile(r"平均|均值")
_SPREAD = re.compile(r"(?:最[高大多快].*最[低小少慢]|最[低小少慢].*最[高大多快]).*差")
# 谁更高, 差多少: what two things side by side are asked for beyond their figures
_DIFFERS = re.compile(r"相差|差距|差(?:了)?(?:多少|几)|[高低多少大小快慢](?:出|了|多少|几)")
_EXCEEDS = re.compile(
    r"(?:更|(?:谁|哪一?个|孰)[^,。?]{0,14}?)([高低多少大小快慢长短])(?=\s*(?:一?些|呢|啊)?\s*(?:[?。,]|$))"
)
_LIMIT = re.compile(
    r"(?P<below>不超过|不高于|低于|小于|少于|不足|不到|没到|未到|没有?达到|未达到?)|"
    r"(?P<above>不低于|不少于|至少|超过|超出|高于|大于|多于|突破|达到|超(?=\d))|"
    r"(?P<equal>定在|设在|定为|设为|设定为|等于|都是|均为|[是为在](?=\d))"
)
_AT_LEAST = re.compile(r"不低于|不少于|至少|达到|不超过|不高于")


class Limit(NamedTuple):
    """A threshold: values above or below `value`, the value itself included or not."""

    value: float
    dimension: str
    above: bool
    inclusive: bool
    equal: bool = False
    upper: float | None = None  # of a range that is named whole: 在5%到5.5%之间
    written: str = ""  # "above", "below" or "about" where it must be written so: 是5%以上


class Task(NamedTuple):
    """What is asked of the figures."""

    descending: bool = True
    top: int = 0  # how many from the front are asked for; 0 for all
    place: int = 0  # the one in this place is asked for: 排第二的
    counts: bool = False
    sums: bool = False
    spread: bool = False  # how far the highest and the lowest lie apart
    ends: bool = False  # the first and the last are both asked for
    means: bool = False
    limit: Limit | None = None


def task_of(question: str) -> Task:
    """Return what `question` asks of the figures."""
    asked = fold(question)
    named = _TOP.search(asked)
    top = 0
    nth = _NTH.search(asked)
    if named and (_PICKS.search(asked) or named.group()[0] in "前后"):
        top = int(named[1]) if named[1].isascii() else to_int(named[1])
    elif _PICKS.search(asked):
        top = 1
    if top and _NEXT.search(asked):  # the second one beside the first, not instead of it
        top, nth = max(top, 2), None
    return Task(
        descending=bool(_BOTH_ENDS.search(asked)) or not _LOWEST.search(asked),
        top=top,
        place=(int(nth[1]) if nth[1].isascii() else to_int(nth[1])) if nth else 0,
        counts=bool(_COUNTS.search(asked)),
        sums=bool(_SUMS.search(asked)),
        spread=bool(_SPREAD.search(asked)),
        ends=bool(_BOTH_ENDS.search(asked)),
        means=bool(_MEANS.search(asked)),
        limit=_limit(asked),
    )


def _limit(asked: str) -> Limit | None:
    for quantity in quantities(asked):
        if quantity.low is not None and quantity.high is not None and quantity.low < quantity.high:
            return Limit(quantity.low, quantity.dimension, True, inclusive=True, upper=quantity.high)
    for word in _LIMIT.finditer(asked):
        found = [q for q in quantities(asked[word.end() : word.end() + 16]) if q.low is not None]
        if found and found[0].low is not None:
            written = found[0].approximate if word["equal"] else ""
            # 目标是5%以上 means those who write it so; 设在5.5%以上 is a bound
            bounded = written if word.group() not in ("是", "为") else ""
            return Limit(
                found[0].low,
                found[0].dimension,
                above=word["above"] is not None or bounded == "above",
                inclusive=bool(bounded or _AT_LEAST.fullmatch(word.group())),
                equal=word["equal"] is not None and bounded not in ("above", "below"),
                written=written,
            )
    return _suffixed(asked)


def _suffixed(asked: str) -> Limit | None:
    """Return the threshold of 目标5.5%以上的省."""
    for quantity in quantities(asked):
        if quantity.low is not None and re.search(r"(?:以上|以下|以内)$", quantity.text):
            return Limit(quantity.low, quantity.dimension, quantity.approximate == "above", inclusive=True)
    return None


def beyond(question: str, first: Quantity, second: Quantity) -> str:
    """Return which of two figures of one unit is what `question` asks for, and how far they lie apart.

    The first stands as {0}, the second as {1}; empty where the question asks for neither.
    """
    asked = fold(question)
    if first.unit != second.unit or first.low is None or second.low is None:
        return ""
    told = []
    if exceeds := _EXCEEDS.search(asked):
        more = exceeds[1] in "高多大快长"
        told.append(
            "两者相同"
            if first.low == second.low
            else f"{{{int((first.low > second.low) != more)}}}更{exceeds[1]}"
        )
    if _DIFFERS.search(asked):
        told.append(f"相差{amount(abs(first.low - second.low), first.unit)}")
    return "，".join(told)


def amount(value: float, unit: str) -> str:
    """Return a figure in Chinese: 668万人, 2150.2亿元, 0.5个百分点."""
    shown = {"%": "个百分点"}.get(unit, unit)
    for power, name in ((10**8, "亿"), (10**4, "万")):
        if value >= power and shown != "个百分点":
            return f"{value / power:.8g}{name}{shown}"
    return f"{value:.8g}{shown}"


def within(quantity: Quantity, limit: Limit) -> bool:
    """Tell whether a figure lies beyond the limit: `7%以上` and `7%左右` count as 7%."""
    if quantity.low is None or quantity.dimension != limit.dimension:
        return False
    if limit.upper is not None:  # 5.5%以上 lies beyond 5%到5.5%
        open_end = quantity.low == limit.upper and quantity.approximate == "above"
        return limit.value <= quantity.low <= limit.upper and not open_end
    if limit.equal and limit.written in ("above", "below") and quantity.approximate != limit.written:
        return False
    if quantity.low == limit.value:
        return limit.inclusive or limit.equal
    return not limit.equal and (quantity.low > limit.value) == limit.above


def ordered(quantities: Sequence[Quantity], descending: bool) -> list[int]:
    """Return the indices of `quantities` in order of their lower value."""
    sign = -1 if descending else 1
    return sorted(range(len(quantities)), key=lambda index: sign * (quantities[index].low or 0.0))
