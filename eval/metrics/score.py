"""The verdict of one metric on one answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from ..questions import Question
from ..reply import Reply

Sources = Mapping[str, str]  # document id -> readable text


@dataclass(frozen=True, slots=True)
class Score:
    """A value, what it was read from, and why."""

    value: float
    answer: str = ""
    explanation: str = ""


# None: the metric does not apply to this question or this answer
Metric = Callable[[Question, Reply, Sources], Score | None]


def share(found: int, total: int, answer: str, explanation: str) -> Score:
    """Return the share `found` of `total` as a score."""
    return Score(found / total if total else 1.0, answer, explanation)
