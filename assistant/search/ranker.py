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

_SHARPNESS = 10.0  # of the vote of known questions: one at cosine .9 counts e times one at .8

FEATURES = (
    *(
        f"{scores}, {part}"
        for scores in ("keywords", "tuned", "base")
        for part in ("deviations", "share", "place")
    ),
    *(f"{scores}, best of the title" for scores in ("keywords", "tuned", "both")),
    "candidates of the title",
    *(
        f"{model}, {part}"
        for model in ("base", "tuned")
        for part in ("nearest known", "of the title", "vote")
    ),
)


class Candidates(NamedTuple):
    """The candidates of one question: their three scores, and numbers for document and title."""

    keywords: Scores  # BM25
    tuned: Scores  # cosine with the question as the tuned model reads it
    base: Scores  # cosine with the question as the model reads it untuned
    documents: Integers
    titles: Integers  # documents of one title share a number


@dataclass(frozen=True, slots=True)
class Memory:
    """Known questions and what answers them; pair `i` says that `documents[i]` answers `questions[i]`."""

    base: Matrix  # vectors of the known questions, shape (known, dimensions)
    tuned: Matrix
    questions: Integers
    documents: Integers  # number of a document, below `document_count`
    titles: Integers  # number of its title, below `title_count`
    document_count: int
    title_count: int

    def features(self, base: Scores, tuned: Scores, candidates: Candidates) -> Matrix:
        """Return what known questions say for each candidate, shape (candidates, 6).

        `base` and `tuned` are the vectors of the question asked.
        """
        columns: list[Scores] = []
        for known, asked in ((self.base, base), (self.tuned, tuned)):
            likeness = (known @ asked)[self.questions]
            votes = np.exp(_SHARPNESS * (likeness - likeness.max(initial=-1.0)))
            by_document = _greatest(likeness, self.documents, self.document_count)
            by_title = _greatest(likeness, self.titles, self.title_count)
            vote = np.bincount(self.titles, votes, self.title_count) / max(votes.sum(), 1e-9)
            columns += [
                by_document[candidates.documents],
                by_title[candidates.titles],
                vote[candidates.titles],
            ]
        return np.stack(columns, axis=1).astype(np.float32)


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
        rows = np.arange(len(features))[:, None]
        nodes = np.broadcast_to(self.roots, (len(features), len(self.roots)))
        for _ in range(self.depth):
            smaller = features[rows, self.feature[nodes]] <= self.threshold[nodes]
            nodes = np.where(smaller, self.left[nodes], self.right[nodes])
        return np.asarray(self.value[nodes].sum(axis=1), dtype=np.float32)


def rank_features(candidates: Candidates) -> Matrix:
    """Return the features of each candidate that need no memory, shape (candidates, 13)."""
    columns: list[Scores] = []
    for scores in (candidates.keywords, candidates.tuned, candidates.base):
        columns += [_standardised(scores), _share(scores), _place(scores)]
    keywords, tuned = columns[0], columns[3]
    count = int(candidates.titles.max(initial=0)) + 1
    for scores in (keywords, tuned, keywords + tuned):
        columns.append(_greatest(scores, candidates.titles, count, -9.0)[candidates.titles])
    columns.append(np.log(np.bincount(candidates.titles, minlength=count)[candidates.titles]))
    return np.stack(columns, axis=1).astype(np.float32)


def _standardised(scores: Scores) -> Scores:
    return np.asarray((scores - scores.mean()) / (scores.std() + 1e-6), dtype=np.float32)


def _share(scores: Scores) -> Scores:
    return np.asarray(scores / max(float(scores.max(initial=0.0)), 1e-6), dtype=np.float32)


def _place(scores: Scores) -> Scores:
    places = np.empty(len(scores), dtype=np.float32)
    places[np.argsort(-scores, kind="stable")] = np.log1p(np.arange(len(scores)))
    return places


def _greatest(values: Scores, groups: Integers, count: int, least: float = 0.0) -> Scores:
    greatest = np.full(count, least, dtype=np.float32)
    np.maximum.at(greatest, groups, values)
    return greatest
