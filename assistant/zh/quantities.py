"""Figures in Chinese text, normalised so that equal ones compare equal.

`1.6万亿元` and `16000亿元` are the same quantity; `70%~80%` is one range; `第三` is an ordinal and
no quantity; a year is a date and no quantity. All spans count in the text as given.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from .dates import YEAR_SPAN, dates
from .fold import fold
from .numbering import to_int
from .units import GROUPS, MEASURES, UNITS, unit_of

_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_POWERS = {"十": 10, "百": 100, "千": 1000}

_ARABIC = r"(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|[\d.]*□[\d.□]*)"
_HAN_NUMBER = r"[一二两三四五六七八九十][零〇一二两三四五六七八九十百千]*"
_MULTIPLIER = r"(?:万亿|千亿|百亿|十亿|千万|百万|十万|万|亿|千(?!瓦|米|克|卡)|百(?!分))"
_RANGE = r"\s*(?:~|—+|-|至|到)\s*"

_ALTERNATIVES = "|".join(
    f"{unit}(?![a-z\\d])" if unit[-1].isascii() and unit[-1].isalnum() else unit
    for unit in sorted({*UNITS, *MEASURES}, key=len, reverse=True)
)
_PER = (
    r"(?:/(?:平方公里|平方千米|平方米|立方米|万元|亿元|元|万人|人|家|户|亩|吨|年|天|日|月|小时|学期|学年|季度|周|"
    r"件|个|台|次|餐))"
)
# measure words that also begin common words: 5大学, 3分别, 2点
_UNIT = rf"(?:{_ALTERNATIVES})(?:\(套\)|\(次\)|\(间\)|\(个\))?{_PER}?"
_BEFORE = (
    r"(?:最[高多长大低少短小])?(?:大约|不得?(?:低于|少于|小于|超过|超出|高于|多于|大于)|不足|不到|不满|未满|至少|至多|"
    r"超过|突破|高于|低于|约|近|超|逾|破)?"
)
_AFTER = r"(?:余|多)?"
_TAIL = r"(?:左右|以上|以下|以内|之内|上下|有余)?"

# 三元五角, 四角五分, 五毛; 三角 alone is a shape, 长三角 a place: a price must stand before it
_DIGIT = r"[一二两三四五六七八九\d]"
_COINS = (
    rf"(?:(?P<yuan>{_HAN_NUMBER}|\d+)[元块](?=钱?{_DIGIT}[角毛]))?(?:(?P<tenths>{_DIGIT})[角毛](?:(?P<hundredths>{_DIGIT})分)?)钱?"
    r"(?![形债洲度落色亭枫镇村楼地带区湾星梅泽钢铁])"
)
_PRICED = re.compile(r"[价费元罚补加减钱每付交收超于低高按为打]")
_QUANTITY = re.compile(
    rf"(?P<before>{_BEFORE})(?:"
    rf"(?P<coins>(?<![\d长珠冰]){_COINS})|"
    rf"(?P<percent>百分之(?P<percent_value>{_HAN_NUMBER}(?:点[零〇一二三四五六七八九]+)?|{_ARABIC}))"
    rf"|(?P<fraction>(?P<below>{_HAN_NUMBER}|\d+)分之(?P<above>{_HAN_NUMBER}|\d+)|(?<![\d.+])(?P<a>\d)/(?P<b>\d{{1,2}})(?!\d))"
    rf"|(?P<half>一半|半数|过半)|(?P<half_of>(?<![一二两三四五六七八九十百\d多])半(?:个)?(?P<half_unit>年|月|天|日|小时|学期|学年))"
    rf"|(?<![\d.])(?P<low>{_ARABIC})(?:(?P<low_approximate>{_AFTER})(?P<low_multiplier>{_MULTIPLIER})?(?P<low_unit>%|{_UNIT})?"
    rf"{_RANGE}(?P<high>{_ARABIC}))?(?P<more>{_AFTER})(?P<multiplier>{_MULTIPLIER})?(?P<more2>{_AFTER})(?P<unit>%|{_UNIT})?"
    rf"|(?<![第“\"〇零一二三四五六七八九两十百千])(?P<han>(?:{_HAN_NUMBER}亿)?(?:{_HAN_NUMBER}万)?{_HAN_NUMBER})"
    rf"(?P<han_more>{_AFTER})(?P<han_multiplier>万亿|亿|万)?(?P<han_unit>{_UNIT})"
    rf")(?P<tail>{_TAIL})"
)
# a Chinese numeral that belongs to a word and counts nothing: 一个, 一批, 一次, 四大 is a count, 一大 is not
_NOT_COUNTED = re.compile(
    r"一(?:个|批|些|种|类|次|件|项|条|家|名|位|套|支|场|部|大|代|层|级|轮|届|波|体|系|点|线|带|区|市|网|链|步|站|城|园|流|"
    r"院|把|块|起|道|根|双|对|副|面|页|回|遍|顿|餐|桌|样|堂|桩)"
)
# numerals as on cheques, 贰佰壹拾捌万元整, and how they are read
_FORMAL = re.compile(r"[壹贰叁肆伍陆柒捌玖拾佰仟零〇万亿]{2,}(?=[元圆])")
_AS_WRITTEN = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟", "一二三四五六七八九十百千")
_REACH = 12  # characters before a coin in which a price is spoken of
_NOT_A_UNIT = re.compile(
    r"(?:大(?:学|会|量|型|批|规)|分(?:别|类|布|析|工|之)|点(?:的|五)|带(?:来|动|领)|成(?:为|立|功|果|都)|区域|级别|城市|市场|家庭|折(?:合|算|叠|射|扣|价|旧)|"
    r"人才|人民|人均|项目|网络|链条|线上|站位|园区|院校|校园|条件|方面|方向|方式|方案|件事|年代|日起|省级|市级|县级|省外|省内|市外|市内|县外|县内|线城|港口|本科|代表|首次|轮驱|"
    r"起(?:步|点|草|来|家|重|飞|始|到|用|算|价|诉|因|源|伏)|道(?:路|德|理)|面(?:积|向|对|临|貌|板|粉|环|八方)|p(?:网|平台)|回(?:收|归|头|复|落|升|应|访)|"
    r"对(?:口|接|于|外|象|策|应|照|标)|双(?:百|创|向|随|减|碳|招|线|边)|根(?:据|本)|页(?:面|岩)|桌面|遍布|顿时|餐(?:饮|厅|馆|具)|"
    r"票(?:价|据|务|证|面)|样(?:本|品|板|式|子)|集(?:中|体|团|群|成|约|聚|合|镇|市|装)|粒(?:度|子)|副(?:省|市|县|主|组|书|局|处|科|所|院)|堂皇|盒饭)"
)
_AT_MOST = re.compile(r"不得?(?:超|高|多|大)|^低于|不足|不到|[不未]满|至多|^最[高多长大](?!.*不)")
_AT_LEAST = re.compile(r"不得?(?:低|少|小)|^(?:超|突破|逾|破|高于)|至少|^最[低少短小](?!.*不)")
_BETWEEN = re.compile(_RANGE)
_WHOLE = {"月": "个月", "日": "天", "学期": "个学期"}  # 半个月 is half of 个月


class Quantity(NamedTuple):
    """A figure with its unit, [start, end) in the text, `low` to `high` in the base unit."""

    start: int
    end: int
    text: str
    low: float | None  # None where the source lost a digit
    high: float | None
    unit: str  # base unit: 元, %, 个百分点, 家, ...; empty for a bare number
    dimension: str  # money, percent, points, length, area, mass, time, count, plain, ...
    approximate: str = ""  # about, above, below, or exact

    @property
    def key(self) -> tuple[object, ...]:
        """Return what must agree for two figures to say the same."""
        return (self.low, self.high, self.unit if self.dimension != "count" else self.unit[:1])


def quantities(text: str) -> list[Quantity]:
    """Return the figures of `text` in reading order, without years, dates and ordinals."""
    folded = _FORMAL.sub(lambda match: match.group().translate(_AS_WRITTEN), fold(text))
    taken = [(date.start, date.end) for date in dates(text)]
    taken += [match.span() for match in YEAR_SPAN.finditer(folded)]
    found: list[Quantity] = []
    position = 0
    while match := _QUANTITY.search(folded, position):
        position = max(match.end(), position + 1)
        overlap = next((end for start, end in taken if start < match.end() and match.start() < end), None)
        if overlap is not None:
            position = max(overlap, match.start() + 1)
        elif quantity := _read(text, folded, match):
            position = max(quantity.end, match.start() + 1)
            if found and _are_range(folded, found[-1], quantity):
                first = found.pop()
                whole = text[first.start : quantity.end]
                quantity = quantity._replace(start=first.start, text=whole, low=first.low)
            found.append(quantity)
    return found


def _are_range(folded: str, first: Quantity, last: Quantity) -> bool:
    """Tell whether two figures are the ends of one range, as 十元至五十元."""
    single = first.low == first.high and last.low == last.high and first.unit == last.unit != ""
    return single and bool(_BETWEEN.fullmatch(folded, first.end, last.start))


def _read(text: str, folded: str, match: re.Match[str]) -> Quantity | None:
    if match["low"]:
        return _read_arabic(text, folded, match)
    if match["han"]:
        return _read_han(text, folded, match)
    start, end = match.span()
    if match["coins"]:
        if not match["yuan"] and not _PRICED.search(folded[max(0, start - _REACH) : match.start("tenths")]):
            return None
        parts = [to_int(match[name]) if match[name] else 0 for name in ("yuan", "tenths", "hundredths")]
        value = round(parts[0] + parts[1] / 10 + parts[2] / 100, 2)
        return Quantity(start, end, text[start:end], value, value, "元", "money", _approximate(match))
    if match["percent"]:
        written = match["percent_value"]
        low, unit, dimension = _decimal(written), "%", "percent"
    elif match["half_of"]:
        dimension, unit, factor = unit_of(_WHOLE.get(match["half_unit"], match["half_unit"]))
        low = 0.5 * factor
    elif match["half"]:
        low, unit, dimension = 50.0, "%", "percent"
    else:
        below, above = (match["below"], match["above"]) if match["below"] else (match["b"], match["a"])
        divisor, dividend = _decimal(below), _decimal(above)
        if not divisor or dividend is None:
            return None
        # a third stays a third: one part in three, compared as a share
        low, unit, dimension = round(100 * dividend / divisor, 4), "%", "percent"
    return Quantity(start, end, text[start:end], low, low, unit, dimension, _approximate(match))


def _read_arabic(text: str, folded: str, match: re.Match[str]) -> Quantity | None:
    before = folded[max(0, match.start("low") - 1) : match.start("low")]
    if before == "第" or (
        before and before in "[" and folded[match.end("low") : match.end("low") + 1] == "]"
    ):
        return None
    unit, end = match["unit"] or "", match.end()
    if (
        unit
        and _NOT_A_UNIT.match(folded, match.start("unit"))
        and match.end("unit") - match.start("unit") == 1
    ):
        unit, end = "", match.start("unit")
    following = folded[end : end + 1]
    if not unit and any(c.isascii() and c.isalpha() for c in before + following):
        return None  # 5G, A4, H7N9: a name
    dimension, base, factor = unit_of(unit)
    scale = _scale(match["multiplier"]) * factor
    low = high = _times(_decimal(match["low"]), scale)
    if match["high"]:
        high = _times(_decimal(match["high"]), scale)
        own = match["low_multiplier"]
        if own:
            low = _times(_decimal(match["low"]), _scale(own) * factor)
    return Quantity(
        match.start(), end, text[match.start() : end], low, high, base, dimension, _approximate(match)
    )


def _read_han(text: str, folded: str, match: re.Match[str]) -> Quantity | None:
    start, end = match.start("han"), match.end()
    if _NOT_COUNTED.match(folded, start) or _NOT_A_UNIT.match(folded, match.start("han_unit")):
        return None
    dimension, base, factor = unit_of(match["han_unit"])
    value = float(_spelt(match["han"] + (match["han_multiplier"] or "")))
    low = _times(_discount(value, match["han_unit"]), factor)
    return Quantity(
        match.start(), end, text[match.start() : end], low, low, base, dimension, _approximate(match)
    )


def _spelt(numeral: str) -> int:
    """Return the value of a Chinese numeral with its groups: 三亿, 三十七万五千."""
    for group, worth in (("亿", 10**8), ("万", 10**4)):
        many, found, rest = numeral.partition(group)
        if found:
            return _spelt(many) * worth + (_spelt(rest) if rest else 0)
    return to_int(numeral)


def _discount(value: float, unit: str | None) -> float:
    """Return 7.5 for the 七五 of 七五折, and any other value as it is."""
    return value / 10 if unit == "折" and value >= 10 else value


def _scale(multiplier: str | None) -> float:
    value = 1.0
    for character in multiplier or "":
        value *= GROUPS.get(character) or _POWERS[character]
    return value


def _decimal(written: str) -> float | None:
    if "□" in written:
        return None
    if written[0].isdigit():
        return float(written.replace(",", ""))
    whole, _, part = written.partition("点")
    return float(f"{to_int(whole)}.{''.join(str(_DIGITS[c]) for c in part) or 0}")


def _times(value: float | None, scale: float) -> float | None:
    # rounded, so that 1.6 * 10**12 and 16000 * 10**8 are one number
    return None if value is None else float(f"{value * scale:.10g}")


def _approximate(match: re.Match[str]) -> str:
    groups = match.groupdict()
    before, tail = match["before"] or "", match["tail"] or ""
    more = any(groups[name] for name in ("more", "more2", "han_more"))
    if _AT_MOST.search(before) or tail in ("以下", "以内", "之内"):
        return "below"
    if _AT_LEAST.search(before) or tail in ("以上", "有余") or more:
        return "above"
    if before.endswith(("约", "近")) or tail in ("左右", "上下"):
        return "about"
    return ""
