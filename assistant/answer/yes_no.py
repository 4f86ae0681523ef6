"""Yes or no: what the text says, and whether that is what the question supposes."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..types import Answer, Plan
from ..zh.fold import fold
from ..zh.quantities import quantities
from .draft import Draft
from .passages import line
from .score import Scored
from .terms import Term

_NEGATIVE = re.compile(
    r"不(?!断|仅|但|同|少|久|良|足|等|低于|少于|超过|高于|动产)|未(?!来|央)|没有|无(?!线|人|论|缝|形|障碍)|禁止|严禁"
)
_ALTERNATIVE = re.compile(r"是否|是不是|有没有|有无|能否|能不能|可否|可不可以|会不会|要不要|该不该|对不对")


def yes_no(plan: Plan, terms: Sequence[Term], ranked: Sequence[Scored]) -> Answer:
    """Return 是, 否 or only the statement, where the text does not decide."""
    draft = Draft(plan)
    stated = line(draft, plan, terms, ranked[0])
    verdict = _verdict(plan, ranked[0].candidate.folded)
    return draft.answer(draft.say(verdict) + stated)


def _verdict(plan: Plan, statement: str) -> str:
    asked = _ALTERNATIVE.sub("", fold(plan.resolved))
    supposed, written = quantities(asked), quantities(statement)
    if supposed:
        same_kind = [q for q in written if q.dimension == supposed[0].dimension]
        if any(q.key == supposed[0].key for q in same_kind):
            return "是。"
        return "否，原文为：" if same_kind else "原文："
    if bool(_NEGATIVE.search(asked)) != bool(_NEGATIVE.search(statement)):
        return "原文："
    return "是。"
