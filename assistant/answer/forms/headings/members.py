"""A list is told whole where the statements that answer are items of it: 二是…; 四是… of 一是 to 五是."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ....types import Answer, Kind, Plan
from ....zh.sentences import paragraph_around
from ...choose.score import Scored
from ...evidence.terms import coverage, terms_of
from ..passages import chosen
from .outline import told
from .structures import Structure, structures

_LIKELY = 6  # statements: two items of one list among them are no accident
_LONGEST = 1500  # characters of a list of headings: a chapter is more than a list
_LEAST_ITEMS, _MOST_ITEMS = 3, 12
_SEVERAL = 2  # items that the statements stand in
# Of the question's words, by what a list is headed by, where one statement alone is an item of it; and what
# the headings above it and its paragraph count.
_LEAST_HEADED, _AROUND = 0.7, 0.95


class _Met(NamedTuple):
    items: int  # that hold statements which answer
    size: int  # characters of the list: of lists within one another the inner one is meant
    best: bool  # whether the best statement is in one
    structure: Structure


def whole_list(plan: Plan, ranked: Sequence[Scored]) -> Answer | None:
    """Return the list that the statements which would be told are items of, whole and in order; else None."""
    if plan.kind not in (Kind.LIST, Kind.OUTLINE):
        return None
    stated = [*ranked[:_LIKELY], *chosen(plan, terms_of(plan), ranked)]
    found = [
        met for met in _met(stated) if met.items >= _SEVERAL or (met.best and _is_headed(plan, met.structure))
    ]
    if not found:
        return None
    return told(plan, max(found, key=lambda met: (met.items, -met.size)).structure)


def _met(stated: Sequence[Scored]) -> Iterator[_Met]:
    """Yield the lists of the best statement's document that hold one of the statements as an item."""
    document = stated[0].candidate.document
    here = [one.candidate for one in stated if one.candidate.document.id == document.id]
    for structure in structures(document):
        of_few = _LEAST_ITEMS <= structure.size <= _MOST_ITEMS
        if not of_few or not structure.section.path or structure.is_of_articles:
            continue
        items = _items(structure)
        headed = any(one.is_heading and one.section is structure.section for one in here)
        if structure.kind == "headings" and not headed and items[-1].stop - items[0].start > _LONGEST:
            continue
        within = [next((at for at, item in enumerate(items) if one.start in item), -1) for one in here]
        if headed and here[0].section is structure.section:  # a statement below a heading that answers too
            yield _Met(_SEVERAL, items[-1].stop - items[0].start, True, structure)
        elif max(within) >= 0:
            yield _Met(
                len({at for at in within if at >= 0}),
                items[-1].stop - items[0].start,
                within[0] >= 0,
                structure,
            )


def _items(structure: Structure) -> list[range]:
    """Return where each item stands: up to the next one, the last to the end of its paragraph or section."""
    starts = [item.head.start for item in structure.items]
    last = structure.items[-1]
    end = last.below.end if last.below else paragraph_around(structure.document.text, *last.head).end
    return [range(start, stop) for start, stop in zip(starts, [*starts[1:], end], strict=True)]


def _is_headed(plan: Plan, structure: Structure) -> bool:
    """Tell whether what leads into a list says what the question asks for."""
    terms, own = terms_of(plan), (structure.own, 1.0)
    around = (structure.path, _AROUND), (structure.before, _AROUND)
    return coverage(terms, own, *around) >= _LEAST_HEADED and coverage(terms, own) > 0
