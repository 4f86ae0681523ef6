"""The contract's JSON of an answer that is nothing but what was found."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Any

from assistant.zh.sentences import sentences

from ..questions import Question
from ..reply import Found


def quoting(
    question: Question,
    begun: float,
    ranked: Sequence[Found],
    best: Sequence[tuple[Found, str]],
    texts: dict[str, str],
) -> dict[str, Any]:
    """Return an answer that says the texts of `best`, each cited, with `ranked` as its hits.

    `begun` is the perf_counter() at which the question was asked.
    """
    citations = [
        {
            "n": n,
            "document": found.document,
            "title": found.document,
            "section": [],
            "quote": texts[found.document][found.start : found.end],
            "start": found.start,
            "end": found.end,
            "context": texts[found.document][found.start : found.end],
        }
        for n, (found, _) in enumerate(best, 1)
    ]
    lines = [_marked(said, n) for n, (_, said) in enumerate(best, 1)]
    return {
        "id": question.id,
        "question": question.question,
        "status": "answered" if best else "refused",
        "answer": "\n".join(lines),
        "citations": citations,
        "hits": [{"document": f.document, "start": f.start, "end": f.end} for f in ranked],
        "seconds": time.perf_counter() - begun,
    }


def _marked(said: str, n: int) -> str:
    """Return `said` as one line with the marker after each sentence."""
    return "".join(f"{' '.join(said[s.start : s.end].split())}[{n}]" for s in sentences(said))


def asked(question: Question) -> str:
    """Return what a system without memory is asked: the earlier questions and this one."""
    return " ".join((*question.history, question.question))
