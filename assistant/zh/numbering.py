"""Read the numbers that stand before the headings and items of Chinese official documents."""

from __future__ import annotations

import re
from typing import NamedTuple

_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2, "兩": 2}
_UNITS = {"十": 10, "百": 100, "千": 1000}
_CHINESE = "零〇○一二三四五六七八九十百千两兩"
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_BRACKETED = "⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇"
_BRACKETED_CHINESE = "㈠㈡㈢㈣㈤㈥㈦㈧㈨㈩"

# From the outermost to the innermost, the order of GB/T 9704 and of the Legislation Law.
LEVELS = {
    "part": 1,  # 第一编
    "chapter": 2,  # 第一章
    "section": 3,  # 第一节
    "article": 4,  # 第一条
    "first": 5,  # 一、
    "second": 6,  # (一)
    "third": 7,  # 1、 1.
    "fourth": 8,  # (1)
    "fifth": 9,  # ①
}
_NAMED = {
    **dict.fromkeys("编編篇", "part"),
    **dict.fromkeys("章", "chapter"),
    **dict.fromkeys("节節", "section"),
    **dict.fromkeys("条條", "article"),
}

_NUMBER = re.compile(
    rf"(?P<named>第[ \u3000]?(?P<ordinal>[{_CHINESE}]+|\d+)[ \u3000]?(?P<unit>[编編篇章节節条條])"
    r"(?:之[一二三四五六七八九十]+)?"
    r"(?![款项項例约約])[:：、\s]*)"
    rf"|(?P<first>[{_CHINESE}]{{1,4}})[、．]\s*"
    rf"|[(（](?P<second>[{_CHINESE}]{{1,4}})[)）][、.．\s]*"
    rf"|(?P<second_sign>[{_BRACKETED_CHINESE}])[、\s]*"
    r"|(?P<third>\d{1,3})(?:[、．.](?!\d{1,3}(?!\d)))\s*"
    r"|[(（](?P<fourth>\d{1,2})[)）][、.．\s]*"
    r"|(?P<fourth_bare>\d{1,2})[)）]\s*"
    rf"|(?P<fourth_sign>[{_BRACKETED}])[、\s]*"
    rf"|(?P<fifth>[{_CIRCLED}])[、\s]*"
)


class Numbering(NamedTuple):
    """The number before a heading: its kind, value, level (1 is outermost) and extent."""

    kind: str  # a key of LEVELS
    value: int
    level: int
    end: int  # where the text after the number begins
    label: str  # as written, blanks trimmed: 第三条, (二), 1.


def to_int(numeral: str) -> int:
    """Return the value of a Chinese or Arabic numeral below 10,000: 二十一, 一百零五, 二〇二四.

    Raises ValueError when `numeral` is none.
    """
    if numeral.isdecimal():
        return int(numeral)
    if not numeral or any(c not in _DIGITS and c not in _UNITS for c in numeral):
        raise ValueError(f"not a numeral: {numeral!r}")
    if not any(c in _UNITS for c in numeral):
        return int("".join(str(_DIGITS[c]) for c in numeral))
    total, digit = 0, 0
    for character in numeral:
        if character in _UNITS:
            total += (digit or 1) * _UNITS[character]
            digit = 0
        else:
            digit = _DIGITS[character]
    return total + digit


def parse(line: str) -> Numbering | None:
    """Return the number at the start of `line`, blanks before it ignored, or None."""
    start = len(line) - len(line.lstrip())
    match = _NUMBER.match(line, start)
    if match is None:
        return None
    kind, value = _kind_and_value(match)
    label = match.group().strip()
    if match["named"]:
        label = re.sub(r"\s", "", label)  # 第 七條, set apart to stand under 第十七條
    return Numbering(kind, value, LEVELS[kind], match.end(), label)


def _kind_and_value(match: re.Match[str]) -> tuple[str, int]:
    groups = {name: text for name, text in match.groupdict().items() if text}
    if "named" in groups:
        return _NAMED[groups["unit"]], to_int(groups["ordinal"])
    ((name, text),) = groups.items()
    kind = name.partition("_")[0]
    for signs in (_CIRCLED, _BRACKETED, _BRACKETED_CHINESE):
        if text in signs:
            return kind, signs.index(text) + 1
    return kind, to_int(text)
