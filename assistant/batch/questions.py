"""Read questions from xlsx, csv, jsonl and txt, every other column kept."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..errors import AssistantError, UsageError
from ..ingest.load.encoding import decode
from ..messages import say
from ..zh.fold import fold

_QUESTION_NAMES = ("问题", "question", "题目", "提问", "问句", "题干", "questions", "query", "q")
_ID_NAMES = ("id", "编号", "序号", "问题编号", "题号", "no", "no.")
_HEADER_SEARCH = 10  # rows: a sheet's title and notes may stand above its header
_LONG_CELL = 15  # characters: a column's name is shorter, a question seldom is
_CELL_LIMIT = 16_000_000  # characters of a csv cell; Python's own limit, 131,072, would stop the whole file

Record = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Row:
    """One question with the record it came in; `error` says why it cannot be asked."""

    number: int  # from 1
    id: str
    question: str
    record: Record
    error: str = ""


@dataclass(frozen=True, slots=True)
class Questions:
    """The rows of an input, the names of its columns, and which of them holds the question."""

    rows: tuple[Row, ...]
    columns: tuple[str, ...]
    column: str
    id_column: str = ""


def read_questions(path: Path, column: str | None = None) -> Questions:
    """Read the questions in `path`; `column` names the column they are in.

    Without `column` it is the one named like a question, else the one with the longest texts.
    Raises UsageError when the file, its format or the column is not there.
    """
    reader = _READERS.get(path.suffix.lower())
    if not path.is_file():
        raise UsageError(say("batch.missing", path=path))
    if reader is None:
        raise UsageError(say("batch.format", path=path, formats=", ".join(_READERS)))
    try:
        records = reader(path)
    except (AssistantError, OSError):
        raise
    except Exception as error:  # a broken zip, xml or csv raises whatever its library likes
        raise UsageError(say("batch.unreadable", path=path, reason=error or type(error).__name__)) from error
    if not records:
        raise UsageError(say("batch.none", path=path))
    columns = tuple(dict.fromkeys(name for record in records for name in record if name != _BAD))
    name = _question_column(columns, records, column)
    id_column = _named(columns, _ID_NAMES)
    rows = [_row(number, record, name, id_column) for number, record in enumerate(records, 1)]
    return Questions(tuple(rows), columns, name, id_column)


_BAD = "\0"  # the key under which a line that is no record is kept; no column can be called so


def _row(number: int, record: Record, column: str, id_column: str) -> Row:
    identity = _text(record.get(id_column)) or str(number)
    if _BAD in record:
        return Row(number, identity, "", {}, say("batch.bad_line", text=record[_BAD][:80]))
    return Row(number, identity, _text(record.get(column)), record)


def _text(value: object) -> str:
    return "" if value is None else str(value).strip()


def _question_column(columns: Sequence[str], records: Sequence[Record], wanted: str | None) -> str:
    if wanted is not None:
        found = _named(columns, (fold(wanted).strip(),))
        if not found:
            known = "、".join(columns)
            raise UsageError(say("batch.columns", column=wanted, columns=known))
        return found
    named = _named(columns, _QUESTION_NAMES)
    return named or max(columns, default="question", key=lambda name: _text_length(name, records))


def _named(columns: Sequence[str], names: Iterable[str]) -> str:
    folded = {fold(column).strip(): column for column in reversed(columns)}
    return next((folded[name] for name in names if name in folded), "")


def _text_length(column: str, records: Sequence[Record]) -> int:
    return sum(len(value) for record in records if isinstance(value := record.get(column), str))


def _read_lines(path: Path) -> list[Record]:
    lines = decode(path.read_bytes()).text.splitlines()
    return [{"question": line.strip()} for line in lines if line.strip()]


def _read_jsonl(path: Path) -> list[Record]:
    lines = decode(path.read_bytes()).text.split("\n")  # not splitlines: U+2028 may stand inside a string
    return [_record(line) for line in lines if line.strip()]


def _record(line: str) -> Record:
    try:
        value = json.loads(line)
    except ValueError:
        return {_BAD: line}
    if isinstance(value, str):
        return {"question": value}
    return value if isinstance(value, dict) else {_BAD: line}


def _read_csv(path: Path) -> list[Record]:
    csv.field_size_limit(_CELL_LIMIT)
    text = decode(path.read_bytes()).text
    first = text.split("\n", 1)[0]
    delimiter = max(",\t;", key=first.count)
    return _records(list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)))


def _read_xlsx(path: Path) -> list[Record]:
    from openpyxl import load_workbook

    workbook = load_workbook(path, read_only=True, data_only=True)
    try:
        for sheet in workbook.worksheets:
            records = _records([list(row) for row in sheet.iter_rows(values_only=True)])
            if records:
                return records
        return []
    finally:
        workbook.close()


def _records(grid: Sequence[Sequence[Any]]) -> list[Record]:
    """Return a sheet's rows by the names of its columns, blank rows and what stands above them dropped."""
    grid = [row for row in grid if any(_text(cell) for cell in row)]
    if not grid:
        return []
    header = _header_row(grid)
    width = max(map(len, grid))
    names = _unique(list(grid[header]) if header is not None else [], width)
    return [dict(zip(names, row, strict=False)) for row in grid[0 if header is None else header + 1 :]]


def _header_row(grid: Sequence[Sequence[Any]]) -> int | None:
    for index, row in enumerate(grid[:_HEADER_SEARCH]):
        if any(fold(_text(cell)) in _QUESTION_NAMES for cell in row):
            return index
    asks = any(_text(cell).endswith(("?", "？")) or len(_text(cell)) > _LONG_CELL for cell in grid[0])
    return None if asks or len(grid) == 1 else 0


def _unique(cells: Sequence[Any], width: int) -> list[str]:
    names: list[str] = []
    for index in range(width):
        name = base = _text(cells[index] if index < len(cells) else None) or f"列{index + 1}"
        copy = 1
        while name in names:
            copy += 1
            name = f"{base} ({copy})"
        names.append(name)
    return names


_READERS: dict[str, Callable[[Path], list[Record]]] = {
    ".xlsx": _read_xlsx,
    ".csv": _read_csv,
    ".jsonl": _read_jsonl,
    ".txt": _read_lines,
}
