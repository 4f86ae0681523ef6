"""Where a question of a conversation says that it is: places that the list has, and others by their form."""

from __future__ import annotations

import re

from ...zh import places
from ...zh.fold import fold
from ...zh.tokens import cut, rarity

# 白茅市, 云陵区: a name of no word, or of a rare one; 试点市, 经开区 and 全市 are names of no place
_BY_FORM = re.compile(
    r"(?![本我该此每某各全两一二三四五六七八九十]|自贸|经开|综保)([㐀-鿿]{2,3})[市县区州旗镇乡](?![长委政级场属直内里域])"
)
_YEAR = re.compile(r"(?:\d{4}|[去今明前])年(?:度|的)?")
_RARE = 0.8
_COUNTY = "县区旗"
_SHORTEST = 2  # characters of a name: 新 is a province, and seldom


def whereabouts(text: str) -> tuple[int, int] | None:
    """Return the span of `text` that says of which place or places it is, None where nothing does.

    A place that no list has counts right behind one that a list has, and at the head.
    """
    folded = fold(text)
    if found := places.find(text):
        below = _by_form(folded, found[-1].end)
        return found[0].start, below or found[-1].end
    year = _YEAR.match(folded)
    start = year.end() if year else 0
    end = _by_form(folded, start)
    return (start, end) if end else None


def official_name(short: str) -> str:
    """Return the official name of the one city or province, or the highest, called `short`; else empty.

    大同 is a word, and in 大同呢 a city; the names of counties, as 新建 and 平安, are words first.
    """
    found = places.lookup(short) if len(short) >= _SHORTEST else []
    depths = [len(places.levels(region)) for region in found]
    if not found or depths.count(depths[0]) > 1:
        return ""
    *above, full = places.levels(found[0])
    name = full.removeprefix(above[-1]) if above else full
    return "" if name[-1] in _COUNTY else name


def _by_form(folded: str, start: int) -> int:
    """Return where the name of a place that stands at `start` ends, by its form; 0 where none does."""
    found = _BY_FORM.match(folded, start)
    if found is None:
        return 0
    is_name = all(len(word) == 1 or rarity(word) >= _RARE for word in cut(found[1]))
    return found.end() if is_name or places.lookup(found[1]) else 0
