"""Plan and hits become an answer without a model: every word of it stands in the documents."""

from __future__ import annotations

from collections.abc import Sequence

from ..types import Answer, Hit, Kind, Plan
from .catalogue import catalogue
from .evidence import candidates
from .items import item_list
from .outline import outline
from .passages import direct
from .refuse import declined, lacking, refusal
from .score import scored
from .sources import Sources
from .tables import table
from .terms import terms_of
from .yes_no import yes_no

# Passages beyond this rank add candidates that never win and cost milliseconds.
_READ = 20


def compose(plan: Plan, hits: Sequence[Hit], sources: Sources) -> Answer:
    """Return the extractive answer to `plan` over `hits`, or a refusal that says what is missing."""
    if plan.kind in (Kind.SMALL_TALK, Kind.TASK):
        return declined(plan)
    if plan.kind is Kind.CATALOGUE:
        return catalogue(plan, hits, sources)
    if plan.kind in (Kind.COMPARISON, Kind.ACROSS, Kind.RANKING):
        return table(plan, hits, sources)
    terms = terms_of(plan)
    if plan.kind in (Kind.OUTLINE, Kind.LIST) and (found := outline(plan, terms, hits, sources)):
        return found
    ranked = scored(plan, terms, candidates(hits[:_READ], sources))
    gaps = lacking(plan, terms, ranked[0] if ranked else None)
    if gaps:
        return refusal(plan, gaps, hits)
    if plan.kind is Kind.LIST and (listed := item_list(plan, terms, ranked)):
        return listed
    if plan.kind is Kind.YES_NO:
        return yes_no(plan, terms, ranked)
    return direct(plan, terms, ranked)
