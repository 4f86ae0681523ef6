"""A worksheet for people: wrapped text, rows as high as their text, the status in colour."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, time, timedelta
from pathlib import Path
from typing import Any
from unicodedata import east_asian_width

from .questions import Questions, Row
from .table import FORMULA, Answer, Table

_CELL = 32_767  # characters that a cell can hold
_LINE = 16.0  # points of a line of Chinese in the default size
_HIGHEST = 409.0  # points: no row can be higher
_NARROW, _WIDE = 8, 60  # half-width characters: a column is as wide as its longest line, within these
_FILLS = {"answered": "E8F5E9", "partial": "FFF8E1", "refused": "ECEFF1", "error": "FFEBEE"}


class Xlsx:
    """Collect rows and write the workbook when it is closed."""

    def __init__(self, path: Path, questions: Questions) -> None:
        from openpyxl import Workbook

        self._path = path
        self._table = Table(questions)
        self._workbook = Workbook()
        self._sheet = self._workbook.active
        self._rows = 0
        self._append(self._table.header)

    def write(self, row: Row, answer: Answer) -> None:
        """Add one row."""
        from openpyxl.styles import PatternFill

        self._append(self._table.cells(row, answer))
        status = self._sheet.cell(self._rows, self._table.status + 1)
        status.fill = PatternFill("solid", fgColor=_FILLS[answer["status"]])

    def close(self) -> None:
        """Lay the sheet out and write it."""
        from openpyxl.styles import Font, PatternFill
        from openpyxl.worksheet.properties import PageSetupProperties

        for cell in self._sheet[1]:
            cell.font = Font(bold=True, color="FFFFFF")
            cell.fill = PatternFill("solid", fgColor="37474F")
        self._fit()
        self._sheet.freeze_panes = "A2"
        self._sheet.auto_filter.ref = self._sheet.dimensions
        self._sheet.print_title_rows = "1:1"
        self._sheet.page_setup.orientation = "landscape"
        self._sheet.page_setup.fitToHeight = 0  # as many pages as it takes, one page wide
        self._sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        self._workbook.save(self._path)

    def _append(self, values: Sequence[Any]) -> None:
        from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
        from openpyxl.styles import Alignment, Border, Side

        self._rows += 1
        for column, value in enumerate(values, 1):
            cell = self._sheet.cell(self._rows, column)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            cell.border = Border(bottom=Side("hair"))
            if not isinstance(value, str):
                cell.value = _native(value)
                continue
            text = value.encode("utf-8", "replace").decode()  # half a surrogate pair is no XML
            cell.value = ILLEGAL_CHARACTERS_RE.sub("", text)[:_CELL]
            cell.data_type = "s"  # openpyxl takes a text that begins with = for a formula
            cell.quotePrefix = value.startswith(FORMULA)  # and Excel would, once the cell is edited

    def _fit(self) -> None:
        """Set widths and heights: programs other than Excel don't fit wrapped text by themselves."""
        from openpyxl.utils import get_column_letter

        widths = [max(map(_longest_line, column)) + 2 for column in self._sheet.iter_cols(values_only=True)]
        widths = [min(max(width, _NARROW), _WIDE) for width in widths]
        for index, width in enumerate(widths, 1):
            self._sheet.column_dimensions[get_column_letter(index)].width = width
        for number, row in enumerate(self._sheet.iter_rows(values_only=True), 1):
            lines = max(_lines(value, width) for value, width in zip(row, widths, strict=True))
            self._sheet.row_dimensions[number].height = min(lines * _LINE + 3, _HIGHEST)


def _longest_line(value: object) -> int:
    return max((_width(line) for line in _text(value).split("\n")), default=0)


def _lines(value: object, width: int) -> int:
    return sum(max(1, -(-_width(line) // width)) for line in _text(value).split("\n"))


def _text(value: object) -> str:
    return "" if value is None else str(value)


def _width(line: str) -> int:
    return sum(2 if east_asian_width(character) in "WFA" else 1 for character in line)


def _native(value: object) -> Any:
    """Return a value of a JSON record as a worksheet can hold it."""
    if value is None or isinstance(value, bool | int | float | date | time | timedelta):
        return value
    return json.dumps(value, ensure_ascii=False)
