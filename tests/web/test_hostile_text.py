"""Hostile documents, titles, file names and questions change nothing in the page and send nothing out."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import docx
import pytest
from markdown_it import MarkdownIt

from assistant import Assistant
from assistant.settings import Settings
from assistant.web import create_app

from .conftest import ask, served
from .payloads import PAYLOADS

if TYPE_CHECKING:
    from playwright.sync_api import Frame, Page

# what none of our own pages contains, in the places where others' text is shown
INTRUDERS = "script, iframe, img, video, object, embed, style, link, base, meta, form, input, math, svg"
PLACES = ["[data-testid=bot] .answer", "[data-testid=user] .md", "#evidence .md", "#catalogue .md"]
LINKS = "a:not([href^='#']):not([href^='reader?']):not(.tools a[href^='?question='])"


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Assistant, str]]:
    folder = tmp_path_factory.mktemp("hostile")
    with (folder / "records.jsonl").open("w", encoding="utf-8") as file:
        for number, payload in enumerate(PAYLOADS):
            fact = f"第{number}号试点的补助资金为{number + 1000}万元"
            # some speak of a topic, so that there is a picture of what is covered
            topic = "" if number % 5 else f"\n二、茶叶种植{payload}\n茶叶种植要稳，茶叶种植面积要增。"
            record = {
                "id": f"{number}-{payload}",
                "title": f"第{number}号试点方案{payload}",
                "text": f"一、目标{payload}\n{fact}{payload}。\n{payload}{topic}",
                "region": payload,
                "source": payload,
            }
            file.write(json.dumps(record, ensure_ascii=False) + "\n")
    for payload in PAYLOADS[:12]:
        name = payload.replace("/", "_").replace("\0", "")[:60]
        (folder / f"{name}.txt").write_text(f"文件名里有标记的通知\n{payload}\n", encoding="utf-8")
    assistant = Assistant.open(tmp_path_factory.mktemp("hostile-store"))
    report = assistant.index([folder])
    assert report.count("indexed") >= 12
    with served(create_app(assistant, Settings())) as address:
        yield assistant, address
    assistant.close()


@contextmanager
def watched(page: Page, site: str) -> Iterator[None]:
    """Fail when the page asks another origin for anything, opens a dialog or runs a payload."""
    trouble: list[str] = []
    page.on("request", lambda r: trouble.append(r.url) if not r.url.startswith((site, "data:")) else None)
    page.on("dialog", lambda dialog: trouble.append(dialog.message))
    page.on("popup", lambda popup: trouble.append(popup.url))
    yield
    assert not trouble
    assert page.evaluate("window.owned === undefined")


def assert_nothing_intruded(frame: Page | Frame, place: str) -> None:
    assert not frame.locator(f"{place} :is({INTRUDERS})").count(), place
    assert not frame.locator(f"{place} [style], {place} [onerror], {place} [onload]").count(), place
    assert frame.evaluate("getComputedStyle(document.body).display") != "none"


def test_in_questions_answers_cards_and_the_list(page: Page, hostile: tuple[Assistant, str]) -> None:
    _, address = hostile
    with watched(page, address):
        open_chat_without_examples(page, address)
        for number, payload in enumerate(PAYLOADS):
            ask(page, f"第{number}号试点的补助资金是多少？{payload}", turn=number)
        assert page.locator("[data-testid=bot] .answer:not(.error)").count() == len(PAYLOADS)
        page.get_by_role("tab", name="文件目录").click()
        for place in PLACES:
            assert_nothing_intruded(page, place)
            assert not page.locator(f"{place} {LINKS}").count()
        assert page.locator("#catalogue tbody tr").count() > len(PAYLOADS)
        page.locator("#coverage table").wait_for()
        assert_nothing_intruded(page, "#coverage .md")
        assert not page.locator("#coverage .md a:not([href^='?'])").count()


@pytest.fixture(scope="module")
def ranked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve documents that can be ranked, every region, title, source and sentence of them hostile."""
    folder = tmp_path_factory.mktemp("ranked")
    with (folder / "records.jsonl").open("w", encoding="utf-8") as file:
        for number, payload in enumerate(("甲|乙|丙", "| --- |", *PAYLOADS)):
            record = {
                "id": f"{number}{payload}",
                "title": f"第{number}份科技投入报告{payload}",
                "text": f"一、投入{payload}\n研发经费投入强度为{number / 10 + 1:.1f}%{payload}。\n{payload}",
                "region": f"{payload}{number}",
                "source": payload,
            }
            file.write(json.dumps(record, ensure_ascii=False) + "\n")
    assistant = Assistant.open(tmp_path_factory.mktemp("ranked-store"))
    assistant.index([folder])
    with served(create_app(assistant, Settings())) as address:
        yield address
    assistant.close()


def test_in_a_table_its_cards_and_what_is_downloaded(page: Page, ranked: str, tmp_path: Path) -> None:
    with watched(page, ranked):
        open_chat_without_examples(page, ranked)
        ask(page, "各地研发经费投入强度从高到低怎么排？")
        rows = page.locator("[data-testid=bot] .answer tbody tr")
        assert rows.count() >= len(PAYLOADS) - 1  # a table that was cut would prove less
        assert set(rows.evaluate_all("rows => rows.map(row => row.cells.length)")) == {3}
        markers = page.locator("[data-testid=bot] .answer tbody a[href^='#cite-0-']")
        assert markers.count() == page.locator(".card").count() >= rows.count()
        for place in PLACES[:3]:
            assert_nothing_intruded(page, place)
            assert not page.locator(f"{place} {LINKS}").count()
        for button, name in (("下载 Word", "a.docx"), ("下载 Markdown", "a.md")):
            with page.expect_download() as waiting:
                page.get_by_role("button", name=button).click()
            waiting.value.save_as(tmp_path / name)
        markers.last.press("Enter")  # a click may miss what still moves where the machine is slow
        page.frame_locator("#reader iframe").locator("#quote").wait_for()
    (table,) = docx.Document(str(tmp_path / "a.docx")).tables
    assert {len(row.cells) for row in table.rows} == {3}
    assert len(table.rows) == rows.count() + 1
    # whoever renders the Markdown: no tag, no link, no picture of a document's making
    written = re.sub(r"\[\^[\d-]+\]:?", "", (tmp_path / "a.md").read_text(encoding="utf-8"))
    tokens = MarkdownIt("commonmark", {"html": True}).parse(written)
    kinds = {child.type for token in tokens for child in (token, *(token.children or ()))}
    assert not {kind for kind in kinds if re.search("html|link|image|code|fence", kind)}


def test_in_the_reader(page: Page, hostile: tuple[Assistant, str]) -> None:
    assistant, address = hostile
    with watched(page, address):
        for document in assistant.documents():
            page.goto(f"{address}/reader?document={quote(document.id, safe='')}&start=2&end=30")
            assert page.locator("h1").inner_text().split() == document.title.split()
            for place in ("h1", ".facts", "nav", "#text"):
                assert_nothing_intruded(page, place)


def open_chat_without_examples(page: Page, address: str) -> None:
    page.goto(f"{address}/")
    page.locator("#question textarea").wait_for()
    page.locator("#scope p").wait_for()
