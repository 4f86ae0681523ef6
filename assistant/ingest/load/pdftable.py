"""Tables of a pdf page: those with ruled lines by their grid, others by aligned columns."""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .pdflines import Char, in_order, text_of

if TYPE_CHECKING:
    import pypdfium2 as pdfium

_SNAP = 3.0  # points; rules closer than that are one
_SHORT = 6.0  # points; shorter strokes belong to drawings
_MOST_RULES = 4000  # of one page; drawings have more
_REPEATED = 40  # characters; a merged cell up to this long is repeated in each row it spans


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line: at `at`, from `start` to `end`, upright or level."""

    upright: bool
    at: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Grid:
    """The grid of one ruled table: column edges from the left, row edges from the top."""

    columns: list[float]
    rows: list[float]
    rules: list[Rule]

    def holds(self, char: Char) -> bool:
        """Tell whether the middle of `char` lies in the table."""
        x, y = (char.left + char.right) / 2, (char.bottom + char.top) / 2
        return self.columns[0] <= x <= self.columns[-1] and self.rows[-1] <= y <= self.rows[0]

    def cells(self, chars: Iterable[Char]) -> list[list[str]]:
        """Return the texts of the cells; a merged cell counts as its first."""
        owner = self._owners()
        texts: dict[tuple[int, int], list[Char]] = {}
        for char in chars:
            x, y = (char.left + char.right) / 2, (char.bottom + char.top) / 2
            column = max(index for index, edge in enumerate(self.columns[:-1]) if edge <= x)
            row = max(index for index, edge in enumerate(self.rows[:-1]) if edge >= y)
            texts.setdefault(owner[row, column], []).append(char)
        written = {place: _cell_text(held) for place, held in texts.items()}
        table = []
        for row in range(len(self.rows) - 1):
            cells = []
            for column in range(len(self.columns) - 1):
                place = owner[row, column]
                text = written.get(place, "")
                first = place == (row, column)
                below = place[1] == column and len(text) <= _REPEATED
                cells.append(text if first or below else "")
            table.append(cells)
        return table

    def _owners(self) -> dict[tuple[int, int], tuple[int, int]]:
        """Return for each place of the grid the upper left place of the cell it belongs to."""
        owner: dict[tuple[int, int], tuple[int, int]] = {}
        for row in range(len(self.rows) - 1):
            for column in range(len(self.columns) - 1):
                if column and not self._ruled(True, self.columns[column], self.rows[row + 1], self.rows[row]):
                    owner[row, column] = owner[row, column - 1]
                elif row and not self._ruled(
                    False, self.rows[row], self.columns[column], self.columns[column + 1]
                ):
                    owner[row, column] = owner[row - 1, column]
                else:
                    owner[row, column] = (row, column)
        return owner

    def _ruled(self, upright: bool, at: float, start: float, end: float) -> bool:
        """Tell whether rules cover half of the stretch between two places."""
        covered = sum(
            max(0.0, min(rule.end, end) - max(rule.start, start))
            for rule in self.rules
            if rule.upright == upright and abs(rule.at - at) <= _SNAP
        )
        return covered >= 0.5 * (end - start)


def grids(page: pdfium.PdfPage) -> list[Grid]:
    """Return the ruled tables of `page`, two columns at least."""
    rules = _rules(page)
    if len(rules) > _MOST_RULES:
        return []
    found = []
    for group in _connected(rules):
        # the ends count as edges too: many tables have no rule at their sides, or none at a page end
        columns = _edges(place for rule in group for place in _places(rule, upright=True))
        rows = _edges(place for rule in group for place in _places(rule, upright=False))[::-1]
        if len(columns) >= 3 and len(rows) >= 2:
            found.append(Grid(columns, rows, group))
    return found


def _rules(page: pdfium.PdfPage) -> list[Rule]:
    import pypdfium2.raw as raw

    rules: list[Rule] = []
    for path in page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH], max_depth=1):
        matrix = raw.FS_MATRIX()
        raw.FPDFPageObj_GetMatrix(path.raw, matrix)
        rules += _strokes(path.raw, matrix)
        if len(rules) > _MOST_RULES:
            break
    return rules


def _strokes(path: ctypes.c_void_p, matrix: ctypes.Structure) -> list[Rule]:
    import pypdfium2.raw as raw

    found: list[Rule] = []
    start = here = (0.0, 0.0)
    x, y = ctypes.c_float(), ctypes.c_float()
    for number in range(min(raw.FPDFPath_CountSegments(path), _MOST_RULES)):
        segment = raw.FPDFPath_GetPathSegment(path, number)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        point = (
            matrix.a * x.value + matrix.c * y.value + matrix.e,
            matrix.b * x.value + matrix.d * y.value + matrix.f,
        )
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            start = point
        elif kind == raw.FPDF_SEGMENT_LINETO:
            found += _rule(here, point)
        here = point
        if raw.FPDFPathSegment_GetClose(segment):
            found += _rule(here, start)
            here = start
    return found


def _rule(one: tuple[float, float], other: tuple[float, float]) -> list[Rule]:
    wide, high = abs(one[0] - other[0]), abs(one[1] - other[1])
    if wide < 1 and high >= _SHORT:
        return [Rule(True, (one[0] + other[0]) / 2, min(one[1], other[1]), max(one[1], other[1]))]
    if high < 1 and wide >= _SHORT:
        return [Rule(False, (one[1] + other[1]) / 2, min(one[0], other[0]), max(one[0], other[0]))]
    return []


def _connected(rules: list[Rule]) -> list[list[Rule]]:
    """Group rules that touch each other, directly or over others."""
    upright = [rule for rule in rules if rule.upright]
    level = [rule for rule in rules if not rule.upright]
    group = {id(rule): number for number, rule in enumerate(rules)}
    members = {number: [rule] for number, rule in enumerate(rules)}
    for one in upright:
        for other in level:
            touches = (
                other.start - _SNAP <= one.at <= other.end + _SNAP
                and one.start - _SNAP <= other.at <= one.end + _SNAP
            )
            target, source = group[id(one)], group[id(other)]
            if touches and target != source:
                for rule in members[source]:
                    group[id(rule)] = target
                members[target] += members.pop(source)
    return [held for held in members.values() if len(held) > 3]


def _places(rule: Rule, *, upright: bool) -> tuple[float, ...]:
    """Return where `rule` marks an edge of columns (upright) or of rows."""
    return (rule.at,) if rule.upright == upright else (rule.start, rule.end)


def _edges(places: Iterable[float]) -> list[float]:
    """Return places in order, those closer than the snap distance as one."""
    edges: list[float] = []
    for place in sorted(places):
        if not edges or place - edges[-1] > _SNAP:
            edges.append(place)
    return edges


def _cell_text(chars: list[Char]) -> str:
    lines: list[list[Char]] = []
    bottom = math.inf
    for char in chars:
        # an inferred blank has no size of its own to tell its line by
        if lines and (char.generated or abs(char.bottom - bottom) < 0.5 * char.size):
            lines[-1].append(char)
        else:
            lines.append([char])
        bottom = bottom if char.generated else char.bottom
    text = ""
    for line in lines:
        words = text_of(in_order(line))
        # a narrow cell breaks Chinese anywhere, other scripts at blanks
        text += (" " if text[-1:].isascii() and words[:1].isascii() and text else "") + words
    return text
