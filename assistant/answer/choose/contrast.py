"""Whether a statement says the like of another: 双人间 where 三人间 is asked for, 月卡 for 年卡.

A near topic has all words of a question but one, and another of the same class in its place. The characters
of the question that a statement lacks are looked for by what stands beside them. All text is folded.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from ..evidence.terms import Term

NAMES = ("another in its place", "heaviest missing of a class there", "missing runs")
_HAN = re.compile(r"[㐀-鿿\d]")
_BESIDE = 2  # characters on each side of it
_OTHER = r"[㐀-鿿\d]{1,3}"


def signals(topic: str, terms: Sequence[Term], clauses: Sequence[str]) -> NDArray[np.float64]:
    """Return the signals of each clause, a row each, columns as NAMES has them.

    `topic` is the question without its interrogative.
    """
    telling = [term for term in terms if not term.light and len(term.text) > 1]
    rows = []
    for clause in clauses:
        missing = _missing(topic, clause)
        places = [_replaced(topic, start, end, clause) for start, end in missing]
        classes = [
            term.weight
            for term in telling
            if not any(name in clause for name in term.names) and _has_of_class(term.text, clause)
        ]
        rows.append((max(places, default=0), max(classes, default=0.0), len(missing)))
    return np.array(rows, dtype=float).reshape(len(clauses), len(NAMES))


def _missing(topic: str, clause: str) -> list[tuple[int, int]]:
    """Return the spans of the characters of `topic` that `clause` has nowhere."""
    known = set(clause)
    lacks = [_HAN.match(one) is not None and one not in known for one in topic]
    runs = []
    for missing, places in groupby(range(len(topic)), key=lacks.__getitem__):
        if missing:
            first, *rest = places
            runs.append((first, rest[-1] + 1 if rest else first + 1))
    return runs


def _replaced(topic: str, start: int, end: int, clause: str) -> int:
    """Return how many characters beside a run of `topic` stand beside something else in `clause`."""
    beside = {
        (left, right): re.escape(topic[start - left : start]) + _OTHER + re.escape(topic[end : end + right])
        for left in range(min(_BESIDE, start) + 1)
        for right in range(min(_BESIDE, len(topic) - end) + 1)
        if left + right >= _BESIDE and _HAN.match(topic, start - left) and _HAN.match(topic, end + right - 1)
    }
    return max((sum(sides) for sides, pattern in beside.items() if re.search(pattern, clause)), default=0)


def _has_of_class(word: str, clause: str) -> bool:
    """Tell whether `clause` has another word that ends as `word` does."""
    return re.search(rf"[^\W{re.escape(word[-2])}]{re.escape(word[-1])}", clause) is not None
