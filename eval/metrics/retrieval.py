"""Retrieval: does the passage that carries the answer come up, and how early.

A hit covers a piece of evidence when it holds at least half of the quote. Each piece counts once, at
the first hit that covers it; a hit that brings several new pieces gains that many.
Checked against ir-measures in the tests.
"""

from __future__ import annotations

from math import log2

from ..questions import Evidence, Question
from ..reply import Found, Reply
from .score import Score, Sources


def gains(question: Question, reply: Reply, sources: Sources) -> list[int] | None:
    """Return, per hit, how many pieces of evidence it is the first to cover."""
    # a follow-up is retrieved by its resolved form, which is the system's own
    if reply.hits is None or not question.evidence:
        return None
    left = list(dict.fromkeys(question.evidence))
    gained = []
    for hit in reply.hits:
        new = [evidence for evidence in left if _covers(hit, evidence, sources)]
        left = [evidence for evidence in left if evidence not in new]
        gained.append(len(new))
    return gained


def _covers(hit: Found, evidence: Evidence, sources: Sources) -> bool:
    if hit.document != evidence.document:
        return False
    text, quote = sources.get(evidence.document, ""), evidence.quote
    start = text.find(quote)
    while start >= 0:
        overlap = min(hit.end, start + len(quote)) - max(hit.start, start)
        if overlap * 2 >= len(quote):
            return True
        start = text.find(quote, start + 1)
    return False


def recall_at_5(question: Question, reply: Reply, sources: Sources) -> Score | None:
    """Return the share of the evidence that the first five hits hold."""
    return _recall(question, reply, sources, 5)


def recall_at_10(question: Question, reply: Reply, sources: Sources) -> Score | None:
    """Return the share of the evidence that the first ten hits hold."""
    return _recall(question, reply, sources, 10)


def _recall(question: Question, reply: Reply, sources: Sources, k: int) -> Score | None:
    gained = gains(question, reply, sources)
    if gained is None:
        return None
    total = len(dict.fromkeys(question.evidence))
    return Score(sum(gained[:k]) / total, str(gained[:k]), f"{sum(gained[:k])} of {total} in the first {k}")


def reciprocal_rank(question: Question, reply: Reply, sources: Sources) -> Score | None:
    """Return one over the rank of the first hit that holds any evidence, 0 without one."""
    gained = gains(question, reply, sources)
    if gained is None:
        return None
    rank = next((index for index, gain in enumerate(gained, 1) if gain), 0)
    return Score(1 / rank if rank else 0.0, str(rank), f"first evidence at rank {rank or 'none'}")


def ndcg_at_10(question: Question, reply: Reply, sources: Sources) -> Score | None:
    """Return the discounted gain of the first ten hits over that of the best order."""
    gained = gains(question, reply, sources)
    if gained is None:
        return None
    missing = len(dict.fromkeys(question.evidence)) - sum(gained)
    ideal = sorted(filter(None, gained), reverse=True) + [1] * missing
    value = _discounted(gained[:10]) / _discounted(ideal[:10])
    return Score(value, str(gained[:10]), f"gains {gained[:10]} against {ideal[:10]}")


def _discounted(gained: list[int]) -> float:
    return sum(gain / log2(rank + 1) for rank, gain in enumerate(gained, 1))
