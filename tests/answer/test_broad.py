"""What people type first: a section by its name, a summary, what a place does, a bare word."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant import Assistant
from assistant.types import Status

from .desk import desk_of

PLAN = """岚汀市低空经济发展实施方案
一、总体要求
（一）指导思想。坚持安全第一，稳步拓展低空经济应用。
（二）发展目标。到2027年，建成起降点120个，低空经济产值达到80亿元。
二、重点任务
（一）建设起降网络。在各县区布局起降点。
（二）培育龙头企业。引进整机企业5家。
三、工作机制
建立联席会议制度，由市发展改革委牵头，每季度调度一次。
"""
REPORT = """2025年槐浦县政府工作报告
——2025年1月8日在槐浦县第十七届人民代表大会第四次会议上
一、2024年工作回顾
一年来，全县生产总值增长6.2%，新建农村公路85公里。
我们也清醒地看到，产业结构偏重、财政收支矛盾突出、优质教育资源不足等问题依然存在。
二、2025年工作安排
今年的主要预期目标是：生产总值增长6%左右，城镇新增就业2600人。
（一）提振消费市场。举办促消费活动20场。
（二）建设美丽乡村。改造农村厕所3000座。
"""
ROUNDUP = """低空经济观察
一、杭州：试点先行
杭州开通无人机物流航线18条，配送包裹40万件。
二、合肥：链条成势
合肥集聚低空企业62家，建成适航检测中心。
"""
SPEECH = """在全县防汛会议上的讲话
沈立山
同志们，今年入汛早，雨量比常年多三成，各乡镇要把水库巡查放在首位，每天不少于两次。
物资方面，县里已备足编织袋12万条、冲锋舟9艘，各乡镇还要自备三天的口粮。
值班要实行领导带班，谁脱岗就追究谁，电话二十四小时有人接。
汛后要及时统计灾情，三日内报县防汛办，不许瞒报。
"""


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with desk_of(tmp_path_factory.mktemp("broad"), PLAN, REPORT, ROUNDUP, SPEECH) as opened:
        yield opened


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("实施方案的总体要求", ("指导思想", "发展目标")),
        ("低空经济方案的重点任务", ("建设起降网络", "培育龙头企业")),
        ("方案的工作机制", ("联席会议制度",)),
        ("培育龙头企业", ("引进整机企业5家",)),
    ],
)
def test_a_section_called_by_its_name_is_told_by_what_it_is_divided_into(
    desk: Assistant, question: str, told: tuple[str, ...]
) -> None:
    answer = desk.ask(question)
    assert answer.status is Status.ANSWERED
    assert all(one in answer.text for one in told)


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("槐浦县有什么问题", "财政收支矛盾突出"),
        ("槐浦县今年的目标", "生产总值增长6%左右"),
        ("槐浦县今年的重点工作", "建设美丽乡村"),
    ],
)
def test_one_side_of_a_place_is_told_where_nothing_else_is_asked(
    desk: Assistant, question: str, told: str
) -> None:
    assert told in desk.ask(question).text


STUDIES = (
    "沂川市养老服务发展的现状与对策\n一、现状与已有举措\n沂川市养老服务对策研究较早，现有养老机构42家。\n"
    "二、主要问题\n护理人员不足。\n三、对策建议\n（一）加快培养。每年培训护理员500名。\n"
    "（二）补齐短板。每个乡镇建设1所养老服务中心。\n",
    "沧垣市传统村落保护现状调查与思考\n一、基本情况\n沧垣市共有传统村落19个，保护建议征集了3次。\n"
    "二、主要问题\n保护措施落实不够。\n三、几点思考\n统筹资金，每村补助200万元。\n",
)


@pytest.mark.parametrize(
    ("question", "told", "other"),
    [
        ("沂川市养老服务有什么对策建议", "每年培训护理员500名", "42家"),
        ("解决沂川市养老服务问题的对策", "每年培训护理员500名", "42家"),
        ("沧垣市传统村落保护有什么建议", "每村补助200万元", "征集了3次"),
        ("沧垣市传统村落保护的对策", "每村补助200万元", "落实不够"),
    ],
)
def test_what_is_to_be_done_is_told_by_the_section_headed_so_and_not_by_how_things_are(
    tmp_path: Path, question: str, told: str, other: str
) -> None:
    with desk_of(tmp_path, *STUDIES) as studies:
        text = studies.ask(question).text
    assert told in text
    assert other not in text


def test_a_report_is_summed_up_by_its_parts_and_what_stands_below_them(desk: Assistant) -> None:
    answer = desk.ask("总结一下槐浦县的报告")
    assert [line.split("**")[1].split("[")[0] for line in answer.text.splitlines()] == [
        "一、2024年工作回顾",
        "二、2025年工作安排",
    ]
    assert "（一）提振消费市场" in answer.text
    assert all(citation.quote for citation in answer.citations)


def test_a_text_without_headings_is_summed_up_by_its_paragraphs(desk: Assistant) -> None:
    text = desk.ask("总结一下防汛会议上的讲话").text
    assert text.count("\n- ") == 3
    assert "编织袋12万条" in text


def test_what_all_files_are_about_is_told_by_the_list_of_them(desk: Assistant) -> None:
    text = desk.ask("这些文件讲了什么？").text
    assert all(title in text for title in ("低空经济发展实施方案", "槐浦县政府工作报告", "低空经济观察"))


def test_places_are_told_section_by_section_where_nothing_but_their_doings_is_asked(desk: Assistant) -> None:
    every = desk.ask("各地有什么做法？").text
    assert "物流航线18条" in every
    assert "适航检测中心" in every
    both = desk.ask("比较杭州和合肥的做法").text
    assert both.index("杭州") < both.index("合肥")


def test_a_word_that_is_used_and_nowhere_explained_is_not_defined(desk: Assistant) -> None:
    answer = desk.ask("什么是低空经济？")
    assert answer.status is Status.REFUSED
    assert "没有说明“低空经济”是什么" in answer.text
    assert answer.related


def test_which_file_treats_a_matter_is_told_by_its_title(desk: Assistant) -> None:
    assert "《岚汀市低空经济发展实施方案》" in desk.ask("哪份文件讲了低空经济的起降点？").text


NEIGHBOURS = (
    "2025年云岫省政府工作报告\n一、工作回顾\n粮食总产557亿斤，建成52个产粮大县。全省生产总值6.1万亿元，增长5.8%。\n"
    "二、工作安排\n今年的预期目标是：生产总值增长6%左右。\n",
    "2025年泽岚省政府工作报告\n一、工作回顾\n粮食产量439亿斤。全省生产总值增长5.1%。\n"
    "二、工作安排\n今年的预期目标是：生产总值增长5%左右。\n",
)


@pytest.fixture(scope="module")
def provinces(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with desk_of(tmp_path_factory.mktemp("provinces"), *NEIGHBOURS) as opened:
        yield opened


def test_two_places_are_compared_by_figures_of_one_kind(provinces: Assistant) -> None:
    text = provinces.ask("云岫省和泽岚省粮食谁多？").text
    assert "557亿斤" in text
    assert "439亿斤" in text
    assert "52个" not in text.split("| --- |")[1].split("亿斤")[0]


def test_the_goal_of_a_sum_is_how_much_it_is_to_grow(provinces: Assistant) -> None:
    assert provinces.ask("云岫省GDP目标").text.startswith("**6%左右**")
    text = provinces.ask("云岫省和泽岚省的GDP目标").text
    assert "| 6%左右 |" in text
    assert "| 5%左右 |" in text


def test_a_growth_is_no_total(provinces: Assistant) -> None:
    assert provinces.ask("云岫省GDP总量是多少？").text.startswith("**6.1万亿元**")
    answer = provinces.ask("泽岚省GDP总量是多少？")
    assert answer.status is Status.REFUSED
    assert "数值" in answer.text
    assert "泽岚" not in answer.text  # the province is there, its total is not


def test_the_measures_of_a_matter_that_a_text_is_titled_with_are_its_headings(desk: Assistant) -> None:
    answer = desk.ask("低空经济发展有哪些举措")
    assert answer.status is Status.ANSWERED
    assert "建设起降网络" in answer.text
    assert "培育龙头企业" in answer.text
    assert desk.ask("冰雪经济发展有哪些举措").status is Status.REFUSED


@pytest.mark.parametrize(
    "question", ["槐浦县自己承认有哪些短板？", "槐浦县差在哪些地方？", "槐浦县的毛病出在哪里？"]
)
def test_problems_are_known_by_other_words(desk: Assistant, question: str) -> None:
    answer = desk.ask(question)
    assert answer.status is Status.ANSWERED
    assert "优质教育资源不足" in answer.text
