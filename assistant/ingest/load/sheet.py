"""Workbooks and comma separated values: a row is a line, its cells joined, the header marked."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

from ...errors import LoadError
from .base import Limits, Loaded, damaged
from .builder import TextBuilder
from .encoding import decode
from .package import Package

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_SEPARATORS = ",\t;|，、"
_SAMPLE = 20  # rows that show the separator and the header
_TITLE_ROWS = 5  # a header stands below at most so many lines of title, unit and date
_REPEATED = 40  # characters; a merged cell up to this long is repeated in each row it spans


def load_csv(data: bytes, limits: Limits) -> Iterator[Loaded]:
    """Yield the table; raises LoadError beyond the limit of cells."""
    decoded = decode(data)
    lines = io.StringIO(decoded.text, newline="")
    csv.field_size_limit(len(decoded.text) + 1)
    rows = csv.reader(lines, delimiter=_separator(decoded.text))
    builder = TextBuilder()
    try:
        _append(builder, _counted(rows, limits))
    except csv.Error as error:
        raise damaged("csv", error) from None
    yield Loaded("", builder.extract(encoding=decoded.encoding, notices=decoded.notices))


def load_xlsx(data: bytes, limits: Limits) -> Iterator[Loaded]:
    """Yield the workbook, each visible sheet under its name as a heading.

    Raises LoadError when it is broken, encrypted or has more cells than the limit.
    """
    import openpyxl

    Package(data, limits, "xlsx")  # refuses what would burst
    book = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
    builder = TextBuilder()
    left = limits.cells
    for sheet in book.worksheets:
        left -= (
            sheet.max_row * sheet.max_column if sheet.max_row * sheet.max_column < left else len(sheet._cells)
        )
        if left < 0:
            raise _too_many(limits)
        rows = _sheet_rows(sheet, builder)
        if sheet.sheet_state != "visible":
            builder.hide(" ".join(cell for row in rows for cell in row))
        elif any(any(row) for row in rows):
            builder.line(sheet.title, "heading", "1")
            _append(builder, rows)
    if not builder.length:
        raise LoadError("工作簿里没有内容。", "请确认内容没有放在隐藏的工作表里。")
    properties = {"title": book.properties.title or "", "author": book.properties.creator or ""}
    yield Loaded("", builder.extract(properties))


def _sheet_rows(sheet: Worksheet, builder: TextBuilder) -> list[list[str]]:
    """Return the used cells of a sheet as text, merged ones repeated downwards, hidden ones left out."""
    hidden_rows = {number for number, row in sheet.row_dimensions.items() if row.hidden}
    hidden_columns = {
        number
        for column in sheet.column_dimensions.values()
        if column.hidden and column.min and column.max
        for number in range(column.min, min(column.max, sheet.max_column) + 1)
    }
    texts: dict[int, dict[int, str]] = {}
    for (row, column), cell in sheet._cells.items():
        text = cell_text(cell.value, cell.number_format or "")
        if text and (row in hidden_rows or column in hidden_columns or _is_white(cell)):
            builder.hide(text)
        elif text:
            texts.setdefault(row, {})[column] = text
    for merged in sheet.merged_cells.ranges:
        text = texts.get(merged.min_row, {}).get(merged.min_col, "")
        if text and len(text) <= _REPEATED:
            for row in range(merged.min_row + 1, min(merged.max_row, sheet.max_row) + 1):
                if row in texts:
                    texts[row].setdefault(merged.min_col, text)
    columns = sorted({column for row in texts.values() for column in row})
    return [[texts[row].get(column, "") for column in columns] for row in sorted(texts)]


def _is_white(cell: Any) -> bool:
    color = cell.font.color if cell.font else None
    filled = cell.fill is not None and cell.fill.fill_type is not None
    return (
        color is not None and color.type == "rgb" and str(color.rgb)[-6:].upper() == "FFFFFF" and not filled
    )


def cell_text(value: Any, number_format: str) -> str:
    """Return a cell as a reader of the workbook sees it: 0.125 in `0.0%` is 12.5%."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d" if value.time() == time() else "%Y-%m-%d %H:%M")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float | int):
        return _number(value, number_format.split(";")[0])
    return str(value).strip()


def _number(value: float, number_format: str) -> str:
    places = number_format.partition(".")[2].count("0")
    if "%" in number_format:
        return f"{value * 100:.{places}f}%"
    if "0.0" in number_format and "E" not in number_format:
        return f"{value:,.{places}f}" if "#,##" in number_format else f"{value:.{places}f}"
    # 15 digits is what a workbook keeps: 0.1 + 0.2 is .3 there
    shortest = f"{value:.15g}"
    return f"{value:.0f}" if "e" in shortest and float(value).is_integer() else shortest


def _separator(text: str) -> str:
    """Return the separator that gives the sample's rows the same number of cells, most of them."""
    sample = "\n".join(text.split("\n")[:_SAMPLE])

    def fit(separator: str) -> tuple[float, int]:
        widths = [len(row) for row in csv.reader(io.StringIO(sample, newline=""), delimiter=separator) if row]
        common = max(set(widths), key=widths.count, default=0)
        return (widths.count(common) / len(widths) if common > 1 else 0.0), common

    return max(_SEPARATORS, key=fit)


def _counted(rows: Iterable[Sequence[str]], limits: Limits) -> list[list[str]]:
    kept: list[list[str]] = []
    cells = 0
    for row in rows:
        cells += len(row)
        if cells > limits.cells:
            raise _too_many(limits)
        if any(cell.strip() for cell in row):
            kept.append(list(row))
    return kept


def _too_many(limits: Limits) -> LoadError:
    return LoadError(f"表格超过 {limits.cells} 个单元格,已拒绝。", "请拆成几个较小的文件。")


def _append(builder: TextBuilder, rows: Sequence[Sequence[str]]) -> None:
    """Append title lines as text, then the table with its header row."""
    header = _header_row(rows)
    titled = any(mark.kind in ("title", "table") for mark in builder.marks)
    for number, row in enumerate(rows[:header]):
        cells = [cell.strip() for cell in row if cell.strip()]
        builder.line(" ".join(cells), "title" if number == 0 and len(cells) == 1 and not titled else "")
    builder.table(rows[header:])


def _header_row(rows: Sequence[Sequence[str]]) -> int:
    """Return the number of the first row that fills most columns; rows above it are titles."""
    widths = [sum(bool(cell.strip()) for cell in row) for row in rows[: _TITLE_ROWS + 1]]
    if not widths:
        return 0
    widest = max(sum(bool(cell.strip()) for cell in row) for row in rows[:_SAMPLE])
    return next((number for number, width in enumerate(widths) if width > 1 and width * 2 > widest), 0)
