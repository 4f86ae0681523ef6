"""Figures, dates and years are read whatever their script, width and form."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.zh.dates import dates, years
from assistant.zh.quantities import quantities


def read(text: str) -> list[tuple[float | None, float | None, str]]:
    return [(quantity.low, quantity.high, quantity.unit) for quantity in quantities(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("占比达70%~80%", [(70, 80, "%")]),
        ("占比在10%-17%之间", [(10, 17, "%")]),
        ("控制在3—5个区布局", [(3, 5, "个")]),
        ("5至10年內", [(5, 10, "年")]),
        ("累計實施改造項目約5萬個", [(50_000, 50_000, "个")]),
        ("淘汰落后產能企業900余家", [(900, 900, "家")]),
        ("能耗80余萬噸標煤", [(800_000, 800_000, "吨标准煤")]),
        ("不低于专项资金的三分之一", [(33.3333, 33.3333, "%")]),
        ("均占全國1/10", [(10, 10, "%")]),
        ("百分之二十三点五", [(23.5, 23.5, "%")]),
        ("粮食总产量三十七万五千吨", [(375_000, 375_000, "吨")]),
        ("投入三亿二千万元", [(320_000_000, 320_000_000, "元")]),
        ("中标金额:人民币贰佰壹拾捌万元整", [(2_180_000, 2_180_000, "元")]),
        ("每千瓦时不得超过四角五分", [(0.45, 0.45, "元")]),
        ("票价三元五角", [(3.5, 3.5, "元")]),
        ("学生打七五折", [(75, 75, "%")]),
        ("窖温保持在2至4摄氏度", [(2, 4, "度")]),
        ("长三角的三角形是冰山一角", []),
        ("经济增长６％左右", [(6, 6, "%")]),
        ("提高5.5個百分點", [(5.5, 5.5, "个百分点")]),
        ("0.56億元/平方公里", [(56_000_000, 56_000_000, "元/平方公里")]),
        ("六項機制、五類高品質服務", [(6, 6, "项"), (5, 5, "类")]),
        ("占两成", [(20, 20, "%")]),
        ("9省份瞄准氢能", [(9, 9, "省份")]),
        ("位于90分鐘交通圈", [(90, 90, "分钟")]),
        ("设备14.2万台（套）", [(142_000, 142_000, "台")]),
        ("发生事故17起，比上季度少6起", [(17, 17, "起"), (6, 6, "起")]),
        ("算力规模突破10万P、达到15EFlops", [(100_000, 100_000, "P"), (15_000, 15_000, "P")]),
        ("装机容量12GW，配储1500kWh", [(12_000_000, 12_000_000, "千瓦"), (1500, 1500, "千瓦时")]),
        ("新增学位3200个、车位850个，培训24学时", [(3200, 3200, "个"), (850, 850, "个"), (24, 24, "学时")]),
        ("厂房1200平方，管网35km", [(1200, 1200, "平方米"), (35_000, 35_000, "米")]),
        ("P2P网贷、一对一帮扶、一起努力、5G基站", []),
    ],
)
def test_a_figure_is_read_with_its_unit(text: str, expected: list[tuple[float, float, str]]) -> None:
    assert read(text) == expected


@pytest.mark.parametrize(
    ("one", "other"),
    [("1.6万亿元", "16000亿元"), ("8990萬元", "0.899亿元"), ("２５％", "百分之二十五"), ("三分之一", "1/3")],
)
def test_equal_figures_compare_equal(one: str, other: str) -> None:
    assert quantities(one)[0].key == quantities(other)[0].key


@pytest.mark.parametrize(
    "text",
    [
        "居五地第3、第1",
        "第十一次集体学习",
        "加快5G网络建设",
        "2023年以来",
        "一批产业集群",
        "一个平台",
        "多个大学",
    ],
)
def test_ordinals_years_and_names_are_no_figures(text: str) -> None:
    assert read(text) == []


def test_a_lost_digit_has_no_value() -> None:
    (quantity,) = quantities("年均新增收益□亿元")
    assert quantity.low is None
    assert quantity.unit == "元"


@pytest.mark.parametrize(
    ("text", "approximate"),
    [
        ("超18萬輛", "above"),
        ("900余家", "above"),
        ("6%左右", "about"),
        ("不足3成", "below"),
        ("5%以内", "below"),
        ("77家", ""),
    ],
)
def test_approximations_are_told_apart(text: str, approximate: str) -> None:
    assert quantities(text)[0].approximate == approximate


def test_dates_are_read_to_the_day() -> None:
    assert [date[2:] for date in dates("2023年12月7日，1月3日；2025-01-14")] == [
        (2023, 12, 7),
        (0, 1, 3),
        (2025, 1, 14),
    ]


def test_years_of_a_span_and_relative_years() -> None:
    assert [year.year for year in years("行动计划（2024—2026年）")] == [2024, 2025, 2026]
    assert [year.year for year in years("去年增长5%，今年目标6%", 2025)] == [2024, 2025]
    assert years("去年增长5%") == []


@given(
    st.text(
        alphabet="0123456789.,%万亿元个家年月日第一二三十百分之约余超以上左右—~至/□（）() 长兴县的",
        max_size=60,
    )
)
def test_spans_lie_in_the_text_in_order(text: str) -> None:
    found = quantities(text)
    for quantity in found:
        assert text[quantity.start : quantity.end] == quantity.text
        assert quantity.text
    assert all(a.end <= b.start for a, b in pairwise(found))


@given(st.integers(1, 10**6), st.sampled_from(["家", "亿元", "%", "个百分点", "万吨", "项"]))
def test_any_whole_number_is_read_back(value: int, unit: str) -> None:
    (quantity,) = quantities(f"达到{value}{unit}。")
    assert quantity.low is not None
    assert str(value) in quantity.text
