"""Questions are read from every format, and nothing that came with them is lost."""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from assistant.batch.questions import Questions, read_questions
from assistant.errors import UsageError

GRID: list[list[Any]] = [
    ["编号", "问题", "部门"],
    ["A1", "规模以上工业企业有多少家？", "工信局"],
    ["A2", "碳达峰的目标年份是哪一年？", "发改委"],
]


def write_xlsx(path: Path, grid: Sequence[Sequence[Any]]) -> Path:
    workbook = Workbook()
    for row in grid:
        workbook.active.append(list(row))
    for cell in (cell for row in workbook.active.iter_rows() for cell in row if cell.data_type == "f"):
        cell.data_type = "s"  # a text that a person typed, not a formula that was never computed
    workbook.save(path)
    return path


def write_csv(path: Path, grid: Sequence[Sequence[Any]], encoding: str = "utf-8") -> Path:
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file).writerows(grid)
    return path


def asked(questions: Questions) -> list[tuple[str, str]]:
    return [(row.id, row.question) for row in questions.rows]


EXPECTED = [("A1", GRID[1][1]), ("A2", GRID[2][1])]


def test_a_workbook_is_read_with_all_its_columns(tmp_path: Path) -> None:
    questions = read_questions(write_xlsx(tmp_path / "q.xlsx", GRID))
    assert asked(questions) == EXPECTED
    assert questions.columns == ("编号", "问题", "部门")
    assert questions.rows[1].record["部门"] == "发改委"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "big5", "utf-16"])
def test_csv_is_read_in_the_encodings_that_excel_writes(tmp_path: Path, encoding: str) -> None:
    grid = GRID
    if encoding == "big5":
        grid = [["編號", "問題"], ["A1", "規模以上工業企業有多少家？"], ["A2", "碳達峰的目標年份是哪一年？"]]
    path = write_csv(tmp_path / "q.csv", grid, encoding)
    assert asked(read_questions(path)) == [(row[0], row[1]) for row in grid[1:]]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv_is_read_with_the_delimiters_that_excel_writes(tmp_path: Path, delimiter: str) -> None:
    path = tmp_path / "q.csv"
    path.write_text("\n".join(delimiter.join(row) for row in GRID), encoding="utf-8")
    assert asked(read_questions(path)) == EXPECTED


def test_jsonl_takes_records_and_bare_strings_and_names_what_is_neither(tmp_path: Path) -> None:
    path = tmp_path / "q.jsonl"
    lines = [json.dumps({"id": "x", "question": "甲？", "kind": "figure"}), '"乙？"', "{broken", "[1]"]
    path.write_text("\n".join(lines), encoding="utf-8")
    rows = read_questions(path).rows
    assert [(row.id, row.question, bool(row.error)) for row in rows] == [
        ("x", "甲？", False),
        ("2", "乙？", False),
        ("3", "", True),
        ("4", "", True),
    ]
    assert rows[0].record["kind"] == "figure"
    assert "{broken" in rows[2].error


def test_txt_is_a_question_a_line(tmp_path: Path) -> None:
    path = tmp_path / "q.txt"
    path.write_text("甲？\n\n  乙？ \n", encoding="gb18030")
    assert [row.question for row in read_questions(path).rows] == ["甲？", "乙？"]


def test_a_title_above_the_header_is_no_question(tmp_path: Path) -> None:
    grid = [["2026 年问题清单", None, None], [None, None, None], *GRID]
    assert asked(read_questions(write_xlsx(tmp_path / "q.xlsx", grid))) == EXPECTED


def test_a_sheet_without_a_header_loses_no_question(tmp_path: Path) -> None:
    grid = [["规模以上工业企业有多少家？"], ["碳达峰的目标年份是哪一年？"]]
    rows = read_questions(write_xlsx(tmp_path / "q.xlsx", grid)).rows
    assert [row.question for row in rows] == [row[0] for row in grid]


def test_without_a_name_the_column_of_the_longest_texts_is_asked(tmp_path: Path) -> None:
    grid = [["单位", "咨询内容"], ["工信局", "规模以上工业企业有多少家？"]]
    assert read_questions(write_xlsx(tmp_path / "q.xlsx", grid)).column == "咨询内容"


def test_the_column_can_be_named_in_either_script(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "q.xlsx", GRID)
    assert read_questions(path, "部門").column == "部门"
    with pytest.raises(UsageError, match="编号、问题、部门"):
        read_questions(path, "科室")


def test_blank_and_repeated_column_names_stay_apart(tmp_path: Path) -> None:
    grid = [["问题", None, "备注", "备注"], ["甲？", "一", "二", "三"]]
    record = read_questions(write_xlsx(tmp_path / "q.xlsx", grid)).rows[0].record
    assert record == {"问题": "甲？", "列2": "一", "备注": "二", "备注 (2)": "三"}


@pytest.mark.parametrize(
    ("name", "content"),
    [("q.xlsx", b"no workbook"), ("q.pdf", b"%PDF"), ("q.csv", b""), ("q.jsonl", b"\n"), ("none.txt", None)],
)
def test_what_cannot_be_read_is_named(tmp_path: Path, name: str, content: bytes | None) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(UsageError, match=name):
        read_questions(path)


CELLS = st.text(
    st.characters(codec="utf-8", exclude_characters="\0\r", exclude_categories=["Cc"]), min_size=1
)


@settings(max_examples=30, deadline=None)
@given(st.lists(CELLS.filter(str.strip), min_size=1, max_size=8))
def test_any_text_in_a_csv_comes_back_as_the_question_it_was(
    tmp_path_factory: pytest.TempPathFactory, questions: list[str]
) -> None:
    path = write_csv(tmp_path_factory.mktemp("csv") / "q.csv", [["问题", "n"], *([q, 1] for q in questions)])
    read = read_questions(path)
    assert [row.question for row in read.rows] == [question.strip() for question in questions]
