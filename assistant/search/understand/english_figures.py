"""Figures, years and articles of an English question, as Chinese documents write them."""

from __future__ import annotations

import re

_DIGITS = {
    word: str(value)
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve".split()
    )
}
_POWERS = {"hundred": 2, "thousand": 3, "million": 6, "billion": 9, "trillion": 12}
_UNITS = {
    r"percentage points?": "个百分点",
    r"percent|per cent|%": "%",
    r"yuan|rmb|cny": "元",
    r"(?:us )?dollars?": "美元",
    r"years?": "年",
    r"months?": "个月",
    r"(?:working|business) days?": "个工作日",
    r"days?": "天",
    r"hours?": "小时",
    r"square kilomet(?:er|re)s?": "平方公里",
    r"square met(?:er|re)s?": "平方米",
    r"kilomet(?:er|re)s?|km": "公里",
    r"met(?:er|re)s?": "米",
    r"tons?|tonnes?": "吨",
    r"mu": "亩",
    r"people|persons?": "人",
}
_UNIT = "|".join(_UNITS)
_NUMBER = rf"(?:\d[\d,]*(?:\.\d+)?|{'|'.join(_DIGITS)})"
_FIGURE = re.compile(
    rf"\b(?P<low>{_NUMBER})(?: (?:to|and) (?P<high>{_NUMBER})|-(?P<high2>\d+))?"
    rf"(?: (?P<power>{'|'.join(_POWERS)}))?(?P<gap> ?)(?P<unit>{_UNIT})?(?![\w-])"
)
_BOUNDS = (
    (r"\b(?:at least|no less than|not less than|no fewer than)\b", "不低于"),
    (r"\b(?:at most|no more than|not more than|up to)\b", "不超过"),
    (r"\b(?:above|over|exceed(?:s|ed|ing)?|greater than|higher than|larger than|more than)\b", "超过"),
    (r"\b(?:below|under|less than|lower than|fewer than|smaller than)\b", "低于"),
)
_YEAR = re.compile(
    r"\b(?:(?:january|february|march|april|may|june|july|august|september|october|november|december) )?"
    r"(?:the (?:end|year) of )?((?:19|20)\d{2})\b(?! ?(?:yuan|million|%))"
)
_ARTICLE = re.compile(r"\b(article|chapter|section) (\d+)\b")
_LABELS = {"article": "条", "chapter": "章", "section": "节"}


def figures_written(text: str) -> str:
    """Return the English `text` with its figures, years and articles in Chinese form."""
    text = _ARTICLE.sub(lambda match: f" 第{match[2]}{_LABELS[match[1]]} ", text)
    text = _YEAR.sub(lambda match: f" {match[1]}年 ", text)
    for pattern, chinese in _BOUNDS:  # only beside a figure: over the past years, under the plan
        text = re.sub(rf"{pattern}(?= (?:\d|{_NUMBER} (?:million|billion|trillion|percent)))", chinese, text)
    return _FIGURE.sub(_figure, text)


def _figure(match: re.Match[str]) -> str:
    unit = next((name for word, name in _UNITS.items() if re.fullmatch(word, match["unit"] or "")), "")
    spelt = match["low"] in _DIGITS
    if not unit and not match["power"]:
        # "four categories" counts what the answer will list; a bare figure may be part of a name
        return " " if spelt else match.group()
    low, high = (_value(written) for written in (match["low"], match["high"] or match["high2"]))
    scale, multiplier = _scaled(low, _POWERS.get(match["power"] or "", 0))
    written = f"{low * scale:g}" + (f"至{high * scale:g}" if high else "")
    return f" {written}{multiplier}{unit} "


def _value(written: str | None) -> float:
    if not written:
        return 0.0
    return float(_DIGITS.get(written, written.replace(",", "")))


def _scaled(value: float, power: int) -> tuple[float, str]:
    """Return what to multiply `value` by, and the Chinese power of ten that takes the rest."""
    for exponent, name in ((12, "万亿"), (8, "亿"), (4, "万")):
        if power and value * 10**power >= 10**exponent:
            return 10.0 ** (power - exponent), name
    return 10.0**power, ""
