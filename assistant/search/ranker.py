"""A learned ranking: boosted trees over scale-free features, walked in numpy.

What a feature measures is relative to the other candidates of the same question, so that trees
grown on one corpus mean the same on another.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float32]
Integers = NDArray[np.int64]
Matrix = NDArray[np.float32]

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


@dataclass(frozen=True, slots=True)
class Trees:
    """Boosted trees as flat arrays; a leaf points at itself."""

    feature: NDArray[np.int32]  # of each node
    threshold: Scores
    left: NDArray[np.int32]
    right: NDArray[np.int32]
    value: Scores  # 0 but at leaves
    roots: NDArray[np.int32]
    depth: int

    def score(self, features: Matrix) -> Scores:
        """Return the sum of the trees for each row of `features`, shape (rows,)."""
        # one step down all trees of all rows is a few looks into flat arrays: a quarter of the time of
        # indexing in two dimensions
        count = len(features)
        columns = np.ascontiguousarray(features.T).ravel()
        starts = self.feature.astype(np.intp) * count
        children = np.stack([self.right, self.left], axis=1).astype(np.intp).ravel()
        nodes = np.repeat(self.roots.astype(np.intp)[:, None], count, axis=1)
        for _ in range(self.depth):
            values = columns.take(starts.take(nodes) + np.arange(count))
            nodes = children.take(2 * nodes + (values <= self.threshold.take(nodes)))
        return np.asarray(self.value.take(nodes).sum(axis=0), dtype=np.float32)


def characters_and_bigrams(tokens: list[str]) -> tuple[list[str], list[str]]:
    """Return the search tokens of one character and those of two."""
    return [token for token in tokens if len(token) == 1], [token for token in tokens if len(token) == 2]


def rank_features(candidates: Candidates) -> Matrix:
    """Return the features of each candidate that need no memory, as CANDIDATE_FEATURES names them."""
    columns: list[Scores] = []
    for scores in (candidates.keywords, candidates.tuned, candidates.base):
        columns += [_standardised(scores), _share(scores), _place(scores)]
    for scores in (candidates.characters, candidates.bigrams):
        columns += [_standardised(scores), _share(scores)]
    keywords, tuned = columns[0], columns[3]
    numbers = np.unique(candidates.titles, return_inverse=True)[1]
    sizes = np.bincount(numbers)
    for scores in (keywords, tuned, keywords + tuned):
        best = greatest(scores, numbers, len(sizes), -np.inf)[numbers]
        above = summed(np.maximum(scores, 0), numbers, len(sizes))
        mean = summed(scores, numbers, len(sizes)) / sizes
        columns += [best, best - scores, above[numbers], mean[numbers].astype(np.float32)]
    columns.append(np.log(sizes[numbers]))
    return np.stack(columns, axis=1).astype(np.float32)


def greatest(values: Scores, groups: Integers, count: int, least: float) -> Scores:
    """Return the greatest of `values` in each of `count` groups, `least` where a group has none."""
    found = np.full(count, least, dtype=np.float32)
    np.maximum.at(found, groups, values)
    return found


def summed(values: NDArray[np.floating], groups: Integers, count: int) -> Scores:
    """Return the sum of `values` in each of `count` groups."""
    return np.bincount(groups, values, count).astype(np.float32)


def _standardised(scores: Scores) -> Scores:
    return np.asarray((scores - scores.mean()) / (scores.std() + 1e-6), dtype=np.float32)


def _share(scores: Scores) -> Scores:
    return np.asarray(scores / max(float(scores.max(initial=0.0)), 1e-6), dtype=np.float32)


def _place(scores: Scores) -> Scores:
    places = np.empty(len(scores), dtype=np.float32)
    places[np.argsort(-scores, kind="stable")] = np.log1p(np.arange(len(scores)))
    return places
