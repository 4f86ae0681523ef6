"""Places are found where the text means them, and nowhere else."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.zh.places import contains, find, levels, lookup, short, suggest


def _regions(text: str) -> list[str]:
    return [place.region for place in find(text)]


@pytest.mark.parametrize(
    ("text", "regions"),
    [
        ("天津:发挥优势培育创新沃土", ["天津市"]),
        ("浙江省長興縣堅持工業立縣", ["浙江省湖州市长兴县"]),
        ("浙江省湖州市长兴县", ["浙江省湖州市长兴县"]),
        ("2025年内蒙古自治区政府工作报告", ["内蒙古自治区"]),
        ("呼和浩特与包头两市", ["内蒙古自治区呼和浩特市", "内蒙古自治区包头市"]),
        ("西藏、宁夏、香港", ["西藏自治区", "宁夏回族自治区", "香港特别行政区"]),
        ("恩施州的做法", ["湖北省恩施土家族苗族自治州"]),
        ("台北市", ["台湾省台北市"]),
        ("北京市朝阳区", ["北京市朝阳区"]),
        ("上海浦东新区", ["上海市浦东新区"]),
    ],
)
def test_places_are_found_by_any_of_their_names(text: str, regions: list[str]) -> None:
    assert _regions(text) == regions


@pytest.mark.parametrize(
    "text",
    ["和平与发展是时代主题", "孙中山先生", "新华社记者", "大同社会", "保持长安汽车的优势", "高新技术企业"],
)
def test_a_name_inside_another_word_is_no_place(text: str) -> None:
    assert _regions(text) == []


@pytest.mark.parametrize(
    ("text", "regions"),
    [
        ("大兴县农业调查", []),
        ("北京市大兴县", ["北京市"]),
        ("与南兴县相邻", []),
        ("赴兴县调研", ["山西省吕梁市兴县"]),
        ("推动兴县发展", ["山西省吕梁市兴县"]),
        ("在吉县和兴县", ["山西省临汾市吉县", "山西省吕梁市兴县"]),
        ("新兴县的做法", ["广东省云浮市新兴县"]),
        ("我省会同县", ["湖南省怀化市会同县"]),
    ],
)
def test_the_tail_of_a_longer_name_is_not_the_county_of_that_name(text: str, regions: list[str]) -> None:
    assert _regions(text) == regions


def test_a_shared_name_is_settled_by_the_place_before_it() -> None:
    assert _regions("吉林省长春市朝阳区") == ["吉林省长春市朝阳区"]
    assert _regions("江西省南昌市出台措施,西湖区跟进") == ["江西省南昌市", "江西省南昌市西湖区"]


def test_a_shared_name_that_nothing_settles_is_left_out() -> None:
    assert _regions("西湖区召开会议") == []


def test_a_short_county_name_counts_beside_its_full_name() -> None:
    assert _regions("景宁畲族自治县发布公告,景宁将……") == ["浙江省丽水市景宁畲族自治县"] * 2
    assert _regions("景宁将发布公告") == []


def test_look_up_takes_official_short_one_character_and_traditional_names() -> None:
    assert lookup("长兴") == lookup("長興縣") == lookup("浙江长兴") == ["浙江省湖州市长兴县"]
    assert lookup("粤") == ["广东省"]
    assert lookup("吉林")[0] == "吉林省"
    assert lookup("不存在的地方") == []


def test_a_region_contains_itself_and_what_lies_in_it() -> None:
    assert contains("浙江省", "浙江省湖州市长兴县")
    assert contains("浙江省", "浙江省")
    assert not contains("浙江省湖州市", "浙江省杭州市")
    assert not contains("", "浙江省")


def test_levels_and_short_names_follow_the_path() -> None:
    assert levels("浙江省湖州市长兴县") == ["浙江省", "浙江省湖州市", "浙江省湖州市长兴县"]
    assert short("浙江省湖州市长兴县") == "长兴"
    assert short("月球") == "月球"


def test_a_misspelt_name_is_suggested() -> None:
    assert suggest("呼和皓特") == "呼和浩特"
    assert suggest("霍格沃茨魔法学校") is None


@given(st.text(max_size=60))
def test_every_place_found_is_a_stretch_of_the_text(text: str) -> None:
    places = find(text)
    assert all(0 <= place.start < place.end <= len(text) for place in places)
    assert all(a.end <= b.start for a, b in pairwise(places))
