"""What a statement about the matter lacks is not made up: a person, a firm, a place, a length of time."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant import Assistant
from assistant.answer.evidence.candidates import candidates
from assistant.types import Status

from .desk import desk_of

INSTITUTE = """沂川市先进材料研究院运行情况
市先进材料研究院于2024年5月正式运行，实行理事会领导下的院长负责制，引进科研团队7个。
研究院理事长：顾明远，由分管副市长兼任，每季度召开一次会议。
成果评价由州商务局委托第三方会计师事务所复核。
设备由沂川恒锐仪器有限公司供货。
"""
FARM = """关于推进智慧农业的实施意见
2024年望坪县先行试种的3000亩无人农场结果表明，化肥用量下降14%，亩产提高5.2%。
在望坪县、陆溪县开展水稻无人农场试点，试点面积分别为1.2万亩和0.8万亩。
入户积分表：近5年获得有效专利的计10分，每满1年社保计2分，失业人员可凭登记证明加分。
"""
SUPPORT = """沂川市促进民营经济发展若干措施
一、清理拖欠账款
县审计局每半年开展一次拖欠账款专项审计，对逾期3个月未付的单位，由县财政局直接从其公用经费中扣拨，并暂停其购置公务用车。
"""


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with desk_of(tmp_path_factory.mktemp("absent"), INSTITUTE, FARM, SUPPORT) as opened:
        yield opened


@pytest.mark.parametrize(
    ("question", "missing"),
    [
        ("先进材料研究院的院长是谁？", "姓名"),
        ("成果评价是哪一家会计师事务所复核的？", "是哪一家"),
        ("陆溪县试种无人农场，亩产提高了多少？", "陆溪县"),
    ],
)
def test_what_is_asked_for_must_stand_in_the_statement(desk: Assistant, question: str, missing: str) -> None:
    answer = desk.ask(question)
    assert answer.status is Status.REFUSED
    assert missing in answer.text


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("先进材料研究院的理事长是谁？", "顾明远"),
        ("先进材料研究院的设备是哪家公司供货的？", "恒锐仪器有限公司"),
        ("望坪县试种无人农场，亩产提高了多少？", "5.2%"),
    ],
)
def test_it_is_told_where_it_does(desk: Assistant, question: str, told: str) -> None:
    assert told in desk.ask(question).text


def test_what_is_counted_within_a_time_does_not_last_so_long(desk: Assistant) -> None:
    text = desk.ask("失业金能领多久？").text
    assert "近5年**" not in text
    assert "**1年" not in text


def test_a_case_that_no_rule_names_is_answered_by_a_likely_statement(desk: Assistant) -> None:
    assert "扣拨" in desk.ask("有单位拖着民企的钱不给，沂川会拿它怎么办？").text


def test_a_speech_before_all_of_a_county_is_of_the_county_whose_plan_it_names(tmp_path: Path) -> None:
    text = (
        "在全县环境整治动员大会上的讲话\n同志们：\n刚才宣读了《槐荫岭县环境整治行动方案》，讲得都很好。"
        "全县14个乡镇要迅速行动，黑臭水体6月10日前全部销号。\n" + "要压实责任，严格督查。" * 20
    )
    with desk_of(tmp_path, text) as desk:
        assert desk.documents()[0].metadata.region == "槐荫岭县"
        assert "14个" in desk.ask("槐荫岭县一共有多少个乡镇？").text


def test_a_name_that_a_text_has_is_no_slip_for_a_place(tmp_path: Path) -> None:
    prefecture = "槐荫州家电以旧换新补贴公告\n槐荫州每件家电补贴不超过2000元。槐荫州商务局负责审核。"
    street = "榆荫街道基层治理情况\n榆荫街道的楼栋长不领工资，每月给予通信补贴50元。"
    with desk_of(tmp_path, prefecture, street) as desk:
        named = desk.ask("榆荫街道的楼栋长每月通信补贴多少元？")
        assert "50元" in named.text
        assert not any("槐荫" in notice for notice in named.notices)
        slip = desk.ask("槐阴州每件家电补贴多少元？")
        assert any("槐荫" in notice for notice in slip.notices)


CONTENTS = """沂川市人民政府办公室
关于促进家政服务业发展的实施意见
目录
- 培育家政龙头企业
- 完善家政培训体系

## 培育家政龙头企业

对首次升规的家政企业一次性奖励20万元。

## 完善家政培训体系

每年培训家政服务人员3000人次。

沂川市人民政府办公室

2025年3月6日
"""


def test_titles_contents_and_signatures_are_no_statements(tmp_path: Path) -> None:
    (tmp_path / "意见.md").write_text(CONTENTS, encoding="utf-8")
    with desk_of(tmp_path, INSTITUTE) as desk:
        desk.index([tmp_path / "意见.md"])
        hits = desk.search("家政企业培训体系龙头企业实施意见沂川市人民政府办公室")
        view = desk._now()
        said = {one.text.strip(" -") for one in candidates(hits, view) if not one.is_heading}
    assert "对首次升规的家政企业一次性奖励20万元。" in said
    assert not {"培育家政龙头企业", "关于促进家政服务业发展的实施意见", "沂川市人民政府办公室"} & said


def test_shares_counted_up_in_one_breath_are_told_together(tmp_path: Path) -> None:
    text = (
        "沂川市门诊特定病种待遇通知\n一、支付比例\n"
        "一类门诊特定病种：按指定基层医疗机构85%、其他医疗机构65%的支付比例确定。\n"
        "二类门诊特定病种：按住院费用的支付比例确定。\n"
    )
    with desk_of(tmp_path, text) as desk:
        answer = desk.ask("门诊报销比例").text
    assert "85%" in answer.split("：")[0]
    assert "65%" in answer.split("：")[0]


def test_the_part_that_is_called_by_the_side_asked_for_is_told(tmp_path: Path) -> None:
    text = (
        "沂川市地下管廊专项规划\n第一章 现状与问题\n第一条 建设现状。建成管廊28公里。\n"
        "第二条 主要问题。一是建而不用，二是入廊意愿低。\n第三条 管线事故。去年发生3起。\n"
        "第二章 规划目标\n第四条 到2030年建成60公里。\n"
    )
    with desk_of(tmp_path, text) as desk:
        answer = desk.ask("沂川市地下管廊规划的主要问题").text
    assert "入廊意愿低" in answer
    assert "去年发生3起" not in answer
