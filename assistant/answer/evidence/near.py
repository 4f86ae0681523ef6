"""Words that may stand for one another: by hand what people say, others from dictionaries (near_words.md)."""

from __future__ import annotations

import lzma
from functools import cache
from pathlib import Path

from ...zh.street import formal_words, likely_words

_LIST = Path(__file__).with_name("near_words.txt.xz")
_MEANS = 0.8  # what a word of policy counts where the question has one of the street
_MAY_MEAN = 0.7  # and where it has another that policy uses too


def near_words(word: str) -> tuple[tuple[str, float], ...]:
    """Return the words that may stand for the folded `word`, the nearest first, with likenesses below 1."""
    listed = [(entry[:-1], int(entry[-1]) / 10) for entry in _entries().get(word, "").split()]
    likeness = _MEANS if formal_words(word) else _MAY_MEAN
    listed += [(other, likeness) for other in likely_words(word)]
    return tuple(sorted(listed, key=lambda pair: -pair[1]))


@cache
def _entries() -> dict[str, str]:
    lines = lzma.decompress(_LIST.read_bytes()).decode("utf-8").splitlines()
    return {word: others for word, _, others in (line.partition(" ") for line in lines)}
