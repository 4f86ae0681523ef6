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
