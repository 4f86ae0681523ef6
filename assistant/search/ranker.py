"""A learned ranking: boosted trees over scale-free features, walked in numpy.

What a feature measures is relative to the other candidates of the same question, so that trees
grown on one corpus mean the same on another.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..trees import Matrix as Matrix
from ..trees import Trees as Trees

Scores = NDArray[np.float32]
Integers = NDArray[np.int64]

CANDIDATE_FEATURES = (
    *(
        f"{scores}, {part}"
        for scores in ("keywords", "tuned", "base")
        for part in ("deviations", "share", "place")
    ),
    *(f"{scores}, {part}" for scores in ("characters", "bigrams") for part in ("deviations", "share")),
    *(
        f"{scores}, {part} of the title"
        for scores in ("keywords", "tuned", "both")
        for part in ("best", "behind the best", "sum", "mean")
    ),
    "candidates of the title",
)


class Candidates(NamedTuple):
    """The candidates of one question: their scores, and numbers for document and title."""

    keywords: Scores  # BM25 over all tokens
    characters: Scores  # BM25 over single characters
    bigrams: Scores  # BM25 over pairs of characters
    tuned: Scores  # cosine as the tuned model reads question and passage
    base: Scores  # cosine as the model reads them untuned
    documents: Integers
    titles: Integers  # documents of one title share a number


def characters_and_bigrams(tokens: list[str]) -> tuple[list[str], list[str]]:
    """Return the search tokens of one character and those of two."""
    return [token for token in tokens if len(token) == 1], [token for token in tokens if len(token) == 2]


def rank_features(candidates: Candidates) -> Matrix:
    """Return the features of each candidate that need no memory, as CANDIDATE_FEATURES names them."""
    columns: list[Scores] = []
    for scores in (candidates.keywords, candidates.tuned, candidates.base):
        columns += [standardised(scores), share(scores), _place(scores)]
    for scores in (candidates.characters, candidates.bigrams):
        columns += [standardised(scores), share(scores)]
    keywords, tuned = columns[0], columns[3]
    columns += title_features((keywords, tuned, keywords + tuned), candidates.titles)
    return np.stack(columns, axis=1).astype(np.float32)


def title_features(several: Sequence[Scores], titles: Integers) -> list[Scores]:
    """Return what the passages of each candidate's title score together, and how many they are.

    Of each of `several` scores: the best, how far it is behind that, the sum of those above 0, the mean.
    """
    numbers = np.unique(titles, return_inverse=True)[1]
    sizes = np.bincount(numbers)
    columns: list[Scores] = []
    for scores in several:
        best = greatest(scores, numbers, len(sizes), -np.inf)[numbers]
        above = summed(np.maximum(scores, 0), numbers, len(sizes))
        mean = summed(scores, numbers, len(sizes)) / sizes
        columns += [best, best - scores, above[numbers], mean[numbers].astype(np.float32)]
    return [*columns, np.log(sizes[numbers]).astype(np.float32)]


def title_numbers(titles: Sequence[str]) -> Integers:
    """Return a number for each title, the same for the same title; an empty one is like no other."""
    known: dict[str, int] = {}
    return np.array(
        [known.setdefault(title or f"\0{number}", len(known)) for number, title in enumerate(titles)],
        dtype=np.int64,
    )


def greatest(values: Scores, groups: Integers, count: int, least: float) -> Scores:
    """Return the greatest of `values` in each of `count` groups, `least` where a group has none."""
    found = np.full(count, least, dtype=np.float32)
    np.maximum.at(found, groups, values)
    return found


def summed(values: NDArray[np.floating], groups: Integers, count: int) -> Scores:
    """Return the sum of `values` in each of `count` groups."""
    return np.bincount(groups, values, count).astype(np.float32)


def standardised(scores: Scores) -> Scores:
    """Return `scores` with mean 0 and standard deviation 1."""
    return np.asarray((scores - scores.mean()) / (scores.std() + 1e-6), dtype=np.float32)


def share(scores: Scores) -> Scores:
    """Return `scores` as shares of the best."""
    return np.asarray(scores / max(float(scores.max(initial=0.0)), 1e-6), dtype=np.float32)


def _place(scores: Scores) -> Scores:
    places = np.empty(len(scores), dtype=np.float32)
    places[np.argsort(-scores, kind="stable")] = np.log1p(np.arange(len(scores)))
    return places
