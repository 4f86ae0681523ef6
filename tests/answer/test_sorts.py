"""What a question asks for by its noun must stand in the answer: an office, a university, a telephone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from assistant import Assistant
from assistant.types import Status

from .desk import desk_of

PLAN = """青岚市数字乡村建设行动方案
一、重点任务
（一）建设智慧灌溉系统。在青岚河两岸建设智慧灌溉系统120套，覆盖农田8万亩。（责任单位：市农业农村局、市水利局）
（二）培训乡村数字人才。依托本地院校每年培训乡村数字人才3000人。
（三）推广线上问诊。在所有乡镇卫生院推广线上问诊，居民凭社会保障卡使用。
（四）开展乡村直播。扶持乡村直播带货团队60个，由市商务局组织比赛。
二、联系我们
咨询电话：0777-2345678。
"""


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with desk_of(tmp_path_factory.mktemp("plan"), PLAN) as opened:
        yield opened


def test_the_office_named_behind_a_task_is_told_with_it(plan: Assistant) -> None:
    answer = plan.ask("智慧灌溉系统由哪个部门负责建设？")
    assert answer.status is Status.ANSWERED
    assert "市农业农村局、市水利局" in answer.text


def test_an_office_inside_the_statement_answers(plan: Assistant) -> None:
    answer = plan.ask("乡村直播带货的比赛由哪个部门组织？")
    assert answer.status is Status.ANSWERED
    assert "市商务局" in answer.text


@pytest.mark.parametrize(
    ("question", "missing"),
    [
        ("推广线上问诊由哪个部门负责？", "部门"),
        ("每年培训乡村数字人才依托哪些高校？", "高校"),
        ("扶持乡村直播带货团队要提交哪些材料？", "材料"),
    ],
)
def test_what_is_told_without_the_thing_asked_for_is_refused_by_its_name(
    plan: Assistant, question: str, missing: str
) -> None:
    answer = plan.ask(question)
    assert answer.status is Status.REFUSED
    assert not answer.citations
    assert missing in answer.text


def test_a_telephone_is_told_where_one_is_given(plan: Assistant) -> None:
    answer = plan.ask("数字乡村建设的咨询电话是多少？")
    assert answer.status is Status.ANSWERED
    assert "0777-2345678" in answer.text


NOTICE = """关于春季家禽疫苗接种的通知
各村养殖户：
今年春季家禽疫苗由镇兽医站免费发放，每户按存栏数领取，4月底前接种完毕。
接种后出现精神萎靡的，停药观察两天。
纸质登记表寄：岭南市观塘镇新河路27号兽医站202室。
技术热线：3371 608（郝技术员）
"""
ELSEWHERE = """观塘镇农贸市场管理办法
第一条 为规范农贸市场经营秩序，制定本办法。
第二条 摊位费每平方米每月12元，由市场办收取。
监督电话：0777-6655443。
"""


@pytest.fixture(scope="module")
def notices(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with desk_of(tmp_path_factory.mktemp("notices"), NOTICE, ELSEWHERE) as opened:
        yield opened


@pytest.mark.parametrize(
    ("question", "told", "other"),
    [
        ("家禽疫苗接种不会弄，打哪个号码问？", "3371 608", "6655443"),
        ("家禽疫苗的登记表寄到哪里？", "新河路27号兽医站202室", "摊位"),
        ("农贸市场摊位费收多了打什么电话？", "0777-6655443", "3371"),
    ],
)
def test_whom_to_call_is_told_by_the_text_about_the_matter(
    notices: Assistant, question: str, told: str, other: str
) -> None:
    answer = notices.ask(question)
    assert answer.status is Status.ANSWERED
    assert told in answer.text
    assert other not in answer.text


def test_no_number_is_told_for_what_no_text_is_about(notices: Assistant) -> None:
    assert notices.ask("公积金贷款打什么电话？").status is Status.REFUSED
