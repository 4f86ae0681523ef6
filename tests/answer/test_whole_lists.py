"""A list is told whole, in whatever shape a text has it, and a table is read whatever parts its cells."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from assistant import Assistant
from assistant.types import Status

from .desk import desk_of

PRACTICE = """沂川市优化营商环境工作情况报告
一、优化要素供给，浇灌企业成长
一是破解融资之难。搭建信用贷款平台，引导23家银行入驻，累计授信86亿元。二是破解用工之难。每月逢五在劳务市场举办招聘会。三是破解用能之难。低压小微企业用电报装外线零投资。四是破解物流之难。开通至港口的定班货运专列。
二、严格执法检查，减少企业烦恼
一是实行“综合查一次”。同一行业的多项检查合并进行。二是推行“扫码入企”。执法人员进企业前须先登记事由，企业扫码可评。三是设立“企业安静日”。每月1日至15日，除安全生产外，不得对企业开展行政检查。
三、2026年工作打算
（一）实施企业倍增行动。培育规上企业40家。
（二）实施平台攀登行动。申报省级实验室2家。
（三）实施成果转化行动。建设中试基地3个。
"""
BRIEF = """民政信息
全县闲置校舍盘活情况
沈家坪县三招盘活闲置校舍
近五年撤并教学点63所，盘活闲置校舍有三招。一招是“改”。把17所校舍改造为养老互助点。二招是“租”。14所由乡镇对外招租。三招是“换”。确权后与其他地块置换，建设冷库。
调研显示，改革推进慢的根子有几处。从投入看，财政补助偏少。从机制看，编制仍沿用旧标准。从管理看，理事会一年只开一次会。
各镇的共同点有四个：都成立了专班；都把基础放在前面；都以服务带动市场；都把安全摆在首位。
"""
HOUSING = """沂川市公共租赁住房管理办法
第一章 总则
第一条 为了规范公共租赁住房（以下简称公租房）管理，制定本办法。
第二条 公租房通过下列方式筹集：
（一）政府投资新建；
（二）在商品住房项目中配建；
（三）收购、长期租赁存量住房；
（四）闲置公有房屋改造。
第三条 公租房租金由市发展改革部门会同市财政部门制定，每两年公布一次。
"""
GUIDE = """沂川市小餐饮备案办事指南
一、申请条件
申请人应当符合下列条件：
（一）有固定的经营场所；
（二）从业人员持有效健康证明；
（三）具有与经营规模相适应的消毒设施。
二、申报材料
申请人应当提交下列材料：
（一）备案申请表；
（二）负责人身份证件；
（三）经营场所平面图。
三、监督管理
有下列情形之一的，不予备案：
（一）一年内被吊销备案卡的；
（二）经营场所位于居民楼内的；
（三）在隔离带内露天加工的。
"""
PLAN = """沂川市城市品质提升规划
专栏1  品质提升重大工程（投资匡算）
老旧小区改造              68亿元
轨道交通与快速路建设      186亿元
地下管网工程              37亿元
公共服务补短板工程        52亿元

专栏2  主要指标
指标                        2025年      2030年
轨道交通运营里程（公里）    41          63
人均公园绿地面积（平方米）  14.6        16
项目审批平均时间（天）      31          18
"""


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    folder = tmp_path_factory.mktemp("lists")
    with desk_of(folder, PRACTICE, BRIEF, HOUSING, GUIDE) as opened:
        (folder / "沂川市规划.txt").write_text(PLAN, encoding="utf-8")
        opened.index([folder / "沂川市规划.txt"])
        yield opened


@pytest.mark.parametrize(
    ("question", "items"),
    [
        ("沂川在要素上给企业解决哪些难处？", ("融资之难", "用工之难", "用能之难", "物流之难")),
        ("沂川有哪几招减少对企业的打扰？", ("综合查一次", "扫码入企", "企业安静日")),
        ("沂川市2026年准备实施哪些行动？", ("企业倍增行动", "平台攀登行动", "成果转化行动")),
        ("闲置校舍有哪三招？", ("养老互助点", "对外招租", "置换")),
        ("各镇的共同点有哪四个？", ("成立了专班", "基础放在前面", "服务带动市场", "安全摆在首位")),
        ("改革推进慢的根子在哪些方面？", ("财政补助偏少", "沿用旧标准", "只开一次会")),
        ("公租房都是从哪儿来的？", ("政府投资新建", "配建", "存量住房", "公有房屋改造")),
    ],
)
def test_a_list_is_told_whole(desk: Assistant, question: str, items: tuple[str, ...]) -> None:
    answer = desk.ask(question)
    assert answer.status is not Status.REFUSED
    assert [item for item in items if item not in answer.text] == []


def test_a_statement_that_answers_alone_is_not_told_as_a_part_of_its_chapter(desk: Assistant) -> None:
    text = desk.ask("公租房租金由哪些部门制定？").text
    assert "发展改革部门" in text
    assert "政府投资新建" not in text


def test_a_bare_heading_comes_with_what_it_heads(desk: Assistant) -> None:
    assert "不得对企业开展行政检查" in desk.ask("“企业安静日”是什么意思").text


def test_cells_parted_by_blanks_make_a_table(desk: Assistant) -> None:
    assert "**63**" in desk.ask("沂川市2030年轨道交通运营里程是多少公里？").text


def test_a_table_without_a_header_has_a_row_with_most(desk: Assistant) -> None:
    text = desk.ask("沂川市品质提升重大工程里，哪一项投资最大？").text
    assert text.startswith("最高：轨道交通与快速路建设（186亿元）")


def test_three_are_told_where_the_first_three_are_asked_for(desk: Assistant) -> None:
    text = desk.ask("沂川市品质提升重大工程里，投资最大的前三项是哪些？").text
    assert "186亿元" in text
    assert "52亿元" in text
    assert "37亿元" not in text


def test_the_unit_of_a_row_parts_it_from_others(desk: Assistant) -> None:
    assert "18" not in desk.ask("沂川市2030年项目审批平均是多少亿元？").text


@pytest.mark.parametrize("question", ["第一次申请公租房有哪些重大工程？", "重大工程最晚到哪天完工？"])
def test_a_first_time_and_a_last_day_rank_no_rows(desk: Assistant, question: str) -> None:
    assert "最高：" not in desk.ask(question).text


@pytest.mark.parametrize(
    ("question", "items", "others"),
    [
        ("小餐饮备案时手里要准备好哪些东西交上去？", ("备案申请表", "身份证件", "平面图"), "消毒设施"),
        ("小饭馆去备案，窗口要收哪几样？", ("备案申请表", "身份证件", "平面图"), "消毒设施"),
        ("小餐馆想备案，先得具备哪几样？", ("经营场所", "健康证明", "消毒设施"), "平面图"),
        ("开小饭馆碰上哪几种情况会被拒之门外？", ("吊销备案卡", "居民楼内", "露天加工"), "平面图"),
    ],
)
def test_a_list_is_found_by_what_it_holds(
    desk: Assistant, question: str, items: tuple[str, ...], others: str
) -> None:
    answer = desk.ask(question)
    assert answer.status is Status.ANSWERED
    assert [item for item in items if item not in answer.text] == []
    assert others not in answer.text


def test_a_list_of_another_place_is_no_answer(desk: Assistant) -> None:
    answer = desk.ask("石家庄的小餐馆想备案，先得具备哪几样？")
    assert answer.status is Status.REFUSED
    assert "石家庄" in answer.text
