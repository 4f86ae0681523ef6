"""How likely one character follows two others in Chinese official and news text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache
from importlib.resources import files
from math import log
from typing import Any

from ...zh.fold import fold, to_traditional
from ...zh.tokens import cut, share

SCALE = 12.0  # of the stored logarithms, see assistant/learn/characters.py
BITS = 21
# The document's own triples count beside the general ones: it repeats its names and terms.
OWN_SHARE = 0.2
LEAST_NOVELTY = 0.01  # something new may follow any context; rounded counts say otherwise now and then
UNSEEN = 1e-9  # share of a character that no text had
_FIRST_HAN, _LAST_HAN = 0x4E00, 0x9FA5  # of GBK
FREQUENT = 1e-3  # share of a one-character word that stands anywhere: 的, 和, 在
COMMON = 20  # a character seen less often in 22 million is rare


class _Counts:
    """How often runs of one, two or three characters were seen; most texts need the single ones alone."""

    def __init__(self, length: int) -> None:
        import numpy as np

        with (files(__package__) / "characters.npz").open("rb") as file, np.load(file) as stored:
            self._keys = np.cumsum(stored[f"keys{length}"])
            self._counts = np.exp(stored[f"logs{length}"] / SCALE)
        self._number = np.uint64  # a plain int would be compared as a float

    @cached_property
    def total(self) -> float:
        """Return how many runs were seen."""
        return float(self._counts.sum())

    @cached_property
    def _followed(self) -> tuple[Any, Any]:
        """Return the runs without their last character, and how often a kept one followed each."""
        import numpy as np

        contexts, starts = np.unique(self._keys >> np.uint64(BITS), return_index=True)
        return contexts, np.add.reduceat(self._counts, starts)

    def of(self, characters: str) -> float:
        """Return how often the run `characters` was seen."""
        return self._find(self._keys, self._counts, characters)

    def after(self, context: str) -> float:
        """Return how often one of the kept characters followed `context`."""
        return self._find(*self._followed, context)

    def _find(self, keys: Any, values: Any, characters: str) -> float:
        key = 0
        for character in characters:
            key = key << BITS | ord(character)
        index = int(keys.searchsorted(self._number(key)))
        return float(values[index]) if index < len(keys) and int(keys[index]) == key else 0.0


@lru_cache(maxsize=200_000)
def _seen(characters: str) -> float:
    """Return how often one to three `characters` were seen together."""
    return _counts(len(characters)).of(characters)


@lru_cache(maxsize=200_000)
def _novelty(context: str) -> float:
    """Return the share of what follows `context` that no kept count tells of."""
    count = _seen(context)
    if not count:
        return 1.0
    return max(1 - _counts(len(context) + 1).after(context) / count, LEAST_NOVELTY)


@cache
def _counts(length: int) -> _Counts:
    return _Counts(length)


@cache
def folded(character: str) -> str:
    """Return the form of one character that the counts know."""
    return fold(character)


@cache
def traditional(character: str) -> str:
    """Return the traditional form of one character; itself where several are possible."""
    converted = to_traditional(character)
    return converted if len(converted) == 1 else character


@cache
def is_common(character: str) -> bool:
    """Tell whether `character` is one that running text uses."""
    return _seen(folded(character)) >= COMMON


@cache
def _is_rare(character: str) -> bool:
    return _FIRST_HAN <= ord(character) <= _LAST_HAN and not is_common(character)


def rare_characters(text: str) -> Iterator[int]:
    """Yield the places of the Chinese characters that running text hardly uses."""
    rare = {character for character in set(text) if _is_rare(character)}
    if rare:
        yield from (place for place, character in enumerate(text) if character in rare)


@dataclass
class Language:
    """The general counts together with those of one document."""

    text: str
    _own: Counter[str] = field(init=False)
    _known: dict[tuple[str, str], float] = field(init=False, default_factory=dict)
    _general: dict[tuple[str, str], float] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        plain = fold(self.text)
        self._own = Counter(plain[i : i + n] for n in (1, 2) for i in range(len(plain) - n + 1))

    def log(self, before: str, character: str) -> float:
        """Return the logarithm of the share of `character` after the two before it, all folded."""
        known = self._known.get((before, character))
        if known is None:
            last = before[-1:]
            # less one: what stands there once proves nothing for itself
            own = max(0, self._own[last + character] - 1) / max(1, self._own[last])
            share = (1 - OWN_SHARE) * self._share(before, character) + OWN_SHARE * own
            known = self._known[before, character] = log(share)
        return known

    def _share(self, before: str, character: str) -> float:
        if not before:
            return _seen(character) / _counts(1).total + UNSEEN
        known = self._general.get((before, character))
        if known is None:
            context = _seen(before)
            seen = _seen(before + character) / context if context else 0.0
            known = seen + _novelty(before) * self._share(before[1:], character)
            self._general[before, character] = known
        return known


def makes_word(text: str, place: int) -> bool:
    """Tell whether the character at `place` is part of a word, or a frequent word by itself, or a sign."""
    plain = fold(text)
    if not "一" <= plain[place] <= "鿿":
        return True
    position = 0
    for word in cut(plain):
        if position <= place < position + len(word):
            return len(word) > 1 or share(word) > FREQUENT
        position += len(word)
    return False
