"""Answer length in characters, without markers and Markdown."""

from __future__ import annotations

from ..questions import Question
from ..reply import Reply
from .claims import plain
from .score import Score, Sources


def length(question: Question, reply: Reply, sources: Sources) -> Score | None:
    """Return how many characters the reader has to read. Lower is better."""
    if not reply.spoken:
        return None
    return Score(float(sum(len(plain(line)) for line in reply.answer.splitlines())))
