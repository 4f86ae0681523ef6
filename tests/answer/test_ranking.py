"""What is done with the figures of several things: picked, counted, added up, held against a bound."""

from __future__ import annotations

import pytest

from assistant.answer.forms.beside.ranking import amount, beyond, task_of, within
from assistant.zh.quantities import quantities

TARGETS = quantities("7%以上，6%左右，5.5%左右，5%以上，5%左右，4.2%")


@pytest.mark.parametrize(
    ("question", "kept"),
    [
        ("哪些省的目标高于5.5%", ["7%以上", "6%左右"]),
        ("目标不低于5.5%的省有几个", ["7%以上", "6%左右", "5.5%左右"]),
        ("一共有几个省把目标设在5.5%以上", ["7%以上", "6%左右", "5.5%左右"]),
        ("16个省里目标超6%的占几个", ["7%以上"]),
        ("哪些省的目标是5%以上", ["5%以上"]),
        ("有哪几个省目标没到5%", ["4.2%"]),
        ("几个省把目标定在5%左右", ["5%以上", "5%左右"]),
        ("16个省里，有几个把目标压在5%以内", ["5%以上", "5%左右", "4.2%"]),
        ("目标在5%到5.5%之间的省有几个", ["5.5%左右", "5%以上", "5%左右"]),
    ],
)
def test_a_bound_keeps_what_lies_beyond_it(question: str, kept: list[str]) -> None:
    limit = task_of(question).limit
    assert limit is not None
    assert [quantity.text for quantity in TARGETS if within(quantity, limit)] == kept


@pytest.mark.parametrize(
    ("question", "top", "descending"),
    [
        ("哪三个省的目标最高", 3, True),
        ("失业率最低的两个省", 2, False),
        ("哪个省的目标最高", 1, True),
        ("目标后三名的省", 3, False),
        ("各省目标从大到小怎么排", 0, True),
    ],
)
def test_so_many_are_named_as_are_asked_for(question: str, top: int, descending: bool) -> None:
    task = task_of(question)
    assert (task.top, task.descending) == (top, descending)


def test_a_place_in_the_order_is_asked_for() -> None:
    assert task_of("目标排第二的是哪个省").place == 2
    assert task_of("哪个省的目标排第十二").place == 12
    assert task_of("哪个省的目标最高").place == 0


def test_sums_and_differences_are_told_apart() -> None:
    assert task_of("各省目标加总是多少").sums
    assert task_of("目标最高与最低的省差多少").spread
    assert not task_of("一共有几个省超过5%").sums


def test_two_figures_are_set_against_each_other() -> None:
    first, second = quantities("4.5%左右，3.3%")
    assert beyond("上海和浙江哪个更高", first, second).format("上海", "浙江") == "上海更高"
    assert beyond("谁更低，相差多少", first, second).format("上海", "浙江") == "浙江更低，相差1.2个百分点"
    assert beyond("各是多少", first, second) == ""
    one, other = quantities("20亿元，3家")
    assert beyond("哪个更高", one, other) == ""


def test_large_figures_are_written_in_chinese_powers() -> None:
    assert amount(8_030_000, "人") == "803万人"
    assert amount(215_020_000_000, "元") == "2150.2亿元"
    assert amount(0.5, "%") == "0.5个百分点"
