"""Which date of a clause answers: the one named as such, and the whole range of it."""

from __future__ import annotations

import re

from ...zh.dates import DAY
from ...zh.times import periods, unspanned
from ..evidence.candidates import Candidate
from ..evidence.terms import coverage
from .asks import Ask
from .figures import FRAME, NEAR, Figure

_RELATIVE = re.compile(
    r"[去今明前]年(?:\d{1,2}月)?(?:\d{1,2}日)?|年[初底末中]|上半年|下半年|近年来|"
    # 第三季度, 每季度首月10日至20日, 10日前, 除夕
    r"每?个?第?[一二三四1-4]?季度(?:首月|末月|[末初底])?(?:\d{1,2}[日号](?:[至到-]\d{1,2}[日号])?)?(?:[之以]?前)?(?!数)|"
    rf"(?<![\d月年]){DAY}[日号](?:[至到-]{DAY}[日号])?(?:[之以]?前)|"
    r"(?:除夕|春节|元旦|清明|五一|端午|中秋|国庆)节?(?:假期|期间|当天|前夕?|后)?(?!日)|"
    r"(?<!含)(?:次|当|翌)[月年日](?:\d{1,2}[日号])?(?:之?前|底|初|起)?|每[年月]\d{1,2}[月日号](?:\d{1,2}[日号])?(?:之?前|起)?|"
    # a day that is counted from another: 受理之日起20个工作日内, 届满前一个月内
    r"(?:自|从)?[^,;。、:]{2,14}之日起(?:(?:满|的)?[\d一二三四五六七八九十两]+个?(?:工作日|自然日|[日天月年])(?:[以之]?内|之?[前后])?)?|"
    r"[\d一二三四五六七八九十两]+(?:个?(?:工作日|自然日|[日天年])|个月)(?:[以之]?内|之?[前后])"
)


# 报名时间为6月2日至4日 says when; 报名截止后(5月22日) speaks of something else
_NAMES_DATE = re.compile(r"(?:时间|日期|时段)(?:原则上|一般|初步)?(?:定)?(?:为|是|在|:)?$")
_ENDS = re.compile(r"截止|截至|结束|届满|期满|之前")
# 自2024年7月15日起施行，有效期至2027年7月14日: the first is when it takes effect
_TAKES_EFFECT = re.compile(r"施行|生效|执行|实施|开始|启用|起效|实行")
_STARTS = re.compile(r"起|开始|(?:正式)?施行")
_IN_FORCE, _DATE_NAMED, _DATE_OF_END = 0.4, 0.15, 0.2
# What the interrogative asks a date for, and what a date must have to tell it: 1936年 is no day of the week.
_GRAINS = (
    (re.compile(r"(?:星期|礼拜|周)[几哪]|(?:每周|一周里?)的?哪几?天"), re.compile(r"周|星期|礼拜|工作日")),
    (re.compile(r"(?<!哪)几点|几时"), re.compile(r"[\d一二两三四五六七八九十][:时点]")),
    (re.compile(r"何年|哪一?年(?!月)"), re.compile(r"年|\d{4}|之日")),
    (re.compile(r"几月|何月|哪一?(?:个月|月份?)"), re.compile(r"月|季度|\d{4}\W\d|之日")),
    (re.compile(r"几号|几日|何日"), re.compile(r"[日号]|\d{4}(?:\W\d{1,2}){2}")),
)


def dates_of(ask: Ask, candidate: Candidate) -> list[Figure]:
    """Return the dates of `candidate`, the one nearest to the terms of the question first."""
    folded = candidate.folded
    spans = periods(folded)
    spans += unspanned(_RELATIVE, folded, spans)
    telling = [told for asked, told in _GRAINS if asked.search(ask.text)]
    found = []
    for start, end in spans:
        if not all(told.search(folded[start:end]) for told in telling):
            continue
        # a date governs what follows it up to the next
        reach = min((s for s, _ in spans if s >= end), default=len(folded))
        fit = coverage(
            ask.terms, (folded[start:reach], 1.0), (folded[:start], NEAR), (candidate.frame, FRAME)
        )
        fit += _DATE_NAMED if _NAMES_DATE.search(folded[:start]) else 0
        ends = _ENDS.search(folded[max(0, start - 6) : reach])
        starts = _STARTS.match(folded[end : end + 4]) or folded[:start].endswith("自")
        fit += _IN_FORCE if starts and _TAKES_EFFECT.search(ask.text) else 0
        fit -= _DATE_OF_END if ends and not any(_ENDS.search(term.text) for term in ask.terms) else 0
        first, last = candidate.start + start, candidate.start + end
        found.append(Figure(first, last, candidate.document.text[first:last], None, fit))
    return sorted(found, key=lambda figure: -figure.fit)
