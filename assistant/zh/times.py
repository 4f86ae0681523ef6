"""The spans of a text that say when: dates with their clock times, days of the week, hours of the day.

Numbers of hours are Arabic or Chinese: 8:30, 下午3点, 晚上九点, 15时40分, 十七点半.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from .dates import DAY, dates
from .fold import fold

_HOUR = r"(?:2[0-4]|1\d|0?\d|二十[一二三四]?|十[一二三四五六七八九]?|[一二两三四五六七八九])"
_MINUTES = r"(?:半|整|钟|[一三]刻|(?:[0-5]?\d|[二三四五]?十[一二三四五六七八九]?|零[一二三四五六七八九])分?)"
_OF_DAY = (
    r"(?:(?:今日|今天|明天|当[日天]|每[天日]|次日)?(?:上午|下午|中午|午后|晚上|凌晨|早上|早晨|清晨|傍晚|夜间|夜里|深夜)|"
    r"[今明当每次]?[早晚晨])"
)
# 早一点 and 晚点 compare
_OF_DAY_HOUR = rf"{_OF_DAY}\s*(?!一点(?!半|钟|前))(?:{_HOUR}\s*(?:[点时]{_MINUTES}?|:\s*[0-5]\d))"
# of a range, or in brackets, where nothing else is meant
_TIME = rf"\s*(?:{_OF_DAY}\s*)?{_HOUR}\s*(?::\s*[0-5]\d|[点时]{_MINUTES}?)\s*"
_CLOCK = rf"(?:\s*\({_TIME}\)|{_TIME})"
_TO = r"\s*(?:—+|-+|~|–|至|到)\s*"
_NEXT = r"(?:次日|当日|当天|翌日)?"
# Alone: 三点 may count arguments and 1:10 may be a ratio, so that something must show that it is a time.
_ALONE = (
    rf"{_OF_DAY_HOUR}|{_HOUR}点{_MINUTES}|{_HOUR}点(?=[之以]?[前后]|起|{_TO}{_HOUR}|[开关停结])|"
    rf"(?<=[班间为是在于至到从]){_HOUR}点(?=[,。;)]|$)|\d{{1,2}}时(?:[0-5]?\d分?|半|整)?(?![间段期限效代长刻候空差机速])|"
    rf"(?<![\d:.])(?:2[0-3]|1\d|0?[6-9]):[0-5]\d(?![\d:])|(?<![\d:.])\d{{1,2}}:[0-5]\d{_TO}{_NEXT}\s*\d{{1,2}}:[0-5]\d"
)
_HOURS = re.compile(rf"(?<![\d第]){_NEXT}(?:{_ALONE})(?:{_TO}{_NEXT}{_CLOCK})?(?:[之以]?[前后])?")
# 10月上旬, 5月底前
_AFTER_MONTH = re.compile(r"(?:[上中下]旬|[底初末中])?(?:[之以]?前)?")
_AFTER_DAY = re.compile(rf"(?:\s*前|\s*后)?(?:{_CLOCK})?")
# what may end a range whose first part names the month or day: 至4日, -12:00
_LAST = re.compile(rf"{_TO}(?:{_NEXT}{_CLOCK}|{DAY}\s*[日号](?:{_CLOCK})?)")
_RANGE = re.compile(_TO)
# 每周一, 周一至周五, 星期六、日, 工作日; 一周一次 counts, 周一般 is no day
_DAY_OF_WEEK = r"(?:每?(?:周|星期|礼拜)(?:[二三四五六日天末]|一(?![次回般天日年个致路度旦])))"
_WEEKLY = re.compile(
    rf"(?<![一二两三四五六七八九十\d本上下几])(?:{_DAY_OF_WEEK}(?:(?:{_TO}|[、和及])(?:{_DAY_OF_WEEK}|[一二三四五六日]))*|"
    rf"(?:法定)?工作日(?!内|[之以]内|前|后))(?:{_CLOCK}(?:{_TO}{_CLOCK})?)?"
)
# a day that only the document itself fixes
_OF_ISSUE = re.compile(r"(?:自|从)?(?:印发|公布|发布|颁布|通过|签发|批准|公告|下发|签订|生效)之日起?")


def periods(text: str) -> list[tuple[int, int]]:
    """Return the spans of dates with their clock times, a range such as 6月2日至4日 as one.

    自印发之日起 counts as a date: the document fixes that day; days of the week and hours of the day do too.
    """
    folded = fold(text)
    found: list[tuple[int, int]] = []
    for date in dates(text):
        start, end = date.start, date.end
        if found and start < found[-1][1]:
            continue
        if date.day:
            end = _end(_AFTER_DAY.match(folded, end), end)
            end = _end(_LAST.match(folded, end), end)
        elif date.month:
            end = _end(_AFTER_MONTH.match(folded, end), end)
        if found and _RANGE.fullmatch(folded, found[-1][1], start):
            start = found.pop()[0]
        found.append((start, end))
    found += [match.span() for match in _OF_ISSUE.finditer(folded)]
    for recurring in (_WEEKLY, _HOURS):
        found += unspanned(recurring, folded, found)
    return sorted(found)


def unspanned(pattern: re.Pattern[str], text: str, spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the spans of what `pattern` matches in `text` that overlap none of `spans`."""
    return [
        match.span()
        for match in pattern.finditer(text)
        if not any(start < match.end() and match.start() < end for start, end in spans)
    ]


def _end(match: re.Match[str] | None, end: int) -> int:
    return match.end() if match and match.end() > end else end
