"""What the learnt judgement promises, whatever trees are grown."""

from __future__ import annotations

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant import Assistant
from assistant.answer.choose.closely import read_closely
from assistant.answer.choose.held import Holding
from assistant.answer.choose.interrogative import interrogative
from assistant.answer.choose.judge import MODEL, bundled
from assistant.answer.choose.phrasing import SIZE, Phrasing, said
from assistant.answer.choose.score import scored, weighed
from assistant.answer.choose.signals import NAMES
from assistant.answer.evidence.terms import softened, terms_of
from assistant.answer.refuse.support import is_sure
from assistant.search.plan import make_plan
from assistant.types import Status

from .desk import looked_at

TOLD = "青禾图书馆由市民林秋白捐建，一九三六年落成。馆藏以地方志为主，共有阅览室六间。"
RECORDS = [
    {"id": "library", "title": "青禾图书馆", "text": TOLD + "每周一闭馆整理。读者凭身份证办理借书证。"},
    {"id": "bridge", "title": "安澜桥", "text": "安澜桥横跨清河，由交通局养护。桥上禁止货车通行。"},
    {"id": "school", "title": "清河小学", "text": "清河小学建于山脚，有学生九百人。校舍经两次扩建。"},
]


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder = tmp_path_factory.mktemp("judge")
    path = folder / "paragraphs.jsonl"
    path.write_text("\n".join(json.dumps(r, ensure_ascii=False) for r in RECORDS), encoding="utf-8")
    assistant = Assistant.open(folder / "store")
    assistant.index([path])
    return assistant


def test_the_statement_that_answers_goes_before_those_that_only_name_the_thing(library: Assistant) -> None:
    for question, answer in (
        ("青禾图书馆是由谁捐建的？", "林秋白"),
        ("青禾图书馆每周哪天闭馆？", "周一"),
        ("谁负责养护安澜桥？", "交通局"),
    ):
        best = scored(*looked_at(library, question))[0]
        assert answer in best.candidate.text, question


def test_a_question_of_another_field_has_less_chance_than_one_that_is_answered(library: Assistant) -> None:
    answered = scored(*looked_at(library, "青禾图书馆是由谁捐建的？"))[0].chance
    for question in ("红烧肉的做法是什么？", "谁发明了蒸汽机？"):
        foreign = scored(*looked_at(library, question))
        assert not foreign or foreign[0].chance < answered
        assert library.ask(question).status is Status.REFUSED


def test_the_judgement_does_not_depend_on_the_order_of_the_statements(library: Assistant) -> None:
    plan, found = looked_at(library, "清河小学有多少学生？")
    closely, told = weighed(plan, found)
    phrasing, judge = Phrasing(plan.resolved), bundled()
    marks = [phrasing.marks(*said(one.candidate)) for one in closely]
    shuffled = np.random.default_rng(1).permutation(len(told))
    straight, mixed = judge.fit.score(told), judge.fit.score(told[shuffled])
    assert np.allclose(straight[shuffled], mixed, atol=1e-5)
    chances = judge.chances(told, straight, range(len(told)), marks)
    again = judge.chances(told[shuffled], mixed, range(len(told)), [marks[at] for at in shuffled])
    assert np.allclose(chances[shuffled], again, atol=1e-5)
    alone = judge.chances(told, straight, [1], [marks[1]])
    assert np.allclose(chances[[1]], alone, atol=1e-5)


def test_the_wording_counts_for_the_chance(library: Assistant) -> None:
    plan, found = looked_at(library, "清河小学有多少学生？")
    closely, told = weighed(plan, found)
    judge, phrasing, places = bundled(), Phrasing(plan.resolved), range(len(closely))
    fit, marks = judge.fit.score(told), [phrasing.marks(*said(one.candidate)) for one in closely]
    without = judge.chances(told, fit, places, [its[:0] for its in marks])
    assert not np.allclose(judge.chances(told, fit, places, marks), without, atol=1e-3)
    best = scored(plan, found)[0]  # and what the product gives is the one with it
    at = next(at for at in places if closely[at].candidate == best.candidate)
    assert best.chance == pytest.approx(float(judge.chances(told, fit, [at], [marks[at]])[0]))


def test_every_signal_is_a_number_and_has_its_name(library: Assistant) -> None:
    closely, told = weighed(*looked_at(library, "读者怎么办理借书证？"))
    assert told.shape == (len(closely), len(NAMES))
    assert np.isfinite(told).all()
    _, nothing = weighed(make_plan("读者怎么办理借书证？"), [])
    assert nothing.shape == (0, len(NAMES))
    assert scored(make_plan("读者怎么办理借书证？"), []) == []


@given(st.text("青禾图书馆由谁捐建落成市民哪年闭馆的", min_size=2, max_size=14))
def test_wider_surroundings_never_hold_less(library: Assistant, question: str) -> None:
    plan, found = looked_at(library, question)
    holding = Holding(softened(terms_of(plan)))
    for candidate in found:
        held = holding.of(candidate)
        for inside, sentence, headed, anywhere, around in zip(*held, strict=True):
            assert inside <= sentence <= headed <= anywhere <= 1
            assert inside <= around <= anywhere


@pytest.mark.parametrize(
    ("question", "kind", "left", "right"),
    [
        ("安澜桥由谁养护？", "who", "安澜桥", "养护"),
        ("什么部门负责养护安澜桥？", "what", None, "部门"),
        ("清河小学为什么扩建？", "why", "清河小学", "扩建"),
        ("青禾图书馆在哪里？", "where", "青禾图书馆", None),
    ],
)
def test_what_is_asked_and_what_stands_beside_it(
    question: str, kind: str, left: str | None, right: str | None
) -> None:
    plan = make_plan(question)
    terms = terms_of(plan)
    asked = interrogative(plan, terms)
    assert asked.kind == kind
    assert (asked.left < 0) if left is None else terms[asked.left].text in left
    assert (asked.right < 0) if right is None else terms[asked.right].text in right


def test_what_was_learnt_is_small() -> None:
    assert MODEL.stat().st_size < 1_000_000


CLAUSE, AROUND = "补贴标准为每户3000元。", "城西办法 为鼓励安装雨水收集设施,"


def test_the_wording_tells_where_a_word_stands_and_what_is_new() -> None:
    asked = Phrasing("安装雨水收集设施的补贴标准是多少?")
    told = set(asked.marks(CLAUSE, AROUND).tolist())
    assert set(asked.marks(CLAUSE, AROUND).tolist()) == told
    for clause, around in (("补贴办法为每户3000元。", AROUND), (CLAUSE, ""), ("补贴标准由镇定。", AROUND)):
        assert set(asked.marks(clause, around).tolist()) != told
    assert set(Phrasing("安装雨水收集设施的补贴标准是什么?").marks(CLAUSE, AROUND).tolist()) != told


@given(question=st.text(max_size=20), clause=st.text(max_size=30), around=st.text(max_size=30))
def test_every_mark_has_a_weight(question: str, clause: str, around: str) -> None:
    marks = Phrasing(question).marks(clause, around)
    assert ((marks >= 0) & (marks < SIZE)).all()
    assert bundled().wording.shape == (SIZE,)


def test_an_answer_that_may_be_none_says_so(library: Assistant) -> None:
    doubted = set()
    for question in (
        "谁负责养护安澜桥？",
        "读者怎么办理借书证？",
        "清河小学校舍扩建了吗？",
        "安澜桥能走货车吗？",
        "馆藏是什么？",
    ):
        answer = library.ask(question)
        if answer.status is Status.ANSWERED:
            says_so = any("核对" in notice for notice in answer.notices)
            plan, found = looked_at(library, question)
            assert says_so != is_sure(plan, read_closely(plan, scored(plan, found))[0]), question
            doubted.add(says_so)
    assert False in doubted  # else a notice on every answer would pass
