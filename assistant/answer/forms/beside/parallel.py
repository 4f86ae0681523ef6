"""What a text tells side by side: region after region in one paragraph, each in segments of its own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from ....types import Plan
from ....zh import places
from ....zh.sentences import Span, clauses, paragraph_around
from ...choose.score import Scored
from ...evidence.candidates import Candidate, sibling
from ...evidence.terms import Term, coverage, terms_of

_SEGMENT = re.compile(r"[^,;。!?:\n]+[,;。!?:\n]*")
# what may stand before the place that leads a segment
_OPENING = re.compile(
    r"^(?:[\s“(]|如|其中|例如|比如|又如|再如|同时|此外|而且?|则|近年来|目前)*(?:\d{4}年[^,;。]{0,4}?)?"
)
_LISTED = re.compile(r"(?:等地?|、|和|与|及|以及)")
_MOST_PARTS = 2  # statements of one region in the paragraph that are shown
_SAME_MATTER = 0.6  # of the question, by a part and what leads into the paragraph: it replaces another row
_AS_MUCH = 0.75  # or of what the statement has that it replaces
_FILLS = 0.4  # and so much where the region has no row at all
# Of the question, by a part and what leads into the paragraph: the title heads other matters too.
_OF_ITSELF = 0.25


class Row(NamedTuple):
    """A row: its label, the statement found for it, and others as good that say more."""

    label: str
    found: Scored | None
    also: tuple[Scored, ...] = ()


class Part(NamedTuple):
    """The segments of a text that are led by one region, or by several named together."""

    regions: tuple[str, ...]
    start: int
    end: int


def led_parts(folded: str) -> list[Part]:
    """Return the stretches of the folded text that regions lead, each up to the next one's."""
    parts: list[Part] = []
    for segment in _SEGMENT.finditer(folded):
        if leaders := _leaders(segment.group()):
            if parts:
                parts[-1] = parts[-1]._replace(end=segment.start())
            parts.append(Part(leaders, segment.start(), len(folded)))
    return parts


def _leaders(segment: str) -> tuple[str, ...]:
    named = places.find(segment)
    opening = _OPENING.match(segment)
    if not named or opening is None or named[0].start > opening.end():
        return ()
    leaders = [named[0].region]
    end = named[0].end
    for place in named[1:]:
        if not _LISTED.fullmatch(segment[end : place.start]):
            break
        leaders.append(place.region)
        end = place.end
    return tuple(leaders)


def own_part(candidate: Candidate, region: str) -> Candidate:
    """Return what a statement of several regions says of `region`: the segments that it leads."""
    parts = led_parts(candidate.folded)
    mine = sorted((part for part in parts if region in part.regions), key=lambda part: len(part.regions))
    if not mine or len({part.regions for part in parts}) < 2:
        return candidate
    return sibling(candidate, Span(candidate.start + mine[0].start, candidate.start + mine[0].end))


def side_by_side(plan: Plan, rows: Sequence[Row], others: Sequence[Candidate]) -> dict[str, list[Scored]]:
    """Return for each region what one paragraph tells of it, that of a statement found or of `others`.

    Where the paragraph tells of every region asked for, all of them are returned; else those of the
    regions that have no statement in `rows`, which stand in the order of the regions.
    """
    terms = terms_of(plan)
    regions = plan.regions
    anchors = [one.found for one in rows]
    listed = [one.candidate for row in rows for one in (row.found, *row.also) if one]
    listed += [one for one in others if _leads(one, regions)]
    told = [_of_paragraph(one, regions, terms) for one in _one_each(listed)]
    fitting = [
        parts
        for parts in told
        if all(_fits(parts.get(region), one) for region, one in zip(regions, anchors, strict=True))
    ]
    if fitting:
        return max(fitting, key=lambda parts: sum(found[0].coverage for found in parts.values()))
    filled: dict[str, list[Scored]] = {}
    for region, anchor in zip(regions, anchors, strict=True):
        if anchor is None:
            found = [parts[region] for parts in told if region in parts]
            found = [parts for parts in found if parts[0].coverage >= _FILLS and _is_of_the_matter(parts[0])]
            filled |= {region: max(found, key=lambda parts: parts[0].coverage)} if found else {}
    return filled


def _leads(candidate: Candidate, regions: Sequence[str]) -> bool:
    return any(set(part.regions) & set(regions) for part in led_parts(candidate.folded))


def _one_each(listed: Sequence[Candidate]) -> list[Candidate]:
    """Return the first candidate of each paragraph."""
    found = {(one.document.id, _paragraph(one)[0]): one for one in reversed(listed)}
    return list(found.values())


def _paragraph(candidate: Candidate) -> tuple[int, int]:
    start, stop = paragraph_around(candidate.document.text, candidate.start, candidate.end)
    return max(start, candidate.section.start), stop


def _fits(parts: Sequence[Scored] | None, found: Scored | None) -> bool:
    """Tell whether what the paragraph says of a region may stand for the statement found for it."""
    if not parts or not _is_of_the_matter(parts[0]):
        return False
    replaced = found.coverage if found else 1.0
    return parts[0].coverage >= min(_SAME_MATTER, _AS_MUCH * replaced)


def _is_of_the_matter(part: Scored) -> bool:
    return part.inside >= _OF_ITSELF


def _of_paragraph(
    candidate: Candidate, regions: Sequence[str], terms: Sequence[Term]
) -> dict[str, list[Scored]]:
    text = candidate.document.text
    found: dict[str, list[tuple[int, Scored]]] = {}
    lead: str | None = None
    for span in clauses(text, *_paragraph(candidate)):
        clause = sibling(candidate, span)
        parts = led_parts(clause.folded)
        if lead is None and parts:
            lead = f"{clause.before} {clause.folded[: parts[0].start]}"
        for part in parts:
            own = sibling(candidate, Span(span.start + part.start, span.start + part.end))
            told = (own.folded, 1.0), (lead or "", 1.0)
            held, itself = coverage(terms, *told, (own.frame, 1.0)), coverage(terms, *told)
            for region in set(part.regions) & set(regions):
                scored = Scored(own, held, held, inside=itself)
                found.setdefault(region, []).append((len(part.regions), scored))
    return {region: _best(listed) for region, listed in found.items()}


def _best(listed: Sequence[tuple[int, Scored]]) -> list[Scored]:
    """Return the statements of a region, those that it leads alone before those of several."""
    fewest = min(number for number, _ in listed)
    alone = [scored for number, scored in listed if number == fewest]
    alone.sort(key=lambda scored: -scored.coverage)
    return alone[:_MOST_PARTS]
