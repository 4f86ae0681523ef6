"""What tuning works on: the questions of a desk on the passages of its store."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from ..search.ranker import Candidates, Integers, Matrix, Scores, characters_and_bigrams
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
    answer: str = ""  # as somebody wrote it


class Vectors(NamedTuple):
    """Questions and passages as one model reads them, at length 1."""

    questions: Matrix
    passages: NDArray[np.floating]


@dataclass(frozen=True, slots=True)
class Material:
    """Questions, and the store's passages as arrays: one row, document and title for each position."""

    asked: tuple[Asked, ...]
    question_table: Matrix  # vectors of all tokens, as questions read them
    passage_table: Matrix  # and as passages do
    base: Vectors  # untuned
    words: tuple[Integers, ...]  # the model's tokens of each question
    answers: tuple[Integers, ...]  # of each answer
    passage_words: Sequence[Integers]  # of each passage
    found: tuple[Integers, ...]  # the best passages of each question by keywords
    keywords: Keywords
    documents: Integers
    titles: Integers

    def candidates(self, numbers: Integers, tuned: Vectors) -> Iterator[tuple[Integers, Candidates]]:
        """Yield the candidates of each question in `numbers` as the model behind `tuned` finds them."""
        passages = np.asarray(tuned.passages, dtype=np.float32)
        for start in range(0, len(numbers), _BLOCK):
            block = numbers[start : start + _BLOCK]
            for number, likeness in zip(block.tolist(), tuned.questions[block] @ passages.T, strict=True):
                nearest = np.argpartition(-likeness, min(CANDIDATES, len(likeness) - 1))[:CANDIDATES]
                positions = np.union1d(self.found[number], nearest)
                yield positions, self._scored(number, positions, likeness[positions])

    def _scored(self, number: int, positions: Integers, tuned: Scores) -> Candidates:
        tokens = tokenize(self.asked[number].question)
        keywords, characters, bigrams = (
            self.keywords.score_keywords(some, positions)
            for some in (tokens, *characters_and_bigrams(tokens))
        )
        base = self.base.passages[positions].astype(np.float32) @ self.base.questions[number]
        documents, titles = self.documents[positions], self.titles[positions]
        return Candidates(keywords, characters, bigrams, tuned, base, documents, titles)
