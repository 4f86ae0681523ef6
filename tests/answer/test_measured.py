"""A figure answers only where it measures what is asked: its kind, its sort, its owner."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant import Assistant
from assistant.types import Status

TEXT = """关于产业发展情况的报告
一、产业发展
全市累计创建市级企业技术中心77家，市级检测平台达11家。新增省级智能工厂10家，总数达到32家。
战略性新兴产业增加值超过860亿元，占工业增加值的比重达到35%，较上年提高5.5个百分点。
一般公共预算收入339.1亿元，居民人均可支配收入增长5.6%。
新能源汽车产量达到19.8万辆，电池出口增长8.3%。
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder = tmp_path_factory.mktemp("measured")
    source: Path = folder / "report.txt"
    source.write_text(TEXT, encoding="utf-8")
    opened = Assistant.open(folder / "store")
    opened.index([source])
    return opened


@pytest.mark.parametrize(
    ("question", "figure"),
    [
        ("市级企业技术中心有多少家？", "77家"),
        ("省级智能工厂总数是多少家？", "32家"),
        ("新增省级智能工厂多少家？", "10家"),
        ("战略性新兴产业增加值占工业增加值的比重是多少？", "35%"),
        ("战略性新兴产业增加值是多少亿元？", "860亿元"),
        ("居民人均可支配收入增长多少？", "5.6%"),
        ("新能源汽车产量是多少万辆？", "19.8万辆"),
    ],
)
def test_the_figure_that_is_asked_for_comes_first_and_alone(
    assistant: Assistant, question: str, figure: str
) -> None:
    told = assistant.ask(question).text.split("**")
    assert not told[0]
    assert figure in told[1]
    assert "；" not in told[1]


@pytest.mark.parametrize(
    ("question", "other"),
    [
        ("一般公共预算收入增长了多少？", "5.6%"),  # of incomes
        ("数字经济增加值是多少亿元？", "860"),  # of another branch
        ("新能源汽车的出口量是多少万辆？", "19.8"),  # made, not exported
        ("全市累计创建了多少家市级企业？", "77"),  # centres of enterprises are none
        ("市级企业技术中心新增了多少家？", "77"),  # all of them
    ],
)
def test_a_figure_of_something_else_is_never_the_answer(
    assistant: Assistant, question: str, other: str
) -> None:
    answer = assistant.ask(question)
    assert answer.status is Status.REFUSED or other not in answer.text.split("：")[0]
