"""Notices, fund rules, replies and interpretations: cases that are named, dates in force, parts by name."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from assistant import Assistant
from assistant.types import Status

from .desk import desk_of

RULES = """岚汀市课后托管收费办法
岚汀市教育局
第一章 总则
第一条 托管服务费不得超过下列标准：城区学校每生每学期480元，乡镇学校每生每学期360元。
第二条 早稻种植补贴于2025年11月15日前验收，油菜种植补贴于2026年6月20日前验收。
第三条 首次认定为种子企业的，奖励3万元。首次认定为瞪羚企业的，奖励60万元。
第二章 附则
第四条 本办法自2024年7月15日起施行，有效期至2027年7月14日。2021年印发的《岚汀市托管收费规定》同时废止。
"""
READING = """《岚汀市鱼塘退养办法》政策解读（问答）
岚汀市农业局
一问：为什么要出台这个《办法》？
答：近年来湖区总磷超标，网箱养殖缺少规范。
二问：《办法》所称生态鱼塘是指哪些？
答：是指尾水处理后总磷低于0.2毫克的鱼塘。
"""
REPLY = """关于对政协岚汀市第九届委员会第41号提案的答复
苏明远委员：
您提出的提案收悉，现答复如下。
一、基本情况
全市现有供水站18处。
二、下一步打算
（一）建设引水工程。总投资1.2亿元。
（二）更新供水管网。更换管道60公里。
（三）完善水价机制。每户每月免收5立方米。
感谢您对水利工作的关心和支持。
"""
AUDIT = """岚汀市2024年度审计查出问题整改情况的报告
2025年11月27日
截至2025年10月31日，已整改119个问题。通过整改上缴财政资金1.27亿元。
"""


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with desk_of(tmp_path_factory.mktemp("notices"), RULES, READING, REPLY, AUDIT) as opened:
        yield opened


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("岚汀市城区学校托管费每学期最多收多少元？", "**480元**"),
        ("岚汀市乡镇学校托管费每学期最多收多少元？", "**360元**"),
        ("岚汀市瞪羚企业首次认定奖励多少？", "**60万元**"),
    ],
)
def test_the_case_that_the_question_names_is_told_first_and_alone(
    desk: Assistant, question: str, first: str
) -> None:
    assert desk.ask(question).text.startswith(first)


def test_both_cases_are_told_where_both_are_named_or_none(desk: Assistant) -> None:
    for question in ("岚汀市托管费每学期最多收多少元？", "岚汀市城区和乡镇学校托管费每学期最多各收多少元？"):
        text = desk.ask(question).text
        assert "480元" in text.split("：")[0]
        assert "360元" in text.split("：")[0]


def test_a_rule_takes_effect_on_the_day_from_which_it_applies(desk: Assistant) -> None:
    assert desk.ask("岚汀市课后托管收费办法从哪天开始执行？").text.startswith("**2024年7月15日**")


def test_the_reply_to_a_question_of_the_text_is_told_and_never_the_question_alone(desk: Assistant) -> None:
    assert "总磷超标" in desk.ask("岚汀市为什么要出台鱼塘退养办法？").text
    assert "低于0.2毫克" in desk.ask("什么是生态鱼塘？").text


def test_a_part_is_told_by_the_words_of_its_heading(desk: Assistant) -> None:
    text = desk.ask("岚汀市的提案答复里，下一步打算有哪几方面？").text
    assert all(item in text for item in ("建设引水工程", "更新供水管网", "完善水价机制"))


@pytest.mark.parametrize(
    "question",
    ["岚汀市供水提案是怎么答复的？", "岚汀市托管服务有什么规定？", "岚汀市鱼塘退养有哪些内容？"],
)
def test_title_salutation_and_formulas_are_no_statements(desk: Assistant, question: str) -> None:
    told = {citation.quote.strip() for citation in desk.ask(question).citations}
    assert not told & {
        "关于对政协岚汀市第九届委员会第41号提案的答复",
        "苏明远委员：",
        "感谢您对水利工作的关心和支持。",
        "岚汀市课后托管收费办法",
        "《岚汀市鱼塘退养办法》政策解读（问答）",
    }


def test_a_report_speaks_of_the_year_that_its_title_says_it_reports_on(desk: Assistant) -> None:
    assert "1.27亿元" in desk.ask("岚汀市2024年度审计整改上缴财政资金多少？").text
    assert desk.ask("岚汀市2022年度审计整改上缴财政资金多少？").status is Status.REFUSED
