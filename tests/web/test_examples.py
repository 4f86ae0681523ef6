"""The examples come from the documents, whichever they are, and each of them is answered."""

from __future__ import annotations

from pathlib import Path

from assistant import Assistant
from assistant.types import Status
from assistant.web.examples import WANTED, example_questions


def test_every_example_is_answered_and_they_are_of_several_documents(assistant: Assistant) -> None:
    questions = example_questions(assistant)
    assert 3 <= len(questions) <= WANTED
    answers = [assistant.ask(question) for question in questions]
    assert {answer.status for answer in answers} == {Status.ANSWERED}
    assert len({citation.document for answer in answers for citation in answer.citations}) >= 3


def test_other_documents_give_other_examples(tmp_path: Path, assistant: Assistant) -> None:
    (tmp_path / "茶园.txt").write_text(
        "南山镇茶园改造方案\n\n一、补助标准和资金来源\n茶园改造补助资金总额达到3250万元，由镇财政所发放。\n\n"
        "二、验收办法和责任分工\n改造完成后由农技站组织验收。\n",
        encoding="utf-8",
    )
    other = Assistant.open(tmp_path / "store")
    other.index([tmp_path / "茶园.txt"])
    questions = example_questions(other)
    other.close()
    assert questions
    assert not set(questions) & set(example_questions(assistant))


def test_an_empty_store_has_none(tmp_path: Path) -> None:
    empty = Assistant.open(tmp_path / "store")
    assert example_questions(empty) == []
    empty.close()
