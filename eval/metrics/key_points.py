"""Key points: the facts that the answer must state."""

from __future__ import annotations

from ..questions import Question
from ..reply import Reply
from .claims import stated
from .score import Score, Sources, share
from .text import says


def found_points(question: Question, text: str) -> list[bool]:
    """Tell, for each key point, whether `text` states it in one of the accepted ways."""
    return [any(says(text, phrase) for phrase in accepted) for accepted in question.key_points]


def key_point_recall(question: Question, reply: Reply, sources: Sources) -> Score | None:
    """Return the share of the key points that the answer states; 0 for a refusal."""
    if not question.key_points:
        return None
    text = stated(reply.answer) if reply.spoken else ""
    found = found_points(question, text)
    missing = [accepted[0] for accepted, hit in zip(question.key_points, found, strict=True) if not hit]
    return share(sum(found), len(found), text[:80], "missing: " + ", ".join(missing) if missing else "")
