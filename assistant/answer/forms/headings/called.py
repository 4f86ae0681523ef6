"""The section that a question calls by its heading and asks nothing more of: 实施方案的总体要求."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ....types import Answer, Document, Hit, Kind, Plan, Section
from ....zh import places
from ....zh.fold import fold, folded_text, unended
from ...evidence.terms import Term, coverage, match, terms, terms_of
from ...sources import Sources
from ..sections import unnumbered
from .headed import documents_meant
from .outline import told_below

_KINDS = frozenset({Kind.PASSAGE, Kind.LIST, Kind.OUTLINE, Kind.DEFINITION})
# 有哪些, 是什么 ask for the section itself; any other interrogative asks for something of it
_ITSELF = re.compile(
    r"^(?:什么是|何谓|啥是)|"
    r"(?:都|主要|具体)*(?:是|有|包括|包含|讲了?|说了?|写了?)?(?:些?什么|啥|哪些|如何|怎么样)?(?:内容)?$"
)
_ASKS = re.compile(r"多少|几|什么|啥|哪|谁|如何|怎么|怎样|为何|是否|能否|吗|[能会可有是]不")
MEASURES = re.compile(r"(?:政策|工作|具体|主要)?(?:措施|举措|做法|办法|安排|要求)")
_ASKS_MEASURES = re.compile(rf"{MEASURES.pattern}|怎么|怎样|如何")
_SAME = 0.9  # of the words of either, by weight, by the other with the title of the text
_HALF = 0.45  # of the heading
_TITLE = 0.8  # how well a title has a word of a heading that a question need not repeat
_LONGEST_HEADING = 40


class _Called(NamedTuple):
    rating: float
    document: Document
    section: Section


def called(plan: Plan, hits: Sequence[Hit], sources: Sources) -> Answer | None:
    """Return the section whose heading is all that `plan` asks about, else None."""
    asked = unended(plan.resolved)
    if plan.kind not in _KINDS or _ASKS.search(_ITSELF.sub("", asked)):
        return None
    best = max(_sections(plan, hits, sources), key=lambda one: one.rating, default=None)
    if best is None:
        return None
    return told_below(plan, best.document, best.section)


def headed(plan: Plan, hits: Sequence[Hit], sources: Sources) -> Answer | None:
    """Return the section whose heading has all that the measures or the way asked for are about, else None.

    空间保障有哪些措施 below 强化空间供给保障: for a question that no statement answers.
    """
    matter, wanted = matter_of_measures(plan)
    if not wanted:
        return None
    for document, section, heading in _headings(plan, hits, sources):
        whole = coverage(wanted, (heading, 1.0)) >= _SAME
        if whole and coverage(terms(heading), (matter, 1.0)) >= _HALF:
            return told_below(plan, document, section)
    return None


def matter_of_measures(plan: Plan) -> tuple[str, list[Term]]:
    """Return what the measures or the way asked for are about, and its terms, none where neither is."""
    matter = MEASURES.sub(" ", plan.topic)
    if plan.kind not in _KINDS or not _ASKS_MEASURES.search(fold(plan.resolved)):
        return matter, []
    return matter, [term for term in terms(matter, plan.expansions) if not term.light]


def _sections(plan: Plan, hits: Sequence[Hit], sources: Sources) -> Iterator[_Called]:
    asked = fold(plan.resolved)
    wanted = [term for term in terms_of(plan) if not term.light]
    if not wanted:
        return
    for document, section, heading in _headings(plan, hits, sources):
        title = folded_text(f"{document.title} {document.metadata.kind}")
        own = terms(heading)
        beyond = [term for term in own if match(term, title) < _TITLE]
        inside = coverage(wanted, (heading, 1.0))
        held = coverage(wanted, (heading, 1.0), (title, 1.0)) if beyond else inside
        # a heading that says no more than the title is meant where the question has half of its words
        needed, least = (beyond, _SAME) if beyond else (own, _HALF)
        if held >= _SAME and inside and coverage(needed, (asked, 1.0)) >= least:
            yield _Called(inside + coverage(own, (asked, 1.0)), document, section)


def _headings(plan: Plan, hits: Sequence[Hit], sources: Sources) -> Iterator[tuple[Document, Section, str]]:
    """Yield the sections of the place asked for with their folded headings, in the documents meant."""
    for document in documents_meant(plan, hits, sources):
        for section in document.sections[1:]:
            heading = folded_text(unnumbered(section.heading))
            if 1 < len(heading) <= _LONGEST_HEADING and _is_of_place(plan, document, section, heading):
                yield document, section, heading


def _is_of_place(plan: Plan, document: Document, section: Section, heading: str) -> bool:
    home = section.region or document.metadata.region
    return all(
        places.contains(region, home) or fold(places.short(region)) in heading for region in plan.regions
    )
