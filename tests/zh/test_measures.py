"""What an interrogative measures, and dates with their clock times and ranges."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.zh.measures import measures
from assistant.zh.quantities import quantities
from assistant.zh.times import periods


@pytest.mark.parametrize(
    ("question", "unit", "dimension"),
    [
        ("补贴多少钱", "元", "money"),
        ("一个月几块钱", "元", "money"),
        ("几岁可以上", "岁", "age"),
        ("多大年纪可以献血", "岁", "age"),
        ("多久到账", "", "time"),
        ("多长时间办完", "", "time"),
        ("几天能批下来", "天", "time"),
        ("要交几年社保", "年", "time"),
        ("是低保的几倍", "倍", "ratio"),
        ("占几成", "%", "percent"),
        ("百分之几", "%", "percent"),
        ("有多少家企业", "家", "count"),
        ("有多少名额", "", "count"),
        ("排名第几", "第", "ordinal"),
        ("要达到多少分", "分", "count"),
        ("减免几分之几", "%", "percent"),
        ("占多大比重", "%", "percent"),
        ("有几个百分点进了账户", "个百分点", "percent"),
        ("要几个钟头", "小时", "time"),
        ("最少几个人", "人", "count"),
        ("一年给多少学位补贴", "", "money"),
        ("装机有多大", "", "power"),
    ],
)
def test_an_interrogative_names_its_unit_and_dimension(question: str, unit: str, dimension: str) -> None:
    found = measures(question)
    assert [one.unit for one in found] == [unit]
    assert dimension in found[0].dimensions


def test_what_only_sounds_like_a_measure_is_none() -> None:
    assert not measures("几乎没有")
    assert not measures("几何量测量")


@given(st.text(alphabet="几多少元天岁家的是第百分之久长大钱 一二三", max_size=30))
def test_measures_lie_in_order_within_the_text(text: str) -> None:
    found = measures(text)
    assert all(0 <= one.start < one.end <= len(text) for one in found)
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("6月27日10：00—7月1日15:00，申请人登录", ["6月27日10：00—7月1日15:00"]),
        ("报名时间为5月19日至5月22日（下午3点），", ["5月19日至5月22日（下午3点）"]),
        ("可在2025年3月20日-27日到窗口", ["2025年3月20日-27日"]),
        ("截止后（5月22日下午3点）启动", ["5月22日下午3点"]),
        ("自印发之日起施行，有效期至2026年12月31日", ["自印发之日起", "2026年12月31日"]),
        ("2023年至2025年", ["2023年至2025年"]),
    ],
)
def test_a_range_and_a_clock_time_belong_to_their_date(text: str, expected: list[str]) -> None:
    assert [text[start:end] for start, end in periods(text)] == expected


@pytest.mark.parametrize(
    ("text", "low", "high", "unit", "bound"),
    [
        ("每平方米为十元至五十元", 10, 50, "元", ""),
        ("最多不得超过四百毫升", 0.0004, 0.0004, "立方米", "below"),
        ("年龄在45周岁以下", 45, 45, "岁", "below"),
        ("居住半年以上", 0.5, 0.5, "年", "above"),
        ("自受理之日起5个工作日内", 5, 5, "个工作日", ""),
        ("面积不小于30㎡", 30, 30, "平方米", "above"),
    ],
)
def test_bounds_ranges_and_units_of_guides_are_read(
    text: str, low: float, high: float, unit: str, bound: str
) -> None:
    one = quantities(text)[-1]
    assert (one.low, one.high, one.unit, one.approximate) == (low, high, unit, bound)


def test_an_article_number_is_no_quantity() -> None:
    assert not quantities("第三十五条 载有学生的校车")


@pytest.mark.parametrize(
    "told",
    [
        "领了好几年补贴,现在还能申请吗",
        "十几年里最凶的一次",
        "那几天怎么算",
        "交了几年社保,还要不要转",
        "几年后被人揭穿",
    ],
)
def test_a_vague_number_that_is_told_asks_for_nothing(told: str) -> None:
    assert measures(told) == ()


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("每周一闭馆整理", ["每周一"]),
        ("开放时间为周一至周五上午9:00-12:00", ["周一至周五上午9:00-12:00"]),
        ("星期六、日休息", ["星期六、日"]),
        ("一周一次例会,比例为1:20", []),
        ("于10个工作日内办结", []),
    ],
)
def test_days_of_the_week_and_hours_of_the_day_are_dates(text: str, dates: list[str]) -> None:
    assert [text[start:end] for start, end in periods(text)] == dates


@pytest.mark.parametrize(
    ("text", "times"),
    [
        ("首班车早上六点二十,末班车晚上七点四十(冬季)", ["早上六点二十", "晚上七点四十"]),
        ("首班七点半,末班十七点", ["七点半", "十七点"]),
        ("早餐6:50至8:40,午餐11:20至13:10", ["6:50至8:40", "11:20至13:10"]),
        ("每天9:30开馆,最后一天下午两点停止入场", ["9:30", "下午两点"]),
        ("夜间十一点至次日七点打八折", ["夜间十一点至次日七点"]),
        ("今天15时40分起停电,预计今晚九点前恢复", ["15时40分", "今晚九点前"]),
        ("每年三月、九月各集中受理一次", ["每年三月", "九月"]),
        ("五月底前完成选址,抽签在十二月上旬进行", ["五月底前", "十二月上旬"]),
        ("二〇二四年八月十五日", ["二〇二四年八月十五日"]),
        ("讲三点意见,有以下三点:一是早一点到", []),
        ("增长百分之三点六,三月龄羊羔8小时一次", []),
    ],
)
def test_hours_and_months_may_be_spelt(text: str, times: list[str]) -> None:
    assert [text[start:end] for start, end in periods(text)] == times
