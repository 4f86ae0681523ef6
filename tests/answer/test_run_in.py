"""Headings that run in a paragraph are told as its outline; a lone heading is told with what it heads."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from assistant import Assistant
from assistant.types import Status

from .desk import desk_of

REPORT = """红枫市政府工作报告
一、今年重点工作
（一）提升城市品质。
改善老旧小区。实施改造项目45个，加装电梯120部，惠及居民2.6万户。畅通城市道路。新建微循环道路18条，打通断头路6条。增加公共绿地。建成口袋公园32个，新增绿道40公里。推进垃圾分类。新设投放点900处，培训督导员1500人。
（二）做强特色农业。
发展高山茶园。扩种有机茶1.2万亩，培育龙头茶企8家。做好冷链配送。建设产地冷库14座。
"""


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with desk_of(tmp_path_factory.mktemp("report"), REPORT) as opened:
        yield opened


def test_headings_that_run_in_a_paragraph_are_all_told_in_order(report: Assistant) -> None:
    answer = report.ask("红枫市从哪些方面改善老旧小区、提升城市品质？")
    assert answer.status is Status.ANSWERED
    heads = ["改善老旧小区", "畅通城市道路", "增加公共绿地", "推进垃圾分类"]
    places = [answer.text.index(head) for head in heads]
    assert places == sorted(places)
    assert "口袋公园" in answer.text


def test_a_lone_heading_comes_with_what_it_heads_and_not_with_the_next(report: Assistant) -> None:
    answer = report.ask("红枫市如何做好冷链配送？")
    assert answer.status is Status.ANSWERED
    assert "产地冷库14座" in answer.text
    assert "有机茶" not in answer.text
