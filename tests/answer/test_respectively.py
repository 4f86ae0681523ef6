"""Of several things that one sentence tells together each keeps its own figure, rank and answer."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from assistant import Assistant

from .desk import desk_of

REPORT = """沂川市工作报告
一、产业发展
道路、桥梁、水利分别完成投资52亿元、40亿元、18亿元。
水泥、汽车换新数量分别居全省第2位、第7位。
第一产业增加值增长6.6%，增速居全省第2位；第二产业增加值增长7.6%，增速居全省第3位。
渔业贷款、茶业贷款分别新增60户和30户，累计分别达到116户和91户。
城乡居民人均可支配收入分别增长4.3%、6.1%。
二、公用事业
东湖水厂扩建后日供水能力由5万吨提高到9万吨。
护理补助标准为重度失能Ⅰ级每月支付900元、Ⅱ级每月支付1200元、Ⅲ级每月支付1500元。
水厂改造资金来自专项债券和企业自筹，出资比例分别为70%和30%。
帮助240万省外劳动力稳定就业。
三、管理
住院期间暂停支付护理补助。
列入失信名单的投标人，其投标将被否决。
全年降水量比常年同期偏少四成。
运营方擅自停运超过48小时的，支付违约金2万元。
加装电梯东门街道45台、西门街道38台、南门街道37台。
"""


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with desk_of(tmp_path_factory.mktemp("respectively"), REPORT) as opened:
        yield opened


@pytest.mark.parametrize(
    ("question", "figure"),
    [
        ("桥梁投资完成多少亿元？", "40亿元"),
        ("汽车换新数量居全省第几？", "第7"),
        ("第一产业增加值增速全省第几？", "第2"),
        ("茶业贷款累计多少户？", "91户"),
        ("茶业贷款新增多少户？", "30户"),
        ("企业自筹占多少比例？", "30%"),
        ("重度失能Ⅲ级每月支付多少？", "1500元"),
        ("重度失能Ⅱ级每月支付多少？", "1200元"),
        ("东湖水厂扩建后日供水能力是多少？", "9万吨"),
        ("东湖水厂原来的日供水能力是多少？", "5万吨"),
        ("城乡居民人均可支配收入分别增长多少？", "4.3%；6.1%"),
        ("农村居民人均可支配收入增长多少？", "6.1%"),
    ],
)
def test_each_of_several_keeps_its_own_figure(desk: Assistant, question: str, figure: str) -> None:
    assert desk.ask(question).text.startswith(f"**{figure}**")


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("住院期间还支付护理补助吗？", "否"),
        ("住院期间会暂停支付护理补助吗？", "是"),
        ("列入失信名单的还能投标吗？", "否"),
        ("今年降水量比常年多吗？", "否"),
        ("今年降水量比常年少吗？", "是"),
    ],
)
def test_what_ends_something_denies_it(desk: Assistant, question: str, answer: str) -> None:
    assert desk.ask(question).text.startswith(answer)


@pytest.mark.parametrize(
    "question", ["运营方停运72小时会怎么样？", "运营方停运三天会怎样？", "三个街道中哪个加装电梯最少？"]
)
def test_a_bound_and_a_count_to_choose_from_contradict_nothing(desk: Assistant, question: str) -> None:
    answer = desk.ask(question).text
    assert answer.startswith(("运营方", "加装", "最低", "**", "南门"))
    assert "不一致" not in answer


def test_with_whom_something_is_compared_is_told_with_it(tmp_path_factory: pytest.TempPathFactory) -> None:
    text = (
        "渔区总量报告\n5年来，本县产值总量差距仍在扩大，与总量第一的青禾县相比，产值差距由2017年的1707.1亿元扩大至2021年的2150.2亿元，"
        "与比学赶超的白渡县相比，2021年产值总量相差459.9亿元，较2017年扩大155.1亿元。\n"
    )
    with desk_of(tmp_path_factory.mktemp("compared"), text) as desk:
        told = desk.ask("本县与青禾县的产值差多少？").text
    assert "2150.2亿元" in told
    assert "459.9亿元" not in told or "白渡县相比" in told
