"""Two matters that are no places, asked for side by side: 招用童工和介绍童工就业分别怎么处罚."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ....types import Answer, Kind, Plan
from ....zh.fold import fold
from ...evidence.candidates import Candidate
from ...evidence.years import last_heading
from ...sources import Sources
from ..passages import direct
from .rows import row
from .tables import compared

_APART = re.compile(
    r"^(?:(?P<lead>.*)[,，])?(?P<a>[^,，;；、]{2,24}?)(?:和|与|跟|同|以及|、)(?P<b>[^,，;；、]{2,24}?)(?P<of>的[^的,]{1,10})?"
    r"(?:在(?P<within>[^,在]{1,8}?)(?:上|方面|方面上)|,)?"
    r"(?:(?:分别|各自|各)(?P<asked>[^,，]*)|有(?:什么|哪些|何|啥)(?:不同|区别|差[异别]|不一样)(?:之处|的地方)?|(?:怎么|如何|怎样)(?:区分|划分|区别))$"
)
_SORTS = "类型种级批期组"  # what ends a name that the noun after the second one belongs to
_FIGURE = re.compile(r"多少|几")


def apart(plan: Plan, sources: Sources) -> Answer | None:
    """Return a table of both matters where each has its own answer; else None."""
    match = _APART.match(fold(plan.resolved).rstrip("?？。 "))
    if match is None or len(plan.regions) > 1:
        return None
    found = [row(name, _asked(plan, match, name), sources) for name in _both(match["a"], match["b"])]
    told = [one.found.candidate for one in found if one.found and _speaks_of(one.label, one.found.candidate)]
    if len({(one.document.id, one.start) for one in told}) < len(found):
        # one statement of both tells how they differ, and sets nothing apart where something is asked of each
        both = found[0].found if len(told) == len(found) and not match["asked"] else None
        return direct(plan, [both]) if both else None
    return compared(replace(plan, kind=Kind.COMPARISON), found, bool(_FIGURE.search(match["asked"] or "")))


def _speaks_of(name: str, candidate: Candidate) -> bool:
    """Tell whether a candidate names a matter itself: its words alone may be those of another."""
    told = candidate.folded, candidate.sentence_before, last_heading(candidate)
    return any(fold(name) in text for text in told)


def _both(first: str, second: str) -> Sequence[str]:
    """Return both names whole: 优势拓展类 of 优势拓展类和基础支撑类产业集群 are 产业集群 too."""
    at = second.find(first[-1])
    shared = second[at + 1 :] if first[-1] in _SORTS and at > 0 else ""
    return first + shared, second


def _asked(plan: Plan, match: re.Match[str], name: str) -> Plan:
    of, asked = match["of"] or "", match["asked"] or ""
    kind = Kind.FIGURE if _FIGURE.search(asked) else Kind.PASSAGE
    topic = f"{match['lead'] or ''} “{name}”{of} {match['within'] or ''}".strip()  # quoted: word for word
    if kind is Kind.PASSAGE:
        topic += " " + re.sub(r"(?:怎么|如何|怎样|是|有|为)|(?:什么|哪些)(?:样的)?", "", asked)
    return replace(plan, kind=kind, topic=topic.strip(), resolved=f"{name}{of}{asked or '是什么'}")
