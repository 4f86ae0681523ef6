"""Refusal: a question that the documents cannot answer is declined."""

from __future__ import annotations

from ..questions import Question
from ..reply import Reply
from .score import Score, Sources


def refusal(question: Question, reply: Reply, sources: Sources) -> Score | None:
    """Return 1 where an unanswerable question was refused, 0 where it was answered."""
    if question.answerable:
        return None
    return Score(float(reply.refused), reply.status, "" if reply.refused else reply.answer[:80])
