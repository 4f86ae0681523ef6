"""Questions are read from every format, and nothing that came with them is lost."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from zipfile import ZipFile

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


def write_sheets(
    path: Path, sheets: Mapping[str, Sequence[Sequence[Any]]], hidden: Sequence[str] = ()
) -> Path:
    workbook = Workbook()
    workbook.remove(workbook.active)
    for name, grid in sheets.items():
        sheet = workbook.create_sheet(name)
        for row in grid:
            sheet.append(list(row))
        sheet.sheet_state = "hidden" if name in hidden else "visible"
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


NOTE = [["填写说明"], ["每行写一个问题，不要合并单元格，写完后发给办公室。"]]


def test_a_cover_note_before_the_questions_is_not_asked_but_named(tmp_path: Path) -> None:
    questions = read_questions(
        write_sheets(tmp_path / "q.xlsx", {"说明": NOTE, "清单": GRID, "未填": [["问题"]]})
    )
    assert asked(questions) == EXPECTED
    assert questions.columns == ("编号", "问题", "部门")
    (note,) = questions.left_out
    assert "说明" in note
    assert "1 行" in note


def test_every_visible_sheet_with_questions_is_asked_and_each_row_names_its_own(tmp_path: Path) -> None:
    other = [["题目", "工作表"], ["甲？", "旧表"], ["乙？", "旧表"]]
    sheets = {"街道": GRID, "说明": NOTE, "开发区": other, "空白": []}
    questions = read_questions(write_sheets(tmp_path / "q.xlsx", sheets))
    assert [row.question for row in questions.rows] == [GRID[1][1], GRID[2][1], "甲？", "乙？"]
    assert [row.record["工作表 (2)"] for row in questions.rows] == ["街道", "街道", "开发区", "开发区"]
    assert questions.rows[2].record["工作表"] == "旧表"
    assert set(questions.columns) == {"工作表 (2)", "编号", "问题", "部门", "题目", "工作表"}
    assert [row.number for row in questions.rows] == [1, 2, 3, 4]
    assert len(questions.left_out) == 1


def test_a_hidden_sheet_is_left_out_and_named(tmp_path: Path) -> None:
    sheets = {"旧问题": [["问题"], ["甲？"], ["乙？"]], "问题": GRID}
    questions = read_questions(write_sheets(tmp_path / "q.xlsx", sheets, hidden=["旧问题"]))
    assert asked(questions) == EXPECTED
    (hidden,) = questions.left_out
    assert "旧问题 已隐藏，其中 2 行" in hidden


def test_without_a_question_column_the_first_sheet_with_rows_is_asked(tmp_path: Path) -> None:
    first, second = [["规模以上工业企业有多少家？"]], [["碳达峰的目标年份是哪一年？"]]
    questions = read_questions(write_sheets(tmp_path / "q.xlsx", {"空": [], "一": first, "二": second}))
    assert [row.question for row in questions.rows] == first[0]
    assert "二" in questions.left_out[0]


def test_a_named_column_chooses_the_sheets_that_have_it(tmp_path: Path) -> None:
    path = write_sheets(tmp_path / "q.xlsx", {"一": GRID, "二": [["咨询内容", "单位"], ["甲？", "乙"]]})
    assert [row.question for row in read_questions(path, "咨询内容").rows] == ["甲？"]
    with pytest.raises(UsageError, match="编号、问题、部门、咨询内容、单位"):
        read_questions(path, "科室")


def test_a_question_sheet_not_filled_in_does_not_turn_its_cover_note_into_questions(tmp_path: Path) -> None:
    path = write_sheets(tmp_path / "q.xlsx", {"说明": NOTE, "清单": [["编号", "问题"]]})
    with pytest.raises(UsageError, match=r"没有问题.*说明"):
        read_questions(path)


def test_a_workbook_whose_size_is_written_too_small_loses_no_row(tmp_path: Path) -> None:
    path, small = write_xlsx(tmp_path / "q.xlsx", GRID), tmp_path / "small.xlsx"
    with ZipFile(path) as source, ZipFile(small, "w") as target:
        for name in source.namelist():
            target.writestr(name, source.read(name).replace(b'"A1:C3"', b'"A1"'))
    assert asked(read_questions(small)) == EXPECTED


def test_a_row_is_numbered_as_the_user_sees_it(tmp_path: Path) -> None:
    grid = [
        ["2026 年问题清单", None],
        [None, None],
        ["问题", "部门"],
        ["甲？", "一"],
        [None, None],
        ["乙？", "二"],
    ]
    for path in (write_xlsx(tmp_path / "q.xlsx", grid), write_csv(tmp_path / "q.csv", grid)):
        assert [row.line for row in read_questions(path).rows] == [4, 6]
    (tmp_path / "q.txt").write_text("甲？\n\n乙？\n", encoding="utf-8")
    (tmp_path / "q.jsonl").write_text('\n"甲？"\n\n{broken\n', encoding="utf-8")
    assert [row.line for row in read_questions(tmp_path / "q.txt").rows] == [1, 3]
    assert [row.line for row in read_questions(tmp_path / "q.jsonl").rows] == [2, 4]


def test_a_formula_without_a_saved_result_is_no_blank_cell(tmp_path: Path) -> None:
    grid: list[list[Any]] = [["问题", "部门"], ["甲？", "=B9"], ['=A2&"乙"', None]]
    first, second = read_questions(write_sheets(tmp_path / "q.xlsx", {"清单": grid})).rows
    assert first.error == ""
    assert first.record["部门"] == "=B9"
    assert "没有保存结果" in second.error
    assert '=A2&"乙"' in second.error


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
