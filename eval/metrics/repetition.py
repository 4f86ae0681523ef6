"""Repetition: how much of an answer it has said before."""

from __future__ import annotations

import re
from collections import Counter

from assistant.zh.fold import fold

from ..questions import Question
from ..reply import Reply
from .score import Score, Sources
from .text import strip_markers

_SPAN = 12  # characters: longer than a name that a list may rightly repeat


def repetition(question: Question, reply: Reply, sources: Sources) -> Score | None:
    """Return the share of the answer's stretches of twelve characters that occur before. Lower is better."""
    if not reply.spoken:
        return None
    text = re.sub(r"[^\w%.]", "", strip_markers(fold(reply.answer)))
    spans = Counter(text[i : i + _SPAN] for i in range(len(text) - _SPAN + 1))
    if not spans:
        return Score(0.0)
    again = spans.total() - len(spans)
    worst = spans.most_common(1)[0]
    return Score(again / spans.total(), f"{again} of {spans.total()}", worst[0] if worst[1] > 1 else "")
