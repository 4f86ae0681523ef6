"""How likely one character follows two others in Chinese official and news text."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib.resources import files
from math import log

from ...zh.fold import fold, to_traditional

SCALE = 12.0  # of the stored logarithms, see assistant/learn/characters.py
BITS = 21
# The document's own triples count beside the general ones: it repeats its names and terms.
OWN_SHARE = 0.2
UNSEEN = 1e-9  # share of a character that no text had
TRUST = 10.0  # a context seen this often is believed by half, the rest goes to the shorter one
COMMON = 200  # a character seen less often in 30 million is rare


class _Counts:
    """The stored counts of characters, pairs and triples."""

    def __init__(self) -> None:
        import numpy as np

        with (files(__package__) / "characters.npz").open("rb") as file, np.load(file) as stored:
            self._keys = [np.cumsum(stored[f"keys{n}"]) for n in (1, 2, 3)]
            self._logs = [stored[f"logs{n}"] for n in (1, 2, 3)]
            self._number = np.uint64  # a plain int would be compared as a float
            self.total = float(np.exp(self._logs[0] / SCALE).sum())

    def of(self, characters: str) -> float:
        """Return how often one to three `characters` were seen together."""
        keys = self._keys[len(characters) - 1]
        key = 0
        for character in characters:
            key = key << BITS | ord(character)
        index = int(keys.searchsorted(self._number(key)))
        if index == len(keys) or int(keys[index]) != key:
            return 0.0
        return float(2.718281828459045 ** (self._logs[len(characters) - 1][index] / SCALE))


@lru_cache(maxsize=200_000)
def _seen(characters: str) -> float:
    return _counts().of(characters)


@cache
def _counts() -> _Counts:
    return _Counts()


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
            return _seen(character) / _counts().total + UNSEEN
        known = self._general.get((before, character))
        if known is None:
            shorter = self._share(before[1:], character)
            context = _seen(before)
            seen = _seen(before + character) / context if context else 0.0
            trust = context / (context + TRUST)
            known = self._general[before, character] = trust * seen + (1 - trust) * shorter + UNSEEN
        return known
