"""What tuning works on: the questions of a desk on the passages of its store."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from ..search.ranker import Candidates, Integers, Matrix, Scores
from ..types import Filters
from ..zh.tokens import tokenize

CANDIDATES = 200  # from each index, as in a search
_BLOCK = 64  # questions compared with all passages at once: 15 MB for 58,637 passages


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
    table: Matrix  # vectors of all tokens, as questions read them
    base: Matrix  # vectors of the questions, untuned
    words: tuple[Integers, ...]  # the model's tokens of each question
    found: tuple[Integers, ...]  # the best passages of each by keywords
    keywords: Keywords
    passages: Matrix
    documents: Integers
    titles: Integers

    def candidates(self, numbers: Integers, tuned: Matrix) -> Iterator[tuple[Integers, Candidates]]:
        """Yield the candidates of each question in `numbers`; row `i` of `tuned` is question `i`'s vector."""
        for start in range(0, len(numbers), _BLOCK):
            block = numbers[start : start + _BLOCK]
            for number, likeness in zip(block.tolist(), tuned[block] @ self.passages.T, strict=True):
                nearest = np.argpartition(-likeness, min(CANDIDATES, len(likeness) - 1))[:CANDIDATES]
                positions = np.union1d(self.found[number], nearest)
                yield (
                    positions,
                    Candidates(
                        self.keywords.score_keywords(tokenize(self.asked[number].question), positions),
                        likeness[positions],
                        self.passages[positions] @ self.base[number],
                        self.documents[positions],
                        self.titles[positions],
                    ),
                )
