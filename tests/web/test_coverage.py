"""The picture of what a store covers: counts that can be checked, and every cell a way into the chat."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant import Assistant
from assistant.coverage import ROWS, TOPICS, cover
from assistant.types import Cell, Passage
from assistant.web.coverage import SHOWN, coverage_table
from assistant.zh import places
from assistant.zh.fold import fold

from .conftest import ask, open_chat

if TYPE_CHECKING:
    from playwright.sync_api import Page


def passage(number: int, region: str, text: str, heading: str = "") -> Passage:
    section = (heading,) if heading else ()
    return Passage(str(number), f"文{number % 3}", "通知", section, 0, len(text), text, region)


def every_passage(assistant: Assistant) -> list[Passage]:
    return [hit.passage for hit in assistant.search("发展", 10_000)]


def test_every_cell_counts_the_passages_and_documents_that_say_its_topic(assistant: Assistant) -> None:
    coverage = assistant.coverage()
    assert 3 <= len(coverage.topics) <= TOPICS
    passages = every_passage(assistant)
    assert sum(cell.passages for cell in coverage.totals.values()) == len(passages)
    for region in coverage.regions:
        for topic in coverage.topics:
            says = [
                p for p in passages if p.region == region and topic in fold("\n".join((*p.section, p.text)))
            ]
            counted = Cell(len(says), len({p.document for p in says}))
            assert coverage.cells.get((region, topic), Cell(0, 0)) == counted


def test_topics_come_from_the_documents_own_headings_and_are_no_places(assistant: Assistant) -> None:
    headings = {fold(part) for p in every_passage(assistant) for part in (*p.section, p.title)}
    for topic in assistant.coverage().topics:
        assert any(topic in heading for heading in headings)
        assert "天津" not in topic


def test_subject_words_are_topics_and_words_of_form_are_not() -> None:
    fillers = ["会议在上午举行。", "请各单位按时参加。", "联系人由办公室安排。", "以上事项请遵照执行。"]
    passages = [passage(n, f"第{n % 4}市", fillers[n % 4], "工作安排") for n in range(40)]
    passages += [
        passage(n, f"第{n % 4}市", "茶叶种植要稳。茶叶种植面积要增，茶叶种植补助要足。", "茶叶种植")
        for n in range(8)
    ]
    coverage = cover(lambda: passages, len(passages))
    assert any("茶叶" in topic for topic in coverage.topics)
    assert not any("工作" in topic for topic in coverage.topics)


def test_many_regions_are_shown_by_province() -> None:
    counties = [r for r in places.regions(3) if r.startswith(("江苏省", "浙江省"))]
    assert len(counties) > ROWS
    passages = [passage(n, region, "茶叶。") for n, region in enumerate(counties)]
    coverage = cover(lambda: passages, len(passages))
    assert set(coverage.regions) == {"江苏省", "浙江省"}
    assert coverage.totals["江苏省"].passages == sum(region.startswith("江苏省") for region in counties)


def test_a_picture_stays_a_picture_however_many_places_there_are() -> None:
    passages = [
        passage(n, f"第{n % 300}区" if n % 7 else "", "茶叶种植，茶叶种植。", "茶叶种植") for n in range(900)
    ]
    passages += [passage(n, "江苏省", f"另一回事{n}。", "会议") for n in range(4000)]
    coverage = cover(lambda: passages, len(passages))
    table = coverage_table(coverage, "zh")
    assert len(coverage.regions) > SHOWN + 100
    assert table.count('<th scope="row">') == SHOWN + 1  # and the passages without a region
    without_row = [region for region in coverage.regions if region][SHOWN:]
    assert f"{len(without_row)} 个地区" in table
    assert f"{sum(coverage.totals[region].passages for region in without_row)} 段" in table
    assert places.short(without_row[0]) in table


@settings(max_examples=15)  # each reads the dictionary
@given(st.lists(st.tuples(st.sampled_from(["", "江苏省", "天津市"]), st.text(max_size=30)), max_size=12))
def test_no_text_breaks_it_and_every_passage_is_counted_once(texts: Sequence[tuple[str, str]]) -> None:
    passages = [passage(n, region, text, text[:6]) for n, (region, text) in enumerate(texts)]
    coverage = cover(lambda: passages, len(passages))
    assert sum(cell.passages for cell in coverage.totals.values()) == len(passages)
    assert "<script" not in coverage_table(coverage, "zh")


def test_the_picture_is_a_table_with_headings(assistant: Assistant) -> None:
    coverage = assistant.coverage()
    table = coverage_table(coverage, "zh", "内部")
    assert table.count('<th scope="row">') == len(coverage.regions)
    assert table.count('<th scope="col"') == len(coverage.topics) + 2
    assert "\n" not in table
    links = re.findall(r'href="(\?[^"]*)"', table)
    assert len(links) == len(coverage.cells) + len(coverage.topics) + len([r for r in coverage.regions if r])
    assert all(link.startswith("?store=") for link in links)


@pytest.mark.parametrize("width", [1366, 390])
def test_a_click_on_a_cell_limits_the_chat_and_proposes_the_question(
    page: Page, assistant: Assistant, site: str, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    open_chat(page, site)
    ask(page, "天津累计创建了多少家国家级企业技术中心？")
    page.get_by_role("tab", name="文件目录").click()
    page.locator("#coverage tbody td a").first.wait_for()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    coverage = assistant.coverage()
    region = coverage.regions[0]
    topic = next(topic for topic in coverage.topics if (region, topic) in coverage.cells)
    page.locator("#coverage tbody tr").first.locator("td a").first.click()
    page.locator("#scope .active", has_text=region).wait_for()
    draft = page.locator("#question textarea").input_value()
    assert topic in draft
    assert page.locator("[data-testid=bot] .answer").count() == 1, "the conversation stays"
    page.locator("#question textarea").press("Enter")
    page.locator("[data-testid=bot] .answer").nth(1).wait_for()
    for place in page.locator("#evidence .turn").first.locator(".card .place").all():
        assert region in place.inner_text()
