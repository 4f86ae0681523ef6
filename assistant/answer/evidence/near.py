"""Words that may stand for one another: street_words.txt by hand, near_words.md from dictionaries."""

from __future__ import annotations

import lzma
from functools import cache
from pathlib import Path

from ...zh.tokens import cut

_LIST = Path(__file__).with_name("near_words.txt.xz")
_STREET = Path(__file__).with_name("street_words.txt")
_MEANS = 0.8  # what a word of policy counts where the question has one of the street


def near_words(word: str) -> tuple[tuple[str, float], ...]:
    """Return the words that may stand for the folded `word`, the nearest first, with likenesses below 1."""
    listed = tuple((entry[:-1], int(entry[-1]) / 10) for entry in _entries().get(word, "").split())
    street = _street().get(word)
    if not street:
        return listed
    return tuple(sorted((*((other, _MEANS) for other in street), *listed), key=lambda pair: -pair[1]))


def joined(words: list[str]) -> list[str]:
    """Return `words` as jieba cuts them, those put together that are one word of the street: 找, 工作."""
    found: list[str] = []
    start = 0
    while start < len(words):
        longest = range(min(_most(), len(words) - start), 1, -1)
        size = next((size for size in longest if "".join(words[start : start + size]) in _apart()), 1)
        found.append("".join(words[start : start + size]))
        start += size
    return found


@cache
def _entries() -> dict[str, str]:
    lines = lzma.decompress(_LIST.read_bytes()).decode("utf-8").splitlines()
    return {word: others for word, _, others in (line.partition(" ") for line in lines)}


@cache
def _street() -> dict[str, tuple[str, ...]]:
    lines = _STREET.read_text(encoding="utf-8").splitlines()
    entries = (line.split() for line in lines if line and not line.startswith("#"))
    return {word: tuple(others) for word, *others in entries}


@cache
def _apart() -> frozenset[str]:
    """Return the words of the street that jieba does not know as one."""
    return frozenset(word for word in _street() if len(cut(word)) > 1)


@cache
def _most() -> int:
    return max(len(cut(word)) for word in _street())
