"""Which list of a document a question asks about: by its words, number, quotation marks, part and text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ....types import Document, Hit, Kind, Plan
from ....zh import places
from ....zh.dates import years
from ....zh.fold import fold, folded_text
from ....zh.numbering import to_int
from ...evidence.terms import coverage, match, softened, terms, terms_of
from ...evidence.years import year_of_writing
from ...sources import Sources
from .structure import Structure
from .structures import last_part, part, structures
from .wanted import Wanted, wanted

# Of the question's terms, by what a list is headed by with its path and title: where headings are asked for
# in so many words, where there are as many as the question says or it is headed as the question says, else.
_PLAINLY_COVERED, _MET_COVERED, _LISTED_COVERED, _LEAST_COVERED = 0.6, 0.45, 0.7, 0.8
# where there are as many and half of what is asked for is in its heading, or all of the heading is asked for
_NUMBERED_COVERED, _HALF, _ALL_HEADED = 0.55, 0.5, 0.95
_CALLED_COVERED = 0.5  # where the question has all of its heading: 办理程序是哪几步
_HEADED = 0.6  # of the words of a heading, by the question: it is the one that is named
_NAMED = 0.8  # of what the question asks for beyond the title
_PATH, _SHARED, _HEADS, _BELOW = 0.95, 0.95, 0.7, 0.5  # what a word found there counts
_OF_HEADING = 0.6  # what the share of a heading's words that the question has counts
_MOST = 0.6  # of the items
# What speaks for a list besides its words, and against it.
_AS_MANY, _NOT_AS_MANY, _QUOTED, _IN_PART, _PART, _OF_TEXT, _WHOLE = 0.4, -0.8, 0.4, 0.5, 1.5, 0.2, 0.2
_DOCUMENTS = 6


class Found(NamedTuple):
    """A list and how well it is what the question asks about."""

    rating: float
    structure: Structure


def best_structure(plan: Plan, hits: Sequence[Hit], sources: Sources) -> Found | None:
    """Return the list that the question asks about, else None."""
    asked = wanted(plan)
    named = tuple(_named_texts(plan, asked, sources))
    found = [
        Found(rating, structure)
        for document in documents_meant(plan, hits, sources, named)
        for structure in structures(document)
        if (rating := _rating(plan, asked, structure, document.id in named))
    ]
    return max(found, key=lambda one: one.rating, default=None)


def _named_texts(plan: Plan, asked: Wanted, sources: Sources) -> Iterator[str]:
    """Yield the ids of the texts of the place and kind that the question names: 长兴那篇报告, 市里的方案."""
    if plan.documents or not asked.texts:
        return
    for summary in sources.documents():
        kind = f"{folded_text(summary.title)} {folded_text(summary.metadata.kind)}"
        home = summary.metadata.region
        if any(noun in kind for noun in asked.texts) and all(
            places.contains(region, home) or fold(places.short(region)) in kind for region in plan.regions
        ):
            yield summary.id


def documents_meant(
    plan: Plan, hits: Sequence[Hit], sources: Sources, named: Sequence[str] = ()
) -> list[Document]:
    """Return the documents that search found or the question names, those of its words first."""
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
    shared = ends_alike(asked, structure)
    as_whole = asked.plainly or asked.whole or is_named_text or shared or plan.kind is Kind.OUTLINE
    if not asked.plainly and not asked.numbers and not asked.shared and not asked.counts and not shared:
        return _by_heading(plan, structure) if structure.kind == "headings" else 0.0
    inside, headed = _headed(plan, asked, structure)
    bonus = _circumstances(asked, structure)
    as_many = structure.size in asked.numbers
    if whole and not as_whole and not (as_many and inside >= _NAMED):
        return 0.0
    met = shared or as_many or asked.series or headed >= _HEADED or inside >= _NAMED or bonus >= _QUOTED
    sure = (as_many and inside >= _HALF) or headed >= _ALL_HEADED
    listed = _NUMBERED_COVERED if sure else _LISTED_COVERED
    least = _PLAINLY_COVERED if asked.plainly else listed
    around = _around(asked, structure)
    if not any(not term.light for term in asked.matter):
        named = is_named_text or bool(plan.documents) or bool(plan.regions)
        around = float((named and whole) or bonus - _AS_MANY * as_many >= _QUOTED)
    if asked.plainly and met:
        least = _MET_COVERED
    if bonus < 0 or around < least or not (asked.plainly or met):
        return 0.0
    bonus += _OF_TEXT * is_named_text + _WHOLE * (whole and asked.whole)
    return around + inside + _OF_HEADING * headed + bonus


def ends_alike(asked: Wanted, structure: Structure) -> bool:
    """Tell whether all items have a noun that the question asks for several of: 哪些行动, 四个坚持."""
    return any(all(noun in head for head in structure.heads) for noun in asked.nouns)


def _by_heading(plan: Plan, structure: Structure) -> float:
    """Return how well a list is headed as the question says that asks for no headings."""
    asked = wanted(plan).matter or terms_of(plan)
    if not any(not term.light for term in asked):
        return 1.0 if plan.documents and not structure.section.path else 0.0
    whole = not structure.section.path
    # a title has much that may stand for 支持: it is of all of the text
    asked = tuple(asked) if whole else softened(tuple(asked))
    inside = coverage(asked, (structure.own, 1.0))
    around = coverage(asked, (structure.own, 1.0), (structure.path, _PATH))
    named = coverage(terms(structure.own), (fold(plan.resolved), 1.0))
    least = _CALLED_COVERED if named >= _ALL_HEADED and not whole else _LEAST_COVERED
    if plan.kind is Kind.LIST and structure.is_of_articles:
        return 0.0  # a list of articles that only have numbers tells nothing
    if around < least or not inside or (whole and plan.kind is not Kind.OUTLINE):
        return 0.0
    # a heading that says more than the question asks is less what is asked for
    return around + inside + named


def _headed(plan: Plan, asked: Wanted, structure: Structure) -> tuple[float, float]:
    """Return how much of the question its heading has, and how much of the heading the question has.

    What the title of the text says is no matter of one of its parts.
    """
    title = folded_text(structure.document.title)
    whole = structure.kind == "headings" and not structure.section.path
    rest = [] if whole else [term for term in asked.matter if match(term, title) < _NAMED]
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
        softened(asked.matter),
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
    if any(re.search(rf"(?<![\d.]){figure}(?![\d.])", structure.own) for figure in asked.figures):
        rating += _QUOTED
    if asked.counts and _announces(structure, asked.counts):
        rating += _AS_MANY
    if asked.shared:
        held = sum(asked.shared in head for head in structure.heads)
        rating += _QUOTED if held == structure.size else _NOT_AS_MANY
    elif ends_alike(asked, structure):
        rating += _QUOTED
    elif any(f"“{phrase}”" in structure.own for phrase in asked.quoted):
        rating += 2 * _QUOTED  # so written in the heading too
    elif any(len(phrase) > 1 and phrase in structure.own for phrase in asked.quoted):
        rating += _QUOTED
    document = structure.document
    meant = last_part(document) if asked.last else part(document, asked.nth) if asked.nth else None
    if meant:
        rating += _IN_PART if meant.start <= structure.section.start < meant.end else -1.0
        rating += _PART * (meant is structure.section and structure.kind == "headings")
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
    if not section.path and structure.kind == "headings":
        # a text of several years, of which the question means one
        headed = {year.year for head in structure.heads for year in years(head, reference)}
        return not (wanted_years and wanted_years < headed)
    headed_years = {year.year for heading in section.path for year in years(heading, reference)}
    return not wanted_years or not headed_years or bool(wanted_years & headed_years)
