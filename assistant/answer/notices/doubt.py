"""What is said of an answer that may not be one."""

from __future__ import annotations

from dataclasses import replace

from ...types import Answer, Plan
from ..words import every_wording, said


def doubted(plan: Plan, answer: Answer) -> Answer:
    """Return `answer` with the notice that it may not be one."""
    return replace(answer, notices=(*answer.notices, said(plan, "doubt")))


def is_doubted(answer: Answer) -> bool:
    """Tell whether `answer` says that it may not be one."""
    return not every_wording("doubt").isdisjoint(answer.notices)
