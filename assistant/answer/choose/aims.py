"""What is planned and what has been reached: a target is asked for, or a result."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..evidence.candidates import Candidate
from ..evidence.terms import Term
from ..evidence.years import last_heading
from .asks import AIMS

PLANS = re.compile(r"目标|预期|力争|争取|计划|确保|拟|将(?!军)|(?<![主重首需])要(?!求|素|点|道|塞)|继续")
_DONE = re.compile(
    r"完成(?:年|全年)?(?:度)?(?:计划|任务|目标)|超额|(?:符合|好于|优于|高于|超出?|不及)预期|同比|累计|已|实际|圆满"
)
_RESULTS = re.compile(r"回顾|总结|完成情况|成效|过去")


def planned(candidate: Candidate) -> bool | None:
    """Tell whether a candidate speaks of what is planned; None where nothing tells."""
    if _DONE.search(candidate.folded):
        return False
    if PLANS.search(candidate.folded) or PLANS.search(candidate.sentence_before):
        return True
    return False if _RESULTS.search(last_heading(candidate)) else None


def asks_for_aim(terms: Sequence[Term]) -> bool:
    """Tell whether a question asks for a target."""
    return any(term.text in AIMS for term in terms)
