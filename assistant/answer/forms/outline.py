"""Outlines: the headings or items of a section or document, complete and in order, each with its gist."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ...types import Answer, Document, Hit, Kind, Plan, Section
from ...zh import places
from ...zh.dates import years
from ...zh.fold import fold, folded_text
from ...zh.numbering import parse, to_int
from ...zh.sentences import Span, clauses
from ..choose.score import Scored
from ..draft import Draft
from ..evidence.candidates import year_of_writing
from ..evidence.terms import coverage, match, terms, terms_of
from ..sources import Sources
from .structures import Structure, children, last_part, part, structures
from .wanted import Wanted, wanted

# Of the question's terms, by what a list is headed by with its path and title: where headings are asked for
# in so many words, where there are as many as the question says or it is headed as the question says, else.
_PLAINLY_COVERED, _MET_COVERED, _LISTED_COVERED, _LEAST_COVERED = 0.6, 0.45, 0.7, 0.8
_NUMBERED_COVERED, _HALF = (
    0.55,
    0.5,
)  # where there are as many, and half of what is asked for is in its heading
_HEADED = 0.6  # of the words of a heading, by the question: it is the one that the question names
_NAMED = 0.8  # of what the question asks for beyond the title
_PATH, _SHARED, _HEADS, _BELOW = 0.95, 0.95, 0.7, 0.5  # what a word found there counts
_OF_HEADING = 0.6  # what the share of a heading's words that the question has counts
_MOST = 0.6  # of the items
# What speaks for a list besides its words, and against it.
_AS_MANY, _NOT_AS_MANY, _QUOTED, _IN_PART, _OF_TEXT, _WHOLE = 0.4, -0.5, 0.4, 0.5, 0.2, 0.2
_LEAST_ITEMS = 2
_LONGEST_GIST = 60
_LONGEST_SECTION = 240  # characters of the text of one article
_DOCUMENTS = 6
_ANNOUNCED = re.compile(
    r"([二两三四五六七八九十\d]{1,2})(?:大|个|项|条)?(?:方面|部分|任务|措施|举措|领域|要点|重点|路径|板块)"
)


class Found(NamedTuple):
    """A list and how well it is what the question asks about."""

    rating: float
    structure: Structure


def told_outline(plan: Plan, hits: Sequence[Hit], sources: Sources) -> Answer | None:
    """Return the headings or items asked for in so many words, whatever kind the question is; else None."""
    asked = wanted(plan)
    return outline(plan, hits, sources) if asked.plainly or asked.numbers or asked.shared else None


def outline(plan: Plan, hits: Sequence[Hit], sources: Sources) -> Answer | None:
    """Return the outline that the question asks for; None where no heading is what it asks about."""
    found = best_structure(plan, hits, sources)
    if found is None:
        return None
    asked = wanted(plan)
    count = how_many(asked, found.structure) if asked.counts else ""
    return told(plan, found.structure, count, names_only=asked.names_only)


def counted(plan: Plan, hits: Sequence[Hit], sources: Sources) -> Answer | None:
    """Return how many headings or items a section has, and which, where that is asked; else None."""
    return outline(plan, hits, sources) if wanted(plan).counts else None


def how_many(asked: Wanted, structure: Structure) -> str:
    """Return the words that say how many items there are, and up to which number they count if to another."""
    last = parse(structure.text(structure.items[-1].head))
    numbered = f"（编号到{last.value}）" if last and last.value != structure.size else ""
    return f"共{structure.size}{asked.counts}{numbered}："


def best_structure(plan: Plan, hits: Sequence[Hit], sources: Sources) -> Found | None:
    """Return the list that the question asks about, else None."""
    asked = wanted(plan)
    named = tuple(document.id for document in _of_named_texts(plan, asked, sources))
    found = [
        Found(rating, structure)
        for document in _documents(plan, hits, sources, named)
        for structure in structures(document)
        if (rating := _rating(plan, asked, structure, document.id in named))
    ]
    return max(found, key=lambda one: one.rating, default=None)


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


def _of_named_texts(plan: Plan, asked: Wanted, sources: Sources) -> Iterator[Document]:
    """Yield the documents of the place and kind that the question names: 长兴那篇报告, 市里的方案."""
    if plan.documents or not asked.texts:
        return
    for summary in sources.documents():
        kind = f"{fold(summary.title)} {fold(summary.metadata.kind)}"
        home = summary.metadata.region
        if any(noun in kind for noun in asked.texts) and all(
            places.contains(region, home) or fold(places.short(region)) in kind for region in plan.regions
        ):
            yield sources.document(summary.id)


def _documents(
    plan: Plan, hits: Sequence[Hit], sources: Sources, named: Sequence[str] = ()
) -> list[Document]:
    found = tuple(dict.fromkeys(hit.passage.document for hit in hits))[:_DOCUMENTS]
    # where many texts are of the kind that is named, search says which
    ids = plan.documents or dict.fromkeys((*found, *named[:_DOCUMENTS]))
    documents = [sources.document(id) for id in ids]
    matter = wanted(plan).matter
    return sorted(documents, key=lambda one: -coverage(matter, (folded_text(one.title), 1.0)))


def _rating(plan: Plan, asked: Wanted, structure: Structure, is_named_text: bool) -> float:
    """Return how well a list is what the question asks about; 0 where it is not."""
    if not _is_of_place_and_year(plan, structure) or (asked.series and structure.kind == "headings"):
        return 0.0
    whole = structure.kind == "headings" and not structure.section.path
    if not asked.plainly and not asked.numbers and not asked.shared and not asked.counts:
        return _by_heading(plan, structure) if structure.kind == "headings" else 0.0
    inside, headed = _headed(plan, asked, structure)
    bonus = _circumstances(asked, structure)
    as_many = structure.size in asked.numbers
    met = as_many or asked.series or headed >= _HEADED or inside >= _NAMED or bonus >= _QUOTED
    listed = _NUMBERED_COVERED if as_many and inside >= _HALF else _LISTED_COVERED
    least = _PLAINLY_COVERED if asked.plainly else listed
    around = _around(asked, structure)
    if not asked.matter:
        named = is_named_text or bool(plan.documents) or bool(plan.regions)
        around = float((named and whole) or bonus >= _QUOTED)
    if bonus < 0 or around < (_MET_COVERED if asked.plainly and met else least) or not (asked.plainly or met):
        return 0.0
    return (
        around + inside + 0.6 * headed + bonus + _OF_TEXT * is_named_text + _WHOLE * (whole and asked.whole)
    )


def _by_heading(plan: Plan, structure: Structure) -> float:
    """Return how well a list is headed as the question says that asks for no headings."""
    asked = terms_of(plan)
    if not any(not term.light for term in asked):
        return 1.0 if plan.documents and not structure.section.path else 0.0
    inside = coverage(asked, (structure.own, 1.0))
    around = coverage(asked, (structure.own, 1.0), (structure.path, _PATH))
    whole = not structure.section.path
    if around < _LEAST_COVERED or not inside or (whole and plan.kind is not Kind.OUTLINE):
        return 0.0
    # a heading that says more than the question asks is less what is asked for
    return around + inside + coverage(terms(structure.own), (fold(plan.resolved), 1.0))


def _headed(plan: Plan, asked: Wanted, structure: Structure) -> tuple[float, float]:
    """Return how much of the question its heading has, and how much of the heading the question has.

    What the title of the text says is no matter of one of its parts.
    """
    title = folded_text(structure.document.title)
    rest = [term for term in asked.matter if match(term, title) < _NAMED]
    texts = (structure.own, 1.0), (_shared(asked, structure), _SHARED)
    inside = coverage(rest or asked.matter, *texts)
    return inside, coverage(terms(structure.own), (fold(plan.resolved), 1.0))


def _shared(asked: Wanted, structure: Structure) -> str:
    """Return the words of the question that most items have in their headings."""
    least = _MOST * structure.size
    held = (term.text for term in asked.matter if sum(term.text in head for head in structure.heads) > least)
    return " ".join(held)


def _around(asked: Wanted, structure: Structure) -> float:
    return coverage(
        asked.matter,
        (structure.own, 1.0),
        (structure.path, _PATH),
        (structure.before, _PATH),
        (_shared(asked, structure), _SHARED),
        (" ".join(structure.heads), _HEADS),
        (structure.body, _BELOW),
    )


def _circumstances(asked: Wanted, structure: Structure) -> float:
    """Return what number, quotation marks and the part of the text named speak for a list, or against it."""
    rating = 0.0
    if asked.numbers:
        rating += _AS_MANY if structure.size in asked.numbers else _NOT_AS_MANY
    if asked.counts and _announces(structure, asked.counts):
        rating += _AS_MANY
    if asked.shared:
        held = sum(asked.shared in head for head in structure.heads)
        rating += _QUOTED if held == structure.size else _NOT_AS_MANY
    elif any(f"“{phrase}”" in structure.own for phrase in asked.quoted):
        rating += 2 * _QUOTED  # so written in the heading too
    elif any(phrase in structure.own for phrase in asked.quoted):
        rating += _QUOTED
    document = structure.document
    meant = last_part(document) if asked.last else part(document, asked.nth) if asked.nth else None
    if meant:
        rating += _IN_PART if meant.start <= structure.section.start < meant.end else -1.0
    return rating


def _announces(structure: Structure, measure_word: str) -> bool:
    """Tell whether the words before a list say how many there are: 重点抓好五件事."""
    lead = "" if structure.lead is None else folded_text(structure.text(structure.lead))
    said = re.findall(rf"([二两三四五六七八九十]{{1,3}}|\d{{1,2}})(?:大|个)?{measure_word}", lead)
    return any(to_int(number) == structure.size for number in said)


def _is_of_place_and_year(plan: Plan, structure: Structure) -> bool:
    section, document = structure.section, structure.document
    home = section.region or document.metadata.region
    if any(home != region and fold(places.short(region)) not in structure.path for region in plan.regions):
        return False
    reference = year_of_writing(document)
    wanted_years = {year.year for year in years(plan.resolved, reference)}
    headed_years = {year.year for heading in section.path for year in years(heading, reference)}
    return not wanted_years or not headed_years or bool(wanted_years & headed_years)


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
    for document in _documents(plan, hits, sources):
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
    by_headings = plan.articles[0].endswith("部分") or asked.names_only
    if below and (by_headings or below.size in asked.numbers):
        return told(plan, below, names_only=asked.names_only)
    return _section(plan, document, section)


def _labelled(wanted: str, kind: str, below_heading: bool) -> bool:
    unit = {"章": "chapter", "节": "section", "编": "part", "条": "article"}.get(wanted[-1])
    return kind == unit if unit and not below_heading else True


def _section(plan: Plan, document: Document, section: Section) -> Answer:
    draft = Draft(plan)
    named = document.text[section.start : section.body_start].strip()
    start = document.text.index(named, section.start) if named else section.start
    heading = named.rstrip("。.:：")
    lines = [f"**{draft.state(heading, document, start, start + len(heading))}**"] if named else []
    length = 0
    for span in clauses(document.text, section.body_start, section.end):
        length += span.end - span.start
        if length > _LONGEST_SECTION and len(lines) > 1:
            break
        lines.append(draft.state(document.text[span.start : span.end], document, span.start, span.end))
    return draft.answer("\n\n".join(lines))


def told(
    plan: Plan, structure: Structure, count: str = "", lead: Scored | None = None, *, names_only: bool = False
) -> Answer:
    """Return the answer that lists the items of `structure`."""
    draft = Draft(plan)
    document = structure.document
    lines = [draft.say(count)] if count else []
    if lead:
        lines.append(draft.state(lead.candidate.text, document, lead.candidate.start, lead.candidate.end))
    elif structure.lead:
        lines.append(draft.state(structure.text(structure.lead), document, *structure.lead))
    for item in structure.items:
        if structure.kind == "series":
            lines.append(f"- {gist(draft, document, item.head)}")
            continue
        stated = f"**{draft.state(structure.text(item.head), document, *item.head)}**"
        behind = f" {gist(draft, document, item.gist)}" if item.gist and not names_only else ""
        lines.append(f"- {stated}{behind}")
    return draft.answer("\n".join(lines))


def gist(draft: Draft, document: Document, span: Span) -> str:
    """State the clause at `span`, cut at a comma where it is long."""
    start, end = span
    text = document.text[start:end]
    if len(text) > _LONGEST_GIST:
        cut = max(text.rfind(mark, 0, _LONGEST_GIST) for mark in "，,、；")
        cut = cut if cut > _LONGEST_GIST // 3 else _LONGEST_GIST
        text, end = text[:cut] + "…", start + cut
    return draft.state(text, document, start, end)
