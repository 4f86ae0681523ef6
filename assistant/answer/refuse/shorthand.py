"""What a name made of numbers stands for: “4266” is told only where the text counts up the four and two."""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet

from ...types import Plan
from ...zh.fold import fold, folded_text
from ...zh.numbering import to_int
from ...zh.sentences import paragraph_around
from ..evidence.candidates import Candidate

_NAME = re.compile(r"[“\"'](\d{3,5}|\d{1,2}(?:\+(?:\d{1,2}|[nx]))+)[”\"']")
_MEANING = re.compile(
    r"(?:各|分别|都)(?:是|指|代表|表示)|(?:指|代表|意味着|表示)(?:的是|着)?(?:什么|啥|哪)|含义|意思|怎么(?:解释|理解)|"
    r"具体(?:是|指)?(?:什么|哪些)"
)
_COUNTED = re.compile(
    r"(\d{1,2}|[一二两三四五六七八九十]{1,3})(?:个|大|条|项|类|支|张|种|家|区|核|轴|带|群|链|城|中心|是|、)"
)
_SPELT = (
    r"[”\"'’)]*[^,。;]{0,12}?"
    r"(?:即|是指|指的是|包括|分别(?:是|为)|:|\((?=[^)]{0,8}[\d一二两三四五六七八九十][个大条项类]))"
)


def unspelt(plan: Plan, candidate: Candidate) -> str:
    """Return the name made of numbers whose meaning is asked for and not told by `candidate`; else empty."""
    asked = fold(plan.resolved)
    quoted = _NAME.search(asked)
    if not quoted or not _MEANING.search(asked):
        return ""
    name = quoted[1]
    text = candidate.document.text
    told = folded_text(text[slice(*paragraph_around(text, candidate.start, candidate.end))])
    if name not in told or re.search(re.escape(name) + _SPELT, told):
        return ""
    sentence = told.rfind("。", 0, told.index(name)) + 1
    counted = {to_int(number[1]) for number in _COUNTED.finditer(told, sentence)}
    parts = [one for one in name.split("+") if one.isdigit()]
    return "" if all(_adds_up(one, counted) for one in parts) else name


def _adds_up(digits: str, counted: AbstractSet[int]) -> bool:
    """Tell whether `digits` are numbers of what is counted, one behind the other: 416 of four and sixteen."""
    return not digits or any(
        int(digits[:size]) in counted and _adds_up(digits[size:], counted)
        for size in (1, 2)
        if size <= len(digits)
    )
