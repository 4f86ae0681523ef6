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

_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_POWERS = {"十": 10, "百": 100, "千": 1000}
_GROUPS = {"万": 10**4, "亿": 10**8}

_ARABIC = r"(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|[\d.]*□[\d.□]*)"
_HAN_NUMBER = r"[一二两三四五六七八九十][零〇一二两三四五六七八九十百千]*"
_MULTIPLIER = r"(?:万亿|千亿|百亿|十亿|千万|百万|十万|万|亿|千(?!瓦|米|克|卡)|百(?!分))"
_RANGE = r"\s*(?:~|—+|-|至|到)\s*"

# unit -> (dimension, base unit, factor). A measure word that is not here still counts as "count".
_UNITS: dict[str, tuple[str, str, float]] = {
    "%": ("percent", "%", 1),
    "‰": ("percent", "%", 0.1),
    "个百分点": ("points", "个百分点", 1),
    "百分点": ("points", "个百分点", 1),
    "元": ("money", "元", 1),
    "块钱": ("money", "元", 1),
    "元钱": ("money", "元", 1),
    "人民币": ("money", "元", 1),
    "美元": ("money", "美元", 1),
    "欧元": ("money", "欧元", 1),
    "日元": ("money", "日元", 1),
    "英镑": ("money", "英镑", 1),
    "澳门元": ("money", "澳门元", 1),
    "港元": ("money", "港元", 1),
    "新台币": ("money", "新台币", 1),
    "米": ("length", "米", 1),
    "公里": ("length", "米", 1000),
    "千米": ("length", "米", 1000),
    "里": ("length", "米", 500),
    "海里": ("length", "米", 1852),
    "厘米": ("length", "米", 0.01),
    "毫米": ("length", "米", 0.001),
    "平方米": ("area", "平方米", 1),
    "㎡": ("area", "平方米", 1),
    "平方公里": ("area", "平方米", 10**6),
    "平方千米": ("area", "平方米", 10**6),
    "公顷": ("area", "平方米", 10**4),
    "亩": ("area", "亩", 1),
    "立方米": ("volume", "立方米", 1),
    "方": ("volume", "立方米", 1),
    "升": ("volume", "立方米", 0.001),
    "毫升": ("volume", "立方米", 10**-6),
    "吨": ("mass", "吨", 1),
    "吨标准煤": ("mass", "吨标准煤", 1),
    "吨标煤": ("mass", "吨标准煤", 1),
    "公斤": ("mass", "吨", 0.001),
    "千克": ("mass", "吨", 0.001),
    "克": ("mass", "吨", 10**-6),
    "毫克": ("mass", "吨", 10**-9),
    "微克": ("mass", "吨", 10**-12),
    "斤": ("mass", "吨", 0.0005),
    "千瓦": ("power", "千瓦", 1),
    "瓦": ("power", "千瓦", 0.001),
    "兆瓦": ("power", "千瓦", 1000),
    "千瓦时": ("energy", "千瓦时", 1),
    "度": ("degree", "度", 1),
    "年": ("time", "年", 1),
    "周年": ("time", "年", 1),
    "个月": ("time", "个月", 1),
    "个季度": ("time", "个季度", 1),
    "周": ("time", "周", 1),
    "天": ("time", "天", 1),
    "日": ("time", "天", 1),
    "个工作日": ("time", "个工作日", 1),
    "工作日": ("time", "个工作日", 1),
    "个学期": ("time", "个学期", 1),
    "学期": ("time", "个学期", 1),
    "学年": ("time", "学年", 1),
    "个年度": ("time", "年", 1),
    "年度": ("time", "年", 1),
    "个星期": ("time", "周", 1),
    "星期": ("time", "周", 1),
    "个月份": ("time", "个月", 1),
    "小时": ("time", "小时", 1),
    "个小时": ("time", "小时", 1),
    "分钟": ("time", "分钟", 1),
    "秒": ("time", "秒", 1),
    "岁": ("age", "岁", 1),
    "周岁": ("age", "岁", 1),
    "倍": ("ratio", "倍", 1),
    "成": ("percent", "%", 10),
}
_MEASURES = (
    "人次 省份 标箱 标准箱 台套 家次 户次 项次 例次 床位 席位 "
    "个 家 项 件 条 户 人 名 位 种 类 场 所 座 台 套 辆 架 艘 批 支 只 头 篇 部 份 处 片 块 层 次 级 期 轮 "
    "大 宗 单 例 口 棵 株 门 枚 笔 组 节 届 颗 村 镇 县 市 区 省 店 幢 栋 间 张 本 册 卷 股 列 趟 班 首 "
    "款 代 码 字 分 员 孔 "
    "师 步 链 网 箱 桶 袋 床 席 顶 艇 羽 尾 匹 团 队 城 站 点 线 圈 带 园 港 校 院 馆 亿 万"
).split()
_ALTERNATIVES = "|".join(sorted({*_UNITS, *_MEASURES}, key=len, reverse=True))
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

_QUANTITY = re.compile(
    rf"(?P<before>{_BEFORE})(?:"
    rf"(?P<percent>百分之(?P<percent_value>{_HAN_NUMBER}(?:点[零〇一二三四五六七八九]+)?|{_ARABIC}))"
    rf"|(?P<fraction>(?P<below>{_HAN_NUMBER}|\d+)分之(?P<above>{_HAN_NUMBER}|\d+)|(?<![\d.+])(?P<a>\d)/(?P<b>\d{{1,2}})(?!\d))"
    rf"|(?P<half>一半|半数|过半)|(?P<half_of>(?<![一二两三四五六七八九十百\d多])半(?:个)?(?P<half_unit>年|月|天|日|小时|学期|学年))"
    rf"|(?<![\d.])(?P<low>{_ARABIC})(?:(?P<low_approximate>{_AFTER})(?P<low_multiplier>{_MULTIPLIER})?(?P<low_unit>%|{_UNIT})?"
    rf"{_RANGE}(?P<high>{_ARABIC}))?(?P<more>{_AFTER})(?P<multiplier>{_MULTIPLIER})?(?P<more2>{_AFTER})(?P<unit>%|{_UNIT})?"
    rf"|(?<![第“\"〇零一二三四五六七八九两十百千])(?P<han>{_HAN_NUMBER})(?P<han_more>{_AFTER})(?P<han_multiplier>万亿|亿|万)?(?P<han_unit>{_UNIT})"
    rf")(?P<tail>{_TAIL})"
)
# a Chinese numeral that belongs to a word and counts nothing: 一个, 一批, 一次, 四大 is a count, 一大 is not
_NOT_COUNTED = re.compile(
    r"一(?:个|批|些|种|类|次|件|项|条|家|名|位|套|支|场|部|大|代|层|级|轮|届|波|体|系|点|线|带|区|市|网|链|步|站|城|园|流|"
    r"院|把|块)"
)
_NOT_A_UNIT = re.compile(
    r"(?:大(?:学|会|量|型|批|规)|分(?:别|类|布|析|工|之)|点(?:的|五)|带(?:来|动|领)|成(?:为|立|功|果|都)|区域|级别|城市|市场|家庭|"
    r"人才|人民|人均|项目|网络|链条|线上|站位|园区|院校|校园|条件|方面|方向|方式|方案|件事|年代|日起|省级|市级|县级|线城|港口|本科|代表|首次|轮驱)"
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
    folded = fold(text)
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
    if match["percent"]:
        written = match["percent_value"]
        value = _decimal(written)
        low, unit, dimension = value, "%", "percent"
    elif match["half_of"]:
        dimension, unit, factor = _unit(_WHOLE.get(match["half_unit"], match["half_unit"]))
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
    dimension, base, factor = _unit(unit)
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
    value = to_int(match["han"])
    dimension, base, factor = _unit(match["han_unit"])
    low = _times(float(value), _scale(match["han_multiplier"]) * factor)
    return Quantity(
        match.start(), end, text[match.start() : end], low, low, base, dimension, _approximate(match)
    )


def _unit(unit: str) -> tuple[str, str, float]:
    if not unit:
        # 1.75亿/家: money of policy texts, but the text does not say so
        return ("plain", "", 1.0)
    plain, _, per = unit.partition("/")
    plain = plain.partition("(")[0]
    dimension, base, factor = _UNITS.get(plain, ("count", plain, 1.0))
    if plain in ("亿", "万"):
        dimension, base, factor = "plain", "", float(_GROUPS[plain])
    return dimension, f"{base}/{per}" if per else base, factor


def _scale(multiplier: str | None) -> float:
    value = 1.0
    for character in multiplier or "":
        value *= _GROUPS.get(character) or _POWERS[character]
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
