"""A table holds a row for each member asked for, and no figure that measures something else."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from assistant import Assistant
from assistant.answer.forms.beside.asked import core, of_each
from assistant.search.plan import make_plan
from assistant.types import Answer, Status

from .desk import desk_of

JILIN = """2025年吉林省政府工作报告
一、2024年工作回顾
全省地区生产总值增长4.6%。培训养蜂员1.3万人，新增国家级养蜂示范社12家，总量达到85家。海洋生产总值增长9.1%。改造乡村蜂场210个。
二、2025年重点工作
支持发展空中观光。改造乡村蜂场400个。
"""
SHANDONG = """2025年山东省政府工作报告
一、2024年工作回顾
全省生产总值增长5.2%。开展技能提升，培训养蜂员2.7万人。国家级养蜂示范社达到64家。全年改造乡村蜂场530个。
二、2025年重点工作
改造乡村蜂场150个。
"""
GUANGXI = """2025年广西壮族自治区政府工作报告
一、2024年工作回顾
全区地区生产总值增长4.9%。组织养蜂员培训，全年培训养蜂员9000人。新增国家级养蜂示范社7家。改造乡村蜂场96个。
二、2025年重点工作
南宁市加快布局空中观光和水上运动。
"""


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with desk_of(tmp_path_factory.mktemp("provinces"), JILIN, SHANDONG, GUANGXI) as opened:
        yield opened


def values(answer: Answer) -> dict[str, str]:
    """Return the value of each row of the table."""
    cells = [line.split("|")[1:3] for line in answer.text.splitlines() if line.startswith("| ")]
    return {label.strip(): value.strip() for label, value in cells[2:]}


@pytest.mark.parametrize(
    ("question", "topic", "resolved"),
    [
        (
            "家里有老人的房子搞适老化改造，吉林、山东去年各做了多少户？按多少排个序。",
            "去年 家里有老人的房子 适老化改造",
            "多少户",
        ),
        ("去年办理人大代表建议件数排在前三的是哪几个省市？各办了多少件？", "去年办理人大代表建议", "多少件"),
        ("2024年规上工业增加值增速高于8%的省有几个？", "规上工业增加值增速", "百分之几"),
        ("改造老旧小区个数最多的三个省是哪些？", "改造老旧小区", "多少个"),
        ("吉林说自己的蜂场数量排全国第五，跟山东放一起看，两家各有多少个？", "蜂场数量", "多少个"),
    ],
)
def test_what_is_asked_of_each_is_told_from_how_the_members_are_ordered(
    question: str, topic: str, resolved: str
) -> None:
    asked = of_each(make_plan(question))
    assert asked.topic == topic
    assert asked.resolved.endswith(resolved)


def test_common_words_before_the_telling_one_may_be_left_out_but_not_the_year() -> None:
    asked = of_each(make_plan("家里有老人的房子搞适老化改造，吉林、山东去年各做了多少户？"))
    assert core(asked).topic == "去年 适老化改造"


def test_a_number_of_persons_is_as_much_as_the_unit_says(desk: Assistant) -> None:
    answer = desk.ask("2024年培训养蜂员人数最多的是哪个省？")
    assert values(answer) == {"山东": "2.7万人", "吉林": "1.3万人", "广西": "9000人"}
    assert answer.text.startswith("最高：山东")


def test_what_was_added_is_no_row_of_a_whole(desk: Assistant) -> None:
    answer = desk.ask("各省国家级养蜂示范社的数量，哪个省最多？")
    assert values(answer) == {"吉林": "85家", "山东": "64家"}
    assert "广西" in answer.text  # as one without a figure


def test_the_sum_of_a_part_is_no_row_of_the_whole(desk: Assistant) -> None:
    answer = desk.ask("各省2024年地区生产总值增速从高到低排一下。")
    assert values(answer)["吉林"] == "4.6%"
    assert "9.1%" not in answer.text


def test_last_years_figure_is_not_the_plan_of_this_year(desk: Assistant) -> None:
    answer = desk.ask("吉林、山东、广西去年各改造了多少个乡村蜂场，谁最多？")
    assert values(answer) == {"吉林": "210个", "山东": "530个", "广西": "96个"}
    assert answer.text.startswith("最高：山东")


def test_who_mentions_a_matter_is_told_by_province_and_only_by_the_words(desk: Assistant) -> None:
    answer = desk.ask("哪些省提到了空中观光？")
    assert answer.status is Status.ANSWERED
    assert {line[2:4] for line in answer.text.splitlines()} == {"吉林", "广西"}
    assert desk.ask("哪些省提到了水下观光？").status is Status.REFUSED


@pytest.mark.parametrize(
    ("question", "answered"),
    [
        ("吉林有多少家国家级养蜂示范社？", True),
        ("吉林有多少家国家级养蜂示范园区？", False),
        ("广西有多少个乡村蜂场合作平台？", False),
    ],
)
def test_a_figure_of_all_but_the_noun_asked_for_is_none(
    desk: Assistant, question: str, answered: bool
) -> None:
    assert (desk.ask(question).status is not Status.REFUSED) == answered
