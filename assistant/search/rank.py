"""Scores of candidates: normalised parts, and how well a passage agrees with the question's plan."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from ..types import Filters, Passage, Plan
from ..zh import places
from ..zh.tokens import tokenize

Scores = NDArray[np.float32]
Positions = NDArray[np.int64]


class Index(Protocol):
    """One state of a store, as retrieval reads it; passages go by position."""

    def search_keywords(self, tokens: Sequence[str], k: int, filters: Filters) -> tuple[Positions, Scores]:
        """Return the k best passages by BM25 over `tokens`."""

    def search_vectors(
        self, vector: NDArray[np.float32], k: int, filters: Filters
    ) -> tuple[Positions, Scores]:
        """Return the k nearest passages by cosine."""

    def score_keywords(self, tokens: Sequence[str], positions: Positions) -> Scores:
        """Return the BM25 of each passage in `positions`, 0 where no token occurs."""

    def score_vectors(self, vector: NDArray[np.float32], positions: Positions) -> Scores:
        """Return the cosine of each passage in `positions`."""

    def where(self, field: str, accepts: Callable[[str], bool], positions: Positions) -> NDArray[np.bool_]:
        """Tell of each passage in `positions` whether its `field` is accepted."""

    def years(self, positions: Positions) -> NDArray[np.int32]:
        """Return the year of issue of each passage in `positions`, 0 where unknown."""

    def document_codes(self) -> tuple[Sequence[str], Positions]:
        """Return the ids of the documents, and for each passage the number of its document among them."""

    def passages(self, positions: Sequence[int]) -> list[Passage]:
        """Return the passages at `positions`, in that order."""


class Query(NamedTuple):
    """A question as the indexes are asked."""

    question: str  # whole
    text: str  # what is searched
    tokens: list[str]
    vector: NDArray[np.float32]


class Pool(NamedTuple):
    """The candidates of a question, as both indexes score them."""

    positions: Positions
    keywords: Scores  # BM25
    dense: Scores  # cosines
    weighted: Scores  # the weighted sum of both, standardised


class Ranker(Protocol):
    """A learnt ranking."""

    def topic(self, query: Query, pool: Pool) -> Scores:
        """Return how well each candidate fits the question; only the order counts."""


class Reranker(Protocol):
    """What reads a question together with each passage."""

    def score(self, question: str, passages: Sequence[Passage]) -> Scores:
        """Return how well each passage answers `question`; only the order counts."""


class Weights(NamedTuple):
    """What each part counts, in standard deviations of the candidates' scores.

    Measured on 16 provincial reports (docs/index.md): a region's passages come first in 99 of 100
    questions that name it, and when it is the wrong region the only answer still stands among the
    first ten 92 times in 100. A higher weight hides it, a lower one lets other provinces in.
    """

    dense: float = 0.5  # above 1 the fusion hurts
    region: float = 9.0
    document: float = 9.0
    year: float = 3.0  # at 1 the passage of another year stands first: recall@1 on DRCD .005 less
    # of the best passages; chosen on CMRC's training questions and half of DRCD (docs/retrieval.md): between
    # 4 and 9 little changes, and without it the cosine lets general passages win
    wording: float = 6.0


def relevance(scores: Scores) -> Scores:
    """Return how far each passage is on the topic at all: 1 from half of the best score upwards.

    What a question names counts in this proportion, so that a region's passages on other matters do
    not push the only answer out of sight.
    """
    above = scores - scores.min()
    best = float(above.max())
    return np.minimum(2 * above / best, 1).astype(np.float32) if best > 0 else np.ones_like(scores)


def standardised(scores: Scores) -> Scores:
    """Return `scores` with mean 0 and standard deviation 1; all 0 where they are equal."""
    deviation = float(scores.std()) if scores.size else 0.0
    if deviation < 1e-6:
        return np.zeros_like(scores)
    return np.asarray((scores - scores.mean()) / deviation, dtype=np.float32)


def dealt(scores: Scores, judged: Scores) -> Scores:
    """Return the values of `scores` dealt out anew: the greatest to what was `judged` best, and so on.

    So another judge may order passages while scores keep their scale and their distances.
    """
    values = np.empty_like(scores)
    values[np.argsort(-judged, kind="stable")] = -np.sort(-scores)
    return values


def region_agreement(index: Index, region: str, positions: Positions) -> Scores:
    """Return how far each passage is about `region`.

    1 for a passage or document of the region or of a part of it, .75 for one that names it, .5 for
    one of the province or city that it lies in, .25 for one of no known region.
    """
    inside = index.where("region", lambda value: value.startswith(region), positions)
    inside |= index.where("home", lambda value: value.startswith(region), positions)
    around = index.where("region", lambda value: bool(value) and region.startswith(value), positions)
    nowhere = index.where("region", lambda value: not value, positions)
    name = tokenize(places.short(region))
    # the longest token is the name itself; its characters and bigrams occur anywhere
    named = index.score_keywords([max(name, key=len)], positions) > 0 if name else np.zeros_like(inside)
    return np.select([inside, named, around, nowhere], [1.0, 0.75, 0.5, 0.25], 0.0).astype(np.float32)


def year_agreement(index: Index, years: Sequence[int], positions: Positions) -> Scores:
    """Return 1 for passages that name one of `years`, .5 for those of documents issued in one."""
    named = index.score_keywords([str(year) for year in years], positions) > 0
    issued = np.isin(index.years(positions), list(years))
    return np.select([named, issued], [1.0, 0.5], 0.0).astype(np.float32)


def document_agreement(index: Index, documents: Sequence[str], positions: Positions) -> Scores:
    """Return 1 for passages of the documents that the question names."""
    return index.where("document", frozenset(documents).__contains__, positions).astype(np.float32)


def narrowed(plan: Plan, filters: Filters) -> list[Filters]:
    """Return `filters` narrowed to each thing that `plan` names, so that its passages are candidates."""
    found = []
    if plan.regions:
        regions = _within(plan.regions, filters.region, str.startswith)
        found += [replace(filters, region=regions)] if regions else []
    if plan.documents:
        documents = _within(plan.documents, filters.document, str.__eq__)
        found += [replace(filters, document=documents)] if documents else []
    return found


def _within(
    wanted: Sequence[str], allowed: Sequence[str], fits: Callable[[str, str], bool]
) -> tuple[str, ...]:
    return tuple(value for value in wanted if not allowed or any(fits(value, limit) for limit in allowed))
