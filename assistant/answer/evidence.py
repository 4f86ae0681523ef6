"""Candidate statements: the sentences and clauses of the passages that search found."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from ..types import Document, Filters, Hit, Section
from ..zh import places
from ..zh.quantities import Year, years
from ..zh.sentences import clauses
from .sources import Sources
from .terms import folded_text

# A clause shorter than this is a fragment ("二是。") and no statement.
_SHORTEST = 4


@dataclass(frozen=True, slots=True)
class Candidate:
    """A clause of a document that may answer, with what stands around it."""

    document: Document
    hit: Hit
    start: int
    end: int
    section: Section
    folded: str  # the clause
    before: str  # what stands before it in its paragraph, folded
    frame: str  # the headings and the title it stands under, folded
    scores: dict[str, float] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """Return the clause as written."""
        return self.document.text[self.start : self.end]

    @property
    def region(self) -> str:
        """Return the region of its section, else of its document."""
        return self.section.region or self.hit.passage.region or self.document.metadata.region


def candidates(hits: Iterable[Hit], sources: Sources) -> list[Candidate]:
    """Return the clauses of the passages of `hits`, each once, in the order of the hits."""
    found: dict[tuple[str, int], Candidate] = {}
    for hit in hits:
        document = sources.document(hit.passage.document)
        for candidate in _of_passage(hit, document):
            found.setdefault((document.id, candidate.start), candidate)
    return list(found.values())


def _of_passage(hit: Hit, document: Document) -> Iterable[Candidate]:
    passage = hit.passage
    text = document.text[passage.start : passage.end]
    folded = folded_text(text)
    for start, end in clauses(text):
        if end - start < _SHORTEST:
            continue
        section = document.section_at(passage.start + start)
        paragraph = text.rfind("\n", 0, start) + 1
        yield Candidate(
            document,
            hit,
            passage.start + start,
            passage.start + end,
            section,
            folded[start:end],
            folded[paragraph:start],
            folded_text(" ".join((*section.path, document.title))),
        )


def year_of_writing(document: Document) -> int | None:
    """Return the year that 今年 means in `document`: of its issue, else the last that its title names."""
    if document.metadata.issued:
        return document.metadata.issued.year
    named = years(document.title)
    return named[-1].year if named else None


def years_of(candidate: Candidate) -> frozenset[int]:
    """Return the years that a candidate speaks of: its own, else those that govern it."""
    reference = year_of_writing(candidate.document)
    own = _strict(years(candidate.folded, reference))
    if own:
        return own
    before = years(candidate.before, reference)
    if before:
        return frozenset({before[-1].year})
    headed = frozenset(year.year for year in years(candidate.frame, reference))
    return headed or (frozenset({reference}) if reference else frozenset())


def _strict(found: Sequence[Year]) -> frozenset[int]:
    return frozenset(year.year for year in found)


_LEADING = re.compile(r"^[^,，。；;：:]{0,40}")


def regions_of(candidate: Candidate) -> tuple[str, ...]:
    """Return the regions that a candidate speaks of: those it names, else those that govern it."""
    named = tuple(dict.fromkeys(place.region for place in places.find(candidate.text)))
    if named:
        return (*named, candidate.region) if candidate.region else named
    if candidate.region:
        return (candidate.region,)
    sentence = re.split(r"[。！？!?]", candidate.before)[-1]
    return tuple(dict.fromkeys(place.region for place in places.find(sentence)))


def speaks_of(candidate: Candidate, region: str) -> bool:
    """Tell whether a candidate is about `region` itself, not only about a part of it."""
    own = candidate.region
    if own == region:
        return True
    short = folded_text(places.short(region))
    named = short in candidate.folded or short in _sentence_before(candidate)
    if named:
        # a longer name may hold a shorter one: 河南 in 河南岸
        return any(p.region == region for p in places.find(_sentence_before(candidate) + candidate.folded))
    return False


def _sentence_before(candidate: Candidate) -> str:
    return re.split(r"[。！？!?]", candidate.before)[-1]


def second_round(text: str, sources: Sources, filters: Filters, k: int = 8) -> list[Candidate]:
    """Return the candidates of a new search within `filters`."""
    return candidates(sources.search(text, filters, k), sources)
