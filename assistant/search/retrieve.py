"""From a plan to passages: candidates from both indexes, one weighted sum, the best ones."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import islice, zip_longest
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from ..types import Filters, Hit, Kind, Passage, Plan
from ..zh.tokens import tokenize
from .rank import (
    Index,
    Pool,
    Positions,
    Query,
    Ranker,
    Reranker,
    Scores,
    Weights,
    dealt,
    document_agreement,
    narrowed,
    region_agreement,
    relevance,
    standardised,
    year_agreement,
)
from .wording import wording

# Candidates from each index: at 200 the keywords hold .75 of what answers a layman's question to
# 58,637 law articles, and a search stays under 25 ms.
CANDIDATES = 200

# Passages whose wording is read: 1.5 ms; with 50 of them nothing more is found.
REREAD = 20

# Passages that a reranker reads: a small one needs a second for them on two cores.
_RERANKED = 30


class QuestionEmbedder(Protocol):
    """What turns a question into a vector."""

    def question(self, text: str) -> NDArray[np.float32]:
        """Return the vector of a question, length 1, shape (dimensions,)."""


class Ranked(NamedTuple):
    """Candidates with their scores and the parts of them."""

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
    reranker: Reranker | None = None,
) -> list[Hit]:
    """Return the `k` best passages for `plan` among those that `filters` let through.

    What the plan names (regions, years, documents) weighs heavily but hides nothing. A question
    about several regions gets each region's best passages in turn, one about all documents each
    document's best first. How a passage is worded orders the best of them; a `ranker` that was learnt
    orders all candidates instead, a `reranker` the best passages once more.
    """
    text = _query_text(plan)
    # only as keywords: in the meaning and the wording of the question they would weigh twice
    tokens = tokenize(" ".join((text, *plan.formal)))
    query = Query(plan.resolved, text, tokens, embedder.question(text))
    focuses = [replace(plan, regions=(region,)) for region in plan.regions] or [plan]
    limits = [filters, *(limit for focus in focuses for limit in narrowed(focus, filters))]
    candidates = _candidates(query, list(dict.fromkeys(limits)), index, weights, ranker)
    ranked = [_rank(focus, candidates, index, weights) for focus in focuses]
    if not ranker:  # one that was learnt has looked at more than words
        ranked = [_reread(one, query, index, weights) for one in ranked]
    if reranker:
        ranked = [_reranked(one, plan.resolved, index, reranker) for one in ranked]
    if plan.kind in (Kind.ACROSS, Kind.RANKING, Kind.COMPARISON) and len(ranked) == 1:
        ranked = [_spread(ranked[0], index)]
    return _hits(list(islice(_in_turn(ranked), k)), ranked, index)


def _query_text(plan: Plan) -> str:
    """Return the topic and once more the whole question.

    The topic alone loses words that were taken for a frame or a place but are what is asked: on DRCD
    .009 of recall@1 against the whole question, which alone finds less in policy documents.
    """
    widened = " ".join(expansion for _, expansion in plan.expansions)
    return " ".join(filter(None, (plan.topic, plan.resolved, widened)))


def _candidates(
    query: Query, limits: Sequence[Filters], index: Index, weights: Weights, ranker: Ranker | None
) -> Ranked:
    """Return the candidates of both indexes within each of `limits`, scored on the topic alone."""
    found = [index.search_keywords(query.tokens, CANDIDATES, limit) for limit in limits]
    near = [index.search_vectors(query.vector, CANDIDATES, limit) for limit in limits]
    positions = np.unique(np.concatenate([pool[0] for pool in (*found, *near)]))
    if not len(positions):
        return Ranked(positions, np.zeros(0, dtype=np.float32), {})
    bm25 = _completed(found, query, positions, index)
    cosine = index.score_vectors(query.vector, positions)
    signals = {"keywords": standardised(bm25), "dense": standardised(cosine)}
    topic = signals["keywords"] + weights.dense * signals["dense"]
    if ranker:
        signals["learnt"] = ranker.topic(query, Pool(positions, bm25, cosine, topic))
        topic = dealt(topic, signals["learnt"])
    return Ranked(positions, topic, signals)


def _rank(plan: Plan, candidates: Ranked, index: Index, weights: Weights) -> Ranked:
    """Rank the candidates by their topic and by what `plan` names."""
    positions, topic = candidates.positions, candidates.scores
    signals = {**candidates.signals, "topic": topic}
    if not len(positions):
        return candidates
    total, relevant = topic, relevance(topic)
    for name, weight, agreement in _agreements(plan, index, positions, weights):
        signals[name] = agreement
        total = total + weight * agreement * relevant
    return _ordered(Ranked(positions, total, signals), np.lexsort((positions, -total)))


def _reread(ranked: Ranked, query: Query, index: Index, weights: Weights) -> Ranked:
    """Let the wording of the first passages count."""

    def judge(topic: Scores, passages: Sequence[Passage]) -> Scores:
        return topic + weights.wording * wording(query.text, passages)

    return _judged(ranked, REREAD, index, judge) if weights.wording else ranked


def _reranked(ranked: Ranked, question: str, index: Index, reranker: Reranker) -> Ranked:
    """Let `reranker` judge how the first passages fit the topic."""

    def judge(_: Scores, passages: Sequence[Passage]) -> Scores:
        return reranker.score(question, passages)

    return _judged(ranked, _RERANKED, index, judge)


def _judged(
    ranked: Ranked, count: int, index: Index, judge: Callable[[Scores, Sequence[Passage]], Scores]
) -> Ranked:
    """Let `judge` say how the first `count` passages fit the topic; what the plan names weighs as before."""
    first = slice(min(count, len(ranked.positions)))
    if not first.stop:
        return ranked
    topic = ranked.signals["topic"].copy()
    topic[first] = dealt(topic[first], judge(topic[first], index.passages(ranked.positions[first].tolist())))
    scores = ranked.scores - ranked.signals["topic"] + topic
    # the others keep their places: none of them was read
    order = np.arange(len(scores))
    order[first] = np.argsort(-scores[first], kind="stable")
    return _ordered(Ranked(ranked.positions, scores, {**ranked.signals, "topic": topic}), order)


def _ordered(ranked: Ranked, order: NDArray[np.int64]) -> Ranked:
    return Ranked(
        ranked.positions[order],
        ranked.scores[order],
        {name: values[order] for name, values in ranked.signals.items()},
    )


def _completed(
    found: Sequence[tuple[Positions, Scores]], query: Query, positions: Positions, index: Index
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
    _, documents = index.document_codes()
    seen: Counter[int] = Counter()
    turns = []
    for document in documents[ranked.positions].tolist():
        turns.append(seen[document])
        seen[document] += 1
    return _ordered(ranked, np.argsort(turns, kind="stable"))


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
