"""Lists that a text makes are told as such: its parts, headings, series, groups, and how many there are."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant import Assistant
from assistant.types import Answer, Status

from .desk import desk_of

PLAN = """云溪市绿道建设实施方案
为方便市民出行，制定本方案。
一、总体要求
（一）指导思想。以便民为先，稳步推进绿道建设。
（二）建设目标。到2027年，建成绿道三百公里。
二、重点任务
（一）打通断头路。对三十处断头绿道限期打通。
（二）补齐驿站短板。每五公里设一处驿站。
（三）完善标识系统。统一标牌样式。
三、分类养护
根据路况，将24段绿道分为三类。甲等绿道：针对人流密集的滨河路、湖心路，每天清扫两次。乙等绿道：针对人流一般的城东路、城西路，每天清扫一次。丙等绿道：针对郊野路段，每周清扫三次。
四、保障措施
（一）压实各方责任。成立工作专班。
（二）用好社会力量。组织志愿者巡查。
"""
STUDY = """云溪市夜间经济调研报告
一、坚持摸清底数，看夜市现状
（一）摊位分布。全市共有夜市摊位四百个。
（二）客流变化。周末客流翻番。
二、坚持直面短板，看夜市问题
（一）停车困难。周边车位不足。
（二）噪音扰民。投诉集中在凌晨。
三、坚持开拓思路，看夜市前景
夜市的服务队伍要抓紧建设。一是招募夜间管家，负责巡场。二是培训摊主手艺，提高出品。三是评选星级摊位，带动品质。
全市先后获评省级夜游示范街、省级美食示范街、省级文创示范街。嘉兴市、湖州市、绍兴市获准试点夜间公交。灯光、音乐、集市等活动轮番登场。
近期抓好“灯火点亮”等4个夜游项目；远期谋划水上剧场等3个夜游项目。
"""


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with desk_of(tmp_path_factory.mktemp("outlines"), PLAN, STUDY) as opened:
        yield opened


def told(desk: Assistant, question: str, *heads: str) -> Answer:
    answer = desk.ask(question)
    assert answer.status is not Status.REFUSED, answer.text
    missing = [head for head in heads if head not in answer.text]
    assert not missing, answer.text
    return answer


@pytest.mark.parametrize(
    "question",
    [
        "这份实施方案的大框架是怎样的，分哪几大块？",
        "实施方案一共几个部分，各讲什么？",
        "那份方案的四个一级标题",
    ],
)
def test_a_text_that_is_only_called_by_its_kind_is_told_by_its_parts(desk: Assistant, question: str) -> None:
    told(desk, question, "总体要求", "重点任务", "分类养护", "保障措施")


@pytest.mark.parametrize(
    ("question", "heads"),
    [
        ("方案部署了哪三项重点任务，只要题目", ("打通断头路", "补齐驿站短板", "完善标识系统")),
        ("方案开头的“总体要求”由哪两节组成？", ("指导思想", "建设目标")),
        ("方案最后一部分列了哪几条？", ("压实各方责任", "用好社会力量")),
        ("方案把24段绿道分成三类，这三类的名称？", ("甲等绿道", "乙等绿道", "丙等绿道")),
        ("调研报告三个部分分别以哪三个“坚持”开头？", ("摸清底数", "直面短板", "开拓思路")),
        ("报告对夜市的服务队伍提的建议，一是二是三是各说什么", ("夜间管家", "培训摊主", "评选星级")),
        ("报告第二部分分析夜市问题，给了哪几条，标题分别是", ("停车困难", "噪音扰民")),
    ],
)
def test_a_list_is_found_by_number_quotation_place_and_name(
    desk: Assistant, question: str, heads: tuple[str, ...]
) -> None:
    told(desk, question, *heads)


def test_what_stands_below_a_heading_is_left_out_where_names_are_asked_for(desk: Assistant) -> None:
    assert "驿站。" not in told(desk, "方案部署了哪三项重点任务，只要题目", "补齐驿站短板").text
    assert "每五公里" in told(desk, "方案的重点任务有哪三项？", "补齐驿站短板").text


@pytest.mark.parametrize(
    ("question", "number"),
    [
        ("方案的重点任务一共排了多少条？", "共3条"),
        ("调研报告用了几个“坚持”？", "共3个"),
        ("保障措施一共提了几点要求？", "共2点"),
        ("获评省级示范街的有几个？", "共3个"),
        ("获准试点夜间公交的有几家？", "共3家"),
        ("夜游项目合起来一共几个？", "共7个（4+3）"),
    ],
)
def test_what_a_text_lists_or_names_is_counted(desk: Assistant, question: str, number: str) -> None:
    told(desk, question, number)


def test_an_open_enumeration_is_not_counted(desk: Assistant) -> None:
    assert "共3" not in desk.ask("轮番登场的活动有几个？").text


@pytest.mark.parametrize(
    "question", ["方案讲税收优惠的那一节分哪几条？", "报告提了哪五条消防整改要求，只列标题"]
)
def test_a_list_of_another_matter_answers_nothing(desk: Assistant, question: str) -> None:
    assert desk.ask(question).status is Status.REFUSED


def test_numbers_that_skip_one_are_said_to(tmp_path: Path) -> None:
    text = (
        "河湾镇公约\n一、村民守则\n1、爱护公物\n不损路灯。\n2、邻里和睦\n遇事商量。\n4、勤俭持家\n不浪费。\n"
    )
    with desk_of(tmp_path, text) as desk:
        told(desk, "村民守则列了几条？", "共3条（编号到4）")
