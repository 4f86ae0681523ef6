"""The tables of a text: rows of cells under a header, and what stands around them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ....types import CELL_SEPARATOR, Document, Hit
from ....zh.fold import folded_text
from ....zh.quantities import Quantity, quantities
from ...evidence.candidates import Candidate
from ...evidence.years import year_of_writing, years_in, years_of
from ...sources import Sources

_FEWEST_ROWS = 2
_ABOVE = 200  # characters before a table that may say what it is of
_UNIT = re.compile(r"[(（]([^()（）]{1,12})[)）]")
_BARE = re.compile(r"[\d.,\s]+|[-—–/、]+|\d[\d.,]*%?")


class Cell(NamedTuple):
    """A cell: its span in the document, and its text, folded."""

    start: int
    end: int
    folded: str

    @property
    def name(self) -> str:
        """Return what it names, without the unit behind it: 技术合同成交额 of 技术合同成交额（亿元）."""
        return _UNIT.sub("", self.folded).strip()


Row = tuple[Cell, ...]


class Grid(NamedTuple):
    """A table of a document: its header, its rows, and the folded words that stand around it."""

    document: Document
    hit: Hit
    header: Row
    rows: tuple[Row, ...]
    around: str

    def quantity(self, row: Row, number: int) -> Quantity | None:
        """Return the figure of a cell, in the unit that it, the header of its column or its row names."""
        text = row[number].folded if number < len(row) else ""
        found = quantities(text)
        if found and found[0].unit:
            return found[0]
        unit = _UNIT.search(self.header[number].folded) or _UNIT.search(row[0].folded)
        in_unit = quantities(f"{text}{unit[1]}") if unit and found else []
        return in_unit[0] if in_unit else next(iter(found), None)

    def candidate(self, row: Row) -> Candidate:
        """Return a row as a statement."""
        start, end = row[0].start, row[-1].end
        section = self.document.section_at(start)
        folded = folded_text(self.document.text[start:end])
        return Candidate(self.document, self.hit, start, end, section, folded, "", self.around)

    def years(self) -> frozenset[int]:
        """Return the years that it speaks of: in its rows, its header, around it, else that of its text."""
        reference = year_of_writing(self.document)
        words = f"{self.around} {' '.join(cell.folded for cell in self.header)}"
        named = {year.year for year in years_in(words, reference)}
        return frozenset(named.union(*(years_of(self.candidate(row)) for row in self.rows)))


def grids(hits: Sequence[Hit], sources: Sources) -> Iterator[Grid]:
    """Yield the tables that passages of `hits` are rows of, each once, in the order of the hits."""
    done: set[tuple[str, int]] = set()
    for hit in hits:
        if CELL_SEPARATOR not in hit.passage.text:
            continue
        document = sources.document(hit.passage.document)
        for first, last in _runs(document.text, hit.passage.start, hit.passage.end):
            if (document.id, first) not in done and (grid := _grid(document, hit, first, last)):
                done.add((document.id, first))
                yield grid


def _runs(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the spans of the tables, whole, that touch [start, end)."""
    at = start
    while at < end:
        line_end = text.find("\n", at)
        line_end = len(text) if line_end < 0 else line_end
        first = text.rfind("\n", 0, at) + 1
        if CELL_SEPARATOR in text[first:line_end]:
            while first and CELL_SEPARATOR in text[text.rfind("\n", 0, first - 1) + 1 : first]:
                first = text.rfind("\n", 0, first - 1) + 1
            while line_end < len(text) and CELL_SEPARATOR in text[line_end + 1 :].partition("\n")[0]:
                following = text.find("\n", line_end + 1)
                line_end = len(text) if following < 0 else following
            yield first, line_end
        at = line_end + 1


def _grid(document: Document, hit: Hit, first: int, last: int) -> Grid | None:
    rows = [_cells(document.text, start, end) for start, end in _lines(document.text, first, last)]
    headless = len(rows) >= _FEWEST_ROWS and _is_headless(*rows[:2])
    header = _caption(document, first, len(rows[0])) if headless else rows[0]
    body = tuple(row for row in (rows if headless else rows[1:]) if len(row) > 1)
    if len(body) < _FEWEST_ROWS or any(_BARE.fullmatch(cell.folded) for cell in header):
        return None
    section = document.section_at(first)
    above = folded_text(document.text[max(section.start, first - _ABOVE) : first])
    around = folded_text(f"{' '.join(section.path)} {document.title} ") + above
    return Grid(document, hit, header, tuple(row for row in body if len(row) <= len(header)), around)


def _is_headless(first: Row, second: Row) -> bool:
    """Tell whether the first row of a table has figures of the units of the second: it heads nothing."""
    units = [[_unit(cell) for cell in row[1:]] for row in (first, second)]
    pairs = list(zip(*units, strict=False))
    return bool(pairs) and all(one and one == other for one, other in pairs)


def _unit(cell: Cell) -> str:
    found = quantities(cell.folded)
    return found[0].unit if found else ""


def _caption(document: Document, first: int, columns: int) -> Row:
    """Return the line above a table for each of its columns: 专栏7 重大工程（投资匡算）."""
    text = document.text
    end = len(text[:first].rstrip())
    start = text.rfind("\n", 0, end) + 1
    return (Cell(start, end, folded_text(text[start:end])),) * columns


def _lines(text: str, first: int, last: int) -> Iterator[tuple[int, int]]:
    at = first
    for line in text[first:last].split("\n"):
        yield at, at + len(line)
        at += len(line) + 1


def _cells(text: str, start: int, end: int) -> Row:
    cells = []
    for cell in text[start:end].split(CELL_SEPARATOR):
        bare = cell.strip()
        at = start + cell.find(bare)
        cells.append(Cell(at, at + len(bare), folded_text(bare)))
        start += len(cell) + len(CELL_SEPARATOR)
    return tuple(cells)
