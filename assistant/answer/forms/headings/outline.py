"""Outlines: the headings or items of a section or document, complete and in order, each with its gist."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ....types import Answer, Document, Hit, Kind, Plan, Section
from ....zh.fold import fold
from ....zh.numbering import parse, to_int
from ....zh.sentences import Span, clauses
from ...choose.score import Scored
from ...draft import Draft
from ...sources import Sources
from ..sections import Block, lines_of, told_blocks
from .headed import best_structure, documents_meant, ends_alike
from .structure import Structure, heading_span
from .structures import children, structures
from .volumes import volumes
from .wanted import Wanted, wanted

_LONGEST_GIST = 60
_HOUR = re.compile(r"[天日号早晚午][^,]{0,4}几点|几[月日号天]")
_SHORTEST_LEAD = 4  # 答： leads into what follows and says nothing
_SEVERAL_LINES = 4  # with its heading: a list, told line by line
_LONGEST_SECTION = 240  # characters of the text of one article
_ANNOUNCED = re.compile(
    r"([二两三四五六七八九十\d]{1,2})(?:大|个|项|条)?(?:方面|部分|任务|措施|举措|领域|要点|重点|路径|板块)"
)


def told_outline(plan: Plan, hits: Sequence[Hit], sources: Sources) -> Answer | None:
    """Return the headings or items asked for in so many words, whatever kind the question is; else None."""
    asked = wanted(plan)
    # 几点要求 is read as an hour, 哪天几点开标 is none
    counts = asked.counts and plan.kind is Kind.DATE and not _HOUR.search(fold(plan.resolved))
    if asked.plainly or asked.numbers or asked.shared or counts:
        return outline(plan, hits, sources)
    found = best_structure(plan, hits, sources) if plan.kind is Kind.LIST and asked.nouns else None
    if found is None or not ends_alike(asked, found.structure):
        return None
    return told(plan, *volumes(plan, found.structure, sources), names_only=asked.names_only)


def outline(plan: Plan, hits: Sequence[Hit], sources: Sources) -> Answer | None:
    """Return the outline that the question asks for; None where no heading is what it asks about."""
    found = best_structure(plan, hits, sources)
    if found is None:
        return None
    asked = wanted(plan)
    whole = volumes(plan, found.structure, sources)
    count = how_many(asked, whole) if asked.counts else ""
    return told(plan, *whole, count=count, names_only=asked.names_only)


def counted(plan: Plan, hits: Sequence[Hit], sources: Sources) -> Answer | None:
    """Return how many headings or items a section has, and which, where that is asked; else None."""
    return outline(plan, hits, sources) if wanted(plan).counts else None


def how_many(asked: Wanted, lists: Sequence[Structure]) -> str:
    """Return the words that say how many items there are, and up to which number they count if to another."""
    size = sum(one.size for one in lists)
    last = parse(lists[-1].text(lists[-1].items[-1].head))
    numbered = f"（编号到{last.value}）" if last and last.value != size else ""
    return f"共{size}{asked.counts}{numbered}："


def announced(plan: Plan, best: Scored) -> Answer | None:
    """Return the outline of the section that `best` opens with words such as 主要围绕四方面展开."""
    document = best.candidate.document
    for number in _ANNOUNCED.finditer(best.candidate.folded):
        for structure in structures(document):
            if (
                structure.kind == "headings"
                and structure.section is best.candidate.section
                and structure.size == to_int(number[1])
            ):
                return told(plan, structure, lead=best)
    return None


def article(plan: Plan, hits: Sequence[Hit], sources: Sources) -> Answer | None:
    """Return the numbered section that the question names (第八条, 第三部分), else None.

    A part is told by its sub-headings where it has some, anything else by its text.
    """
    named = re.match(r"第([零〇一二三四五六七八九十百千两\d]+)", plan.articles[0]) if plan.articles else None
    if named is None:
        return None
    number, is_part = to_int(named[1]), plan.articles[0].endswith("部分")
    above = None if is_part else best_structure(plan, hits, sources)
    if above and _is_numbered(plan, above.structure.section, number, False):
        return _part(plan, above.structure.document, above.structure.section)
    for document in documents_meant(plan, hits, sources):
        sections: Sequence[Section] = document.sections
        inside = above is not None and above.structure.document.id == document.id
        if above and inside:
            sections = children(document, document.sections.index(above.structure.section))
        for section in sections:
            top = not is_part or len(section.path) == 1
            if top and _is_numbered(plan, section, number, inside):
                return _part(plan, document, section)
    return None


def _is_numbered(plan: Plan, section: Section, number: int, inside: bool) -> bool:
    numbering = parse(section.heading)
    if numbering is None or numbering.value != number:
        return False
    return _labelled(plan.articles[0], numbering.kind, inside)


def _part(plan: Plan, document: Document, section: Section) -> Answer:
    """Tell a numbered section: by what is numbered below it where a part or so many are asked for."""
    asked = wanted(plan)
    below = next((one for one in structures(document) if one.section is section), None)
    by_headings = plan.articles[0].endswith("部分") or asked.names_only or asked.plainly
    if below and (by_headings or below.size in asked.numbers):
        return told(plan, below, names_only=asked.names_only)
    return _section(plan, document, section)


def _labelled(named: str, kind: str, below_heading: bool) -> bool:
    unit = {"章": "chapter", "节": "section", "编": "part", "条": "article"}.get(named[-1])
    return kind == unit if unit and not below_heading else True


def told_below(plan: Plan, document: Document, section: Section) -> Answer:
    """Return the answer that is `section`: its sub-headings where it has some, else its text."""
    lists = (one for one in structures(document) if one.section is section and one.kind == "headings")
    headings = next(lists, None)
    if headings:
        return told(plan, headings)
    lines = lines_of(document, section.start, section.end)
    several = len(lines) >= _SEVERAL_LINES
    return told_blocks(plan, [Block(0.0, document, lines)]) if several else _section(plan, document, section)


def _section(plan: Plan, document: Document, section: Section) -> Answer:
    draft = Draft(plan)
    named = heading_span(document, section)
    lines = [f"**{draft.state(document.text[slice(*named)], document, *named)}**"] if named else []
    length = 0
    for span in clauses(document.text, section.body_start, section.end):
        length += span.end - span.start
        if length > _LONGEST_SECTION and len(lines) > 1:
            break
        lines.append(draft.state(document.text[span.start : span.end], document, span.start, span.end))
    return draft.answer("\n\n".join(lines))


def told(
    plan: Plan, *lists: Structure, count: str = "", lead: Scored | None = None, names_only: bool = False
) -> Answer:
    """Return the answer that lists the items of `lists`, one behind the other."""
    draft = Draft(plan)
    lines = [draft.say(count)] if count else []
    if lead:
        best = lead.candidate
        lines.append(draft.state(best.text, best.document, best.start, best.end))
    for structure in lists:
        lines += _items(draft, structure, led=lead is not None, names_only=names_only)
    return draft.answer("\n".join(lines))


def _items(draft: Draft, structure: Structure, *, led: bool, names_only: bool) -> list[str]:
    """State what leads into `structure`, unless it is `led` into already, and its items, each on a line."""
    document = structure.document
    lines = []
    if not led and structure.lead and structure.lead.end - structure.lead.start >= _SHORTEST_LEAD:
        lines.append(draft.state(structure.text(structure.lead), document, *structure.lead))
    for item in structure.items:
        if structure.kind == "series":
            below = None if names_only else item.below
            behind = f" {gist(draft, document, below)}" if below else ""
            lines.append(f"- {gist(draft, document, item.head)}{behind}")
            continue
        stated = f"**{draft.state(structure.text(item.head), document, *item.head)}**"
        below = None if names_only else structure.gist(item)
        behind = f" {gist(draft, document, below)}" if below else ""
        lines.append(f"- {stated}{behind}")
    return lines


def gist(draft: Draft, document: Document, span: Span) -> str:
    """State the clause at `span`, cut at a comma where it is long."""
    start, end = span
    text = document.text[start:end]
    if len(text) > _LONGEST_GIST:
        cut = max(text.rfind(mark, 0, _LONGEST_GIST) for mark in "，,、；")
        cut = cut if cut > _LONGEST_GIST // 3 else _LONGEST_GIST
        text, end = text[:cut] + "…", start + cut
    return draft.state(text, document, start, end)
