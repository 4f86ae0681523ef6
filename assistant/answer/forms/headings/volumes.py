"""A work in several documents: (上) and (下), or a second one whose headings count on from the first."""

from __future__ import annotations

import re
from itertools import pairwise

from ....types import Document, Plan
from ....zh.fold import fold
from ....zh.numbering import parse, to_int
from ...sources import Sources
from .structure import Structure
from .structures import structures

_NUMERAL = "[一二三四五六七八九十]{1,2}"
# 研究(上), 研究(之二), 研究下篇, 研究(续): what its title ends with tells which volume it is
_VOLUME = re.compile(
    rf"[(（]\s*(?:(?P<half>[上中下])[篇册编部集]?|(?:之|第)?(?P<number>{_NUMERAL}|\d{{1,2}})(?:部分)?|(?P<on>续))\s*[)）]$|"
    r"(?P<bare>[上中下])[篇册]$"
)
_HALVES = "上中下"
_MOST = 12  # volumes; what more documents are called is a kind of document


def volumes(plan: Plan, structure: Structure, sources: Sources) -> list[Structure]:
    """Return the outlines of all volumes of the work whose volume `structure` is the outline of, in order.

    `structure` alone where it is of a part of its document, or the question names the volume.
    """
    document = structure.document
    if structure.kind != "headings" or structure.section.path:
        return [structure]
    if _VOLUME.search(fold(document.title)) and fold(document.title) in fold(plan.resolved):
        return [structure]
    name, _ = _volume(document.title)
    ids = [
        one.id
        for one in sources.documents()
        if _volume(one.title)[0] == name and one.metadata.region == document.metadata.region
    ]
    if not 1 < len(ids) <= _MOST:
        return [structure]
    outlines = [one for id in ids if (one := _outline(structure, sources.document(id)))]
    outlines.sort(key=lambda one: (_volume(one.document.title)[1], _ends(one)))
    numbers = [_volume(one.document.title)[1] for one in outlines]
    goes_on = all(_ends(one)[1] + 1 == _ends(other)[0] for one, other in pairwise(outlines))
    return outlines if len(set(numbers)) == len(numbers) or goes_on else [structure]


def _volume(title: str) -> tuple[str, int]:
    """Return the name of a work and which of its volumes `title` is of, 0 where it does not say."""
    folded = fold(title).strip()
    found = _VOLUME.search(folded)
    if not found:
        return folded, 0
    half = found["half"] or found["bare"]
    number = _HALVES.index(half) + 1 if half else to_int(found["number"]) if found["number"] else 1
    return folded[: found.start()].strip(), number


def _outline(structure: Structure, document: Document) -> Structure | None:
    if document is structure.document:
        return structure
    lists = (one for one in structures(document) if one.kind == "headings")
    return next((one for one in lists if not one.section.path), None)


def _ends(outline: Structure) -> tuple[int, int]:
    """Return the numbers of the first and the last heading, 0 where they have none."""
    first, last = (parse(outline.text(outline.items[at].head)) for at in (0, -1))
    return first.value if first else 0, last.value if last else 0
