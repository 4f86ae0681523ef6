"""Latency: seconds until the answer was complete."""

from __future__ import annotations

from ..questions import Question
from ..reply import Reply
from .score import Score, Sources


def latency(question: Question, reply: Reply, sources: Sources) -> Score | None:
    """Return the seconds that the answer took. Lower is better."""
    return Score(reply.seconds) if reply.status != "error" else None
