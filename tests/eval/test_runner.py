"""A run is resumable, names what was run, and can be compared and shown."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from assistant.types import Answer, Citation, Status
from eval import damage, floor, questions, results
from eval.baselines.bigram import BestPassage, BestSentences
from eval.report import html, markdown
from eval.results import Run
from eval.runner import run
from eval.summary import compare, summarise

if TYPE_CHECKING:
    from assistant import Assistant
    from assistant.types import Document

CITATION = Citation(1, "", "", (), "国家级企业技术中心77家", 0, 11, "", "")
ANSWER = Answer("天津有多少家国家级企业技术中心？", Status.ANSWERED, "77家[1]", citations=(CITATION,))
CORPUS = Path(__file__).parents[2] / "corpus"
SPINE = questions.find("spine")


@pytest.fixture(scope="module")
def documents(assistant: Assistant) -> list[Document]:
    return [assistant.document(summary.id) for summary in assistant.documents()]


@pytest.fixture(scope="module")
def sources(documents: list[Document]) -> dict[str, str]:
    return {document.id: document.text for document in documents}


def head(system: BestPassage) -> dict[str, object]:
    return results.head(system.name, system.settings(), SPINE, CORPUS)


@pytest.fixture
def finished(documents: list[Document], sources: dict[str, str], tmp_path: Path) -> tuple[Path, Run]:
    system = BestPassage(documents)
    path = tmp_path / "run.jsonl"
    return path, run(system, questions.load(SPINE), sources, path, head(system))


def test_a_run_reads_back_as_it_was(finished: tuple[Path, Run]) -> None:
    path, made = finished
    again = results.read(path)
    assert again.head == made.head
    assert [r.is_right for r in again.results] == [r.is_right for r in made.results]
    assert {"commit", "versions", "settings", "corpus_hash", "set_hash"} <= again.head.keys()


def test_a_killed_run_goes_on_where_it_stopped(
    finished: tuple[Path, Run], documents: list[Document], sources: dict[str, str]
) -> None:
    path, made = finished
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join([*lines[:11], lines[11][:40]]), encoding="utf-8")  # ten results and a piece
    system = BestPassage(documents)
    answered: list[int] = []
    asked = run(system, questions.load(SPINE), sources, path, head(system), answered.append)
    assert [r.question.id for r in asked.results] == [r.question.id for r in made.results]
    assert answered == list(range(1, 31))
    kept = [r.record["reply"]["seconds"] for r in asked.results[:10]]
    assert kept == [r.record["reply"]["seconds"] for r in made.results[:10]]  # not asked again
    assert len(results.read(path).results) == 30


def test_a_run_of_another_system_starts_anew(
    finished: tuple[Path, Run], documents: list[Document], sources: dict[str, str]
) -> None:
    path, made = finished
    system = BestSentences(documents)
    other = run(system, questions.load(SPINE), sources, path, head(system))
    assert other.head["system"] == "bigram-sentences"
    assert compare(made, other)
    assert not compare(made, made)


def test_a_strong_baseline_finds_the_figures(finished: tuple[Path, Run]) -> None:
    summary = summarise(finished[1].results)
    assert summary["key_points"].mean >= 0.85
    assert summary["refusal"].mean < 0.5  # it answers whatever shares a word with a document


def test_the_report_holds_every_question_and_no_other_host(
    finished: tuple[Path, Run], sources: dict[str, str]
) -> None:
    made = finished[1]
    table = damage.table([result.question for result in made.results], sources)
    text = html.page(made, [made], table)
    assert "http" not in text.replace("http://www.w3.org", "")
    assert text.count("</script>") == 2
    shown = json.loads(text.split('id="data">')[1].split("</script>")[0])
    assert [row["id"] for row in shown] == [result.question.id for result in made.results]
    assert "Side by side" in markdown.markdown(made, [made], table)


def test_falling_below_the_floor_is_named(finished: tuple[Path, Run], tmp_path: Path) -> None:
    toml = tmp_path / "floor.toml"
    toml.write_text(
        "[spine.refusal]\nleast = 0.9\nsince = 2026-11-21\n"
        "[spine.length]\nmost = 100000\nsince = 2026-11-21\n",
        encoding="utf-8",
    )
    (line,) = floor.below(finished[1], toml)
    assert line.startswith("refusal is")


def test_a_broken_set_names_its_line(tmp_path: Path) -> None:
    path = tmp_path / "set.jsonl"
    path.write_text('{"id": "a", "question": "？"}\n{"id": "b"}\n', encoding="utf-8")
    with pytest.raises(ValueError, match="line 2"):
        questions.load(path)


def test_exported_feedback_is_a_set(
    documents: list[Document], sources: dict[str, str], tmp_path: Path
) -> None:
    from assistant.web.records import Records, feedback_candidates

    answer = replace(ANSWER, citations=(replace(CITATION, document=documents[0].id),))
    records = Records(tmp_path / "records.sqlite")
    records.add_feedback("somebody", "here", "helpful", "天津有多少家国家级企业技术中心？", answer)
    records.close()
    path = tmp_path / "set.jsonl"
    lines = [json.dumps(line) for line in feedback_candidates(tmp_path / "records.sqlite")]
    path.write_text("\n".join(lines), encoding="utf-8")
    system = BestPassage(documents)
    made = run(system, questions.load(path), sources, tmp_path / "run.jsonl", head(system))
    assert [result.is_right for result in made.results] == [True]
