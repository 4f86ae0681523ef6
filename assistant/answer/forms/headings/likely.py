"""The list that the reader takes for the answer: a question may ask for what it holds in other words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from math import exp
from typing import NamedTuple

from ....types import Answer, Kind, Plan
from ....zh.fold import fold
from ...choose.reader import bundled
from ...choose.score import Scored, weighed
from ...evidence.candidates import Candidate
from ...refuse.gaps import misplaced
from .outline import told
from .structure import Structure
from .structures import structures

LISTED = frozenset({Kind.LIST, Kind.OUTLINE})
_LEAST_ITEMS, _MOST_ITEMS = 2, 15
_OF_ITEM = 14  # characters of each item that are read: they say what kind of thing it is
_READ = 8  # lists, 9 ms each
_LEAST = 0.5  # chance that a list answers
_LEAD = 0.5  # of its log-odds before the next: of two lists that seem to answer one does not


class Near(NamedTuple):
    """A list that holds candidates, and the first of them."""

    structure: Structure
    candidate: Candidate


def likely_list(plan: Plan, ranked: Sequence[Scored], found: Sequence[Candidate]) -> Answer | None:
    """Return the list near the candidates `found` that answers as a whole, likelier than the best statement.

    None where there is none of the place and year asked for.
    """
    if plan.kind not in LISTED or not ranked or plan.parts or plan.english:
        return None
    near = list(islice(lists_near(ranked, found), 2 * _READ))
    weighed_ones, _ = weighed(plan, [one.candidate for one in near])
    placed = [one.candidate for one in weighed_ones if not misplaced(plan, one)]
    question = fold(plan.resolved)
    read = [
        (bundled().odds(question, said_whole(one.structure)), one.structure)
        for one in near
        if any(one.candidate is candidate for candidate in placed)
    ][:_READ]
    read.sort(key=lambda pair: pair[0], reverse=True)
    if not read or (len(read) > 1 and read[0][0] - read[1][0] < _LEAD):
        return None
    odds, best = read[0]
    return told(plan, best) if 1 / (1 + exp(-odds)) >= max(_LEAST, ranked[0].chance) else None


def lists_near(ranked: Sequence[Scored], found: Iterable[Candidate]) -> Iterator[Near]:
    """Yield the lists that hold a candidate, those of the best statements first, each once."""
    lists: dict[str, list[Structure]] = {}
    for candidate in (*(one.candidate for one in ranked), *found):
        document = candidate.document
        if document.id not in lists:
            lists[document.id] = [one for one in structures(document) if _may_be_told(one)]
        for structure in [one for one in lists[document.id] if _holds(one, candidate)]:
            lists[document.id].remove(structure)
            yield Near(structure, candidate)


def said_whole(structure: Structure) -> tuple[str, str]:
    """Return what a list says, read as a statement, and what stands around it, both folded."""
    lead = " ".join(structure.own.split()).rstrip(":")
    items = ";".join(head[:_OF_ITEM].rstrip(";。") for head in structure.heads)
    return f"{lead}:{items}", structure.path


def _may_be_told(structure: Structure) -> bool:
    few = _LEAST_ITEMS <= structure.size <= _MOST_ITEMS
    return few and structure.is_of_lines and not structure.is_of_articles


def _holds(structure: Structure, candidate: Candidate) -> bool:
    first = structure.lead.start if structure.lead else structure.extents[0].start
    return first <= candidate.start < structure.extents[-1].stop
