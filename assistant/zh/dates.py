"""Dates and years in Chinese text, those relative to a document's own year too."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from .fold import fold
from .numbering import to_int

_DATE = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d{2}|[一二][〇零九][〇零一二三四五六七八九]{2})"
    r"(?:\s*年\s*(?:(?P<month>1[0-2]|0?[1-9])\s*月(?:\s*(?P<day>3[01]|[12]\d|0?[1-9])\s*[日号])?)?"
    r"|(?P<separator>[-/.])(?P<month2>1[0-2]|0?[1-9])(?P=separator)(?P<day2>3[01]|[12]\d|0?[1-9])(?!\d))"
)
_MONTH_DAY = re.compile(
    r"(?<![\d年])(?P<month>1[0-2]|0?[1-9])\s*月(?!份?度)(?:\s*(?P<day>3[01]|[12]\d|0?[1-9])\s*[日号])?"
)
YEAR_SPAN = re.compile(r"(?<!\d)((?:19|20)\d{2})年?\s*(?:—+|-|~|至|到)\s*((?:19|20)\d{2})年?")
_RELATIVE = {"前年": -2, "去年": -1, "上年": -1, "上一年": -1, "过去一年": -1, "过去的一年": -1, "一年来": -1}
_RELATIVE |= {"今年": 0, "本年": 0, "目前": 0, "当前": 0, "明年": 1}
_RELATIVE_YEAR = re.compile("|".join(sorted(_RELATIVE, key=len, reverse=True)))


class Date(NamedTuple):
    """A day, month or year as written; 0 where a part is not said."""

    start: int
    end: int
    year: int
    month: int = 0
    day: int = 0


class Year(NamedTuple):
    """A year as written, or as 今年 or 去年 of a document of known date."""

    start: int
    end: int
    year: int
    relative: bool = False


def dates(text: str) -> list[Date]:
    """Return the dates of `text` that name a year, and months with days that do not."""
    folded = fold(text)
    found = []
    for match in _DATE.finditer(folded):
        written = match["year"]
        if not match["month2"] and folded[match.end("year") : match.end("year") + 1].strip() not in (
            "年",
            "",
        ):
            continue
        if not match["month2"] and "年" not in match.group():
            continue
        year = int(written) if written.isdigit() and written.isascii() else _spelt_year(written)
        month, day = match["month"] or match["month2"], match["day"] or match["day2"]
        found.append(Date(match.start(), match.end(), year, int(month or 0), int(day or 0)))
    for match in _MONTH_DAY.finditer(folded):
        if not any(date.start <= match.start() < date.end for date in found):
            found.append(Date(match.start(), match.end(), 0, int(match["month"]), int(match["day"] or 0)))
    return sorted(found)


def _spelt_year(written: str) -> int:
    return to_int(written)


def years(text: str, reference: int | None = None) -> list[Year]:
    """Return the years of `text`; 今年 and 去年 too where the year of writing is known.

    A span such as 2023—2026年 gives each of its years.
    """
    folded = fold(text)
    found = []
    spans = []
    for match in YEAR_SPAN.finditer(folded):
        first, last = int(match[1]), int(match[2])
        spans.append(match.span())
        if first <= last <= first + 30:  # a longer one is no plan period
            found += [Year(match.start(), match.end(), year) for year in range(first, last + 1)]
    for date in dates(text):
        if date.year and not any(start <= date.start < end for start, end in spans):
            found.append(Year(date.start, date.end, date.year))
    if reference:
        for match in _RELATIVE_YEAR.finditer(folded):
            found.append(Year(match.start(), match.end(), reference + _RELATIVE[match.group()], True))
    return sorted(found)


# 10:00, 下午3点, 15时30分, in brackets or not
_TIME = (
    r"\s*(?:上午|下午|中午|晚上|晚|凌晨|早上)?\s*\d{1,2}\s*(?:[:：]\s*\d{2}|[点时](?:\d{1,2}分?|半|整)?)\s*"
)
_CLOCK = rf"(?:\s*\({_TIME}\)|{_TIME})"
_TO = r"\s*(?:—+|-+|~|–|至|到)\s*"
_AFTER_DAY = re.compile(rf"(?:\s*前|\s*后)?(?:{_CLOCK})?")
# what may end a range whose first part names the month or day: 至4日, -12:00
_LAST = re.compile(rf"{_TO}(?:(?:当日|次日|当天)?{_CLOCK}|(?:3[01]|[12]\d|0?[1-9])\s*[日号](?:{_CLOCK})?)")
_RANGE = re.compile(_TO)
# 每周一, 周一至周五, 星期六、日, 工作日; 一周一次 counts, 周一般 is no day
_DAY_OF_WEEK = r"(?:每?(?:周|星期|礼拜)(?:[二三四五六日天末]|一(?![次回般天日年个致路度旦])))"
_WEEKLY = re.compile(
    rf"(?<![一二两三四五六七八九十\d本上下几])(?:{_DAY_OF_WEEK}(?:(?:{_TO}|[、和及])(?:{_DAY_OF_WEEK}|[一二三四五六日]))*|"
    rf"(?:法定)?工作日(?!内|[之以]内|前|后))(?:{_CLOCK}(?:{_TO}{_CLOCK})?)?"
)
# 9:00-12:00, 上午9点至11点半; a lone 1:20 may be a ratio
_HOURS = re.compile(
    rf"(?:上午|下午|中午|晚上|晚|凌晨|早上)\s*\d{{1,2}}(?:[:：]\d{{2}}|[点时](?:\d{{1,2}}分?|半|整)?)(?:{_TO}{_CLOCK})?|"
    rf"\d{{1,2}}[:：][0-5]\d{_TO}(?:次日|当日)?\s*\d{{1,2}}[:：][0-5]\d"
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
