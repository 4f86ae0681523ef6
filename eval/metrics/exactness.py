"""Exactness: figures, dates and 文号 stated as the document has them, inside a cited quote."""

from __future__ import annotations

import re

from ..questions import Question
from ..reply import Reply
from .score import Score, Sources, share
from .text import canonical, says


def exactness(question: Question, reply: Reply, sources: Sources) -> Score | None:
    """Return the share of the figure key points that stand both in the answer and in a cited quote."""
    wanted = [
        accepted
        for accepted in question.key_points
        if any(re.search(r"⟨[\d.]+⟩", canonical(phrase)) for phrase in accepted)
    ]
    if not wanted:
        return None
    if not reply.spoken:
        return Score(0.0, reply.status, "no answer")
    quotes = [citation.quote for citation in reply.citations]
    exact = [
        any(
            says(reply.answer, phrase) and any(says(quote, phrase) for quote in quotes) for phrase in accepted
        )
        for accepted in wanted
    ]
    missing = [accepted[0] for accepted, hit in zip(wanted, exact, strict=True) if not hit]
    return share(
        sum(exact), len(exact), reply.answer[:80], "not exact: " + ", ".join(missing) if missing else ""
    )
