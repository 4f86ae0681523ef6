"""An answer that stands on a document no longer in force says so, in one line."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from assistant import Assistant
from assistant.types import Status
from assistant.zh.fold import to_traditional

from .desk import desk_of

OLD = """松川市电动车停放管理办法
第一条 小区应当设置电动车集中充电棚，每棚不超过五十辆。
第二条 充电棚由物业服务企业每日巡查两次。
"""
NEW = """松川市非机动车停放管理办法
第一条 非机动车停放区由街道办事处划定，每处配备灭火器六具。
第二条 本办法自2024年3月1日起施行，《松川市电动车停放管理办法》同时废止。
"""
SHORT = """松川市充电补贴通知
一、安装充电桩的小区每桩补贴八百元。
二、本通知自2020年1月1日起施行，有效期2年。
"""


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with desk_of(tmp_path_factory.mktemp("validity"), OLD, NEW, SHORT) as opened:
        yield opened


@pytest.mark.parametrize(
    ("question", "said", "notice"),
    [
        ("充电棚每日由谁巡查？", "物业服务企业", "《松川市电动车停放管理办法》已废止"),
        ("安装充电桩的小区每桩补贴多少元？", "八百元", "《松川市充电补贴通知》已失效（有效期至2021-12-31）"),
    ],
)
def test_a_document_that_ended_is_named_in_one_notice(
    desk: Assistant, question: str, said: str, notice: str
) -> None:
    answer = desk.ask(question)
    assert answer.status is Status.ANSWERED
    assert said in answer.text
    assert [one for one in answer.notices if "效力" in one] == [f"请注意文件效力：{notice}。"]


def test_the_notice_follows_the_script_of_the_question(desk: Assistant) -> None:
    answer = desk.ask(to_traditional("充电棚每日由谁巡查？"))
    assert any("已廢止" in one for one in answer.notices)


def test_what_is_in_force_is_told_without_a_notice(desk: Assistant) -> None:
    answer = desk.ask("非机动车停放区由哪个部门划定？")
    assert answer.status is Status.ANSWERED
    assert not any("效力" in one for one in answer.notices)
