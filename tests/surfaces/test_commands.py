"""The contracts of the command line."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from assistant import Assistant
from assistant.cli import main
from assistant.settings import Settings
from assistant.types import Answer, Status
from assistant.web.records import Records, records_path

from .running import COMMAND, run

FOUND = "新质生产力"
ABSENT = "火星基地的预算是多少？"
COLD = {"torch", "llama_index", "sentence_transformers", "gradio", "transformers"}
CONTRACT = set("id question status mode answer statements citations related seconds error".split())

Ask = Callable[..., tuple[int, str, str]]


@pytest.fixture
def command(store: Path, capsys: pytest.CaptureFixture[str]) -> Ask:
    """Run a command over the corpus in this process; return its code, stdout and stderr."""

    def call(*arguments: str) -> tuple[int, str, str]:
        code = main([*arguments, "--store", str(store)])
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return call


def imported(*arguments: str | Path) -> set[str]:
    done = subprocess.run(
        [sys.executable, "-X", "importtime", *COMMAND[1:], *map(str, arguments)],
        capture_output=True,
        check=True,
    )
    lines = done.stderr.decode().splitlines()
    return {line.rpartition("|")[2].strip().split(".")[0] for line in lines if line.startswith("import time")}


def test_help_imports_nothing_but_python_itself() -> None:
    third_party = (
        imported("--help") - set(sys.stdlib_module_names) - {"assistant", "sitecustomize", "imported package"}
    )
    assert not {name for name in third_party if not name.startswith("_")}


def test_the_road_of_a_question_imports_neither_torch_nor_llama_index(store: Path) -> None:
    assert not imported("ask", f"{FOUND}是什么？", "--store", store) & COLD


def test_an_answer_as_json_keeps_the_contract(command: Ask, assistant: Assistant) -> None:
    code, out, _ = command("ask", f"什么是{FOUND}？", "--json")
    answer = json.loads(out)
    assert code == 0
    assert answer.keys() >= CONTRACT
    assert answer["citations"]
    for citation in answer["citations"]:
        text = assistant.document(citation["document"]).text
        assert text[citation["start"] : citation["end"]] == citation["quote"]
        assert f"[{citation['n']}]" in answer["answer"]


def test_an_answer_in_words_lists_what_it_stands_on(command: Ask, assistant: Assistant) -> None:
    answer: Answer = assistant.ask(f"什么是{FOUND}？")
    _, out, _ = command("ask", f"什么是{FOUND}？")
    assert answer.text in out
    for citation in answer.citations:
        assert citation.quote.replace("\n", "⏎") in out


def test_a_refusal_is_an_answer(command: Ask) -> None:
    code, out, _ = command("ask", ABSENT, "--json")
    assert (code, json.loads(out)["status"]) == (0, Status.REFUSED)


def test_search_returns_k_ranked_hits(command: Ask) -> None:
    code, out, _ = command("search", FOUND, "-k", "3", "--json")
    hits = json.loads(out)
    assert code == 0
    assert [hit["rank"] for hit in hits] == [1, 2, 3]
    assert hits[0].keys() >= {"rank", "score", "document", "title", "section", "start", "end", "text"}


def test_search_stays_within_the_filter(command: Ask, assistant: Assistant) -> None:
    wanted = [document.id for document in assistant.documents()][:2]
    arguments = [part for id in wanted for part in ("--document", id)]
    _, out, _ = command("search", FOUND, "--json", *arguments)
    assert {hit["document"] for hit in json.loads(out)} <= set(wanted)


def test_documents_as_json_is_one_array(command: Ask, assistant: Assistant) -> None:
    code, out, _ = command("documents", "--json")
    listed = json.loads(out)
    assert code == 0
    assert [(entry["id"], entry["title"]) for entry in listed] == [
        (d.id, d.title) for d in assistant.documents()
    ]


def test_documents_stays_within_the_filter(command: Ask, assistant: Assistant) -> None:
    regional = next(d for d in assistant.documents() if d.metadata.region)
    _, out, _ = command("documents", "--json", "--region", regional.metadata.region)
    listed = [entry["id"] for entry in json.loads(out)]
    assert regional.id in listed
    assert len(listed) < len(assistant.documents())


def test_what_a_limit_by_day_cannot_judge_is_named_on_stderr(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "黑石县粮食情况.txt").write_text(
        "黑石县粮食情况\n\n全县粮食播种面积达到15万亩。\n", encoding="utf-8"
    )
    store = str(tmp_path / "store")
    main(["index", str(tmp_path / "黑石县粮食情况.txt"), "--store", store])
    capsys.readouterr()
    for words in (["documents", "--json"], ["search", "粮食", "--json"]):
        assert main([*words, "--since", "2023", "--store", store]) == 0
        captured = capsys.readouterr()
        assert json.loads(captured.out) == []
        assert "1 份文件没有日期，未列入：《黑石县粮食情况》。" in captured.err


def test_a_limit_that_cannot_be_used_ends_a_batch_before_its_first_row(command: Ask, tmp_path: Path) -> None:
    questions = tmp_path / "问题.txt"
    questions.write_text("什么是新质生产力？\n", encoding="utf-8")
    for option, value in (("--since", "去年"), ("--region", "火星省")):
        code, out, err = command("batch", str(questions), "-o", str(tmp_path / "答.xlsx"), option, value)
        assert (code, out) == (2, "")
        assert value in err
    assert not (tmp_path / "答.xlsx").exists()


def test_documents_lists_a_document_a_line(command: Ask, assistant: Assistant) -> None:
    _, out, _ = command("documents")
    lines = out.splitlines()[1:]
    assert len(lines) == len(assistant.documents())
    for line, document in zip(lines, assistant.documents(), strict=True):
        assert document.id in line
        assert document.title in line


@pytest.mark.parametrize("environment", [{}, {"LC_ALL": "C", "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}])
def test_show_prints_the_readable_text_exactly(
    store: Path, assistant: Assistant, environment: dict[str, str]
) -> None:
    for document in assistant.documents()[:2]:
        shown = run("show", document.id, "--store", store, **environment)
        assert shown.stdout == assistant.document(document.id).text.encode()
        assert shown.returncode == 0


def test_show_lists_the_repairs(command: Ask, assistant: Assistant) -> None:
    repaired = next(d for d in map(assistant.document, [d.id for d in assistant.documents()]) if d.repairs)
    _, out, _ = command("show", repaired.id, "--repairs")
    assert len(out.splitlines()) == 1 + len(repaired.repairs)
    assert repaired.repairs[0].reason in out


def test_the_store_may_be_named_before_the_command(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--store", str(store), "documents", "--json"]) == 0
    assert len(json.loads(capsys.readouterr().out)) == 5


def test_doctor_finds_this_installation_sound(command: Ask) -> None:
    code, out, _ = command("doctor")
    assert code == 0, out
    assert "✗" not in out


def test_doctor_sees_an_index_that_lost_its_data(
    tmp_path: Path, store: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = tmp_path / "store"
    shutil.copytree(store, broken)
    shutil.rmtree(broken / "keywords")
    assert main(["doctor", "--store", str(broken)]) == 1
    assert "index" in capsys.readouterr().out
    assert main(["index", "--store", str(broken)]) == 0
    assert main(["doctor", "--store", str(broken)]) == 0


BAD = {
    "an empty question": (["ask", "  "], ""),
    "a question of 100,000 characters": (["ask", "问" * 100_000], "100"),
    "an unknown document": (["ask", FOUND, "--document", "没有这份"], "没有这份"),
    "an unknown region": (["search", FOUND, "--region", "亚特兰蒂斯"], "亚特兰蒂斯"),
    "a document to show that is not there": (["show", "没有这份"], "没有这份"),
    "a missing file to index": (["index", "/no/such/file"], "/no/such/file"),
    "a missing file of questions": (["batch", "/no/such.xlsx", "-o", "a.xlsx"], "/no/such.xlsx"),
    "an output nobody can write": (["batch", __file__, "-o", "a.pdf"], ""),
    "a date that is none": (["ask", FOUND, "--since", "2024-13"], "2024-13"),
    "no hits wanted": (["search", FOUND, "-k", "0"], "0"),
    "feedback that was never given": (["feedback", "export"], "records"),
    "nothing to undo": (["tune", "--undo"], ""),
    "an unknown command": (["dance"], "dance"),
    "no command": ([], ""),
}


@pytest.mark.parametrize("case", BAD)
def test_bad_input_is_told_in_one_clear_line(
    case: str,
    store: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("POLICY_RECORDS", str(tmp_path / "records.sqlite"))  # the store's may hold feedback
    arguments, value = BAD[case]
    try:
        code = main([*arguments, "--store", str(store)])
    except SystemExit as exit_:  # argparse leaves this way
        code = exit_.code if isinstance(exit_.code, int) else 1
    captured = capsys.readouterr()
    assert code == 2
    assert captured.out == ""
    assert len(captured.err.splitlines()) == 1, captured.err
    assert value in captured.err
    assert any("一" <= character <= "鿿" for character in captured.err)
    assert len(captured.err) < 500  # a pasted document is not echoed


def test_feedback_is_exported_as_candidates_for_a_gold_set(
    tmp_path: Path, assistant: Assistant, capsys: pytest.CaptureFixture[str]
) -> None:
    store = tmp_path / "store"
    records = Records(records_path(Settings.load(store=store)))
    answer = assistant.ask(f"什么是{FOUND}？")
    records.add_feedback("user", "conversation#1", "helpful", answer.question, answer)
    records.close()
    assert main(["feedback", "export", "--store", str(store)]) == 0
    (candidate,) = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert candidate["question"] == answer.question
    assert [evidence["quote"] for evidence in candidate["evidence"]] == [c.quote for c in answer.citations]


def test_an_empty_store_says_what_to_do(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", FOUND, "--store", str(tmp_path / "new")]) == 2
    assert "index" in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments",
    [
        ["documents"],
        ["doctor"],
        ["ask", FOUND],
        ["search", FOUND],
        ["batch", __file__, "-o", "answers.xlsx"],
        ["show", "any"],
        ["tune", __file__],
    ],
)
def test_a_mistyped_store_is_told_and_not_made(
    arguments: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for typed in (tmp_path / "typo", tmp_path):  # nothing there, and a folder that holds no store
        assert main([*arguments, "--store", str(typed)]) == 2
        captured = capsys.readouterr()
        assert f"没有这个文件库：{typed}。" in captured.out + captured.err
        assert not list(tmp_path.iterdir())


def test_a_corrupt_store_is_told_in_one_clear_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Assistant.open(tmp_path / "store").close()
    for path in (tmp_path / "store").rglob("*"):
        if path.is_file():
            path.write_bytes(os.urandom(4096))
    assert main(["ask", FOUND, "--store", str(tmp_path / "store")]) == 2
    error = capsys.readouterr().err
    assert len(error.splitlines()) == 1, error
    assert str(tmp_path / "store") in error


def test_index_names_each_file_that_failed_and_goes_on(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "files").mkdir()
    (tmp_path / "files" / "good.txt").write_text(
        "关于印发方案的通知\n规模以上工业企业有120家。", encoding="utf-8"
    )
    (tmp_path / "files" / "bad.docx").write_bytes(b"PK\x03\x04 no document")
    store = str(tmp_path / "store")
    assert main(["index", str(tmp_path / "files"), "--store", store]) == 1
    captured = capsys.readouterr()
    assert "bad.docx" in captured.err
    assert "good.txt" in captured.out
    assert main(["documents", "--json", "--store", store]) == 0
    assert len(json.loads(capsys.readouterr().out)) == 1


def test_a_reader_that_leaves_early_is_no_trouble(store: Path, assistant: Assistant) -> None:
    longest = max((assistant.document(d.id) for d in assistant.documents()), key=lambda d: len(d.text))
    with subprocess.Popen(
        [*COMMAND, "show", longest.id, "--store", str(store)], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
