"""What a text says as a whole: its headings, or where it has none, how its paragraphs open."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ...types import Answer, Document, Hit, Kind, Plan
from ...zh.fold import fold, folded_text
from ...zh.sentences import sentences
from ..draft import Draft
from ..evidence.terms import coverage, terms, terms_of
from ..sources import Sources
from .catalogue import all_documents
from .headings.called import MEASURES, matter_of_measures
from .headings.outline import gist
from .headings.structure import Structure
from .headings.structures import structures
from .headings.volumes import volumes
from .headings.wanted import wanted
from .named import is_placed, is_text, text_meant
from .sections import lines_of

_SUMMARISES = re.compile(
    r"总结|概括|概述|归纳|综述|(?:主要|核心|大致)内容|内容(?:提要|概要)|(?:讲|说|写|谈)了?(?:些|点)?(?:什么|啥)|介绍|大意|梗概|概要"
)
_SAME = 0.8  # of a title, by weight, by the question
_MOST, _SHORTEST = 8, 24  # openings told; a shorter line is a name, a date or a signature
_FEW = 4  # paragraphs
_TITLED = 0.95  # of the words of the matter, by weight, by the title
_NEAREST = 5  # passages


def summary(plan: Plan, hits: Sequence[Hit], sources: Sources) -> Answer | None:
    """Return what the one text says that the question asks to sum up, or which texts there are; else None."""
    if plan.kind not in (Kind.OUTLINE, Kind.ACROSS) or not _SUMMARISES.search(fold(plan.resolved)):
        return None
    matter = [term for term in wanted(plan).matter if not term.light and not is_text(term)]
    if not matter and not plan.regions and not plan.documents and not plan.years:
        return all_documents(plan, sources)
    across = plan.kind is Kind.ACROSS  # 各地 of a title: 各地因地制宜培育新质生产力讲了什么
    document = text_meant(plan, terms_of(plan) if across else matter, hits, sources)
    if document is None or (across and not _is_titled_so(plan, document)):
        return None
    return _headings(plan, document, sources) or _openings(plan, document)


def titled(plan: Plan, hits: Sequence[Hit], sources: Sources) -> Answer | None:
    """Return the headings of the text whose title has all that the measures asked for are about, else None.

    银发经济有哪些措施 of 关于发展银发经济的若干意见: for a question that no statement answers.
    """
    _, matter = matter_of_measures(plan)
    if not matter or not MEASURES.search(fold(plan.resolved)):  # X怎么样 asks how it is
        return None
    for id in plan.documents or dict.fromkeys(hit.passage.document for hit in hits[:_NEAREST]):
        document = sources.document(id)
        title = folded_text(document.title)
        is_titled = is_placed(plan, document) and coverage(matter, (title, 1.0)) >= _TITLED
        if is_titled and (headings := _headings(plan, document, sources)):
            return headings
    return None


def _is_titled_so(plan: Plan, document: Document) -> bool:
    """Tell whether the question has nearly the whole title of `document`."""
    return coverage(terms(folded_text(document.title)), (fold(plan.resolved), 1.0)) >= _SAME


def _headings(plan: Plan, document: Document, sources: Sources) -> Answer | None:
    """Tell the headings of a text and of what goes on with it; None where it has none."""
    lists = (one for one in structures(document) if one.kind == "headings")
    whole = next((one for one in lists if not one.section.path), None)
    if whole is None:
        return None
    draft = Draft(plan)
    told = [line for one in volumes(plan, whole, sources) for line in _with_those_below(draft, one)]
    return draft.answer("\n".join(told))


def _with_those_below(draft: Draft, whole: Structure) -> list[str]:
    """State the headings of a text on a line each, with those below it, or with its gist."""
    document = whole.document
    lists = [one for one in structures(document) if one.kind == "headings"]
    below = {one.section.start: one for one in lists}
    told = []
    for item in whole.items:
        head = draft.state(whole.text(item.head), document, *item.head)
        inner = below.get(item.head.start) or below.get(document.section_at(item.head.start).start)
        named = [one.head for one in inner.items] if inner and inner is not whole else []
        first = whole.gist(item)
        spans = named or ([first] if first else [])
        behind = "；".join(gist(draft, document, span) for span in spans)
        told.append(f"- **{head}** {behind}".rstrip())
    return told


def _openings(plan: Plan, document: Document) -> Answer | None:
    """Tell how the paragraphs of a text open, or where they are few, its sentences."""
    text = document.text
    lines = [line for line in lines_of(document, 0, len(text)) if line.end - line.start >= _SHORTEST]
    longest = sorted(lines, key=lambda line: line.start - line.end)[:_MOST]
    spans = [sentences(text, *line)[0] for line in sorted(longest)]
    if len(spans) < _FEW:
        spans = [span for line in lines for span in sentences(text, *line)]
    told = [span for span in spans if span.end - span.start >= _SHORTEST][:_MOST]
    draft = Draft(plan)
    return draft.answer("\n".join(f"- {gist(draft, document, span)}" for span in told)) if told else None
