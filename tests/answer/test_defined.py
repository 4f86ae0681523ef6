"""A definition is found by its form, wherever in the document it stands, and told alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant import Assistant
from assistant.types import Status

from .desk import desk_of

RULES = """白鹭市夜间经济促进办法
第一条 为了繁荣夜间消费，方便市民生活，制定本办法。夜间经济街区应当设置统一标识，照明由街道办事处维护。
第二条 市商务部门每年评选夜间经济街区，对夜间经济街区给予奖励。
第三条 夜间经营许可分为固定许可、流动许可和临时许可。夜间经营许可不得转让。夜间经济街区不得占用消防通道。
第四条 夜间经济街区是指夜间营业的商户达到三十家的街区；夜间商户是指每周夜间营业四天以上的店。
第五条 有下列行为之一的，由城管部门责令改正，处二百元罚款：
（一）损坏街区标识；
（二）在消防通道摆摊。
"""


@pytest.fixture(scope="module")
def rules(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with desk_of(tmp_path_factory.mktemp("rules"), RULES) as opened:
        yield opened


@pytest.mark.parametrize(
    ("question", "said", "other"),
    [
        ("什么是夜间经济街区？", "达到三十家的街区", "每周夜间营业"),
        ("怎样才算夜间商户？", "每周夜间营业四天以上", "三十家"),
        ("什么样的街区算“夜间经济街区”？", "达到三十家的街区", "每周夜间营业"),
    ],
)
def test_the_clause_that_defines_is_told_alone(
    rules: Assistant, question: str, said: str, other: str
) -> None:
    answer = rules.ask(question)
    assert answer.status is Status.ANSWERED
    assert said in answer.text
    assert other not in answer.text


def test_an_item_of_a_list_is_told_with_what_leads_into_it(rules: Assistant) -> None:
    answer = rules.ask("可以在消防通道摆摊吗？")
    assert answer.text.startswith("否")
    assert "处二百元罚款" in answer.text
    assert "在消防通道摆摊" in answer.text
    assert "损坏街区标识" not in answer.text


def test_an_enumeration_is_told_in_its_own_sentence(rules: Assistant) -> None:
    answer = rules.ask("夜间经营许可分为哪几种？")
    assert answer.status is Status.ANSWERED
    assert "固定许可、流动许可和临时许可" in answer.text
    assert "转让" not in answer.text


def test_the_purpose_of_a_document_is_its_first_article(rules: Assistant) -> None:
    answer = rules.ask("为什么制定白鹭市夜间经济促进办法？")
    assert answer.status is Status.ANSWERED
    assert "繁荣夜间消费" in answer.text


STUDY = """潮汐经济研究
一、背景
潮汐经济是推动渔港转型的重要抓手。各地发展潮汐经济，潮汐经济规模不断扩大。
发展潮汐经济是促进增收的内在要求和重要着力点。
二、内涵
潮汐经济是以潮汐涨落为节律，把赶海、观潮和渔市连成一体的消费形态。
各地抢抓机遇，潮汐经济蓬勃发展。
"""


@pytest.mark.parametrize(
    "question",
    ["什么是潮汐经济", "潮汐经济的定义是什么？", "开会要用一句话说清楚什么是潮汐经济,材料里有现成的说法吗?"],
)
def test_what_a_thing_is_goes_before_what_it_is_for(tmp_path: Path, question: str) -> None:
    with desk_of(tmp_path, STUDY) as desk:
        answer = desk.ask(question)
    assert "连成一体的消费形态" in answer.text
    assert "抓手" not in answer.text
    assert "着力点" not in answer.text


def test_what_is_defined_in_so_many_words_may_be_a_means(tmp_path: Path) -> None:
    told = "渔港服务平台是为渔民办实事的窗口，全年服务渔民。\n渔港服务平台是指为渔民提供交易和检验的平台。\n"
    with desk_of(tmp_path, "渔港平台办法\n平台由渔政支队管理。\n" + told) as desk:
        answer = desk.ask("什么是渔港服务平台？")
    assert [citation.quote for citation in answer.citations] == [
        "渔港服务平台是指为渔民提供交易和检验的平台。"
    ]
