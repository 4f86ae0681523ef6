"""What a ranking compares is of one sort: totals with totals, what is reached with what is reached."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from assistant import Assistant
from assistant.types import Answer

from .desk import desk_of

SHANDONG = """2025年山东省政府工作报告
一、2024年工作回顾
全省地区生产总值增长5.2%。国家级养蜂业单项冠军235个、居全国首位。蜂产品成交额达到210亿元。养蜂示范社达到1800家。
二、2025年工作安排
养蜂示范社达到2600家。
"""
SICHUAN = """2025年四川省政府工作报告
一、2024年工作回顾
全省生产总值增长5.4%。新增国家级养蜂小巨人企业84户、养蜂业单项冠军企业7户。蜂产品成交额达到550亿元。养蜂示范社达到1500家。
二、2025年工作安排
蜂产品成交额突破600亿元。
"""
HEBEI = """2025年河北省政府工作报告
一、2024年工作回顾
蜂业对GDP增长贡献率45%。全省地区生产总值增长4.2%。新增养蜂小巨人企业38家、养蜂业单项冠军企业14家。养蜂示范社达到1200家。
二、2025年工作安排
主要预期目标是：地区生产总值增长5%以上。
"""
LIAONING = """2025年辽宁省政府工作报告
一、2024年工作回顾
全省海洋生产总值增长6.5%。全省地区生产总值增长4.8%。新增养蜂业单项冠军企业8个。
二、2025年工作安排
力争养蜂示范社达到3000家。
"""


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with desk_of(tmp_path_factory.mktemp("sorts"), SHANDONG, SICHUAN, HEBEI, LIAONING) as opened:
        yield opened


def values(answer: Answer) -> dict[str, str]:
    """Return the value of each row of the table."""
    cells = [line.split("|")[1:3] for line in answer.text.splitlines() if line.startswith("| ")]
    return {label.strip(): value.strip() for label, value in cells[2:]}


def test_counts_of_one_noun_are_ranked_together_whatever_their_measure_word(desk: Assistant) -> None:
    added = desk.ask("哪个省新增养蜂业单项冠军企业最多？")
    assert added.text.startswith("最高：河北（14家）")
    assert values(added) | {"四川": "7户", "河北": "14家", "辽宁": "8个"} == values(added)


def test_a_total_is_not_ranked_with_what_others_added_nor_are_they_hidden(desk: Assistant) -> None:
    ranked = desk.ask("哪个省的养蜂业单项冠军最多？")
    assert ranked.text.startswith("最高：山东（235个）。")
    assert values(ranked) == {"山东": "235个", "四川": "7户", "河北": "14家", "辽宁": "8个"}
    assert "列出而未参与比较：四川、河北、辽宁。" in ranked.text


def test_what_is_reached_goes_before_a_target_nobody_asked_for(desk: Assistant) -> None:
    compared = desk.ask("山东和四川的蜂产品成交额谁更高？")
    assert values(compared) == {"山东": "210亿元", "四川": "550亿元"}
    assert values(desk.ask("各省养蜂示范社数量哪个最多？")) == {
        "山东": "1800家",
        "四川": "1500家",
        "河北": "1200家",
    }


def test_a_target_is_told_where_one_is_asked_for(desk: Assistant) -> None:
    asked = desk.ask("今年养蜂示范社目标最多的是哪个省？")
    assert values(asked)["辽宁"] == "3000家"


def test_a_growth_is_of_the_sum_asked_for_by_its_short_name_too(desk: Assistant) -> None:
    grown = desk.ask("哪个省去年GDP增长最快？")
    assert values(grown) == {"四川": "5.4%", "山东": "5.2%", "辽宁": "4.8%", "河北": "4.2%"}
