"""The verifier catches what the source does not say and lets through what it does."""

from __future__ import annotations

import random

import pytest

from assistant.answer.proof.verify import verify
from assistant.types import Citation
from eval.verify.corruptions import CORRUPTIONS, TRUE, Case

QUOTE = "2022年,长兴县智能汽车及关键零部件产业产值达300.9亿元,同比增长187.9%,成为工业经济高质量发展新增长极"
LIST = "将20个战略性新兴产业集群分为四大类,支持人工智能、生物医药、低空经济等产业,不得设置市场准入障碍"


def citation(quote: str, region: str = "浙江省湖州市长兴县") -> Citation:
    return Citation(1, "d", "产业发展", ("二、现状",), quote, 0, len(quote), quote, quote, region=region)


@pytest.mark.parametrize(
    "statement",
    [
        QUOTE,
        "2022年,长兴县智能汽车及关键零部件产业产值达300.9亿元。",
        "长兴县2022年智能汽车及关键零部件产业的产值为300.9亿元",
        "長興縣智能汽車及關鍵零部件產業產值達300.9億元",
        "智能汽车及关键零部件产业产值达3009000万元",
    ],
)
def test_true_statements_pass(statement: str) -> None:
    assert verify(statement, [citation(QUOTE)]) == ""


@pytest.mark.parametrize(
    ("statement", "named"),
    [
        ("2022年,长兴县智能汽车及关键零部件产业产值达309.9亿元", "309.9亿元"),
        ("2022年,长兴县智能汽车及关键零部件产业产值达300.9万元", "300.9万元"),
        ("2021年,长兴县智能汽车及关键零部件产业产值达300.9亿元", "2021年"),
        ("2022年,安吉县智能汽车及关键零部件产业产值达300.9亿元", "安吉县"),
        ("2022年,长兴县智能汽车及关键零部件产业产值下降187.9%", "187.9%"),
        ("2022年,长兴县生物医药产业产值达300.9亿元", "生物医药"),
        ("2022年,长兴县智能汽车产业产值达187.9%", "187.9%"),
    ],
)
def test_a_false_statement_is_caught_by_name(statement: str, named: str) -> None:
    assert named in verify(statement, [citation(QUOTE)])


def test_lists_and_negations_are_held_to_the_source() -> None:
    source = citation(LIST, region="")
    assert verify("支持人工智能、生物医药、低空经济等产业", [source]) == ""
    assert "量子信息" in verify("支持人工智能、量子信息、低空经济等产业", [source])
    assert verify("可以设置市场准入障碍", [source])


def test_a_statement_without_a_citation_has_no_support() -> None:
    assert verify("任何话", []) == "没有引用"


def test_two_citations_may_carry_a_sentence_each() -> None:
    statement = "长兴县智能汽车及关键零部件产业产值达300.9亿元。支持人工智能、生物医药、低空经济等产业。"
    assert verify(statement, [citation(QUOTE), citation(LIST)]) == ""
    assert verify(statement, [citation(QUOTE)])


def test_corruptions_are_caught_and_rewordings_pass() -> None:
    chance = random.Random(0)
    others = ["加快建设自由电子激光、特殊环境材料等设施,推进检测认证体系建设,打造“低空物流港”"]
    for quote in (QUOTE, LIST):
        case = Case(quote, citation(quote), others)
        for name, change in CORRUPTIONS.items():
            text = change(case, chance)
            assert text is None or verify(text, [case.citation]), name
        for name, change in TRUE.items():
            text = change(case, chance)
            assert text is None or not verify(text, [case.citation]), name
