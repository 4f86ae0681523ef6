"""What tuning works on: the questions of a desk on the passages of its store."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from ..search.ranker import Candidates, Integers, Matrix, Scores
from ..types import Filters
from ..zh.tokens import tokenize

CANDIDATES = 200  # from each index, as in a search


class Keywords(Protocol):
    """The keyword index of a store."""

    def search_keywords(self, tokens: Sequence[str], k: int, filters: Filters) -> tuple[Integers, Scores]:
        """Return the k best passages by BM25 over `tokens`."""

    def score_keywords(self, tokens: Sequence[str], positions: Integers) -> Scores:
        """Return the BM25 of each passage in `positions`."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with the positions of the passages that answer it."""

    question: str
    right: Integers


@dataclass(frozen=True, slots=True)
class Material:
    """Questions, and the store's passages as arrays: one row, document and title for each position."""

    asked: tuple[Asked, ...]
    table: Matrix  # vectors of all tokens
    base: Matrix  # vectors of the questions, untuned
    words: tuple[Integers, ...]  # the model's tokens of each question
    found: tuple[Integers, ...]  # the best passages of each by keywords
    keywords: Keywords
    passages: Matrix
    documents: Integers
    titles: Integers

    def candidates(self, number: int, tuned: Scores) -> tuple[Integers, Candidates]:
        """Return the candidates of question `number`, whose tuned vector is `tuned`."""
        likeness = self.passages @ tuned
        nearest = np.argpartition(-likeness, min(CANDIDATES, len(likeness) - 1))[:CANDIDATES]
        positions = np.union1d(self.found[number], nearest)
        return positions, Candidates(
            self.keywords.score_keywords(tokenize(self.asked[number].question), positions),
            likeness[positions],
            self.passages[positions] @ self.base[number],
            self.documents[positions],
            self.titles[positions],
        )


def title_numbers(titles: Sequence[str], documents: NDArray[np.integer]) -> Integers:
    """Return a number for each passage's title; `documents` index into the documents' `titles`."""
    known: dict[str, int] = {}
    codes = [known.setdefault(title or f"#{number}", len(known)) for number, title in enumerate(titles)]
    return np.array(codes, dtype=np.int64)[documents]
