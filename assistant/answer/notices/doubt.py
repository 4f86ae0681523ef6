"""What is said of an answer that may not be one."""

from __future__ import annotations

from dataclasses import replace

from ...types import Answer, Plan
from ...zh.fold import to_traditional

_DOUBT = "这段原文不一定正面回答了所问，请打开原文核对。"


def doubted(plan: Plan, answer: Answer) -> Answer:
    """Return `answer` with the notice that it may not be one, in the script of the question."""
    notice = to_traditional(_DOUBT) if plan.traditional else _DOUBT
    return replace(answer, notices=(*answer.notices, notice))


def is_doubted(answer: Answer) -> bool:
    """Tell whether `answer` says that it may not be one."""
    return not {_DOUBT, to_traditional(_DOUBT)}.isdisjoint(answer.notices)
