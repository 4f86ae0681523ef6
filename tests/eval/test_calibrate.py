"""What teaches the judgement: questions, and what of the documents answers them."""

from __future__ import annotations

import json
from types import SimpleNamespace

import pytest

from assistant import Assistant
from assistant.zh.fold import fold
from eval.calibrate.cases import Case, plain
from eval.calibrate.fit import _out_of_fold
from eval.calibrate.lists import Listed, listed
from eval.calibrate.reader.written import WHOLE_LISTS, near_misses
from eval.calibrate.taught import TAUGHT, taught
from eval.questions import GOLD, LAWS, NOTICES, PAGES, PROVINCES

COLLECTIONS = sorted(path.stem for path in TAUGHT.glob("*.tsv"))
TEXT = """城西办法
由市水务局负责河道清淤和堤岸加固的日常监督检查。
污水处理厂扩建工程总投资3.5亿元并采用膜处理工艺。
鼓励居民小区自愿安装雨水收集设施。
"""


@pytest.mark.parametrize("name", COLLECTIONS)
def test_every_line_has_a_question_and_what_answers_it_or_why_nothing_does(name: str) -> None:
    for case in taught(name):
        assert len(plain(case.question)) > 1, case
        assert case.answerable == bool(case.evidence) == bool(case.answers), case
        assert case.answerable or case.source.startswith("taught, "), case
        for answer in case.answers:
            assert any(plain(answer) in quote for quote in case.evidence), case


def test_no_question_is_taught_that_is_held_back() -> None:
    held_back = {
        plain(json.loads(line)["question"])
        for folder in (GOLD, PROVINCES, PAGES, LAWS, NOTICES)
        for path in folder.glob("*.jsonl")
        if not path.stem.endswith("dev")
        for line in path.read_text(encoding="utf-8").splitlines()
    }
    assert len(held_back) > 500
    assert not held_back & {plain(case.question) for name in COLLECTIONS for case in taught(name)}
    written = [*near_misses(), *near_misses(WHOLE_LISTS)]
    assert not held_back & {plain(one.question) for one in written}


def test_nothing_is_told_of_a_question_by_what_has_learnt_from_it() -> None:
    asked = [SimpleNamespace(case=Case(question, True, "taught")) for question in "甲乙甲丙"]
    learnt = _out_of_fold(
        asked, ["one", "one", "two", "two"], lambda others: {other.case.question for other in others}, _with
    )
    assert learnt == [("甲", {"丙"}), ("乙", {"丙"}), ("甲", {"乙"}), ("丙", {"乙"})]


def _with(one: SimpleNamespace, learnt: set[str]) -> tuple[str, set[str]]:
    return one.case.question, learnt


def test_what_answers_stands_in_the_documents(corpus_text: str) -> None:
    for case in taught("corpus"):
        for quote in case.evidence:
            assert quote in corpus_text, case


@pytest.fixture(scope="module")
def corpus_text(assistant: Assistant) -> str:
    documents = [assistant.document(summary.id) for summary in assistant.documents()]
    return plain("".join(document.text for document in documents))


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Listed]:
    folder = tmp_path_factory.mktemp("calibrate")
    path = folder / "办法.txt"
    path.write_text(TEXT, encoding="utf-8")
    assistant = Assistant.open(folder / "store")
    assistant.index([path])
    told = plain("由市水务局负责河道清淤和堤岸加固的日常监督检查")
    cases = [
        Case("河道清淤归谁管？", True, "taught", ("市水务局",), evidence=(told,)),
        Case("河道清淤每年花多少钱？", False, "taught, detail"),
        Case("河道清淤由谁监督？", False, "gold, withheld", quotes=(plain("市水务局负责河道清淤"),)),
    ]
    return {one.case.question: one for one in listed(assistant, cases, "plan")}


def test_the_statement_that_is_quoted_is_the_right_one(asked: dict[str, Listed]) -> None:
    one = asked["河道清淤归谁管？"]
    right = [clause for (clause, _), right in zip(one.said, one.right, strict=True) if right == 1]
    assert right == [fold("由市水务局负责河道清淤和堤岸加固的日常监督检查。")]
    assert [one.answers(at) for at in range(len(one.said))] == [its == 1 for its in one.right]


def test_nothing_answers_what_is_not_told(asked: dict[str, Listed]) -> None:
    one = asked["河道清淤每年花多少钱？"]
    assert not one.right.any()
    assert not any(one.answers(at) for at in range(len(one.said)))


def test_what_is_withheld_is_not_looked_at(asked: dict[str, Listed]) -> None:
    # the document is one passage: with what it quotes it is gone
    assert "河道清淤由谁监督？" not in asked
