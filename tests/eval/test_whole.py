"""Which list answers as a whole is told by the quotes that answer a question."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest

from assistant import Assistant
from eval.calibrate.cases import Case, plain
from eval.calibrate.reader.pairs import Pair
from eval.calibrate.reader.whole import of_lists

TEXT = """城西小餐饮备案办事指南
一、申请条件
申请人应当符合下列条件：
（一）有固定的经营场所；
（二）从业人员持有效健康证明；
（三）具有相适应的消毒设施。
二、申报材料
申请人应当提交下列材料：
（一）备案申请表；
（二）负责人身份证件；
（三）经营场所平面图。
"""
CONDITIONS = ("有固定的经营场所", "从业人员持有效健康证明", "具有相适应的消毒设施")


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    folder = tmp_path_factory.mktemp("whole")
    (folder / "guide.txt").write_text(TEXT, encoding="utf-8")
    opened = Assistant.open(folder / "store")
    opened.index([folder / "guide.txt"])
    yield opened
    opened.close()


def told(
    assistant: Assistant, question: str, quotes: Sequence[str], withheld: Sequence[str] = ()
) -> list[Pair]:
    evidence, cut = tuple(map(plain, quotes)), tuple(map(plain, withheld))
    case = Case(question, bool(quotes), "taught", tuple(quotes), evidence=evidence, quotes=cut)
    return list(of_lists(assistant, [case]))


def lists(found: Sequence[Pair], answers: float) -> set[str]:
    return {clause.split(":")[-1] for pair in found if pair.answers == answers for clause, _ in pair.said}


def test_the_list_whose_items_are_quoted_answers_and_the_others_do_not(assistant: Assistant) -> None:
    found = told(assistant, "小餐饮备案要符合哪些条件？", CONDITIONS)
    assert len(lists(found, 1.0)) == 1
    assert "固定的经营场所" in lists(found, 1.0).pop()
    assert any("备案申请表" in one for one in lists(found, 0.0))
    assert not lists(found, 1.0) & lists(found, 0.0)


def test_a_list_of_which_one_item_is_quoted_is_no_answer(assistant: Assistant) -> None:
    found = told(assistant, "小餐饮备案要有哪些设施？", CONDITIONS[2:])
    assert lists(found, 1.0) == set()
    assert any("固定的经营场所" in one for one in lists(found, 0.0))


def test_what_holds_the_quote_that_is_withheld_is_not_learnt_from(assistant: Assistant) -> None:
    known = told(assistant, "小餐饮备案要符合哪些条件？", ())
    assert any("固定的经营场所" in one for one in lists(known, 0.0))
    cut = told(assistant, "小餐饮备案要符合哪些条件？", (), CONDITIONS[:1])
    assert not any("固定的经营场所" in one for one in lists(cut, 0.0))
