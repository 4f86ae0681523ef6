"""Forbidden statements: what must not be said on a question."""

from __future__ import annotations

from ..questions import Question
from ..reply import Reply
from .claims import stated
from .score import Score, Sources
from .text import says


def forbidden(question: Question, reply: Reply, sources: Sources) -> Score | None:
    """Return 1 where the answer states something it must not, else 0. Lower is better."""
    if not question.must_not:
        return None
    said = [phrase for phrase in question.must_not if reply.spoken and says(stated(reply.answer), phrase)]
    return Score(float(bool(said)), reply.status, "said: " + ", ".join(said) if said else "")
