"""Write answers to jsonl, csv and xlsx beside the columns that came in."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from datetime import date, time
from pathlib import Path
from typing import Any, Protocol

from .questions import Questions, Row
from .sheets import text_of
from .table import FORMULA, Answer, Table, free_name
from .worksheet import Xlsx


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
        self._own = {questions.column, questions.id_column}
        # half a surrogate pair, which JSON can spell, is written as ?
        self._file = path.open("w", encoding="utf-8", errors="replace", newline="\n")

    def write(self, row: Row, answer: Answer) -> None:
        """Write one line."""
        told = {"", row.question, row.id}  # sheets of one workbook may use the same name for other things
        kept = {
            name: _plain(value)
            for name, value in row.record.items()
            if name not in self._own or text_of(value) not in told
        }
        record = {**answer, **{free_name(name, answer): value for name, value in kept.items()}}
        self._file.write(json.dumps(record, ensure_ascii=False) + "\n")
        self._file.flush()

    def close(self) -> None:
        """Close the file."""
        self._file.close()


class Csv:
    """A table in UTF-8 with a byte order mark, without which Excel misreads Chinese."""

    def __init__(self, path: Path, questions: Questions) -> None:
        self._table = Table(questions)
        self._file = path.open("w", encoding="utf-8-sig", errors="replace", newline="")
        self._writer = csv.writer(self._file)
        self._writer.writerow(map(_safe, self._table.header))

    def write(self, row: Row, answer: Answer) -> None:
        """Write one row."""
        self._writer.writerow(_safe(_plain(value)) for value in self._table.cells(row, answer))
        self._file.flush()

    def close(self) -> None:
        """Close the file."""
        self._file.close()


def _plain(value: object) -> Any:
    """Return a cell of a worksheet as JSON and csv can hold it."""
    return value.isoformat() if isinstance(value, date | time) else value


def _safe(value: object) -> object:
    """Return a csv cell that no spreadsheet runs: before what looks like a formula stands an apostrophe."""
    if not isinstance(value, str) or not value.startswith(FORMULA):
        return value
    try:
        float(value)
    except ValueError:
        return f"'{value}"
    return value  # -3.5 is a number, not a formula


OUTPUTS: dict[str, Callable[[Path, Questions], Output]] = {".jsonl": JsonLines, ".csv": Csv, ".xlsx": Xlsx}
