"""A file of questions in, a file of cited answers out, and nothing lost on the way."""

from __future__ import annotations

import csv
import json
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from assistant import Assistant
from assistant.batch.journal import Journal
from assistant.batch.outputs import open_output
from assistant.batch.questions import read_questions
from assistant.cli import main
from assistant.present import error_json

from .running import COMMAND
from .test_batch_questions import write_csv, write_sheets, write_xlsx

GOLD = Path(__file__).parents[2] / "eval" / "gold" / "spine.jsonl"
ASKED = [json.loads(line)["question"] for line in GOLD.read_text(encoding="utf-8").splitlines()]
ABSENT = "火星基地的预算是多少？"
GRID: list[list[Any]] = [
    ["序号", "问题", "部门", "份数"],
    [1, ASKED[0], "工信局", 3],
    [2, ABSENT, "=1+1", -5],
    [3, ASKED[1], "@SUM(A1)", None],
]


def read_xlsx(path: Path) -> list[list[Any]]:
    return [list(row) for row in load_workbook(path).active.iter_rows(values_only=True)]


def read_csv(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def read_jsonl(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
def workbook(tmp_path_factory: pytest.TempPathFactory, store: Path) -> Path:
    folder = tmp_path_factory.mktemp("batch")
    source = write_xlsx(folder / "问题.xlsx", GRID)
    assert main(["batch", str(source), "-o", str(folder / "回答.xlsx"), "--store", str(store)]) == 0
    return folder / "回答.xlsx"


def test_a_workbook_keeps_its_columns_and_gets_the_answers(workbook: Path, assistant: Assistant) -> None:
    header, *rows = read_xlsx(workbook)
    assert header == ["序号", "问题", "部门", "份数", "回答", "状态", "依据", "说明"]
    assert [row[:4] for row in rows] == GRID[1:]
    answer = assistant.ask(ASKED[0])
    assert rows[0][4] == answer.text.replace("**", "")
    for citation in answer.citations:
        assert citation.title in rows[0][6]
        assert citation.quote.replace("\n", "⏎") in rows[0][6]
        assert all(heading in rows[0][6] for heading in citation.section)
    assert rows[1][5] == "无依据"


def test_no_cell_of_a_workbook_is_a_formula(workbook: Path) -> None:
    for row in load_workbook(workbook).active.iter_rows():
        assert all(cell.data_type != "f" for cell in row)


def test_a_workbook_is_good_to_read(workbook: Path) -> None:
    sheet = load_workbook(workbook).active
    assert sheet.freeze_panes == "A2"
    assert all(cell.alignment.wrap_text for row in sheet.iter_rows() for cell in row)
    for index, row in enumerate(sheet.iter_rows(), 1):
        lines = max(len(str(cell.value or "")) * 2 // 60 for cell in row)
        assert sheet.row_dimensions[index].height >= min(lines * 15, 409)


def test_csv_opens_right_in_excel_and_runs_nothing(tmp_path: Path, store: Path) -> None:
    source = write_csv(tmp_path / "q.csv", GRID, "gbk")
    output = tmp_path / "a.csv"
    assert main(["batch", str(source), "-o", str(output), "--store", str(store)]) == 0
    assert output.read_bytes().startswith(b"\xef\xbb\xbf")
    header, *rows = read_csv(output)
    assert header[:4] == GRID[0]
    assert [row[2] for row in rows] == ["工信局", "'=1+1", "'@SUM(A1)"]
    assert rows[1][3] == "-5"


def test_jsonl_is_the_contract_a_line_with_the_other_fields_kept(
    tmp_path: Path, store: Path, assistant: Assistant
) -> None:
    source = tmp_path / "q.jsonl"
    records = [
        {"id": "x1", "question": ASKED[0], "kind": "figure", "answer": "参考答案"},
        {"id": "x2", "question": ABSENT},
    ]
    source.write_text("\n".join(json.dumps(r, ensure_ascii=False) for r in records), encoding="utf-8")
    output = tmp_path / "a.jsonl"
    assert main(["batch", str(source), "-o", str(output), "--store", str(store)]) == 0
    first, second = read_jsonl(output)
    assert (first["id"], first["kind"], first["answer (input)"]) == ("x1", "figure", "参考答案")
    assert first["answer"] == assistant.ask(ASKED[0]).text
    assert (second["id"], second["status"]) == ("x2", "refused")


def test_a_text_file_becomes_a_workbook(tmp_path: Path, store: Path) -> None:
    source = tmp_path / "q.txt"
    source.write_text("\n".join(ASKED[:3]), encoding="utf-8")
    assert main(["batch", str(source), "-o", str(tmp_path / "a.xlsx"), "--store", str(store)]) == 0
    header, *rows = read_xlsx(tmp_path / "a.xlsx")
    assert header == ["question", "answer", "status", "citations", "notes"]
    assert [row[0] for row in rows] == ASKED[:3]


def test_the_filters_hold_for_every_question(tmp_path: Path, store: Path, assistant: Assistant) -> None:
    source = tmp_path / "q.txt"
    source.write_text("\n".join(ASKED[:10]), encoding="utf-8")
    only = assistant.documents()[0].id
    output = tmp_path / "a.jsonl"
    assert main(["batch", str(source), "-o", str(output), "--store", str(store), "--document", only]) == 0
    for answer in read_jsonl(output):
        assert {citation["document"] for citation in answer["citations"]} <= {only}


def test_one_bad_row_stops_no_other(tmp_path: Path, store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = tmp_path / "q.jsonl"
    lines = [json.dumps(ASKED[0]), "{broken", json.dumps({"question": "问" * 100_000}), json.dumps(ABSENT)]
    source.write_text("\n".join(lines), encoding="utf-8")
    output = tmp_path / "a.jsonl"
    assert main(["batch", str(source), "-o", str(output), "--store", str(store)]) == 1
    answers = read_jsonl(output)
    assert [answer["status"] == "error" for answer in answers] == [False, True, True, False]
    assert all(answer["error"] for answer in answers[1:3])
    errors = capsys.readouterr().err
    assert "第 2 行" in errors
    assert "第 3 行" in errors


@pytest.mark.parametrize("name", ["a.jsonl", "a.csv", "a.xlsx"])
def test_every_sheet_of_questions_is_answered_and_what_is_left_out_is_told(
    tmp_path: Path, store: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    sheets: dict[str, list[list[Any]]] = {
        "填写说明": [["每行写一个问题，写完后发给办公室。"]],
        "街道": [["题目", "科室"], [ABSENT, "甲"], [None, None], [None, "乙"]],
        "开发区": [["问题", "题目"], [ASKED[0], "题外话"]],
    }
    source, output = write_sheets(tmp_path / "q.xlsx", sheets), tmp_path / name
    assert main(["batch", str(source), "-o", str(output), "--store", str(store)]) == 1
    errors = capsys.readouterr().err
    assert "填写说明" in errors
    assert "街道 第 4 行失败：问题是空的" in errors
    if name == "a.jsonl":
        answers = read_jsonl(output)
        assert [answer["question"] for answer in answers] == [ABSENT, "", ASKED[0]]
        assert answers[2]["题目"] == "题外话"
    else:
        header, *rows = (read_csv if name == "a.csv" else read_xlsx)(output)
        assert header[:4] == ["工作表", "题目", "科室", "问题"]
        assert [row[0] for row in rows] == ["街道", "街道", "开发区"]
        assert rows[2][1:4:2] == ["题外话", ASKED[0]]


@pytest.mark.parametrize("name", ["a.jsonl", "a.csv", "a.xlsx"])
def test_a_killed_run_loses_nothing_and_the_next_goes_on(tmp_path: Path, store: Path, name: str) -> None:
    source = tmp_path / "q.txt"
    source.write_text("\n".join(ASKED * 10), encoding="utf-8")
    arguments = ["batch", str(source), "-o", str(tmp_path / name), "--store", str(store)]
    journal = tmp_path / f"{name}.journal"
    with subprocess.Popen([*COMMAND, *arguments], stderr=subprocess.DEVNULL) as process:
        while process.poll() is None and (not journal.exists() or journal.read_bytes().count(b"\n") < 8):
            time.sleep(0.01)
        process.kill()
    done = journal.read_bytes().count(b"\n") - 1
    assert 7 <= done < len(ASKED) * 10, "the run was to be killed in the middle"

    second = subprocess.run([*COMMAND, *arguments], capture_output=True, check=True)
    assert f"已有 {done} 行" in second.stderr.decode()
    read = {"a.jsonl": read_jsonl, "a.csv": read_csv, "a.xlsx": read_xlsx}[name]
    rows = read(tmp_path / name)
    asked = [row["question"] for row in rows] if name == "a.jsonl" else [row[0] for row in rows[1:]]
    assert asked == ASKED * 10
    assert not journal.exists()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows sends no SIGINT to another process")
def test_an_interrupted_run_writes_what_it_has(tmp_path: Path, store: Path) -> None:
    source = tmp_path / "q.txt"
    source.write_text("\n".join(ASKED * 10), encoding="utf-8")
    output, journal = tmp_path / "a.xlsx", tmp_path / "a.xlsx.journal"
    with subprocess.Popen(
        [*COMMAND, "batch", str(source), "-o", str(output), "--store", str(store)],
        stderr=subprocess.PIPE,
        # what a shell starts in the background is born deaf to it, and so are its children
        preexec_fn=partial(signal.signal, signal.SIGINT, signal.SIG_DFL),
    ) as process:
        while process.poll() is None and (not journal.exists() or journal.read_bytes().count(b"\n") < 8):
            time.sleep(0.01)
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate()
    assert process.returncode == 130
    assert "Traceback" not in errors.decode()
    remembered, told = journal.read_bytes().count(b"\n") - 1, len(read_xlsx(output)) - 1
    assert 7 <= remembered < len(ASKED) * 10
    # an answer is remembered before it is told: the last one may be for the next run to write
    assert remembered - 1 <= told <= remembered


def test_other_questions_are_never_mixed_with_a_former_run(tmp_path: Path) -> None:
    path = tmp_path / "a.journal"
    with Journal(path, {"input": "one"}) as journal:
        journal.add(1, {"answer": "甲"})
    assert Journal(path, {"input": "one"}).done == {1: {"answer": "甲"}}
    other = Journal(path, {"input": "two"})
    assert other.outdated
    assert not other.done


@given(cut=st.integers(min_value=0, max_value=10_000))
@settings(max_examples=40, deadline=None)
def test_a_journal_torn_anywhere_keeps_its_whole_lines(
    tmp_path_factory: pytest.TempPathFactory, cut: int
) -> None:
    path = tmp_path_factory.mktemp("journal") / "a.journal"
    answers = {row: {"answer": f"第{row}个回答"} for row in range(1, 6)}
    with Journal(path, {"input": "one"}) as journal:
        for row, answer in answers.items():
            journal.add(row, answer)
    whole = path.read_bytes()
    torn = whole[: cut % (len(whole) + 1)]
    path.write_bytes(torn)
    with Journal(path, {"input": "one"}) as resumed:
        # a last line may lack nothing but its end
        kept = min(max(torn.count(b"\n") - 1, 0) + (not torn.endswith(b"\n")), 5)
        assert len(resumed.done) in {max(kept - 1, 0), kept}
        assert resumed.done.items() <= answers.items()
        resumed.add(9, {"answer": "后来的"})
    assert Journal(path, {"input": "one"}).done[9] == {"answer": "后来的"}


@given(text=st.text(min_size=1, max_size=60))
@settings(max_examples=40, deadline=None)
def test_no_text_becomes_a_formula_or_breaks_a_workbook(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    folder = tmp_path_factory.mktemp("cells")
    source = folder / "q.jsonl"
    source.write_text(json.dumps({"question": text, "note": f"={text}"}), encoding="utf-8")
    questions = read_questions(source)
    for name in ("a.xlsx", "a.csv"):
        output = open_output(folder / name, questions)
        output.write(questions.rows[0], error_json(text, f"+{text}"))
        output.close()
    cells = list(load_workbook(folder / "a.xlsx").active.iter_rows())[1]
    assert all(cell.data_type != "f" for cell in cells)
    with (folder / "a.csv").open(encoding="utf-8-sig", newline="", errors="surrogatepass") as file:
        assert not any(cell.startswith(("=", "@")) for cell in list(csv.reader(file))[1])


@pytest.mark.parametrize("name", ["a.jsonl", "a.csv", "a.xlsx"])
def test_half_a_surrogate_pair_breaks_no_output(tmp_path: Path, store: Path, name: str) -> None:
    source = tmp_path / "q.jsonl"
    source.write_text('{"question": "\\ud800什么是新质生产力？", "note": "\\udfff"}', encoding="utf-8")
    assert main(["batch", str(source), "-o", str(tmp_path / name), "--store", str(store)]) in {0, 1}
    assert (tmp_path / name).stat().st_size > 0


@pytest.mark.parametrize("output", ["a.docx", "missing/a.xlsx"])
def test_an_output_that_cannot_be_is_refused_before_any_question(
    tmp_path: Path, store: Path, output: str, capsys: pytest.CaptureFixture[str]
) -> None:
    source = tmp_path / "q.txt"
    source.write_text("甲？", encoding="utf-8")
    assert main(["batch", str(source), "-o", str(tmp_path / output), "--store", str(store)]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_the_input_is_never_overwritten(tmp_path: Path, store: Path) -> None:
    workbook = Workbook()
    workbook.active.append(["问题"])
    workbook.active.append([ABSENT])
    source = tmp_path / "q.xlsx"
    workbook.save(source)
    before = source.read_bytes()
    assert main(["batch", str(source), "-o", str(source), "--store", str(store)]) == 2
    assert source.read_bytes() == before


def test_an_output_that_is_there_is_replaced_only_where_that_is_said(
    tmp_path: Path, store: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source, output = tmp_path / "q.txt", tmp_path / "a.jsonl"
    source.write_text("\n".join(ASKED[:2]), encoding="utf-8")
    output.write_text("上月的回答，已经人工改过", encoding="utf-8")
    arguments = ["batch", str(source), "-o", str(output), "--store", str(store)]
    assert main(arguments) == 2
    assert output.read_text(encoding="utf-8") == "上月的回答，已经人工改过"
    assert set(tmp_path.iterdir()) == {source, output}
    (told,) = capsys.readouterr().err.splitlines()
    assert str(output) in told
    assert "--overwrite" in told
    assert main([*arguments, "--overwrite"]) == 0
    assert [row["question"] for row in read_jsonl(output)] == ASKED[:2]


def test_the_output_of_other_questions_that_did_not_end_is_not_replaced_either(
    tmp_path: Path, store: Path
) -> None:
    source, output, journal = tmp_path / "q.txt", tmp_path / "a.jsonl", tmp_path / "a.jsonl.journal"
    source.write_text(ASKED[0], encoding="utf-8")
    output.write_text("别的问题的回答", encoding="utf-8")
    journal.write_text('{"input": "别的问题"}\n', encoding="utf-8")
    assert main(["batch", str(source), "-o", str(output), "--store", str(store)]) == 2
    assert output.read_text(encoding="utf-8") == "别的问题的回答"
    assert journal.read_text(encoding="utf-8") == '{"input": "别的问题"}\n'


@pytest.mark.parametrize("limit", [["--region", "火星"], ["--since", "2025", "--until", "2024"]])
def test_a_filter_that_nothing_meets_is_refused_before_anything_is_written(
    tmp_path: Path, store: Path, limit: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    source, output, journal = tmp_path / "q.txt", tmp_path / "a.csv", tmp_path / "a.csv.journal"
    source.write_text("\n".join(ASKED[:3]), encoding="utf-8")
    output.write_text("上次的回答", encoding="utf-8")
    journal.write_text('{"input": "上次"}\n', encoding="utf-8")
    assert main(["batch", str(source), "-o", str(output), "--store", str(store), *limit]) == 2
    assert output.read_text(encoding="utf-8") == "上次的回答"
    assert journal.read_text(encoding="utf-8") == '{"input": "上次"}\n'
    errors = capsys.readouterr().err
    assert len(errors.splitlines()) == 1
    assert limit[1] in errors
