"""Completeness: a list or an outline is whole or it misleads."""

from __future__ import annotations

from ..questions import Question
from ..reply import Reply
from .key_points import key_point_recall
from .score import Score, Sources

_WHOLE = frozenset({"list", "outline", "definition", "across", "comparison", "count", "ranking"})


def completeness(question: Question, reply: Reply, sources: Sources) -> Score | None:
    """Return 1 where every item of a list, outline or comparison is there, else 0."""
    if question.kind not in _WHOLE or len(question.key_points) < 2:
        return None
    score = key_point_recall(question, reply, sources)
    return None if score is None else Score(float(score.value == 1), f"{score.value:.0%}", score.explanation)
