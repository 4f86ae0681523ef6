"""The numbers that Word writes before paragraphs by itself (w:numPr), as a reader sees them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DIGITS = "〇一二三四五六七八九"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
          (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
_PLACEHOLDER = re.compile(r"%([1-9])")


@dataclass(frozen=True, slots=True)
class _Level:
    start: int
    format: str
    text: str


class Numbering:
    """Count the numbered paragraphs of one document in reading order."""

    def __init__(self, root: _Element | None) -> None:
        """Read `word/numbering.xml`; None for a document without automatic numbers."""
        self._levels: dict[tuple[str, int], _Level] = {}
        self._abstract: dict[str, str] = {}
        self._counts: dict[str, dict[int, int]] = {}
        if root is not None:
            self._read(root)

    def _read(self, root: _Element) -> None:
        for abstract in root.iter(f"{W}abstractNum"):
            self._read_levels(abstract, "abstract " + abstract.get(f"{W}abstractNumId", ""))
        for number in root.iter(f"{W}num"):
            identity = number.get(f"{W}numId", "")
            reference = number.find(f"{W}abstractNumId")
            self._abstract[identity] = "abstract " + (
                reference.get(f"{W}val", "") if reference is not None else ""
            )
            for override in number.iter(f"{W}lvlOverride"):
                self._read_levels(override, identity)

    def _read_levels(self, parent: _Element, owner: str) -> None:
        for level in parent.iter(f"{W}lvl"):
            self._levels[owner, to_number(level.get(f"{W}ilvl"))] = _Level(
                to_number(_value(level, "start"), 1),
                _value(level, "numFmt") or "decimal",
                _value(level, "lvlText"),
            )

    def next_label(self, number: str, depth: int) -> str:
        """Return the label of the next paragraph of list `number` at `depth`, such as `（一）`."""
        level = self._level(number, depth)
        if level is None:
            return ""
        # paragraphs of one abstract list count together, as in Word
        counts = self._counts.setdefault(self._abstract.get(number, number), {})
        counts[depth] = counts.get(depth, level.start - 1) + 1
        for deeper in [key for key in counts if key > depth]:
            del counts[deeper]
        if level.format in ("bullet", "none"):
            return ""
        return _PLACEHOLDER.sub(
            lambda match: self._spell(number, int(match.group(1)) - 1, counts), level.text
        )

    def _level(self, number: str, depth: int) -> _Level | None:
        return self._levels.get((number, depth)) or self._levels.get((self._abstract.get(number, ""), depth))

    def _spell(self, number: str, depth: int, counts: dict[int, int]) -> str:
        level = self._level(number, depth)
        if level is None:
            return ""
        return spell(counts.get(depth, level.start), level.format)


def spell(value: int, number_format: str) -> str:
    """Return `value` as Word writes it in `number_format`, in digits where the format is unknown."""
    speller = _FORMATS.get(number_format)
    return speller(value) if speller and value > 0 else str(value)


def chinese(value: int) -> str:
    """Return a number below 10,000 in Chinese counting: 21 -> 二十一."""
    if not 0 < value < 10_000:
        return str(value)
    words = ""
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, value = divmod(value, unit)
        if digit:
            words += _DIGITS[digit] + name
        elif words and value and not words.endswith("〇"):
            words += "〇"
    return (
        words.replace("〇", "零").removeprefix("一")
        if words.startswith("一十")
        else words.replace("〇", "零")
    )


def _roman(value: int) -> str:
    letters = ""
    for unit, name in _ROMAN:
        count, value = divmod(value, unit)
        letters += name * count
    return letters


def _letter(value: int) -> str:
    return chr(ord("a") + (value - 1) % 26) * ((value - 1) // 26 + 1)


def _circled(value: int) -> str:
    return chr(0x2460 + value - 1) if value <= 20 else str(value)


_FORMATS: dict[str, Callable[[int], str]] = {
    "chineseCounting": chinese,
    "chineseCountingThousand": chinese,
    "japaneseCounting": chinese,
    "taiwaneseCounting": chinese,
    "taiwaneseCountingThousand": chinese,
    "ideographDigital": lambda value: "".join(_DIGITS[int(digit)] for digit in str(value)),
    "ideographTraditional": lambda value: _STEMS[(value - 1) % 10],
    "ideographZodiac": lambda value: _BRANCHES[(value - 1) % 12],
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "decimalFullWidth": lambda value: str(value).translate(
        {48 + digit: 0xFF10 + digit for digit in range(10)}
    ),
    "decimalZero": lambda value: f"{value:02}",
    "lowerLetter": _letter,
    "upperLetter": lambda value: _letter(value).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda value: _roman(value).upper(),
}


def _value(parent: _Element, name: str) -> str:
    child = parent.find(f"{W}{name}")
    return child.get(f"{W}val", "") if child is not None else ""


def to_number(text: str | None, default: int = 0) -> int:
    """Return the whole number that an attribute holds, `default` where it holds none."""
    try:
        return int(text or "")
    except ValueError:
        return default
