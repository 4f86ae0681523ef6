"""What an interrogative measures: 多少钱 money, 多久 a time, 几岁 an age, 多少家 a number of 家.

A closed class of Chinese grammar: 几 and 多少 with a measure word, and 多 with an adjective of degree.
All text is folded.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from .quantities import quantities

_TIME = frozenset({"time"})
_MONEY = frozenset({"money"})
_AGE = frozenset({"age"})
_SHARE = frozenset({"percent", "points", "ratio"})
_PAID = r"补贴|补助|津贴|奖金|奖励|资助|租金|费用|押金|罚款|工本费|贷款"
PAID_BY = r"低保|保障|供养|养育|救助|补[贴助偿]|津贴|奖励|资助|工资|收费|租金"  # a 标准 of these is a sum
NUMBERED = (
    r"窗口?|楼|线|门|桥|车|库|厅|会议室|机组?|公路|[高省国县]道|展[馆厅]"  # what has a number for a name
)
# 好几年, 十几个, 那几天 and 几年后 ask nothing
INDEFINITE = r"(?<![好十这那前后头])几(?!乎|何|率|点意|[年天]之?[后前来])"
_HOW_MUCH = rf"(?:多少|{INDEFINITE})(?:十|百|千|万|亿)*"

# In order, the first that matches at a place: the words, the unit that they name, the dimensions they ask
# for. An empty unit asks for any of those dimensions; one named prefers figures of that unit.
_FORMS = tuple(
    (re.compile(pattern), unit, dimensions)
    for pattern, unit, dimensions in (
        (r"第几", "第", frozenset({"ordinal"})),
        (r"百分之(?:几|多少)", "%", _SHARE),
        (r"(?:几|多少)成(?![为立功果员本])", "%", _SHARE),
        (r"几分之几|多大(?:的)?(?:比例|比重|份额|幅度|百分比)", "%", _SHARE),
        (r"(?:几|多少)折(?![合算叠])", "折", _SHARE),
        (rf"几号(?={NUMBERED})", "号", frozenset({"ordinal"})),
        (r"(?<=[贷罚捐拨付欠][了到过])多少款|(?<=[贷罚捐拨付欠])多少款", "元", _MONEY),
        (r"(?:几|多少)个?百分点", "个百分点", _SHARE),
        (r"(?:几|多少)个?钟头", "小时", _TIME),
        (rf"{_HOW_MUCH}个人(?![账信所电简档户贷住])", "人", frozenset({"count"})),
        (r"(?:几|多少)倍", "倍", frozenset({"ratio", "percent"})),
        (rf"{_HOW_MUCH}(?:块|元|毛|角)?(?:钱|资金|经费|金额)|{_HOW_MUCH}(?:元|块)(?![地板区])", "元", _MONEY),
        (r"多大(?:的)?(?:年纪|年龄|岁数)|(?:多少|几)周?岁", "岁", _AGE),
        (r"(?<![没不])多久(?:的?时间)?|多长(?:的)?时间|多少时间", "", _TIME),
        (rf"{_HOW_MUCH}(?=[㐀-鿿]{{0,4}}(?:{_PAID}))", "", _MONEY),
        (rf"{_HOW_MUCH}个?(?=名额|指标|学位|席位)", "", frozenset({"count", "plain"})),
        (r"多大(?:的)?面积|多少面积", "", frozenset({"area"})),
        (
            r"多大(?!的?(?:影响|关系|程度))",
            "",
            frozenset("area percent money age power energy volume mass count plain".split()),
        ),
        (r"多长", "", frozenset({"length", "time"})),
        (r"多[高低](?!的?程度)", "", frozenset()),
        (r"多[远宽深厚]", "", frozenset({"length"})),
        (r"多重(?!要)", "", frozenset({"mass"})),
        (r"多快", "", frozenset()),
    )
)
_OPEN = re.compile(rf"多少|{INDEFINITE}|how (?:many|much)")
# 交了几年社保,现在要不要转: told, where something else is asked behind it
_TOLD = re.compile(
    r"[了过不]几[^,。?]{0,12}[,。](?=.*(?:多少|几|什么|哪|怎|如何|谁|吗|能否|是否|还是|([能要会可是用])不\1))"
)
_NOUNS = frozenset("县市区省镇村店港院校馆园站城网队带圈线")


class Measure(NamedTuple):
    """An interrogative with its measure word, [start, end) in the folded text."""

    start: int
    end: int
    unit: str  # 家, 亿元, %, 第; empty where the question names none
    dimensions: frozenset[str]  # of the figures that may answer; empty: any


@lru_cache(maxsize=1024)  # one answer reads its question a hundred times
def measures(text: str) -> tuple[Measure, ...]:
    """Return what the folded `text` asks to have measured, in reading order."""
    found: list[Measure] = []
    position = 0
    told = [match.span() for match in _TOLD.finditer(text)]
    while position < len(text):
        measure = None if any(start <= position < end for start, end in told) else _at(text, position)
        if measure:
            found.append(measure)
        position = measure.end if measure else position + 1
    return tuple(found)


def _at(text: str, position: int) -> Measure | None:
    for pattern, unit, dimensions in _FORMS:
        if match := pattern.match(text, position):
            return Measure(position, match.end(), unit, dimensions)
    match = _OPEN.match(text, position)
    return _counted(text, match) if match else None


def _counted(text: str, match: re.Match[str]) -> Measure:
    """Return 多少 or 几 with the measure word behind it."""
    following = text[match.end() : match.end() + 6]
    figure = quantities("3" + following.lstrip())
    if not figure or figure[0].start or not figure[0].unit:
        return Measure(match.start(), match.end(), "", frozenset())
    unit = figure[0].text.removeprefix("3")
    if unit[0] in _NOUNS:  # 多少县区: the noun itself, not a measure word before one
        return Measure(match.start(), match.end(), "个", frozenset({"count"}))
    end = match.end() + len(following) - len(following.lstrip()) + len(unit)
    return Measure(match.start(), end, unit, frozenset({figure[0].dimension}))
