"""Things that no region names are set against one another by what a text says of them alone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from assistant import Assistant
from assistant.types import Status

from .desk import desk_of

COUNTY = """宜蜂县蜂业发展报告
一、规模仍有差距
2022年,宜蜂县蜂业总产值保持增长。与产值第一的德清县相比,蜂业产值差距由2018年的120.5亿元扩大至2022年的180.2亿元,与安吉县相比,2022年蜂业产值相差35.4亿元。
二、效益不高
2022年,宜蜂县蜂场户均产值、户均利税分别为12万元、3万元,较2018年分别下降2万元、1万元。与户均值最高的安吉县相比,分别仅为安吉的61.3%和44.8%。
三、低于平均水平
2022年,宜蜂县蜂箱密度为5.2箱/亩,低于全省平均值(7.9箱/亩);人均蜂蜜产量8.1公斤,低于全省平均值(9.6公斤),两项均居末位。
"""
PLAN = """蜂产业集群培育方案
一、分类培育
分为三大类。战略重点类蜂产业集群:针对蜂胶、蜂王浆等5个蜂产业集群,全力支持。优势拓展类蜂产业集群:针对蜂蜜、蜂蜡等2个蜂产业集群,固本强基。基础支撑类蜂产业集群:针对蜂箱、蜂具、蜂药等4个蜂产业集群,靶向发展。
二、面向未来
推动蜂毒、蜂花粉等2个未来蜂业,3至5年内实现倍增;推动蜂疗、蜂旅等2个未来蜂业,8至10年内成为支柱。
"""
RULES = """蜂展活动管理办法
第一条 参加人数在800人以上3000人以下的蜂展，由县级公安机关许可；在3000人以上的蜂展，由市级公安机关许可。
第二条 承租摊位的收入在限额2倍以内的，按照基本租金计收。
第三条 承租摊位的收入在限额2倍至4倍以内的，按照基本租金的1.8倍计收。
"""


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with desk_of(tmp_path_factory.mktemp("against"), COUNTY, PLAN, RULES) as opened:
        yield opened


@pytest.mark.parametrize(
    ("question", "figures"),
    [
        ("2022年宜蜂县的蜂业产值比德清和安吉各少多少？", ["180.2亿元", "35.4亿元"]),
        ("和德清比，蜂业产值差距从2018年到2022年是拉大还是缩小了？前后各多少？", ["120.5亿元", "180.2亿元"]),
        ("跟安吉比，宜蜂蜂场户均产值和户均利税只有人家的几成？", ["61.3%", "44.8%"]),
        (
            "2022年宜蜂县蜂箱密度和人均蜂蜜产量与全省平均值相比如何？",
            ["5.2箱", "7.9箱", "8.1公斤", "9.6公斤"],
        ),
    ],
)
def test_a_statement_that_compares_is_told_with_all_its_figures(
    desk: Assistant, question: str, figures: list[str]
) -> None:
    answer = desk.ask(question)
    assert answer.status is not Status.REFUSED
    assert all(figure in answer.text for figure in figures)


@pytest.mark.parametrize("question", ["宜蜂和德清的蜂业产值相差多少？", "德清和宜蜂蜂业产值差多少"])
def test_a_gap_is_told_to_whom_it_is_asked_and_to_no_third(desk: Assistant, question: str) -> None:
    told = desk.ask(question).text
    assert "180.2亿元" in told
    assert "安吉" not in told


def test_a_gap_to_two_is_told_to_both(assistant: Assistant) -> None:
    told = assistant.ask("2021年长兴的GDP比武进和溧阳各少多少？").text  # 比武 is a word
    assert "2150.2" in told
    assert "459.9" in told


def test_a_gap_in_another_measure_is_not_told(desk: Assistant) -> None:
    answer = desk.ask("宜蜂和安吉的人口差距有多大？")
    assert "亿元" not in answer.text


def test_the_year_that_another_is_compared_with_has_no_figure_of_the_decline(desk: Assistant) -> None:
    answer = desk.ask("宜蜂县蜂场户均利税2018年和2022年各是多少？")
    row = next((line for line in answer.text.splitlines() if line.startswith("| 2018年")), "")
    assert "1万元" not in row


def test_the_item_with_most_is_told_from_the_number_of_each(desk: Assistant) -> None:
    most = desk.ask("三类蜂产业集群当中，哪一类包含的集群最多？")
    assert most.text.startswith("最高：战略重点类蜂产业集群（5个）。")
    second = desk.ask("三类蜂产业集群中，排在第二多的是哪一类？")
    assert second.text.startswith("从高到低第2：基础支撑类蜂产业集群（4个）。")


@pytest.mark.parametrize(
    "question",
    [
        "两批未来蜂业的成长期限有什么不一样？",
        "未来蜂业分两批，3至5年那批和8至10年那批的目标各是什么？",
    ],
)
def test_groups_told_side_by_side_are_told_both(desk: Assistant, question: str) -> None:
    answer = desk.ask(question)
    assert "倍增" in answer.text
    assert "支柱" in answer.text


@pytest.mark.parametrize(
    ("question", "first", "second"),
    [
        ("1000人的蜂展和5000人的蜂展，分别由哪一级公安机关许可？", "县级公安机关", "市级公安机关"),
        ("收入在限额2倍以内的和2倍到4倍的，租金怎么收，有啥差别？", "基本租金计收", "1.8倍计收"),
    ],
)
def test_each_group_named_by_a_figure_has_the_statement_that_holds_it(
    desk: Assistant, question: str, first: str, second: str
) -> None:
    rows = [line for line in desk.ask(question).text.splitlines() if line.startswith("| ")][2:]
    assert len(rows) == 2
    assert first in rows[0]
    assert second in rows[1]


@pytest.mark.parametrize(
    ("question", "told", "other"),
    [
        ("蜂产业集群里，优势拓展类有哪些？", "蜂蜜、蜂蜡", "战略重点类"),
        ("基础支撑类的蜂产业集群有哪些？", "蜂箱、蜂具、蜂药", "战略重点类"),
    ],
)
def test_one_class_of_several_is_told_alone(desk: Assistant, question: str, told: str, other: str) -> None:
    answer = desk.ask(question)
    assert told in answer.text
    assert other not in answer.text
