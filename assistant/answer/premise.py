"""What a question takes for granted, held against what the text says."""

from __future__ import annotations

import re

from ..types import Plan
from ..zh.fold import fold
from ..zh.quantities import Quantity
from .asks import Ask
from .figures import figures, quantities_in
from .score import Scored
from .terms import terms_of

_NEGATIVE = re.compile(
    r"不(?!断|仅|但|同|少|久|良|足|等|低于|少于|超过|高于|动产)|未(?!来|央)|没有|无(?!线|人|论|缝|形|障碍)|禁止|严禁"
)
_ALTERNATIVE = re.compile(r"是否|是不是|有没有|有无|能否|能不能|可否|可不可以|会不会|要不要|该不该|对不对")
# A figure of the text stands against one of the question where the words beside it fit this well.
_SAME_MATTER = 0.75
_DIFFERS = "问题中的说法与原文不一致。"


def contradiction(plan: Plan, best: Scored) -> str:
    """Return a note where the text gives another figure than the question supposes, else empty."""
    supposed = quantities_in(fold(plan.resolved))
    if not supposed or any(best.figures):
        return ""
    return _DIFFERS if _opposed(plan, best, supposed) else ""


def verdict(plan: Plan, best: Scored) -> str:
    """Return 是, 否 or nothing, for a question that asks whether something is so."""
    asked = _ALTERNATIVE.sub("", fold(plan.resolved))
    supposed = quantities_in(asked)
    if supposed:
        if _opposed(plan, best, supposed):
            return "否，原文与此不一致。"
        return "是。" if _agreed(supposed, best) else ""
    if bool(_NEGATIVE.search(asked)) != bool(_NEGATIVE.search(best.candidate.folded)):
        return ""
    return "是。"


def _agreed(supposed: list[Quantity], best: Scored) -> bool:
    written = {quantity.key for quantity in quantities_in(best.candidate.folded)}
    return all(quantity.key in written for quantity in supposed)


def _opposed(plan: Plan, best: Scored, supposed: list[Quantity]) -> bool:
    """Tell whether the text gives a figure for the same thing that is none of the question's."""
    if _agreed(supposed, best):
        return False
    known = terms_of(plan)
    ask = Ask(known, (), "", frozenset({supposed[0].dimension}))
    fitting = [f for f in figures(plan, ask, best.candidate) if f.quantity]
    return any(
        figure.quantity and figure.quantity.dimension == supposed[0].dimension and figure.fit >= _SAME_MATTER
        for figure in fitting
    )
