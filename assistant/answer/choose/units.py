"""Whether a figure is of the measure that is asked for: 几年 in months, 多少家 in 个, never in 分."""

from __future__ import annotations

import re

from ...zh.quantities import Quantity
from ..evidence.window import quantities_in
from .asks import Ask

# Measure words that any noun may take; a figure in 辆 is no number of 人.
_GENERAL = frozenset("个家项条件种类大户处款批场所座支")
# 16个小菜园 are no 户; firms owned by the state are counted in 户, and families in 家
_HOUSEHOLD, _OF_HOUSEHOLDS = "户", frozenset("户家")
# of goods, which are counted in 件 as well: 几台空调 in 3件
_PIECE, _OF_GOODS = "件", frozenset("件台部辆套只把张架")
_NO_THINGS = frozenset("分次级期届轮倍层步点回遍顿")  # they count times, hours and grades, never things
# GDP总量有多少 is not answered with a growth of 5.4%
_SHARES = frozenset({"percent", "points"})
_ASKS_SUM = re.compile(
    r"(?:总量|总额|总值|总数|总规模)(?:大概|大约|目前|现在)?[是有为达约到]*(?:多少|多大|几|$)"
)
# A bare 多少 never asks for these: 持卡的有多少 is not answered with 2年.
_NAMED_ONLY = frozenset({"time", "age"})
_PERSONS = tuple("人名位员")
# 几个孩子 are counted in 人 too: nouns of persons, by how they end
_COUNTS_PERSONS = re.compile(
    r"(?:几|多少)个[^,?的]{0,4}?(?:小孩|孩|儿童|学生|老人|病人|工人|人员|干部|专家|"
    r"代表|居民|村民|农民|游客|职工|亲属|[学职店党议队成]员|[老教律医]师|医生|护士)"
)
# What one text counts in these another counts in others of them: 冠军235个, 44家.
_THINGS = frozenset("个家项所座处")
_FIRMS = re.compile(r"(?:企业|公司|主体|商户|合作社|法人)[^、,;。]{0,6}$")
_MONTHS = 12  # of a year: fewer are not meant by 几年
# 几年 may be answered in months, never in days
_SCALE = {
    "分钟": 0,
    "秒": 0,
    "小时": 0,
    "天": 1,
    "个工作日": 1,
    "周": 1,
    "个月": 2,
    "个季度": 2,
    "个学期": 2,
    "学年": 3,
    "年": 3,
}


def acceptable(ask: Ask, quantity: Quantity) -> bool:
    """Tell whether `quantity` is of a unit and dimension that may answer `ask`."""
    if not quantity.unit and quantity.dimension == "plain":
        if not ask.dimensions and quantity.approximate in ("above", "below"):
            return True  # 电能利用效率不得高于1.25: a bound, and so a value
        counted = not ask.dimensions or "plain" in ask.dimensions or _bare(ask.unit)[:1] in _PERSONS
        return (counted and quantity.text[-1] in "万亿") or (not ask.dimensions and quantity.low is None)
    if not ask.dimensions and quantity.dimension in _NAMED_ONLY and "多少" in ask.text:
        return False
    if ask.dimensions and quantity.dimension not in ask.dimensions:
        return False
    if quantity.dimension in _SHARES and _ASKS_SUM.search(ask.text):
        return False
    if quantity.dimension == "time":
        return not ask.unit or _same_scale(ask.unit, quantity)
    if quantity.dimension != "count":
        return True
    if not ask.unit:
        return not ask.dimensions or _is_thing(quantity)
    if quantity.unit[:1] in _PERSONS and _COUNTS_PERSONS.search(ask.text):
        return True
    return same_measure(ask.unit, quantity.unit)


def _same_scale(asked: str, quantity: Quantity) -> bool:
    """Tell whether a time may answer a question for one in the unit `asked`."""
    written = quantity.unit
    known = quantities_in("3" + asked)
    unit = known[0].unit if known else asked
    if unit == "年" and written == "个月":  # 24个月 may be meant by 几年, six months not
        return quantity.high is None or quantity.high >= _MONTHS
    return unit not in _SCALE or written not in _SCALE or abs(_SCALE[unit] - _SCALE[written]) <= 1


def _bare(unit: str) -> str:
    return unit.lstrip("十百千万亿") or unit  # 多少万辆 counts in 辆


def _is_thing(quantity: Quantity) -> bool:
    return quantity.unit[:1] not in _NO_THINGS


def side_by_side(unit: str, before: str) -> str:
    """Return the measure word that stands for `unit` where the counts of one noun are set side by side.

    `before` is what stands before the figure: 7户 are firms behind 企业, families behind nothing.
    """
    if unit in _THINGS or (unit == _HOUSEHOLD and _FIRMS.search(before)):
        return "个"
    return unit


def same_measure(asked: str, written: str) -> bool:
    """Tell whether two measure words may count the same things."""
    asked = _bare(asked)
    if asked[0] in _PERSONS or written[0] in _PERSONS:
        return asked[0] in _PERSONS and written[0] in _PERSONS
    if asked[0] == _HOUSEHOLD:
        return written[0] in _OF_HOUSEHOLDS
    if asked[0] == written[0] or (asked[0] in _GENERAL and written[0] in _GENERAL):
        return True
    if _PIECE in (asked[0], written[0]):
        return asked[0] in _OF_GOODS and written[0] in _OF_GOODS
    return asked[0] == "个" and written[0] not in _NO_THINGS
