"""A question about a document that it names, or says in its own words: what is asked of it, in it alone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ...types import Document, Filters, Hit, Plan
from ...zh import places
from ...zh.fold import fold, folded_text
from ..evidence.terms import Term, coverage, softened, terms
from ..sources import Sources

_PASSAGES = 12  # of the document, found by what is asked of it
_SAME = 0.8  # of the words that say which text, by weight, by its title and first lines
_HEAD = 400  # characters of a text that say what it is: title, speaker, occasion
# 那份文件, 专报: nouns that only say that a text is meant
_TEXT = re.compile(
    r"(?:[这那该本]?[份篇个部些]的?)?(?:调研|工作|专题|政府)?(?:文件|材料|资料|文章|报告|方案|规划|办法|通知|意见|讲话|发布会|汇报|总结|简报|专报|纪要)"
)
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


def text_meant(plan: Plan, matter: Sequence[Term], hits: Sequence[Hit], sources: Sources) -> Document | None:
    """Return the text that is named by its title, by its place or by the words `matter` at its head."""
    if plan.documents:
        return sources.document(plan.documents[0]) if not matter else None
    found = [sources.document(id) for id in dict.fromkeys(hit.passage.document for hit in hits)]
    if plan.regions:
        found = [one for one in found if one.metadata.region in plan.regions]
    if not matter:
        return found[0] if len(plan.regions) == 1 and found else None
    heads = (folded_text(f"{one.title} {one.text[:_HEAD]}") for one in found)
    matter = softened(tuple(matter))
    rated = [(coverage(matter, (head, 1.0)), one) for head, one in zip(heads, found, strict=True)]
    rating, document = max(rated, key=lambda pair: pair[0], default=(0.0, None))
    return document if rating >= _SAME else None


def is_text(term: Term) -> bool:
    """Tell whether a term says only that a text is meant: 那份文件, 调研报告."""
    return bool(_TEXT.fullmatch(term.text))


def is_placed(plan: Plan, document: Document) -> bool:
    """Tell whether a text is of the places that `plan` names, or of none."""
    home = document.metadata.region
    return all(places.contains(region, home) for region in plan.regions if home)
