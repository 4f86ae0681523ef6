"""Place names spelt wrongly, corrected towards the places that the store holds."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from itertools import accumulate
from typing import NamedTuple

from ...zh import places
from ...zh.fold import fold
from ...zh.tokens import cut, rarity

# A wrong character this rare is a slip of the pen: 滓 for 津. A common one makes another word.
_RARE = 0.6


class Correction(NamedTuple):
    """What was written, and the name that was meant."""

    written: str
    meant: str


@cache
def _names(regions: frozenset[str]) -> frozenset[str]:
    steps = {level for region in regions for level in places.levels(region)}
    shorts = {fold(places.short(step)) for step in steps}
    return frozenset(name for name in shorts if len(name) > 1)


def corrected(text: str, regions: Iterable[str]) -> tuple[str, list[Correction]]:
    """Return `text` with misspelt names of `regions` corrected, and the corrections.

    One character differs, the misspelling is no word, and the wrong character sounds like the right
    one; a rare one need not where it opens the question. A place found as written is never touched.
    """
    folded = fold(text)
    taken = [(place.start, place.end) for place in places.find(text)]
    if taken:
        return text, []
    made: list[Correction] = []
    for name in sorted(_names(frozenset(regions)), key=len, reverse=True):
        for start in range(len(folded) - len(name) + 1):
            written = folded[start : start + len(name)]
            if _is_slip(written, name, opens=start == 0) and _stands_alone(folded, start, start + len(name)):
                made.append(Correction(text[start : start + len(name)], name))
                return text[:start] + name + text[start + len(name) :], made
    return text, made


def _stands_alone(folded: str, start: int, end: int) -> bool:
    """Tell whether no word of `folded` reaches across the edges of [start, end)."""
    edges = {0, *accumulate(map(len, cut(folded)))}
    return start in edges and end in edges


def _is_slip(written: str, name: str, *, opens: bool) -> bool:
    wrong = [index for index in range(len(name)) if written[index] != name[index]]
    if len(wrong) != 1 or rarity(written) < 1 or not "一" <= written[wrong[0]] <= "鿿":
        return False
    one, other = written[wrong[0]], name[wrong[0]]
    return (opens and rarity(one) >= _RARE) or _sound(one) == _sound(other)


def _sound(character: str) -> str:
    from pypinyin import lazy_pinyin

    # front and back nasals are mixed up by ear and on the keyboard: xin, xing
    return str(lazy_pinyin(character)[0]).removesuffix("g")
