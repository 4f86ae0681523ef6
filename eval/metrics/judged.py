"""A judge's verdicts, where a language model was asked for them."""

from __future__ import annotations

from ..questions import Question
from ..reply import Reply
from .score import Score, Sources


def judged_faithful(question: Question, reply: Reply, sources: Sources) -> Score | None:
    """Return 1 where the judge found every sentence carried by the citations, else 0."""
    return _verdict(reply, "faithful")


def judged_relevant(question: Question, reply: Reply, sources: Sources) -> Score | None:
    """Return 1 where the judge found that the answer meets the question, else 0."""
    return _verdict(reply, "relevant")


def entailed(question: Question, reply: Reply, sources: Sources) -> Score | None:
    """Return the share of claims that a model of inference found entailed by their citations."""
    return _verdict(reply, "entailed")


def _verdict(reply: Reply, aspect: str) -> Score | None:
    value, why = reply.verdicts.get(aspect, (None, ""))
    return None if value is None else Score(value, reply.answer[:80], why)
