"""Write answers to jsonl, csv and xlsx beside the columns that came in."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date, time, timedelta
from pathlib import Path
from typing import Any, Protocol

from ..plain import visible
from .questions import Questions, Row

Answer = Mapping[str, Any]  # the contract's JSON object

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_EXCEL_CELL = 32_767  # characters that a cell can hold
_WIDTHS = {"question": 36, "answer": 60, "status": 11, "citations": 70, "notes": 30}
_OTHER_WIDTH = 24  # characters at most for a column that came in
_OWN = ("answer", "status", "citations", "notes")
_CHINESE = {
    "answer": "回答",
    "status": "状态",
    "citations": "依据",
    "notes": "说明",
    "answered": "已回答",
    "partial": "部分回答",
    "refused": "无依据",
    "error": "出错",
}
_FILLS = {"answered": "E8F5E9", "partial": "FFF8E1", "refused": "ECEFF1", "error": "FFEBEE"}


class Output(Protocol):
    """Where answers go, one row after another."""

    def write(self, row: Row, answer: Answer) -> None:
        """Write one answer."""

    def close(self) -> None:
        """Bring everything written to disk."""


def open_output(path: Path, questions: Questions) -> Output:
    """Return the output of the format that `path` names; a former file of that name is replaced."""
    return OUTPUTS[path.suffix.lower()](path, questions)


class JsonLines:
    """One JSON object a line: the answer's, and the other columns that came in."""

    def __init__(self, path: Path, questions: Questions) -> None:
        self._questions = questions
        self._file = path.open("w", encoding="utf-8", newline="\n")

    def write(self, row: Row, answer: Answer) -> None:
        """Write one line."""
        own = {self._questions.column, self._questions.id_column}
        kept = {name: _plain(value) for name, value in row.record.items() if name not in own}
        record = {**answer, **{_free(name, answer): value for name, value in kept.items()}}
        self._file.write(json.dumps(record, ensure_ascii=False) + "\n")
        self._file.flush()

    def close(self) -> None:
        """Close the file."""
        self._file.close()


class Csv:
    """A table in UTF-8 with a byte order mark, without which Excel misreads Chinese."""

    def __init__(self, path: Path, questions: Questions) -> None:
        self._table = _Table(questions)
        self._file = path.open("w", encoding="utf-8-sig", newline="")
        self._writer = csv.writer(self._file)
        self._writer.writerow(map(_safe, self._table.header))

    def write(self, row: Row, answer: Answer) -> None:
        """Write one row."""
        self._writer.writerow(_safe(_plain(value)) for value in self._table.cells(row, answer))
        self._file.flush()

    def close(self) -> None:
        """Close the file."""
        self._file.close()


class Xlsx:
    """A worksheet for people: wrapped text, a fixed header, the status in colour."""

    def __init__(self, path: Path, questions: Questions) -> None:
        from openpyxl import Workbook

        self._path = path
        self._table = _Table(questions)
        self._workbook = Workbook()
        self._sheet = self._workbook.active
        self._rows = 0
        self._append(self._table.header)

    def write(self, row: Row, answer: Answer) -> None:
        """Add one row; the file is written when the output is closed."""
        from openpyxl.styles import PatternFill

        self._append(self._table.cells(row, answer))
        status = self._sheet.cell(self._rows, len(self._table.kept) + _OWN.index("status") + 1)
        status.fill = PatternFill("solid", fgColor=_FILLS[answer["status"]])

    def close(self) -> None:
        """Lay the sheet out and write it."""
        from openpyxl.styles import Font, PatternFill
        from openpyxl.utils import get_column_letter

        for cell in self._sheet[1]:
            cell.font = Font(bold=True, color="FFFFFF")
            cell.fill = PatternFill("solid", fgColor="37474F")
        for index, width in enumerate(self._table.widths(), 1):
            self._sheet.column_dimensions[get_column_letter(index)].width = width
        self._sheet.freeze_panes = "A2"
        self._sheet.auto_filter.ref = self._sheet.dimensions
        self._workbook.save(self._path)

    def _append(self, values: Sequence[Any]) -> None:
        from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
        from openpyxl.styles import Alignment

        self._rows += 1
        for column, value in enumerate(values, 1):
            cell = self._sheet.cell(self._rows, column)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            if not isinstance(value, str):
                cell.value = _native(value)
                continue
            cell.value = ILLEGAL_CHARACTERS_RE.sub("", value)[:_EXCEL_CELL]
            cell.data_type = "s"  # openpyxl takes a text that begins with = for a formula
            cell.quotePrefix = value.startswith(_FORMULA)  # and Excel would, once the cell is edited


class _Table:
    """The columns of a table: those that came in, then our own, named in the script of the questions."""

    def __init__(self, questions: Questions) -> None:
        chinese = any("一" <= character <= "鿿" for character in questions.column)
        self._words = _CHINESE if chinese else {}
        self._questions = questions
        own = [self._word(name) for name in _OWN]
        self.kept = questions.columns
        self.header = [*(_free(name, own) for name in self.kept), *own]

    def cells(self, row: Row, answer: Answer) -> list[Any]:
        """Return the cells of one row."""
        citations = "\n".join(map(_citation, answer["citations"]))
        notes = "\n".join(filter(None, (answer["error"], *answer["notices"])))
        kept = [row.record.get(name) for name in self.kept]
        return [*kept, answer["answer"], self._word(answer["status"]), citations, notes]

    def widths(self) -> list[int]:
        """Return the width of every column, in characters."""
        kept = (_WIDTHS["question"] if name == self._questions.column else _OTHER_WIDTH for name in self.kept)
        return [*kept, *(_WIDTHS[name] for name in _OWN)]

    def _word(self, word: str) -> str:
        return self._words.get(word, word)


def _citation(citation: Mapping[str, Any]) -> str:
    place = " › ".join((citation["title"], *citation["section"]))
    return f"[{citation['n']}] {place}：「{visible(citation['quote'])}」"


def _free(name: str, taken: Collection[str]) -> str:
    """Return a name for a column that came in, where an answer's own column has that name already."""
    return f"{name} (input)" if name in taken else name


def _plain(value: object) -> Any:
    """Return a cell of a worksheet as JSON and csv can hold it."""
    return value.isoformat() if isinstance(value, date | time) else value


def _native(value: object) -> Any:
    """Return a value of a JSON record as a worksheet can hold it."""
    if value is None or isinstance(value, bool | int | float | date | time | timedelta):
        return value
    return json.dumps(value, ensure_ascii=False)


def _safe(value: object) -> object:
    """Return a csv cell that no spreadsheet runs: before what looks like a formula stands an apostrophe."""
    if not isinstance(value, str) or not value.startswith(_FORMULA):
        return value
    try:
        float(value)
    except ValueError:
        return f"'{value}"
    return value  # -3.5 is a number, not a formula


OUTPUTS: dict[str, Callable[[Path, Questions], Output]] = {".jsonl": JsonLines, ".csv": Csv, ".xlsx": Xlsx}
