"""What the words of a question tell of whether a statement answers it, learnt word by word.

That a statement lacks 补贴 says little where 金额 is asked for and all where 补贴标准 is: how much each word
matters, and what new words a statement must bring where 哪个部门 is asked, is a weight for each such mark. A
mark is a number (feature hashing, Weinberger et al. 2009), so that there is no list of words to carry along.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import pairwise
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from ...zh.fold import fold
from ...zh.tokens import cut
from ..evidence.candidates import Candidate

Marks = NDArray[np.int64]
SIZE = 1 << 18  # numbers of marks; area under the curve out of fold .850 with half as many, .854 with twice
_SPREAD = 0x9E3779B1  # a large odd number spreads pairs of numbers (Knuth's multiplicative hashing)
_SIGNS = re.compile(r"[\W_]+")
_ASKS = re.compile(
    r"为什么|为何|什么时候|何时|什么|多少|几|哪里|哪儿|哪些|哪|谁|怎么|怎样|如何|是否|是不是|有没有|能不能|"
    r"可不可以|吗|多大|多高|多久|多长|何|呢"
)
_FIGURE = re.compile(r"\d[\d.,]*[万亿千百]*([㐀-鿿%]?)")
_ASKED = 2  # interrogatives that are looked at
_CLOSING = 3  # the last words of a question name what is asked for: 补贴标准是多少
_BEFORE = 200  # characters before a statement that may hold words of the question


class Phrasing:
    """A question, ready to be held against statements."""

    def __init__(self, question: str) -> None:
        """Read `question`, as it was resolved."""
        self._text = _SIGNS.sub(" ", fold(question))
        words = [word for word in cut(self._text) if word.strip()]
        runs = self._text.split()
        pairs = [run[at : at + 2] for run in runs for at in range(len(run) - 1)]
        tagged = dict.fromkeys([*(f"w{word}" for word in words), *(f"p{pair}" for pair in pairs)])
        self._pieces = [piece[1:] for piece in tagged]
        self._piece_numbers = _numbers(tagged)
        self._beside = _numbers(f"2{one} {other}" for one, other in pairwise(words))
        self._closing = _numbers(f"c{word}" for word in words[-_CLOSING - 1 :])
        self._forms = _numbers([*_asked(self._text), *(f"l{word}" for word in words[-_CLOSING:])])

    def marks(self, clause: str, around: str) -> Marks:
        """Return the marks of a statement as `said` returns it, numbers below SIZE."""
        places = [2 if piece in clause else piece in around for piece in self._pieces]
        new = _numbers(self._new(clause))
        has_figure = any(map(str.isdigit, clause))
        found = (
            _joined(self._piece_numbers, np.array(places, dtype=np.uint64)),
            self._beside,
            _joined(self._closing, np.uint64(has_figure)),
            _joined(self._forms[:, None], new[None, :]).ravel(),
        )
        return np.unique(np.concatenate(found) % np.uint64(SIZE)).astype(np.int64)

    def _new(self, clause: str) -> Iterator[str]:
        """Yield what a statement says that the question does not: units of figures, ends of words."""
        for figure in _FIGURE.finditer(clause):
            if figure.group() not in self._text:
                yield "#"
                yield f"#{figure[1]}"
        for word in _words(clause):
            if word not in self._text:
                yield word[-1]


def said(candidate: Candidate) -> tuple[str, str]:
    """Return the clause and what stands around it, both folded."""
    return candidate.folded, f"{candidate.frame} {candidate.before[-_BEFORE:]}"


def _asked(text: str) -> Iterator[str]:
    for _, found in zip(range(_ASKED), _ASKS.finditer(text), strict=False):
        start, end = found.span()
        yield from (
            text[start:end],
            text[start : end + 1],
            text[start : end + 2],
            text[max(0, start - 1) : end],
        )


@lru_cache(maxsize=8192)
def _words(clause: str) -> tuple[str, ...]:
    words = dict.fromkeys(cut(clause))
    return tuple(word for word in words if not _SIGNS.fullmatch(word) and not any(map(str.isdigit, word)))


@lru_cache(maxsize=65536)
def _number(text: str) -> int:
    return crc32(text.encode())


def _numbers(texts: Iterable[str]) -> NDArray[np.uint64]:
    return np.array(list(map(_number, dict.fromkeys(texts))), dtype=np.uint64)


def _joined(one: NDArray[np.uint64], other: NDArray[np.uint64] | np.uint64) -> NDArray[np.uint64]:
    return one * np.uint64(_SPREAD) + other
