"""What known questions say about the candidates of a new one: which documents answered its like."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from ..zh.fold import fold
from .ranker import Candidates, Integers, Matrix, Scores, greatest, summed

_SHARPNESS = 10.0  # of the vote of known questions: one at likeness .9 counts e times one at .8
_NEAREST = (3, 10, 30)  # known questions that are counted

MEMORY_FEATURES = (
    *(f"questions on the {group}" for group in ("document", "title")),
    *(
        f"{likeness}, {part}"
        for likeness in ("base", "tuned", "bigrams")
        for part in (
            *(f"{part} of the {group}" for group in ("document", "title") for part in ("nearest", "vote")),
            *(f"of the title among {count}" for count in _NEAREST),
        )
    ),
)


@dataclass(frozen=True)
class Bigrams:
    """Known texts as pairs of neighbouring characters: text `owners[i]` holds `pairs[i]`."""

    pairs: Integers
    owners: Integers
    count: int

    @classmethod
    def of(cls, texts: Sequence[str]) -> Bigrams:
        """Return the pairs of each text, each once."""
        found = [_pairs(text) for text in texts]
        owners = np.repeat(np.arange(len(texts)), [len(pairs) for pairs in found])
        return cls(np.concatenate([np.zeros(0, np.int64), *found]), owners, len(texts))

    @cached_property
    def _weighted(self) -> tuple[Integers, Integers, Scores, Scores]:
        """Return the distinct pairs, the number of each pair, how rare it is, and the length of each text."""
        distinct, numbers, held = np.unique(self.pairs, return_inverse=True, return_counts=True)
        rarity = np.log((self.count + 1) / held).astype(np.float32)
        lengths = np.sqrt(np.bincount(self.owners, rarity[numbers] ** 2, self.count))
        return distinct, numbers, rarity, lengths.astype(np.float32)

    def likeness(self, text: str) -> Scores:
        """Return the cosine of `text` with each known one, a pair weighing what it is rare."""
        distinct, numbers, rarity, lengths = self._weighted
        asked = _pairs(text)
        own = np.intersect1d(asked, distinct, assume_unique=True)
        at = np.searchsorted(distinct, own)
        # a pair that no known text holds is as rare as can be
        unknown = (len(asked) - len(own)) * np.log(self.count + 1) ** 2
        length = np.sqrt((rarity[at] ** 2).sum() + unknown)
        weights = np.zeros(len(distinct), dtype=np.float32)
        weights[at] = rarity[at] ** 2
        shared = np.bincount(self.owners, weights[numbers], self.count)
        return np.asarray(shared / np.maximum(lengths * length, 1e-6), dtype=np.float32)


def _pairs(text: str) -> Integers:
    codes = np.frombuffer(fold(text).encode("utf-32-le"), dtype=np.uint32).astype(np.int64)
    return np.unique((codes[:-1] << 32) | codes[1:])


@dataclass(frozen=True, slots=True)
class Memory:
    """Known questions and what answers them; pair `i` says that `documents[i]` answers `questions[i]`."""

    base: Matrix  # vectors of the known questions, shape (known, dimensions)
    tuned: Matrix
    bigrams: Bigrams
    questions: Integers
    documents: Integers  # number of a document, below `document_count`
    titles: Integers  # number of its title, below `title_count`
    document_count: int
    title_count: int

    def features(self, text: str, base: Scores, tuned: Scores, candidates: Candidates) -> Matrix:
        """Return what known questions say for each candidate, as MEMORY_FEATURES names it.

        `base` and `tuned` are the vectors of the question `text`.
        """
        columns = [
            np.log1p(np.bincount(self.documents, minlength=self.document_count))[candidates.documents],
            np.log1p(np.bincount(self.titles, minlength=self.title_count))[candidates.titles],
        ]
        for likeness in (self.base @ base, self.tuned @ tuned, self.bigrams.likeness(text)):
            columns += self._says(likeness, candidates)
        return np.stack(columns, axis=1).astype(np.float32)

    def _says(self, likeness: Scores, candidates: Candidates) -> Iterator[Scores]:
        """Yield the features that one `likeness` of the known questions gives."""
        alike = likeness[self.questions]
        votes = np.exp(_SHARPNESS * (alike - alike.max(initial=-1.0)))
        whole = max(float(votes.sum()), 1e-9)
        for groups, count, own in (
            (self.documents, self.document_count, candidates.documents),
            (self.titles, self.title_count, candidates.titles),
        ):
            yield greatest(alike, groups, count, 0.0)[own]
            yield summed(votes / whole, groups, count)[own]
        places = np.empty(len(likeness), dtype=np.int64)
        places[np.argsort(-likeness, kind="stable")] = np.arange(len(likeness))
        for nearest in _NEAREST:
            near = places[self.questions] < nearest
            yield summed(alike[near] / nearest, self.titles[near], self.title_count)[candidates.titles]
