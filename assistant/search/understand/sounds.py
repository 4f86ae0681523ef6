"""Names that an English question spells in pinyin: the documents tell their characters."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cache, lru_cache

from ...zh.fold import fold
from .meanings import Slot

_SHORTEST = 4  # letters: a shorter one sounds like too many words
_MOST = 3


def sounding(slot: Slot, texts: Sequence[tuple[str, str]]) -> Slot:
    """Return `slot` with the names in `texts`, (headings, text) each, that sound as it is spelt.

    Only a word that no dictionary has is taken for a spelling.
    """
    word = slot.english.replace("'", "").replace("-", "")
    if slot.names or slot.leads or len(word) < _SHORTEST or not (sizes := _syllables(word)):
        return slot
    found: Counter[str] = Counter()
    for text in dict.fromkeys(_folded(texts)):
        sounds = [_sound(character) for character in text]
        for start, sound in enumerate(sounds):
            if sound and word.startswith(sound):
                found.update(
                    text[start : start + size]
                    for size in sizes
                    if "".join(sounds[start : start + size]) == word
                )
    return slot._replace(names=tuple(name for name, _ in found.most_common(_MOST)))


def _folded(texts: Sequence[tuple[str, str]]) -> list[str]:
    """Return the folded headings and texts."""
    return [fold(part) for pair in texts for part in pair]


@cache
def _known() -> frozenset[str]:
    from pypinyin.constants import PINYIN_DICT
    from pypinyin.contrib.tone_convert import to_normal

    return frozenset(to_normal(sound) for line in PINYIN_DICT.values() for sound in line.split(","))


def _syllables(word: str) -> frozenset[int]:
    """Return the numbers of syllables that `word` may be read as, none where it is no pinyin."""
    ways: list[set[int]] = [{0}, *(set() for _ in word)]
    for end in range(1, len(word) + 1):
        for start in range(max(0, end - 6), end):
            if word[start:end] in _known():
                ways[end] |= {count + 1 for count in ways[start]}
    return frozenset(ways[-1])


@lru_cache(maxsize=8192)
def _sound(character: str) -> str:
    from pypinyin import lazy_pinyin

    return str(lazy_pinyin(character)[0]) if "一" <= character <= "鿿" else ""
