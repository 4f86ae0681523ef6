"""From a plan to passages: candidates from both indexes, one weighted sum, the best ones."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice, zip_longest
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from ..types import Filters, Hit, Kind, Plan
from ..zh.tokens import tokenize
from .rank import (
    Index,
    Positions,
    Scores,
    Weights,
    document_agreement,
    narrowed,
    region_agreement,
    relevance,
    standardised,
    year_agreement,
)

# Candidates from each index: at 200 the keywords hold .75 of what answers a layman's question to
# 58,637 law articles, and a search stays under 25 ms.
CANDIDATES = 200


class QuestionEmbedder(Protocol):
    """What turns a question into a vector."""

    def question(self, text: str) -> NDArray[np.float32]:
        """Return the vector of a question, length 1, shape (dimensions,)."""


class Ranker(Protocol):
    """A learnt ranking."""

    def topic(
        self, text: str, vector: Scores, positions: Positions, keywords: Scores, dense: Scores
    ) -> Scores:
        """Return how well each passage in `positions` fits the question `text`.

        `vector` is the question's vector, `keywords` and `dense` the passages' BM25 and cosines.
        """


class Ranked(NamedTuple):
    """Candidates, best first, with the parts of their scores."""

    positions: Positions
    scores: Scores
    signals: dict[str, Scores]


def retrieve(
    plan: Plan,
    filters: Filters,
    k: int,
    index: Index,
    embedder: QuestionEmbedder,
    weights: Weights = Weights(),  # noqa: B008
    ranker: Ranker | None = None,
) -> list[Hit]:
    """Return the `k` best passages for `plan` among those that `filters` let through.

    What the plan names (regions, years, documents) weighs heavily but hides nothing. A question
    about several regions gets each region's best passages in turn, one about all documents each
    document's best first. A `ranker` learnt from known questions takes the place of the weighted sum.
    """
    text = _query_text(plan)
    query = _Query(text, tokenize(text), embedder.question(text), ranker)
    if len(plan.regions) > 1:
        ranked = [
            _rank(replace(plan, regions=(region,)), query, filters, index, weights) for region in plan.regions
        ]
    else:
        ranked = [_rank(plan, query, filters, index, weights)]
    if plan.kind in (Kind.ACROSS, Kind.RANKING, Kind.COMPARISON) and len(ranked) == 1:
        ranked = [_spread(ranked[0], index)]
    return _hits(list(islice(_in_turn(ranked), k)), ranked, index)


class _Query(NamedTuple):
    text: str
    tokens: list[str]
    vector: NDArray[np.float32]
    ranker: Ranker | None


def _query_text(plan: Plan) -> str:
    widened = " ".join(expansion for _, expansion in plan.expansions)
    return f"{plan.topic or plan.resolved} {' '.join(plan.titles)} {widened}".strip()


def _rank(plan: Plan, query: _Query, filters: Filters, index: Index, weights: Weights) -> Ranked:
    """Rank the candidates of both indexes, those in what `plan` names among them."""
    limits = (filters, *narrowed(plan, filters))
    found = [index.search_keywords(query.tokens, CANDIDATES, limit) for limit in limits]
    near = [index.search_vectors(query.vector, CANDIDATES, limit) for limit in limits]
    positions = np.unique(np.concatenate([pool[0] for pool in (*found, *near)]))
    if not len(positions):
        return Ranked(positions, np.zeros(0, dtype=np.float32), {})
    bm25 = _completed(found, query, positions, index)
    cosine = index.score_vectors(query.vector, positions)
    keywords, dense = standardised(bm25), standardised(cosine)
    signals = {"keywords": keywords, "dense": dense}
    topic = keywords + weights.dense * dense
    if query.ranker:
        learnt = query.ranker.topic(query.text, query.vector, positions, bm25, cosine)
        signals["learnt"] = topic = standardised(learnt)
    total, relevant = topic, relevance(topic)
    for name, weight, agreement in _agreements(plan, index, positions, weights):
        signals[name] = agreement
        total = total + weight * agreement * relevant
    order = np.lexsort((positions, -total))
    return Ranked(positions[order], total[order], {name: values[order] for name, values in signals.items()})


def _completed(
    found: Sequence[tuple[Positions, Scores]], query: _Query, positions: Positions, index: Index
) -> Scores:
    """Return the BM25 of each candidate: scoring only those not found by keywords halves the time."""
    scores = np.full(len(positions), np.nan, dtype=np.float32)
    for at, known in found:
        scores[np.searchsorted(positions, at)] = known
    missing = np.isnan(scores)
    scores[missing] = index.score_keywords(query.tokens, positions[missing])
    return scores


def _agreements(
    plan: Plan, index: Index, positions: Positions, weights: Weights
) -> Iterator[tuple[str, float, Scores]]:
    for region in plan.regions:  # at most one: a question of several is ranked once for each
        yield "region", weights.region, region_agreement(index, region, positions)
    if plan.documents:
        yield "document", weights.document, document_agreement(index, plan.documents, positions)
    if plan.years:
        yield "year", weights.year, year_agreement(index, plan.years, positions)


def _spread(ranked: Ranked, index: Index) -> Ranked:
    """Put each document's best candidate before any document's second."""
    seen: dict[str, int] = {}
    turn = []
    for passage in index.passages(ranked.positions.tolist()):
        seen[passage.document] = turn_of = seen.get(passage.document, -1) + 1
        turn.append(turn_of)
    order = np.argsort(turn, kind="stable")
    return Ranked(
        ranked.positions[order],
        ranked.scores[order],
        {name: values[order] for name, values in ranked.signals.items()},
    )


def _in_turn(ranked: Sequence[Ranked]) -> Iterator[tuple[int, int]]:
    """Yield (ranking, place in it) from each ranking in turn, no passage twice."""
    seen: set[int] = set()
    missing = -1
    columns = [range(len(one.positions)) for one in ranked]
    for places in zip_longest(*columns, fillvalue=missing):
        for which, place in enumerate(places):
            if place != missing and (position := int(ranked[which].positions[place])) not in seen:
                seen.add(position)
                yield which, place


def _hits(chosen: Sequence[tuple[int, int]], ranked: Sequence[Ranked], index: Index) -> list[Hit]:
    passages = index.passages([int(ranked[which].positions[place]) for which, place in chosen])
    return [
        Hit(
            rank=rank,
            score=float(ranked[which].scores[place]),
            passage=passage,
            signals={name: float(values[place]) for name, values in ranked[which].signals.items()},
        )
        for rank, ((which, place), passage) in enumerate(zip(chosen, passages, strict=True), start=1)
    ]
