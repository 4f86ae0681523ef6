"""Outlines: the sub-headings of a section or document, complete and in order, each with its gist."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from ...types import Answer, Document, Hit, Kind, Plan, Section
from ...zh import places
from ...zh.fold import fold, folded_text
from ...zh.numbering import parse, to_int
from ...zh.sentences import Span, clauses
from ..choose.score import Scored
from ..draft import Draft
from ..evidence.terms import coverage, terms, terms_of
from ..sources import Sources

_LEAST_COVERED = 0.8  # of the question's terms, by the heading with its path and title
_LEAST_CHILDREN = 2
_LONGEST_GIST = 60
_LONGEST_SECTION = 240  # characters of the text of one article
_DOCUMENTS = 6
_ANNOUNCED = re.compile(
    r"([二两三四五六七八九十\d]{1,2})(?:大|个|项|条)?(?:方面|部分|任务|措施|举措|领域|要点|重点|路径|板块)"
)
# measure words of headings: 有几条 may ask how many of them there are
_OF_HEADINGS = frozenset({"条", "点", "章", "节", "部分", "项", "个", "款"})


class Found(NamedTuple):
    """A heading and how well it is what the question asks about."""

    rating: float
    document: Document
    position: int  # in the sections of the document

    @property
    def section(self) -> Section:
        """Return the section."""
        return self.document.sections[self.position]

    @property
    def children(self) -> list[Section]:
        """Return the sections right under it."""
        return [section for section in self.document.sections if section.parent == self.position]


def outline(plan: Plan, hits: Sequence[Hit], sources: Sources) -> Answer | None:
    """Return the outline that the question asks for; None where no heading is what it asks about."""
    found = heading(plan, hits, sources, _LEAST_CHILDREN)
    return told(plan, found) if found else None


def counted(plan: Plan, hits: Sequence[Hit], sources: Sources) -> Answer | None:
    """Return how many sub-headings a section has, and which, where that is asked; else None."""
    found = heading(plan, hits, sources, _LEAST_CHILDREN) if plan.unit in _OF_HEADINGS else None
    if found is None:
        return None
    return told(plan, found, f"共{len(found.children)}{plan.unit}：")


def announced(plan: Plan, best: Scored) -> Answer | None:
    """Return the outline of the section that `best` opens with words such as 主要围绕四方面展开."""
    document = best.candidate.document
    for match in _ANNOUNCED.finditer(best.candidate.folded):
        index = document.sections.index(best.candidate.section)
        found = Found(1.0, document, index)
        if len(found.children) == to_int(match[1]):
            return told(plan, found, lead=best)
    return None


def article(plan: Plan, hits: Sequence[Hit], sources: Sources) -> Answer | None:
    """Return the numbered section that the question names (第八条, 第三部分), else None.

    A part is told by its sub-headings where it has some, anything else by its text.
    """
    wanted = re.match(r"第([零〇一二三四五六七八九十百千两\d]+)", plan.articles[0]) if plan.articles else None
    if wanted is None:
        return None
    number, is_part = to_int(wanted[1]), plan.articles[0].endswith("部分")
    above = None if is_part else heading(plan, hits, sources, 1)
    for document in _documents(plan, hits, sources):
        sections = above.children if above and above.document.id == document.id else document.sections
        for section in sections:
            numbering = parse(section.heading)
            if (
                numbering
                and numbering.value == number
                and _labelled(plan.articles[0], numbering.kind, bool(above))
                and (not is_part or len(section.path) == 1)
            ):
                found = Found(1.0, document, document.sections.index(section))
                parts = is_part and len(found.children) >= _LEAST_CHILDREN
                return told(plan, found) if parts else _section(plan, document, section)
    return None


def _labelled(wanted: str, kind: str, below_heading: bool) -> bool:
    unit = {"章": "chapter", "节": "section", "编": "part", "条": "article"}.get(wanted[-1])
    return kind == unit if unit and not below_heading else True


def _section(plan: Plan, document: Document, section: Section) -> Answer:
    draft = Draft(plan)
    named = document.text[section.start : section.body_start].strip()
    lines = [f"**{_stated_heading(draft, document, section)}**"] if named else []
    length = 0
    for span in clauses(document.text, section.body_start, section.end):
        length += span.end - span.start
        if length > _LONGEST_SECTION and len(lines) > 1:
            break
        lines.append(draft.state(document.text[span.start : span.end], document, span.start, span.end))
    return draft.answer("\n\n".join(lines))


def heading(plan: Plan, hits: Sequence[Hit], sources: Sources, least: int) -> Found | None:
    """Return the heading with `least` sub-headings that the question asks about, else None."""
    found = [
        Found(_rating(plan, document, index), document, index)
        for document in _documents(plan, hits, sources)
        for index in range(len(document.sections))
        if sum(section.parent == index for section in document.sections) >= least
    ]
    best = max(found, key=lambda one: one.rating, default=None)
    return best if best and best.rating > 0 else None


def _documents(plan: Plan, hits: Sequence[Hit], sources: Sources) -> list[Document]:
    ids = plan.documents or tuple(dict.fromkeys(hit.passage.document for hit in hits))[:_DOCUMENTS]
    return [sources.document(id) for id in ids]


def _rating(plan: Plan, document: Document, index: int) -> float:
    section = document.sections[index]
    asked = terms_of(plan)
    if not any(not term.light for term in asked):
        return 1.0 if plan.documents and not section.path else 0.0
    own = folded_text(section.heading or document.title)
    path = folded_text(" ".join((document.title, *section.path)))
    inside = coverage(asked, (own, 1.0))
    around = coverage(asked, (own, 1.0), (path, 0.95))
    if around < _LEAST_COVERED or not inside or (not section.path and plan.kind is not Kind.OUTLINE):
        return 0.0
    home = section.region or document.metadata.region
    if any(home != region and fold(places.short(region)) not in path for region in plan.regions):
        return 0.0
    # a heading that says more than the question asks is less what is asked for
    return around + inside + coverage(terms(own), (fold(plan.resolved), 1.0))


def told(plan: Plan, found: Found, count: str = "", lead: Scored | None = None) -> Answer:
    """Return the answer that lists the sub-headings of `found`."""
    draft = Draft(plan)
    document = found.document
    lines = [draft.say(count)] if count else []
    if lead:
        lines.append(draft.state(lead.candidate.text, document, lead.candidate.start, lead.candidate.end))
    elif found.section.path:
        lines.append(_stated_heading(draft, document, found.section))
    lines += [f"- {_entry(draft, document, child)}" for child in found.children]
    return draft.answer("\n".join(lines))


def _stated_heading(draft: Draft, document: Document, section: Section) -> str:
    written = document.text[section.start : section.body_start]
    start = section.start + len(written) - len(written.lstrip())
    written = written.strip().rstrip("。.:：")
    return draft.state(written, document, start, start + len(written))


def _entry(draft: Draft, document: Document, section: Section) -> str:
    """State a heading, and the first clause under it as its gist."""
    stated = f"**{_stated_heading(draft, document, section)}**"
    body = clauses(document.text, section.body_start, section.end)
    own = [span for span in body if not _is_heading(document, span.start)]
    return f"{stated} {gist(draft, document, own[0])}" if own else stated


def gist(draft: Draft, document: Document, span: Span) -> str:
    """State the clause at `span`, cut at a comma where it is long."""
    start, end = span
    text = document.text[start:end]
    if len(text) > _LONGEST_GIST:
        cut = max(text.rfind(mark, 0, _LONGEST_GIST) for mark in "，,、；")
        cut = cut if cut > _LONGEST_GIST // 3 else _LONGEST_GIST
        text, end = text[:cut] + "…", start + cut
    return draft.state(text, document, start, end)


def _is_heading(document: Document, offset: int) -> bool:
    section = document.section_at(offset)
    return bool(section.path) and section.start <= offset < section.body_start
