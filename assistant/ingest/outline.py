"""Nest what stands under the headings of a Chinese official document."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ..types import Mark, Section
from ..zh.fold import fold
from ..zh.numbering import parse
from ..zh.places import find
from .headings import LONGEST_HEADING, STANDING, Heading, headings
from .locality import locality

_NAMED = re.compile(r"[^:：]+")


def outline(text: str, marks: Sequence[Mark] = (), corrected: Sequence[Mark] = ()) -> tuple[Section, ...]:
    """Return the sections of `text` in reading order, the root first.

    A section ends where the next of its own or an outer level begins, so it covers its parts.
    `corrected` are headings as a person says they are, level 0 for a line that is none.
    """
    found = _enclosing(headings(text, marks))
    return _nest(text, _corrected(text, found, corrected) if corrected else found)


def _corrected(text: str, found: Sequence[Heading], corrected: Sequence[Mark]) -> list[Heading]:
    sections = _nest(text, found)[1:]
    ranks = {section.level: heading.rank for section, heading in zip(sections, found, strict=True)}
    lines = {mark.start: (text.rfind("\n", 0, mark.start) + 1, mark) for mark in corrected}
    kept = [h for h in found if not any(start <= h.start <= mark.end for start, mark in lines.values())]
    for _, mark in lines.values():
        level = int(mark.value)
        if level:
            title = text[mark.start : mark.end]
            number = parse(title)
            # as deep as the machine's headings of that level, if there are any
            rank = ranks.get(level, level / 10)
            kept.append(Heading(mark.start, mark.end, title, rank, number.label if number else ""))
    return sorted(kept, key=lambda heading: heading.start)


def _enclosing(found: Sequence[Heading]) -> list[Heading]:
    """Lift the unnumbered headings above the numbers that begin anew under them.

    Where 一、 follows 七、 and nothing of an outer level stands between, the line without a number
    before it heads the new count; so do its like before the other counts of that kind.
    """
    counted: dict[float, int] = {}
    anew: set[float] = set()
    for heading in found:
        number = parse(heading.label)
        if number is None:
            continue
        if number.value == 1 and counted.get(heading.rank, 0) > 1:
            anew.add(heading.rank)
        counted = {rank: value for rank, value in counted.items() if rank <= heading.rank}
        counted[heading.rank] = number.value
    lifted = list(found)
    following: Heading | None = None
    for index in range(len(found) - 1, -1, -1):
        heading = found[index]
        number = parse(heading.label)
        if number:
            following = heading if number.value == 1 and heading.rank in anew else None
        elif following and heading.rank > following.rank:
            lifted[index] = replace(heading, rank=following.rank - 0.5)
            following = None
    raised = [heading.rank for heading, before in zip(lifted, found, strict=True) if heading is not before]
    if raised:  # what heads a part by what it says stands beside what heads one by its place
        lifted = [replace(h, rank=min(raised)) if h.rank == STANDING else h for h in lifted]
    return lifted


def _nest(text: str, found: Sequence[Heading]) -> tuple[Section, ...]:
    sections = [Section((), 0, 0, len(text))]
    ranks = [-1.0]
    open_ = [0]  # indices of the sections that hold the current place, outermost first
    for heading in found:
        while len(open_) > 1 and ranks[open_[-1]] >= heading.rank:
            sections[open_[-1]] = replace(sections[open_[-1]], end=heading.start)
            open_.pop()
        parent = open_[-1]
        sections.append(
            Section(
                path=(*sections[parent].path, heading.title),
                start=heading.start,
                body_start=heading.body_start,
                end=len(text),
                level=len(open_),
                label=heading.label,
                region=_region(heading.title.removeprefix(heading.label), text) or sections[parent].region,
                parent=parent,
            )
        )
        ranks.append(heading.rank)
        open_.append(len(sections) - 1)
    return tuple(sections)


def _region(title: str, text: str) -> str:
    """Return the region that a roundup's heading names, as in 天津:发挥优势; no list need have it."""
    opening = _NAMED.match(title[:LONGEST_HEADING])
    words = opening.group().split() if opening else []
    for named in (" ".join(words), *words[-1:]):  # 案例四 白鹿县:返乡青年
        places = find(named)
        if places and (places[0].start, places[0].end) == (0, len(named)):
            return places[0].region
        if named and locality(f"{named}:", text) == fold(named):
            return fold(named)
    return ""
