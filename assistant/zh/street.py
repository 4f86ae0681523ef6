"""Words of everyday talk, and what policy and law say for them: 找工作 and 求职 (data/street_words.txt)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from .tokens import cut

_LIST = Path(__file__).parent / "data" / "street_words.txt"


def formal_words(word: str) -> tuple[str, ...]:
    """Return what policy says for the folded `word` of the street, the likeliest first."""
    return _entries().get(word, ())


def joined(words: Sequence[str]) -> list[str]:
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
def _entries() -> dict[str, tuple[str, ...]]:
    lines = _LIST.read_text(encoding="utf-8").splitlines()
    entries = (line.split() for line in lines if line and not line.startswith("#"))
    return {word: tuple(others) for word, *others in entries}


@cache
def _apart() -> frozenset[str]:
    """Return the words of the street that jieba does not know as one."""
    return frozenset(word for word in _entries() if len(cut(word)) > 1)


@cache
def _most() -> int:
    return max(len(cut(word)) for word in _entries())
