"""The reader shows the whole document, the quote in it, and what was repaired."""

from __future__ import annotations

import re
from collections.abc import Iterator

import httpx
import pytest
from lxml import html
from lxml.html import HtmlElement

from assistant import Assistant
from assistant.types import Document
from assistant.web.reader import reader_page
from assistant.web.view import Pages, View

from .conftest import plain_document


def rendered(document: Document, start: int = 0, end: int = 0) -> HtmlElement:
    return html.fromstring(reader_page(View(document, start, end, "zh"), Pages()))


def paragraphs(page: HtmlElement) -> Iterator[HtmlElement]:
    for block in page.get_element_by_id("text"):
        if block.tag == "div":
            yield block[0]


def test_the_reader_shows_the_readable_text_and_nothing_else(assistant: Assistant) -> None:
    for summary in assistant.documents():
        document = assistant.document(summary.id)
        shown = [paragraph.text_content() for paragraph in paragraphs(rendered(document))]
        assert shown == [line for line in document.text.split("\n") if line.strip()]


def test_the_highlight_is_the_quote_wherever_it_lies(assistant: Assistant) -> None:
    for summary in assistant.documents():
        document = assistant.document(summary.id)
        for start in range(0, len(document.text) - 60, 997):
            page = rendered(document, start, start + 60)
            marked = "".join(mark.text_content() for p in paragraphs(page) for mark in p.iter("mark"))
            assert marked == re.sub(r"\n", "", document.text[start : start + 60])
            assert len(page.xpath("//*[@id='quote']")) == (1 if marked.strip() else 0)


def test_the_original_stands_beside_every_line_that_was_repaired(assistant: Assistant) -> None:
    for summary in assistant.documents():
        document = assistant.document(summary.id)
        blocks = rendered(document).xpath("//div[contains(@class,'changed')]")
        assert bool(blocks) == any(repair.kind != "furniture" for repair in document.repairs)
        for block in blocks:
            original = block.find("p[@class='original']").text_content()
            assert original in document.original
            assert original != block[0].text_content()


def test_what_was_removed_can_still_be_read(assistant: Assistant) -> None:
    for summary in assistant.documents():
        document = assistant.document(summary.id)
        shown = "".join(rendered(document).xpath("//details[@class='removed']//pre//text()"))
        for repair in document.repairs:
            if repair.kind == "furniture":
                for line in repair.before.split():
                    assert line in shown


def test_every_heading_can_be_reached_from_the_outline(assistant: Assistant) -> None:
    for summary in assistant.documents():
        document = assistant.document(summary.id)
        page = rendered(document)
        links = page.xpath("//nav//a/@href")
        assert len(links) == sum(bool(section.heading) for section in document.sections)
        for link in links:
            assert page.get_element_by_id(link.removeprefix("#")) is not None


def test_damage_is_shown_as_damage() -> None:
    page = rendered(plain_document("产值达□□亿元，增长5%。"))
    (damage,) = page.xpath("//span[@class='damaged']")
    assert damage.text_content() == "□□"
    assert damage.get("title")


@pytest.mark.parametrize("query", ["document=none", "document=", "document=../../etc/passwd", "document=%00"])
def test_a_document_that_is_not_there_is_said_so(site: str, query: str) -> None:
    response = httpx.get(f"{site}/reader?{query}")
    assert response.status_code == 404
    assert "库中没有这份文件" in response.text


@pytest.mark.parametrize(
    "span", ["start=-5&end=-1", "start=9&end=3", "start=0&end=99999999", "start=99999999"]
)
def test_a_span_beside_the_text_shows_the_document(assistant: Assistant, site: str, span: str) -> None:
    identity = assistant.documents()[0].id
    assert httpx.get(f"{site}/reader?document={identity}&{span}").status_code == 200


def test_a_span_that_is_no_number_is_refused(site: str) -> None:
    assert httpx.get(f"{site}/reader?document=none&start=x").status_code == 422
