"""What a desk's questions taught: one file in the store, read beside the index.

`<store>/tuned/20261121-201500.npz`: the newest counts, and taking it away undoes it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from ..errors import StoreCorruptError, StoreVersionError
from .memory import Bigrams, Memory
from .rank import Pool, Query
from .ranker import (
    Candidates,
    Integers,
    Matrix,
    Scores,
    Trees,
    characters_and_bigrams,
    rank_features,
    title_numbers,
)

_FOLDER = "tuned"
_ARRAYS = (
    *("tokens", "vectors", "passage_tokens", "passage_vectors", "rows", "passages"),
    *("base", "tuned", "pairs", "owners", "questions", "documents"),
)


@dataclass(frozen=True, slots=True)
class Tuned:
    """Token vectors, the vectors they make, trees, and known questions with what answers them."""

    model: str  # the embedding model that was tuned
    tokens: Integers  # which tokens of questions have other vectors
    vectors: NDArray[np.float16]
    passage_tokens: Integers  # and which of passages
    passage_vectors: NDArray[np.float16]
    rows: Integers  # passages of the store by row number, ascending
    passages: NDArray[np.float16]  # their vectors
    trees: Trees
    base: Matrix  # vectors of the known questions, untuned
    tuned: Matrix
    pairs: Integers  # of neighbouring characters in the known questions
    owners: Integers  # which question each pair is of
    questions: Integers  # pair `i`: document `documents[i]` answers question `questions[i]`
    documents: NDArray[np.str_]


class Index(Protocol):
    """One state of a store."""

    def document_codes(self) -> tuple[Sequence[str], Integers]:
        """Return the ids of the documents, and for each passage the number of its document among them."""

    def titles(self) -> Sequence[str]:
        """Return the title of each of those documents."""

    def score_keywords(self, tokens: Sequence[str], positions: Integers) -> Scores:
        """Return the BM25 of each passage in `positions`, 0 where no token occurs."""

    def score_vectors(self, vector: Scores, positions: Integers) -> Scores:
        """Return the cosine of each passage in `positions`."""


class QuestionEmbedder(Protocol):
    """What turns a question into a vector."""

    def question(self, text: str) -> Scores:
        """Return the vector of a question, length 1, shape (dimensions,)."""


class TunedRanker:
    """The learnt ranking over one state of a store."""

    def __init__(self, tuned: Tuned, index: Index, base: QuestionEmbedder) -> None:
        """Rank passages of `index`; `base` is the model before tuning.

        A known question whose document is gone from the store is forgotten.
        """
        documents, self._codes = index.document_codes()
        self._titles = title_numbers(index.titles())
        self._trees, self._index, self._base = tuned.trees, index, base
        numbers = {id: number for number, id in enumerate(documents)}
        pairs = [
            (question, numbers[id])
            for question, id in zip(tuned.questions.tolist(), tuned.documents.tolist(), strict=True)
            if id in numbers
        ]
        questions, answered = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
        self._memory = Memory(
            tuned.base,
            tuned.tuned,
            Bigrams(tuned.pairs, tuned.owners, len(tuned.base)),
            questions,
            answered,
            self._titles[answered],
            len(documents),
            int(self._titles.max(initial=0)) + 1,
        )

    def topic(self, query: Query, pool: Pool) -> Scores:
        """Return how well each candidate fits the question."""
        positions = pool.positions
        base = self._base.question(query.text)
        documents = self._codes[positions]
        characters, bigrams = characters_and_bigrams(query.tokens)
        candidates = Candidates(
            pool.keywords,
            self._index.score_keywords(characters, positions),
            self._index.score_keywords(bigrams, positions),
            pool.dense,
            self._index.score_vectors(base, positions),
            documents,
            self._titles[documents],
        )
        return self._trees.score(features(self._memory, query.text, base, query.vector, candidates))


def features(memory: Memory, text: str, base: Scores, tuned: Scores, candidates: Candidates) -> Matrix:
    """Return all features of each candidate, shape (candidates, features)."""
    return np.hstack([rank_features(candidates), memory.features(text, base, tuned, candidates)])


def newest(store: Path) -> Path | None:
    """Return the file of the newest tuning in `store`, None where there is none."""
    return max((store / _FOLDER).glob("*.npz"), default=None)


def save(store: Path, tuned: Tuned) -> Path:
    """Write `tuned` as the newest tuning of `store`; return its file."""
    path = store / _FOLDER / f"{datetime.now():%Y%m%d-%H%M%S}.npz"
    path.parent.mkdir(parents=True, exist_ok=True)
    arrays: dict[str, Any] = {name: getattr(tuned, name) for name in _ARRAYS}
    arrays |= tuned.trees.arrays("trees_")
    building = path.with_suffix(".building")
    with building.open("wb") as file:
        np.savez(file, model=np.array(tuned.model), **arrays)
    building.rename(path)  # a killed run leaves no half tuning
    return path


def load(path: Path, model: str) -> Tuned:
    """Read a tuning made for the embedding model named `model`.

    Raises StoreVersionError when it was made for another one, StoreCorruptError when unreadable.
    """
    try:
        with np.load(path, allow_pickle=False) as arrays:
            made_for = str(arrays["model"])
            tuned = Tuned(
                made_for,
                trees=Trees.of(arrays, "trees_"),
                **{name: arrays[name] for name in _ARRAYS},
            )
    except (OSError, ValueError, KeyError) as error:
        raise StoreCorruptError(
            f"The tuning {path} cannot be read: {error}.", "`tune --undo` removes it."
        ) from error
    if made_for != model:
        raise StoreVersionError(
            f"The tuning {path} was made for the embedding model {made_for!r}, not {model!r}.",
            "`tune --undo` removes it; then tune again.",
        )
    return tuned
