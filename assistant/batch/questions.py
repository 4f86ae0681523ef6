"""Read questions from xlsx, csv, jsonl and txt, every other column kept."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from ..errors import AssistantError, UsageError
from ..messages import say
from ..zh.fold import fold
from .sheets import QUESTION_NAMES, READERS, Line, Record, Sheet, UnsavedFormula, text_of, unique_names

_ID_NAMES = ("id", "编号", "序号", "问题编号", "题号", "no", "no.")
_SHEET_COLUMN = "工作表"


@dataclass(frozen=True, slots=True)
class Row:
    """One question with the record it came in; `error` says why it cannot be asked."""

    number: int  # from 1
    id: str
    question: str
    record: Record
    sheet: str  # the name of its worksheet; empty in the other formats
    line: int  # its row in that worksheet or in the file, from 1
    error: str = ""


@dataclass(frozen=True, slots=True)
class Questions:
    """The rows of an input, the names of its columns, and which of them holds the question.

    `left_out` says of each worksheet that is not asked how many rows it has, and why.
    """

    rows: tuple[Row, ...]
    columns: tuple[str, ...]
    column: str
    id_column: str = ""
    left_out: tuple[str, ...] = ()


def read_questions(path: Path, column: str | None = None) -> Questions:
    """Read the questions in `path`; `column` names the column they are in.

    Without `column` it is the one named like a question, else the one with the longest texts. Of a
    workbook every visible worksheet with a column of that name is asked, else the first one.
    Raises UsageError when the file, its format or the column is not there.
    """
    reader = READERS.get(path.suffix.lower())
    if not path.is_file():
        raise UsageError(say("batch.missing", path=path))
    if reader is None:
        raise UsageError(say("batch.format", path=path, formats=", ".join(READERS)))
    try:
        sheets = reader(path)
    except (AssistantError, OSError):
        raise
    except Exception as error:  # a broken zip, xml or csv raises whatever its library likes
        raise UsageError(say("batch.unreadable", path=path, reason=error or type(error).__name__)) from error
    asked = _asked(sheets, column)
    left_out = tuple(_left_out(sheet, column) for sheet in sheets if sheet.lines and sheet not in asked)
    filled = [sheet for sheet in asked if sheet.lines]
    if not filled:
        raise UsageError(say("batch.none", path=path), " ".join(left_out))
    return _joined(filled, column, left_out)


def _asked(sheets: Sequence[Sheet], column: str | None) -> list[Sheet]:
    """Return the sheets with a question column, else the first with rows; hidden ones never."""
    visible = [sheet for sheet in sheets if not sheet.hidden]
    asked = [sheet for sheet in visible if _named(sheet.columns, _question_names(column))]
    filled = [sheet for sheet in visible if sheet.lines]
    if not asked and filled and column is not None:
        raise UsageError(say("batch.columns", column=column, columns="、".join(_columns(filled))))
    return asked or filled[:1]


def _left_out(sheet: Sheet, column: str | None) -> str:
    key = "batch.hidden" if sheet.hidden else "batch.left_out"
    return say(key, sheet=sheet.name, rows=len(sheet.lines), column=column or QUESTION_NAMES[0])


def _joined(sheets: Sequence[Sheet], column: str | None, left_out: tuple[str, ...]) -> Questions:
    """Return the questions of all sheets; when there are several, a column names the sheet of each."""
    columns = _columns(sheets)
    if len(sheets) > 1:
        name = unique_names([*columns, _SHEET_COLUMN])[-1]
        sheets = [sheet.with_column(name, sheet.name) for sheet in sheets]
        columns = (name, *columns)
    id_column = _named(columns, _ID_NAMES)
    asked = [_question_column(sheet, column) for sheet in sheets]
    lines = ((sheet, line, own) for sheet, own in zip(sheets, asked, strict=True) for line in sheet.lines)
    rows = (_row(number, *line, id_column) for number, line in enumerate(lines, 1))
    return Questions(tuple(rows), columns, asked[0], id_column, left_out)


def _columns(sheets: Sequence[Sheet]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for sheet in sheets for name in sheet.columns))


def _row(number: int, sheet: Sheet, line: Line, column: str, id_column: str) -> Row:
    value = line.record.get(column)
    error, question = line.error, text_of(value)
    if isinstance(value, UnsavedFormula):
        error, question = say("batch.formula", formula=value), ""
    identity = text_of(line.record.get(id_column)) or str(number)
    return Row(number, identity, question, line.record, sheet.name, line.number, error)


def _question_column(sheet: Sheet, wanted: str | None) -> str:
    named = _named(sheet.columns, _question_names(wanted))
    return named or max(sheet.columns, default="question", key=lambda name: _text_length(name, sheet))


def _question_names(wanted: str | None) -> tuple[str, ...]:
    return QUESTION_NAMES if wanted is None else (fold(wanted).strip(),)


def _named(columns: Sequence[str], names: Iterable[str]) -> str:
    folded = {fold(column).strip(): column for column in reversed(columns)}
    return next((folded[name] for name in names if name in folded), "")


def _text_length(column: str, sheet: Sheet) -> int:
    return sum(len(value) for line in sheet.lines if isinstance(value := line.record.get(column), str))
