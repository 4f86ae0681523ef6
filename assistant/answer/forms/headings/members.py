"""A list is told whole where the statements that answer are items of it: 二是…; 四是… of 一是 to 五是."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ....types import Answer, Kind, Plan
from ....zh.fold import fold
from ...choose.score import Scored
from ...evidence.candidates import Candidate
from ...evidence.terms import Term, coverage, terms_of
from ..passages import chosen
from .outline import told
from .structure import Structure
from .structures import structures

_LIKELY = 6  # statements: two items of one list among them are no accident
_ANSWERS = 0.4  # chance from which the best statement is taken for the answer
_ANNOUNCES = re.compile(
    r"(?:[几两三四五六七八九十\d]+(?:大|个)?(?:方面|问题|原因|[个处点条项种类])|[以如]下)[:。]?$"
)
_OF_THE_MATTER = 0.8  # of the question's words
_LEAST_ITEMS, _MOST_ITEMS = 3, 12
# of a heading that is a name and of the question, alone among the headings: 优势拓展类
_LONGEST_NAME, _NAMED, _HAN = 16, 4, re.compile(r"[㐀-鿿]+")
_SEVERAL = 2  # items that the statements stand in
# Of the question's words, by what a list is headed by, where one statement alone is an item of it; and what
# the headings above it and its paragraph count.
_LEAST_HEADED, _AROUND = 0.7, 0.95
_LEAST_CALLED = 0.45  # by a heading that is one of the statements


class _Met(NamedTuple):
    items: int  # that hold statements which answer
    headed: float  # share of the question's words in what it is headed by
    size: int  # characters of the list: of lists within one another the inner one is meant
    best: bool  # whether the best statement is in one
    structure: Structure


def whole_list(plan: Plan, ranked: Sequence[Scored]) -> Answer | None:
    """Return the list that the statements which would be told are items of, whole and in order; else None."""
    if plan.kind not in (Kind.LIST, Kind.OUTLINE):
        return None
    terms = terms_of(plan)
    # it need be no item of what others are, where it does not only say that there are some
    alone = ranked[0].chance >= _ANSWERS and not _ANNOUNCES.search(ranked[0].candidate.folded)
    alone = alone or _counts_up(ranked[0])
    found = [
        met
        for met in _met(fold(plan.resolved), terms, [*ranked[:_LIKELY], *chosen(plan, terms, ranked)])
        if (met.best or not alone) and (met.items >= _SEVERAL or (met.best and met.headed >= _LEAST_HEADED))
    ]
    best = max(found, key=lambda met: (met.best, met.items, met.headed, -met.size), default=None)
    return told(plan, best.structure) if best else None


def _counts_up(best: Scored) -> bool:
    """Tell whether a statement that has the question's words is a list itself."""
    return best.coverage >= _OF_THE_MATTER and best.candidate.folded.count("、") >= _LEAST_ITEMS


def _met(asked: str, terms: Sequence[Term], stated: Sequence[Scored]) -> Iterator[_Met]:
    """Yield the lists of the best statement's document that hold one of the statements as an item."""
    document = stated[0].candidate.document
    here = [one.candidate for one in stated if one.candidate.document.id == document.id]
    for structure in structures(document):
        of_few = _LEAST_ITEMS <= structure.size <= _MOST_ITEMS
        whole = structure.kind == "headings" and not structure.section.path
        if not of_few or whole or structure.is_of_articles or _is_of_some(asked, terms, structure):
            continue
        items = structure.extents
        size, headed = items[-1].stop - items[0].start, _headed(terms, structure)
        if not structure.is_of_lines:
            # two statements of one chapter are no list; one below a heading that answers too may be of it
            below = here[0].section is structure.section
            if below and headed >= _LEAST_CALLED and any(_heads(one, structure) for one in here):
                yield _Met(_SEVERAL, headed, size, False, structure)
            continue
        within = [next((at for at, item in enumerate(items) if one.start in item), -1) for one in here]
        if max(within) >= 0:
            met = len({at for at in within if at >= 0})
            yield _Met(met, headed, size, within[0] >= 0, structure)


def _heads(one: Candidate, structure: Structure) -> bool:
    return one.is_heading and one.section is structure.section


def _is_of_some(asked: str, terms: Sequence[Term], structure: Structure) -> bool:
    """Tell whether a question names some of the items: 战略重点类和优势拓展类 of four."""
    quoted = [term.text for term in terms if term.quoted]
    runs = [asked[at : at + _NAMED] for at in range(len(asked) - _NAMED + 1)]
    names = [head if len(head) <= _LONGEST_NAME else "" for head in structure.heads]
    own = [run for run in runs if _HAN.fullmatch(run) and sum(run in name for name in names) == 1]
    named = [
        any(text in head for text in quoted) or any(run in name for run in own)
        for head, name in zip(structure.heads, names, strict=True)
    ]
    return 0 < sum(named) < structure.size


def _headed(terms: Sequence[Term], structure: Structure) -> float:
    """Return how much of the question what leads into a list says; 0 where only the headings above say it."""
    own = structure.own, 1.0
    around = (structure.path, _AROUND), (structure.before, _AROUND)
    return coverage(terms, own, *around) if coverage(terms, own) else 0.0
