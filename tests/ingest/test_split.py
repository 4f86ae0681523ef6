"""Passages keep to their section and their budget, and together they are the document."""

from __future__ import annotations

import itertools
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.ingest import read
from assistant.ingest.load.base import Loaded
from assistant.ingest.split import at_most, count, split
from assistant.types import Document, Extract, Mark

SENTENCE = "各地区各部门要结合实际,认真抓好贯彻落实,重大事项及时报告。"


def _document(text: str, marks: tuple[Mark, ...] = ()) -> Document:
    return read.documents(Loaded("", Extract(text, marks)), id="d", path="某办法.txt")


_LINES = st.lists(
    st.sampled_from(
        ["一、总体要求", "(二)任务。" + SENTENCE, SENTENCE * 3, SENTENCE * 30, "第三条 " + SENTENCE, "", "短"]
    ),
    max_size=12,
)


@given(_LINES, st.integers(64, 400))
@settings(max_examples=40, deadline=None)
def test_every_passage_lies_in_one_section_within_the_budget(lines: list[str], budget: int) -> None:
    document = _document("\n".join(lines))
    passages = split(document, budget)
    for passage in passages:
        assert passage.text == document.text[passage.start : passage.end]
        assert count(passage.text) <= budget
        assert document.section_at(passage.start).path == passage.section
        assert document.section_at(passage.end - 1).path == passage.section
    assert all(a.end <= b.start for a, b in itertools.pairwise(passages))
    kept = "".join(passage.text for passage in passages)
    headings = "".join(section.heading for section in document.sections)
    lost = set(document.text) - set(kept) - set(headings)
    assert not {character for character in lost if not character.isspace()}


def test_an_article_stays_whole_where_the_budget_allows() -> None:
    text = f"第一条 {SENTENCE * 4}\n{SENTENCE}\n第二条 {SENTENCE}"
    passages = split(_document(text), 320)
    assert [passage.section for passage in passages] == [("第一条",), ("第二条",)]


def test_a_long_article_breaks_at_sentence_ends_and_repeats_its_path() -> None:
    passages = split(_document(f"第一章 总则\n第一条 {SENTENCE * 40}"), 200)
    assert len(passages) > 3
    assert {passage.section for passage in passages} == {("第一章 总则", "第一条")}
    assert all(passage.text.endswith("。") for passage in passages)


def test_a_sentence_longer_than_the_budget_is_cut_after_a_comma() -> None:
    passages = split(_document("甲乙丙丁戊,己庚辛," * 80), 100)
    assert all(passage.text.endswith(",") for passage in passages)


def test_rows_stay_whole_and_carry_their_header() -> None:
    rows = "".join(f"第{n}项 | {SENTENCE} | {n}00元\n" for n in range(1, 30))
    text = f"一、标准\n{SENTENCE}\n名称 | 说明 | 金额\n{rows}以上为标准。\n"
    start = text.index("名称")
    document = _document(text, (Mark("table", start, text.index("以上")),))
    tabular = [passage for passage in split(document, 200) if passage.table_header]
    assert len(tabular) > 1
    assert {passage.table_header for passage in tabular} == {"名称 | 说明 | 金额"}
    assert all(passage.text.endswith(("元", "金额")) for passage in tabular)


@pytest.mark.parametrize(
    ("rows", "header"),
    [
        (["乡镇 | 年补贴", "乡镇 | 新能源 | 燃油"], "乡镇 | 年补贴 新能源 | 年补贴 燃油"),
        (
            ["序号 | 投资 |  | 完成率", "序号 | 总投资 | 本年 | 完成率"],
            "序号 | 投资 总投资 | 投资 本年 | 完成率",
        ),
        (["乡镇 | 线路", "青石 | 青石线"], "乡镇 | 线路"),
        (["2024 | 5", "2024 | 6"], "2024 | 5"),
    ],
)
def test_a_header_of_two_rows_is_carried_as_one(rows: list[str], header: str) -> None:
    text = "\n".join([*rows, *(f"第{n}项 | {SENTENCE} | {n}00元" for n in range(1, 20))])
    passages = split(_document(text, (Mark("table", 0, len(text)),)), 200)
    assert len(passages) > 1
    assert {passage.table_header for passage in passages} == {header}


def test_ids_follow_from_content_and_place_alone() -> None:
    document = _document(SENTENCE * 60)
    moved = replace(document, id="elsewhere", path="anders.txt")
    assert [p.id for p in split(document, 200)] == [p.id for p in split(moved, 200)]
    ids = [p.id for p in split(document, 200)]
    assert len(set(ids)) == len(ids)
    other = _document(SENTENCE * 59 + "完。")
    assert not set(ids) & {p.id for p in split(other, 200)}


def test_a_passage_has_the_region_of_its_section_and_says_where_it_is_damaged() -> None:
    text = f"天津:发挥优势\n{SENTENCE * 3}\n大连:创新引领\n新增经济收益亿元。{SENTENCE * 2}"
    passages = split(_document(f"{SENTENCE * 2}\n{text}"), 320)
    by_region = {passage.region: passage for passage in passages}
    assert set(by_region) == {"", "天津市", "辽宁省大连市"}
    assert by_region["辽宁省大连市"].damaged
    assert not by_region["天津市"].damaged


@given(st.text(alphabet="政策发展的一是在 abcABC12,。、\n①㎡🙂", max_size=60))
def test_the_quick_count_is_never_too_low(text: str) -> None:
    assert at_most(text) >= count(text)
