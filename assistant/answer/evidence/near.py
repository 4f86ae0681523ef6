"""Words that may stand for one another, from open dictionaries (near_words.md)."""

from __future__ import annotations

import lzma
from functools import cache
from pathlib import Path

_LIST = Path(__file__).with_name("near_words.txt.xz")


def near_words(word: str) -> tuple[tuple[str, float], ...]:
    """Return the words that may stand for the folded `word`, each with its likeness below 1."""
    return tuple((entry[:-1], int(entry[-1]) / 10) for entry in _entries().get(word, "").split())


@cache
def _entries() -> dict[str, str]:
    lines = lzma.decompress(_LIST.read_bytes()).decode("utf-8").splitlines()
    return {word: others for word, _, others in (line.partition(" ") for line in lines)}
