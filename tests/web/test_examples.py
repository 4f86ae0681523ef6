"""The examples come from the documents, whichever they are, and each of them is answered."""

from __future__ import annotations

import json
from pathlib import Path
from threading import Event, Thread

from assistant import Assistant
from assistant.types import Answer, Status
from assistant.web.examples import WANTED, Examples, example_questions


def test_every_example_is_answered_and_they_are_of_several_documents(assistant: Assistant) -> None:
    questions = list(example_questions(assistant))
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
    questions = list(example_questions(other))
    other.close()
    assert questions
    assert not set(questions) & set(example_questions(assistant))


def test_an_empty_store_has_none(tmp_path: Path) -> None:
    empty = Assistant.open(tmp_path / "store")
    assert list(example_questions(empty)) == []
    empty.close()


def test_single_articles_make_examples_too(tmp_path: Path) -> None:
    articles = [
        "本办法所称湿地保护小区，是指由县级人民政府划定并实行特殊保护的小面积湿地。",
        "申请设立湿地公园应当提交下列材料：（一）总体规划；（二）边界图；（三）权属证明。",
        "省林业主管部门负责全省湿地公园的监督管理工作。",
        "违反本办法规定，擅自填埋湿地公园水面的，由林业主管部门责令恢复原状，并处五千元罚款。",
        "湿地公园每年开放二百天。",
    ]
    records = [
        {"id": str(number), "title": "湿地公园管理办法", "section": f"第{number}条", "text": text}
        for number, text in enumerate(articles, 1)
    ]
    (tmp_path / "articles.jsonl").write_text("\n".join(map(json.dumps, records)), encoding="utf-8")
    store = Assistant.open(tmp_path / "store")
    store.index([tmp_path / "articles.jsonl"])
    questions = list(example_questions(store))
    assert len(questions) >= 2
    for question in questions:
        answer = store.ask(question)
        assert answer.status is Status.ANSWERED
        assert answer.citations[0].document in {record["id"] for record in records}
    store.close()


def test_a_page_does_not_wait_for_the_slowest_example(assistant: Assistant) -> None:
    found_one, proceed = Event(), Event()

    class Watched(Examples):
        def _tell(self, *found: str) -> None:
            super()._tell(*found)
            found_one.set()

    class Halting:
        """The assistant, but that after the first example a question takes as long as the test wants."""

        documents, document = assistant.documents, assistant.document

        def ask(self, question: str) -> Answer:
            if found_one.is_set():
                proceed.wait()
            return assistant.ask(question)

    examples = Watched()
    finding = Thread(target=examples.find, args=(Halting(),))
    finding.start()
    early = examples.so_far()
    proceed.set()
    finding.join()
    assert len(early) == 1
    assert examples.so_far()[0] == early[0]
    assert len(examples.so_far()) > 1
