"""Who holds an office is told wherever the name stands, and never of another rank."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant import Assistant
from assistant.answer.forms.office import holder
from assistant.types import Status

from .desk import desk_of

TEXTS = (
    "沧垣市人民政府全体会议召开\n沧垣市人民政府昨日召开全体会议。会议由龚正市长主持，各部门负责人参加。\n"
    "副市长陆远通报了一季度经济运行情况。\n",
    "漳川省人民代表大会会议闭幕\n漳川省人民代表大会会议昨日闭幕。代理主席王某作工作报告，介绍了有关情况。\n",
    "乌石市重点项目现场推进会召开\n乌石市重点项目现场推进会昨日召开。市长龚明强调，要抓好项目建设。\n",
    "槐荫市招商大会召开\n槐荫市招商大会昨日召开。副市长陆平表示，全市将优化营商环境。\n",
)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    folder: Path = tmp_path_factory.mktemp("offices")
    with desk_of(folder, *TEXTS) as opened:
        yield opened


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("沧垣市市长是谁？", "龚正市长"),
        ("漳川省主席是谁？", "代理主席王某"),
        ("乌石市市长是谁？", "市长龚明"),
        ("槐荫市副市长是谁？", "副市长陆平"),
        ("沧垣市副市长是谁？", "副市长陆远"),
    ],
)
def test_a_name_before_or_behind_its_title_is_told(desk: Assistant, question: str, told: str) -> None:
    answer = desk.ask(question)
    assert answer.status is Status.ANSWERED
    assert told in answer.text


def test_a_deputy_is_not_told_for_who_holds_the_office(desk: Assistant) -> None:
    assert desk.ask("槐荫市市长是谁？").status is Status.REFUSED
    assert "陆远" not in desk.ask("沧垣市市长是谁？").text


@pytest.mark.parametrize(
    ("question", "text", "is_told"),
    [
        ("市长是谁", "龚正市长主持会议", True),
        ("市长是谁", "市委副书记、市长龚正出席", True),
        ("市长是谁", "市长、党组书记龚正出席", True),
        ("市长是谁", "代市长李文作报告", True),
        ("市长是谁", "副市长龚正出席", False),
        ("市长是谁", "龚正副市长出席", False),
        ("市长是谁", "石家庄市市长热线", False),
        ("副市长是谁", "市长龚正出席", False),
        ("代理主席是谁", "主席王成出席", False),
        ("谁担任组长", "由常务副市长担任组长", True),
        ("谁担任组长", "由区长担任副组长", False),
    ],
)
def test_the_rank_asked_for_is_the_rank_told(question: str, text: str, *, is_told: bool) -> None:
    pattern = holder(question)
    assert pattern
    assert bool(pattern.search(text)) is is_told
