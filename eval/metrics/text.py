"""One canonical form of Chinese text in which equal statements read equal.

Written for the evaluation alone, apart from the product's own verification, so that an error there
cannot hide itself here. Only the script folding is shared.
"""

from __future__ import annotations

import re
from decimal import Decimal

from assistant.zh.fold import fold

_MARKER = re.compile(r"\[\d{1,3}(?:[,，]\d{1,3})*\]")  # four digits are the year of a 文号
_SCALES = {"万亿": 10**12, "千亿": 10**11, "百亿": 10**10, "千万": 10**7, "百万": 10**6}
_SCALES |= {"亿": 10**8, "万": 10**4, "": 1}
_FIGURE = re.compile(r"(?<![a-z\d.])(\d+(?:\.\d+)?)(万亿|千亿|百亿|千万|百万|亿|万)?")
_AFTER_A_WORD = re.compile(r"(?<=[A-Za-z])\s+(?=\d)")  # "grew by 16%", where 5G is one name
_GROUPED = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_RANGE = re.compile(r"(?<=\d)(?:—+|-|~|至|到)(?=\d)")
_HAN_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_PERCENT = re.compile(r"百分之([零〇一二两三四五六七八九十百点\d.]+)")
_COUNTED = re.compile(r"[一二两三四五六七八九十]+(?=[个項项条家所大类年位名批只种座])")
_KEPT = re.compile(r"[^㐀-䶿一-鿿𠀀-𪛟a-z0-9⟨⟩%.—/+□]")


def han_number(numeral: str) -> str:
    """Return a Chinese numeral below ten thousand in digits: 二十一 -> 21, 三点五 -> 3.5."""
    if numeral.replace(".", "").isdigit():
        return numeral
    whole, _, fraction = numeral.partition("点")
    total = digit = 0
    for character in whole:
        scale = {"十": 10, "百": 100, "千": 1000}.get(character)
        if scale is None:
            digit = _HAN_DIGITS.get(character, 0)
        else:
            total += (digit or 1) * scale
            digit = 0
    tail = "".join(str(_HAN_DIGITS.get(character, 0)) for character in fraction)
    return f"{total + digit}.{tail}" if tail else str(total + digit)


def _scaled(match: re.Match[str]) -> str:
    value = Decimal(match.group(1)) * _SCALES[match.group(2) or ""]
    text = f"{value:f}"
    return f"⟨{text.rstrip('0').rstrip('.') if '.' in text else text}⟩"


def strip_markers(text: str) -> str:
    """Return `text` without its citation markers."""
    return _MARKER.sub("", text)


def canonical(text: str, gap: str = "") -> str:
    """Return `text` folded, without markers, blanks and punctuation, each figure as ⟨its value⟩.

    1.6万亿元 and 16,000亿元 read the same, so do 8所 and 八所, 3—5个 and 3至5个; the brackets keep
    77 from being found in 177. Each mark of punctuation becomes `gap`.
    """
    lines = re.sub(r"\n+", "。", _MARKER.sub("", fold(text)))  # a line end keeps figures apart
    plain = re.sub(r"\s+", "", _AFTER_A_WORD.sub("。", lines))
    plain = _PERCENT.sub(lambda match: han_number(match.group(1)) + "%", plain)
    plain = _COUNTED.sub(lambda match: han_number(match.group()), plain)
    plain = _RANGE.sub("—", _GROUPED.sub("", plain))
    return _KEPT.sub(gap, _FIGURE.sub(_scaled, plain))


def says(text: str, phrase: str) -> bool:
    """Tell whether `text` states `phrase`, whatever the script, width, punctuation or scale."""
    return canonical(phrase) in canonical(text)


def figures(text: str) -> set[str]:
    """Return the figures of `text` in canonical form, each with the unit that follows it.

    The unit is the one character after the figure: enough to tell 5年 from 5家 and from 5G.
    """
    return set(re.findall(r"⟨[\d.]+⟩[%㐀-鿿a-z]?", canonical(text, gap="|")))
