"""Of several figures of a statement the one that is asked for is set first, and no other."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from assistant import Assistant

from .desk import desk_of

REPORT = """沂川市工作报告
一、创新
全年新增省级创新平台7家，总数达到146家。
二、民生
对农村改厕每户补助2000元，其中省财政1200元、县财政800元。
整修闲置农房由县财政设立补助资金1500万元，每宗补助不超过3万元。
淘汰落后企业900余家、设备3000余台套，腾出能耗80余万吨标准煤。
"""


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with desk_of(tmp_path_factory.mktemp("pointed"), REPORT) as opened:
        yield opened


def lead_of(text: str) -> str:
    """Return what is set first, in bold."""
    found = re.match(r"\*\*(.+?)\*\*", text)
    return found[1] if found else ""


@pytest.mark.parametrize(
    ("question", "figure"),
    [
        ("沂川的省级创新平台去年添了几家？", "7家"),
        ("整修一宗闲置农房，县财政最多补多少？", "3万元"),
        ("关掉落后的厂子省出来的能源折成煤有多少？", "80余万吨"),
    ],
)
def test_the_figure_asked_for_goes_first(desk: Assistant, question: str, figure: str) -> None:
    assert figure in lead_of(desk.ask(question).text)
    assert "；" not in lead_of(desk.ask(question).text)


def test_cases_of_one_answer_are_still_told_together(desk: Assistant) -> None:
    told = desk.ask("农村改厕每户补助多少，省里和县里各出多少？").text
    assert all(figure in told for figure in ("2000元", "1200元", "800元"))
