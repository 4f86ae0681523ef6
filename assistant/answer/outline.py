"""Outlines: the sub-headings of a section or document, complete and in order, each with its gist."""

from __future__ import annotations

from collections.abc import Sequence

from ..types import Answer, Document, Hit, Kind, Plan, Section
from ..zh.sentences import clauses
from .draft import Draft
from .sources import Sources
from .terms import Term, coverage, folded_text

_LEAST_COVERED = 0.8  # of the question's terms, by the heading with its path and title
_LEAST_CHILDREN = 2
_LONGEST_GIST = 60


def outline(plan: Plan, terms: Sequence[Term], hits: Sequence[Hit], sources: Sources) -> Answer | None:
    """Return the outline that the question asks for; None where no heading is what it asks about."""
    best: tuple[float, Document, int] | None = None
    documents = plan.documents or tuple(dict.fromkeys(hit.passage.document for hit in hits[:10]))
    for id in documents:
        document = sources.document(id)
        for index in range(len(document.sections)):
            rating = _rating(plan, terms, document, index)
            if rating and (best is None or rating > best[0]):
                best = (rating, document, index)
    if best is None:
        return None
    return _told(plan, best[1], best[2])


def _children(document: Document, index: int) -> list[Section]:
    return [section for section in document.sections if section.parent == index]


def _rating(plan: Plan, terms: Sequence[Term], document: Document, index: int) -> float:
    section = document.sections[index]
    if len(_children(document, index)) < _LEAST_CHILDREN:
        return 0.0
    heading = folded_text(section.heading or document.title)
    path = folded_text(" ".join((document.title, *section.path)))
    inside = coverage(terms, (heading, 1.0))
    around = coverage(terms, (heading, 1.0), (path, 0.9))
    if plan.kind is Kind.OUTLINE and not terms and not section.path:
        return 1.0
    if around < _LEAST_COVERED or not inside:
        return 0.0
    if plan.regions and not any(region == section.region for region in plan.regions):
        return 0.0
    return around + inside


def _told(plan: Plan, document: Document, index: int) -> Answer:
    draft = Draft(plan)
    lines = []
    section = document.sections[index]
    if section.path:
        end = min(section.body_start, section.end)
        heading = document.text[section.start : end].strip()
        lines.append(draft.state(heading, document, section.start, section.start + len(heading)))
    for child in _children(document, index):
        lines.append(f"- {_entry(draft, document, child)}")
    return draft.answer("\n".join(lines))


def _entry(draft: Draft, document: Document, section: Section) -> str:
    """State a heading, and the first clause under it as its gist."""
    heading = document.text[section.start : section.body_start].strip()
    shift = document.text.find(heading, section.start) if heading else section.start
    stated = f"**{draft.state(heading, document, shift, shift + len(heading))}**"
    body = clauses(document.text, section.body_start, section.end)
    own = [span for span in body if not _is_heading(document, span.start)]
    if not own:
        return stated
    gist = document.text[own[0].start : own[0].end]
    end = own[0].end
    if len(gist) > _LONGEST_GIST:
        cut = max(gist.rfind(mark, 0, _LONGEST_GIST) for mark in "，,、；")
        cut = cut if cut > _LONGEST_GIST // 3 else _LONGEST_GIST
        gist, end = gist[:cut] + "…", own[0].start + cut
    return f"{stated} {draft.state(gist, document, own[0].start, end)}"


def _is_heading(document: Document, offset: int) -> bool:
    section = document.section_at(offset)
    return bool(section.path) and section.start <= offset < section.body_start
