"""The same matter across all regions or documents: each statement of it, or each that has its very words."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ....types import Filters, Hit, Plan
from ....zh import places
from ....zh.fold import fold, folded_text
from ...choose.score import Scored, scored
from ...evidence.candidates import Candidate, candidates
from ...evidence.terms import Term, coverage, terms_of
from ...refuse.gaps import lacking
from ...sources import Sources
from .parallel import Row
from .rows import beside
from .sides import HITS_FOR_ROWS, PROVINCES, levels_asked

_HITS_ACROSS = 40
# Statements this much weaker than the best one are about something else.
_ALSO = 0.7
_LEAST_SAID = 0.75  # of the words, by their weight: 建设 of 建设X need not stand there
# 哪些省提到了X asks for the words, not for all that is said of X
_MENTIONS = re.compile(r"提到|提及|谈到|谈及|讲到|讲了|说到|写到|写了|涉及|出现")


def everywhere(plan: Plan, sources: Sources) -> list[Row]:
    """Return every statement about the matter, the best one of each region or document."""
    scope = Filters(document=plan.documents)
    if _MENTIONS.search(fold(plan.question)):
        return _mentioning(plan, sources.search(plan.topic or plan.resolved, scope, HITS_FOR_ROWS), sources)
    found = candidates(sources.search(plan.topic or plan.resolved, scope, _HITS_ACROSS), sources)
    ranked = sorted(scored(plan, found), key=lambda one: -one.score)
    first = next((one for one in ranked if not one.candidate.is_heading and not lacking(plan, one)), None)
    answering = [first, *beside(plan, first, ranked, _ALSO)] if first else []
    return _one_each(plan, answering)


def _mentioning(plan: Plan, hits: Sequence[Hit], sources: Sources) -> list[Row]:
    """Return the first statement of each region or document that has the very words of the matter."""
    known = [term._replace(near=()) for term in terms_of(plan) if not term.light]
    holding = [hit for hit in hits if _has_nearly_all(known, folded_text(hit.passage.text))]
    found = (one for one in candidates(holding, sources) if _has_nearly_all(known, one.folded))
    return _one_each(plan, [Scored(one, 1.0, 1.0) for one in found if not one.is_heading])


def _has_nearly_all(known: Sequence[Term], text: str) -> bool:
    return coverage(known, (text, 1.0)) >= _LEAST_SAID


def _one_each(plan: Plan, found: Sequence[Scored]) -> list[Row]:
    listed: dict[str, Row] = {}
    for one in found:
        label = _label(plan, one.candidate)
        listed.setdefault(label, Row(label, one))
    return list(listed.values())


def _label(plan: Plan, candidate: Candidate) -> str:
    """Return the regions that a statement is of, at the level that the question names, else its document."""
    named = list(dict.fromkeys(place.region for place in places.find(candidate.text)))
    own = [candidate.section.region] if candidate.section.region else named
    own = own or ([candidate.region] if candidate.region else [])
    if levels_asked(plan) == PROVINCES:  # a province whose report names a city of its own
        own = [candidate.region] if candidate.region else own
        own = list(dict.fromkeys(places.levels(region)[0] for region in own))
    return "、".join(map(places.short, own)) or f"《{candidate.document.title}》"
