"""False refusal: a question that the documents do answer is declined."""

from __future__ import annotations

from ..questions import Question
from ..reply import Reply
from .score import Score, Sources


def false_refusal(question: Question, reply: Reply, sources: Sources) -> Score | None:
    """Return 1 where an answerable question was not answered, 0 where it was. Lower is better."""
    if not question.answerable:
        return None
    return Score(float(not reply.spoken), reply.status, "" if reply.spoken else "not answered")
