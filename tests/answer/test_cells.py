"""What a table of the text tells: a cell, the rows counted or set side by side, the row with most."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant import Assistant
from assistant.types import Status

from .desk import desk_of

RENTS = """岚汀市保障性租赁住房公告
一、租金标准
各区租金上限和计划供应套数如下表。
区 | 租金上限（元/平方米·月） | 计划供应（套） | 运营单位
东篱区 | 17.5 | 1250 | 东篱安居公司
西坞区 | 12.0 | 860 | 西坞住房公司
南浔湾区 | 18.7 | 1460 | 岚汀城投公司
北岭区 | 9.3 | 240 | 北岭宜居公司
二、申请
申请人向区住房窗口提交申请。
"""
PLAN = """岚汀市防汛应急预案
一、应急响应
启动条件和启动人见下表。
级别 | 启动条件 | 启动人
Ⅳ级 | 24小时降雨50毫米以上 | 区防汛办主任
Ⅲ级 | 24小时降雨100毫米以上 | 区防汛指挥部副指挥
Ⅱ级 | 24小时降雨200毫米以上 | 区防汛指挥部总指挥
"""
AWARDS = """岚汀市数据产业奖补措施
一、奖补汇总表
项目 | 比例 | 每年上限 | 责任单位
算力租用 | 30% | 200万元 | 市科技局
数据标注 | 15% | 60万元 | 市数据局
场内交易 | 5% | 100万元 | 市数据局
资产入表 | 3% | 30万元 | 市财政局
"""
INCOMES = """岚汀市2024年统计公报
一、居民收入
表1 居民收入
指标 | 金额（元） | 比上年增长（%）
全体居民人均收入 | 31240 | 5.7
农村居民人均收入 | 21637 | 6.8
城镇居民人均收入 | 39875 | 4.1
二、招聘
表2 招聘岗位
岗位 | 人数 | 学历要求 | 年龄上限
助产士 | 6 | 大专及以上 | 30周岁
会计 | 3 | 本科及以上 | 35周岁
"""


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with desk_of(tmp_path_factory.mktemp("cells"), RENTS, PLAN, AWARDS, INCOMES) as opened:
        yield opened


@pytest.mark.parametrize(
    ("question", "cell", "other"),
    [
        ("西坞区保租房每平方米每月租金上限多少？", "12.0", "17.5"),
        ("岚汀市北岭区2025年保租房计划供应多少套？", "240", "1460"),
        ("岚汀市数据产业奖补中，数据标注由哪个单位负责？", "市数据局", "市科技局"),
        ("岚汀市2024年农村居民人均收入", "**21637**", "31240"),  # the first figure is what the table is of
        ("岚汀市2024年农村居民人均收入增长多少", "6.8", "5.7"),
    ],
)
def test_the_cell_asked_for_is_told(desk: Assistant, question: str, cell: str, other: str) -> None:
    text = desk.ask(question).text
    assert cell in text
    assert other not in text


def test_the_row_with_most_or_least_is_told_first(desk: Assistant) -> None:
    most = desk.ask("岚汀市各区里，保租房计划供应套数最多的是哪个？").text
    assert most.startswith("最高：南浔湾区（1460）")
    least = desk.ask("岚汀市保租房租金上限最低的是哪个区？").text
    assert least.startswith("最低：北岭区（9.3）")


def test_rows_are_counted_by_what_the_question_names(desk: Assistant) -> None:
    answer = desk.ask("岚汀市奖补汇总表里，由市数据局负责的有几项？")
    assert answer.text.startswith("共2项")
    assert "场内交易" in answer.text
    assert "资产入表" not in answer.text


def test_rows_are_set_side_by_side(desk: Assistant) -> None:
    text = desk.ask("岚汀市防汛三级响应和二级响应的启动人有什么区别？").text
    assert "副指挥" in text
    assert "总指挥" in text
    assert "主任" not in text


def test_each_cell_told_stands_where_it_is_cited(desk: Assistant) -> None:
    for question in ("岚汀市保租房租金上限最高的是哪个区？", "岚汀市奖补汇总表里，由市数据局负责的有几项？"):
        answer = desk.ask(question)
        assert answer.citations
        for citation in answer.citations:
            assert desk.document(citation.document).text[citation.start : citation.end] == citation.quote


def test_what_no_row_has_is_refused(desk: Assistant) -> None:
    assert desk.ask("岚汀市云阶区保租房计划供应多少套？").status is Status.REFUSED
    assert desk.ask("东篱区保租房的物业费每月多少元？").status is Status.REFUSED


def test_several_cells_of_a_row_are_told_with_their_headers(desk: Assistant) -> None:
    text = desk.ask("岚汀市招聘助产士，学历要求是什么，年龄上限多少？").text
    assert text.startswith("**大专及以上；30周岁**：助产士 | 6")
    assert text.endswith("（学历要求[2]、年龄上限[3]）")


@pytest.mark.parametrize(
    "question", ["岚汀市保租房租金上限最高的东篱区为什么调价？", "岚汀市的保租房最后归哪家公司运营？"]
)
def test_not_every_question_with_a_superlative_ranks_a_table(desk: Assistant, question: str) -> None:
    assert not desk.ask(question).text.startswith(("最高", "最低", "按数值"))


ROTA = """岚汀市行政服务中心国庆值班表
日期 | 值班员 | 带班领导
10月1日 | 林妙音 | 郑启川
10月2日 | 蔡维舟 | 郑启川
10月3日 | 许晓岚 | 吴松年
"""
WATER = """岚汀市自来水价格公告
自10月1日起调整价格。
类别 | 每户年用水量 | 价格（元/立方米）
第一阶梯 | 180立方米以下 | 2.35
第二阶梯 | 181至300立方米 | 3.52
第三阶梯 | 300立方米以上 | 7.05
"""


@pytest.mark.parametrize(
    ("text", "question", "cell"),
    [
        (ROTA, "10月3日的带班领导是谁", "吴松年"),
        (ROTA, "10月1日是哪位领导带班", "郑启川"),
        (WATER, "自来水第二阶梯多少钱一方", "3.52"),
    ],
)
def test_the_header_of_a_column_says_what_its_cells_are(
    tmp_path: Path, text: str, question: str, cell: str
) -> None:
    with desk_of(tmp_path, text) as desk:
        answer = desk.ask(question)
    assert answer.status is Status.ANSWERED
    assert answer.text.startswith(f"**{cell}**")


def test_a_table_of_another_year_is_not_read(desk: Assistant) -> None:
    answer = desk.ask("岚汀市2022年农村居民人均收入是多少？")
    assert answer.status is Status.REFUSED
    assert "2022年" in answer.text


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("岚汀市哪类居民人均收入增速最低？", "最低：城镇居民人均收入（4.1）"),
        ("岚汀市几类居民里，人均收入增速垫底的是哪类？", "最低：城镇居民人均收入（4.1）"),
        ("岚汀市哪类居民人均收入最高？", "最高：城镇居民人均收入（39875）"),
    ],
)
def test_a_growth_is_read_off_a_column_of_growths(desk: Assistant, question: str, first: str) -> None:
    assert desk.ask(question).text.startswith(first)
