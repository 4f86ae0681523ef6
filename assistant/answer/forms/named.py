"""A question about a document that it names: what is asked of it, in it alone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ...types import Filters, Hit, Plan
from ...zh.fold import fold
from ..evidence.terms import terms
from ..sources import Sources

_PASSAGES = 12  # of the document, found by what is asked of it
_SIGNS = re.compile(r"[《》\s\[\]()〔〕]|的(?=$)")


def of_named_document(plan: Plan, hits: Sequence[Hit], sources: Sources) -> tuple[Plan, list[Hit]]:
    """Return `plan` without the name of the document that it asks about, and the passages of that document.

    The title or 文号 says where to look: no passage needs to repeat it. Where the question is about
    nothing but the name, or names no document of the store, both come back as they are.
    """
    rest = _without_names(plan, sources)
    if not plan.documents or rest == plan.topic or not any(not term.light for term in terms(rest)):
        return plan, list(hits)
    asked = replace(plan, topic=rest, titles=(), document_numbers=())
    own = [hit for hit in hits if hit.passage.document in plan.documents]
    more = sources.search(rest, Filters(document=plan.documents), _PASSAGES)
    known = {hit.passage.id for hit in own}
    return asked, [*own, *(hit for hit in more if hit.passage.id not in known)]


def _without_names(plan: Plan, sources: Sources) -> str:
    topic = plan.topic
    names = [*plan.document_numbers, *(fold(title) for title in plan.titles)]
    names += [fold(sources.document(id).title) for id in plan.documents]
    for name in sorted(names, key=len, reverse=True):
        topic = topic.replace(name, " ")
    # a place or year may have been cut out of a title within its brackets
    topic = re.sub(r"《[^《》]*》", " ", topic) if plan.titles else topic
    return re.sub(r"\s+", " ", topic).strip(" 的,、《》")
