"""Words of everyday talk, and what policy and law say for them: 找工作 and 求职.

Two lists: a short one (data/street_words.txt) and a long one put together by `learn/said_words.py`
(data/said_words.txt.xz), in which a `!` marks the words that policy does not use itself.
"""

from __future__ import annotations

import lzma
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from .tokens import STOPWORDS

_DATA = Path(__file__).parent / "data"
_EVERYDAY = "!"
_PIECES = 6  # of a phrase that jieba cuts: 小学生放学没人接


def formal_words(word: str) -> tuple[str, ...]:
    """Return what policy says for the folded `word` of the street, the likeliest first."""
    return _by_hand().get(word) or _said().get(_EVERYDAY + word, ())


def likely_words(word: str) -> tuple[str, ...]:
    """Return what a text may have for the folded `word`, one of the street or of policy, likeliest first."""
    return tuple(dict.fromkeys((*formal_words(word), *_said().get(word, ()))))


def joined(words: Sequence[str]) -> list[str]:
    """Return `words` as jieba cuts them, those put together that are one word of the street: 找, 工作.

    老人 and 看病 are left apart though 老人看病 is listed: each has words of its own that may stand for it.
    """
    found: list[str] = []
    start = 0
    while start < len(words):
        longest = range(min(_PIECES, len(words) - start), 1, -1)
        size = next((size for size in longest if _is_one(words[start : start + size])), 1)
        found.append("".join(words[start : start + size]))
        start += size
    return found


def _is_one(words: Sequence[str]) -> bool:
    phrase = "".join(words)
    if phrase in _by_hand() or min(map(len, words)) > 1:
        return phrase in _by_hand()
    # 企业的 is listed for 涉企, but in 示范企业的建设 its 的 is of what comes next
    return bool(formal_words(phrase) or (likely_words(phrase) and STOPWORDS.isdisjoint(words)))


@cache
def _by_hand() -> dict[str, tuple[str, ...]]:
    return _entries((_DATA / "street_words.txt").read_text(encoding="utf-8"))


@cache
def _said() -> dict[str, tuple[str, ...]]:
    return _entries(lzma.decompress((_DATA / "said_words.txt.xz").read_bytes()).decode("utf-8"))


def _entries(text: str) -> dict[str, tuple[str, ...]]:
    entries = (line.split() for line in text.splitlines() if line and not line.startswith("#"))
    return {word: tuple(others) for word, *others in entries}
