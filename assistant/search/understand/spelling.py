"""Place names spelt wrongly, corrected towards the places that the store holds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from itertools import accumulate
from typing import NamedTuple

from ...zh import places
from ...zh.fold import fold
from ...zh.tokens import cut, rarity

# A wrong character this rare is a slip of the pen: 滓 for 津. A common one makes another word.
_RARE = 0.6
_BY_SOUND, _BY_LOOKS = 0, 1  # in this order


class Correction(NamedTuple):
    """What was written, and the name that was meant."""

    written: str
    meant: str


@cache
def _names(regions: frozenset[str]) -> frozenset[str]:
    steps = {level for region in regions for level in places.levels(region)}
    shorts = {fold(places.short(step)) for step in steps}
    return frozenset(name for name in shorts if len(name) > 1)


def corrected(
    text: str, regions: Iterable[str], stands: Callable[[str], bool]
) -> tuple[str, list[Correction]]:
    """Return `text` with a misspelt name of `regions` corrected, and the correction.

    One character differs, the misspelling is no word, and the wrong character sounds like the right one;
    a rare one need not where it opens the question and one name alone may be meant. A place found as
    written is never touched, nor a name that `stands` in a text of the store.
    """
    folded = fold(text)
    if places.find(text):
        return text, []
    slips = sorted(_slips(folded, _names(frozenset(regions))))
    if not slips:
        return text, []
    rank, _, start, meant = slips[0]
    if rank == _BY_LOOKS and len({name for *_, name in slips}) > 1:
        return text, []
    end = start + len(meant)
    if stands(text[start:end]):
        return text, []
    return text[:start] + meant + text[end:], [Correction(text[start:end], meant)]


def _slips(folded: str, names: Iterable[str]) -> Iterator[tuple[int, int, int, str]]:
    """Yield how each name of `names` may be misspelt in `folded`: by what, less its length, where, and it."""
    for name in names:
        for start in range(len(folded) - len(name) + 1):
            written = folded[start : start + len(name)]
            rank = _slip(written, name, opens=start == 0 and places.is_listed(name))
            if rank is not None and _stands_alone(folded, start, start + len(name)):
                yield rank, -len(name), start, name


def _stands_alone(folded: str, start: int, end: int) -> bool:
    """Tell whether no word of `folded` reaches across the edges of [start, end)."""
    edges = {0, *accumulate(map(len, cut(folded)))}
    return start in edges and end in edges


def _slip(written: str, name: str, *, opens: bool) -> int | None:
    """Return what makes `written` a slip for `name`, its sound before its looks; None where nothing does."""
    wrong = [index for index in range(len(name)) if written[index] != name[index]]
    if len(wrong) != 1 or rarity(written) < 1 or not "一" <= written[wrong[0]] <= "鿿":
        return None
    one, other = written[wrong[0]], name[wrong[0]]
    if _sound(one) == _sound(other):
        return _BY_SOUND
    return _BY_LOOKS if opens and rarity(one) >= _RARE else None


def _sound(character: str) -> str:
    from pypinyin import lazy_pinyin

    # front and back nasals are mixed up by ear and on the keyboard: xin, xing
    return str(lazy_pinyin(character)[0]).removesuffix("g")
