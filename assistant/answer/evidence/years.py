"""The years that a statement speaks of: its own, else those that govern it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from ...types import Document
from ...zh.dates import Year, years
from ...zh.fold import folded_text
from .candidates import Candidate

_FIRST_QUARTER = 3
_PLANNED = re.compile(r"力争|争取|目标|预期|计划|确保|努力|将(?!军)|拟|要(?!求|素|点|道|塞)|必须|应当")
# a year that another is compared with governs nothing: 比2024年增长, 由2024年的28%提高
_COMPARED = re.compile(r"[比较由]$")
_LOOKS_BACK = re.compile(r"公报|年报|年鉴|决算|总结|统计|快报|述职")  # on the year that its title names


def year_of_writing(document: Document) -> int | None:
    """Return the year that 今年 means in `document`: of its issue, else the last that its title names."""
    if document.metadata.issued:
        return document.metadata.issued.year
    named = years(document.title)
    return named[-1].year if named else None


years_in = lru_cache(maxsize=8192)(years)


def years_of(candidate: Candidate) -> frozenset[int]:
    """Return the years that a candidate speaks of: its own, else those that govern it.

    Those are the last year named before it in its paragraph, else in the headings above it in the
    document, else that of the document; a document of the first quarter reports on the year before.
    """
    reference = year_of_writing(candidate.document)
    compared = _compared(candidate.folded, reference)
    # 比上年增长 tells a growth, 较2019年(149家)提高 a figure of 2019 too
    own = _set(y for y in years_in(candidate.folded, reference) if not (y.relative and y in compared))
    if own:
        return own
    compared = _compared(candidate.before, reference)
    before = [year for year in years_in(candidate.before, reference) if year not in compared]
    if before:
        return frozenset({before[-1].year}) | _reported(candidate.document)
    return _headed(candidate, reference) or _of_document(candidate, reference)


def _compared(text: str, reference: int | None) -> list[Year]:
    """Return the years of `text` that something is compared with."""
    return [year for year in years_in(text, reference) if _COMPARED.search(text[: year.start])]


def last_heading(candidate: Candidate) -> str:
    """Return the last heading before a candidate that says of which part of a report it is, folded."""
    headings = [s.heading for s in candidate.document.sections if s.path and s.start <= candidate.start]
    return folded_text(next((h for h in reversed(headings) if years_in(h)), headings[-1] if headings else ""))


def _headed(candidate: Candidate, reference: int | None) -> frozenset[int]:
    for section in reversed(candidate.document.sections):
        if section.start <= candidate.start and section.path:
            named = _set(years_in(section.heading, reference))
            if named:
                return named
    return frozenset()


def _of_document(candidate: Candidate, reference: int | None) -> frozenset[int]:
    issued = candidate.document.metadata.issued
    if reference is None:
        return frozenset()
    titled = _set(years_in(folded_text(candidate.document.title)))
    reported = titled if len(titled) == 1 else frozenset[int]()
    if reported and _LOOKS_BACK.search(candidate.document.title):
        return reported
    if (issued is None or issued.month <= _FIRST_QUARTER) and not _PLANNED.search(candidate.folded):
        return reported | {reference, reference - 1}
    return reported | {reference}


def _reported(document: Document) -> frozenset[int]:
    """Return the year that the title of a document says it reports on: 2024年度审计查出问题的报告."""
    title = folded_text(document.title)
    return frozenset(year.year for year in years_in(title) if title.startswith("度", year.end))


def _set(found: Iterable[Year]) -> frozenset[int]:
    return frozenset(year.year for year in found)
