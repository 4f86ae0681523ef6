"""Dates and years in Chinese text, those relative to a document's own year too."""

from __future__ import annotations

import re
from typing import NamedTuple

from .fold import fold
from .numbering import to_int

_MONTH = r"1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九]"
DAY = r"(?:3[01]|[12]\d|0?[1-9])"  # of a month, in digits
_DAY = rf"{DAY}|三十一?|二?十[一二三四五六七八九]?|[一二三四五六七八九]"
_DATE = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d{2}|[一二][〇零九][〇零一二三四五六七八九]{2})"
    rf"(?:\s*年\s*(?:(?P<month>{_MONTH})\s*月(?:\s*(?P<day>{_DAY})\s*[日号])?)?"
    r"|(?P<separator>[-/.])(?P<month2>1[0-2]|0?[1-9])(?P=separator)(?P<day2>3[01]|[12]\d|0?[1-9])(?!\d))"
)
# 三月 is a month, 三月龄 and 一月一次 are none
_MONTH_DAY = re.compile(
    rf"(?:每年)?(?<![\d零〇一二三四五六七八九十第几数])(?P<month>{_MONTH})\s*月(?!份?度|龄|一次|[两三]次|饼|球|季)"
    rf"(?:\s*(?P<day>{_DAY})\s*[日号])?"
)
YEAR_SPAN = re.compile(r"(?<!\d)((?:19|20)\d{2})年?\s*(?:—+|-|~|至|到)\s*((?:19|20)\d{2})年?")
_RELATIVE = {"前年": -2, "去年": -1, "上年": -1, "上一年": -1, "过去一年": -1, "过去的一年": -1, "一年来": -1}
_RELATIVE |= {"今年": 0, "本年": 0, "目前": 0, "当前": 0, "明年": 1}
# 上一年级 goes to school
_RELATIVE_YEAR = re.compile(rf"(?:{'|'.join(sorted(_RELATIVE, key=len, reverse=True))})(?![级龄])")


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
        if not match["month2"] and folded[match.end("year") : match.end("year") + 1].strip() not in (
            "年",
            "",
        ):
            continue
        if not match["month2"] and "年" not in match.group():
            continue
        month, day = match["month"] or match["month2"], match["day"] or match["day2"]
        found.append(Date(match.start(), match.end(), to_int(match["year"]), _number(month), _number(day)))
    for match in _MONTH_DAY.finditer(folded):
        if not any(date.start <= match.start() < date.end for date in found):
            found.append(Date(match.start(), match.end(), 0, _number(match["month"]), _number(match["day"])))
    return sorted(found)


def _number(written: str | None) -> int:
    return to_int(written) if written else 0


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
