"""When a document was issued, and from when until when it is in force."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta

from ..zh.fold import fold
from ..zh.numbering import to_int

_TAIL = 1800  # characters at the end in which a document says from when it is in force
_ROC = 1911  # the year before the first of the Minguo calendar
DATE = re.compile(
    r"(?P<y>(?:19|20)\d{2})[年\-/.](?P<m>\d{1,2})[月\-/.](?P<d>\d{1,2})日?"
    r"|民国\s*(?P<roc>\d{2,3})\s*年\s*(?P<rm>\d{1,2})\s*月\s*(?P<rd>\d{1,2})\s*日"
    r"|(?P<cy>[一二〇○零九]{1}[〇○零一二三四五六七八九]{3})年(?P<cm>[一二三四五六七八九十]{1,2})月(?P<cd>[一二三四五六七八九十]{1,3})日"
)
_EFFECTIVE = re.compile(r"自\s*(?P<when>[^。,;]{8,14}?日)\s*(?:起\s*)?(?:正式)?(?:施行|实施|执行|生效)")
_AT_ONCE = re.compile(r"自(?:印发|发布|公布|颁布|下发)之日起\s*(?:正式)?(?:施行|实施|执行|生效)")
_ITSELF = re.compile(r"本[一-鿿]{1,8}自[^。\n]{2,40}起[^。\n]{0,40}")  # anywhere: annexes may follow
# its own term, not that of a licence
_ITS_TERM = (
    r"(?:施行|实施|执行|本[一-鿿]{0,6}(?:办法|通知|规定|细则|意见|方案|条例|措施|决定|标准|文件|公告|通告|规则|指引))"
    r"[^。;\n]{0,12}有效期限?[ \u3000]{0,2}"
)
_VALID_UNTIL = re.compile(_ITS_TERM + r"(?:截)?(?:至|到|止于)\s*(?P<when>[^。,;]{8,14}?日)")
_VALID_FOR = re.compile(
    _ITS_TERM + r"[为是]?[ \u3000]{0,2}(?P<years>\d{1,2}|[一二两三四五六七八九十]{1,2})\s*年"
)


def as_date(match: re.Match[str]) -> date | None:
    """Return the day that a match of DATE names, if there is such a day."""
    try:
        if match["y"]:
            return date(int(match["y"]), int(match["m"]), int(match["d"]))
        if match["roc"]:
            return date(int(match["roc"]) + _ROC, int(match["rm"]), int(match["rd"]))
        return date(to_int(match["cy"]), to_int(match["cm"]), to_int(match["cd"]))
    except ValueError:
        return None


def closing(text: str, head: str) -> tuple[str, ...]:
    """Return where a document says when it is in force: its end, its `head`, its words on itself; folded."""
    return fold(text[-_TAIL:]), head, "\n".join(_ITSELF.findall(fold(text)))


def effective_on(parts: Sequence[str], issued: date | None) -> date | None:
    """Return the first day in force that one of `parts` names: that of issue where it is at once."""
    for part in parts:
        for match in _EFFECTIVE.finditer(part):
            day = DATE.search(match["when"])
            if day and (first := as_date(day)):
                return first
        if issued and _AT_ONCE.search(part):
            return issued
    return None


def expires_on(parts: Sequence[str], effective: date | None) -> date | None:
    """Return the last day in force that one of `parts` names, or the last of a term from `effective` on."""
    for part in parts:
        match = _VALID_UNTIL.search(part)
        day = DATE.search(match["when"]) if match else None
        if day and (last := as_date(day)):
            return last
        term = _VALID_FOR.search(part)
        if term and effective:
            return _years_later(effective, to_int(term["years"]))
    return None


def _years_later(first: date, years: int) -> date:
    """Return the last day of a term of `years` that begins on `first`."""
    try:
        return first.replace(year=first.year + years) - timedelta(days=1)
    except ValueError:  # from the 29th of February on
        return date(first.year + years, 2, 28)
