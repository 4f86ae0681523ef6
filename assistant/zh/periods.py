"""The years that a question sets side by side: 2017年和2021年各是多少, 去年建了多少,今年再建多少.

All text is folded.
"""

from __future__ import annotations

import re
from itertools import pairwise

from .measures import measures

RELATIVE_YEAR = re.compile(r"[去今明前]年")
YEAR = re.compile(rf"\d{{4}}年|{RELATIVE_YEAR.pattern}")
_UNTIL = re.compile(r"\s*(?:到|至|-|~|—+)\s*")
_HANDED_OUT = re.compile(r"分别|各自|各(?:是|有|为|多|达)|前后|变化|相比|对比|比较")


def periods_of(text: str) -> list[str]:
    """Return the years that `text` names, as it writes them, at most one a stretch 从2017年到2021年."""
    found = list(YEAR.finditer(text))
    if any(_UNTIL.fullmatch(text[first.end() : second.start()]) for first, second in pairwise(found)):
        return []
    return list(dict.fromkeys(match.group() for match in found))


def asked_apart(text: str) -> bool:
    """Tell whether `text` asks a figure of each of several years, by 多少 for each or by 各."""
    if len(periods_of(text)) < 2:
        return False
    asked = measures(text)
    starts = [0, *(measure.end for measure in asked)]
    stretches = [text[start : measure.start] for start, measure in zip(starts, asked, strict=False)]
    named = [found[-1] for stretch in stretches if (found := YEAR.findall(stretch))]
    return len(set(named)) > 1 or bool(asked and _HANDED_OUT.search(text))


def of_the_first(text: str) -> str:
    """Return what `text` asks of the first year that it names, without what it asks of the next ones."""
    found = list(YEAR.finditer(text))
    others = [match.start() for match in found if match.group() != found[0].group()]
    asked = [measure.end for measure in measures(text)]
    return text[: others[0]] if others and asked and asked[0] <= others[0] else text
