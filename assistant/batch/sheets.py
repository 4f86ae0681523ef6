"""Read xlsx, csv, jsonl and txt as sheets of records, each with the row it stood in."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..ingest.load.encoding import decode
from ..messages import say
from ..zh.fold import fold

if TYPE_CHECKING:
    from openpyxl.cell import Cell

QUESTION_NAMES = ("问题", "question", "题目", "提问", "问句", "题干", "questions", "query", "q")
_HEADER_SEARCH = 10  # rows: a sheet's title and notes may stand above its header
_LONG_CELL = 15  # characters: a column's name is shorter, a question seldom is
_CELL_LIMIT = 16_000_000  # characters of a csv cell; Python's own limit, 131,072, would stop the whole file

Record = Mapping[str, Any]


class UnsavedFormula(str):
    """A formula whose result the program that wrote the file did not save."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Line:
    """A record and its row as the user sees it, from 1; `error` says why it is none."""

    number: int
    record: Record
    error: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A worksheet, or a whole file of another format, which has no name."""

    lines: tuple[Line, ...]
    columns: tuple[str, ...]
    name: str = ""
    hidden: bool = False

    def with_column(self, name: str, value: str) -> Sheet:
        """Return the sheet with one more column, its first, that has this value in every row."""
        lines = tuple(replace(line, record={name: value, **line.record}) for line in self.lines)
        return replace(self, lines=lines, columns=(name, *self.columns))


def text_of(value: object) -> str:
    """Return the text of a cell."""
    return "" if value is None else str(value).strip()


def unique_names(cells: Iterable[object]) -> list[str]:
    """Return names of columns, blank ones numbered and repeated ones told apart."""
    names: list[str] = []
    for index, cell in enumerate(cells, 1):
        name = base = text_of(cell) or f"列{index}"
        copy = 1
        while name in names:
            copy += 1
            name = f"{base} ({copy})"
        names.append(name)
    return names


def _read_txt(path: Path) -> list[Sheet]:
    lines = enumerate(decode(path.read_bytes()).text.splitlines(), 1)
    return [_records(Line(number, {"question": line.strip()}) for number, line in lines if line.strip())]


def _read_jsonl(path: Path) -> list[Sheet]:
    # not splitlines: U+2028 may stand inside a string
    lines = enumerate(decode(path.read_bytes()).text.split("\n"), 1)
    return [_records(_parsed(number, line) for number, line in lines if line.strip())]


def _records(lines: Iterable[Line]) -> Sheet:
    lines = tuple(lines)
    return Sheet(lines, tuple(dict.fromkeys(name for line in lines for name in line.record)))


def _parsed(number: int, line: str) -> Line:
    try:
        value = json.loads(line)
    except ValueError:
        value = None
    if isinstance(value, str):
        return Line(number, {"question": value})
    if isinstance(value, dict):
        return Line(number, value)
    return Line(number, {}, say("batch.bad_line", text=line[:80]))


def _read_csv(path: Path) -> list[Sheet]:
    csv.field_size_limit(_CELL_LIMIT)
    text = decode(path.read_bytes()).text
    first = text.split("\n", 1)[0]
    delimiter = max(",\t;", key=first.count)
    return [_table(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))]


def _read_xlsx(path: Path) -> list[Sheet]:
    from openpyxl import load_workbook

    # a workbook gives the results of its formulas or the formulas, not both
    results = load_workbook(path, read_only=True, data_only=True)
    formulas = load_workbook(path, read_only=True)
    try:
        sheets = []
        for shown, written in zip(results.worksheets, formulas.worksheets, strict=True):
            for sheet in (shown, written):
                sheet.reset_dimensions()  # some programs write too small a size, which would cut rows off
            rows = zip(shown.iter_rows(values_only=True), written.iter_rows(), strict=True)
            grid = [list(map(_value, values, cells)) for values, cells in rows]
            sheets.append(replace(_table(grid), name=shown.title, hidden=shown.sheet_state != "visible"))
        return sheets
    finally:
        results.close()
        formulas.close()


def _value(result: object, cell: Cell) -> object:
    if result is not None or cell.data_type != "f":
        return result
    return UnsavedFormula(getattr(cell.value, "text", cell.value))  # a formula of an array is an object


def _table(grid: Iterable[Sequence[Any]]) -> Sheet:
    """Return rows by the names of their columns, blank rows and what stands above the names dropped."""
    numbered = [(number, row) for number, row in enumerate(grid, 1) if any(map(text_of, row))]
    if not numbered:
        return Sheet((), ())
    header = _header_row([row for _, row in numbered])
    if header is not None:
        numbered = numbered[header:]
    width = max(len(row) for _, row in numbered)
    named = [] if header is None else list(numbered.pop(0)[1])
    names = unique_names(named + [None] * (width - len(named)))
    lines = (Line(number, dict(zip(names, row, strict=False))) for number, row in numbered)
    return Sheet(tuple(lines), tuple(names))


def _header_row(grid: Sequence[Sequence[Any]]) -> int | None:
    for index, row in enumerate(grid[:_HEADER_SEARCH]):
        if any(fold(text_of(cell)) in QUESTION_NAMES for cell in row):
            return index
    asks = any(text_of(cell).endswith(("?", "？")) or len(text_of(cell)) > _LONG_CELL for cell in grid[0])
    return None if asks or len(grid) == 1 else 0


READERS: dict[str, Callable[[Path], list[Sheet]]] = {
    ".xlsx": _read_xlsx,
    ".csv": _read_csv,
    ".jsonl": _read_jsonl,
    ".txt": _read_txt,
}
