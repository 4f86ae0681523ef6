"""Beside the answer itself: its beginning in sight, its sources at hand and to take away."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

import pytest
from lxml import html

from assistant import Assistant
from assistant.settings import Settings
from assistant.types import Answer, Statement, Status
from assistant.web import create_app
from assistant.web.conversation import Turn, answer_markdown

from .conftest import ask, eventually, open_chat, served

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page, Route

FIGURE = "天津累计创建了多少家国家级企业技术中心？"
LONG = "比较江苏、浙江和广东发展新质生产力的做法"
NOT_THERE = "火星基地的年度预算是多少？"


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(locale="zh-CN", viewport={"width": 390, "height": 844}, has_touch=True)
    yield context.new_page()
    context.close()


def place(element: Locator) -> tuple[float, float, float, float]:
    """Return left, top, right and bottom of an element in the window."""
    box = element.bounding_box()
    assert box, "it is not shown"
    return box["x"], box["y"], box["x"] + box["width"], box["y"] + box["height"]


def is_on_screen(element: Locator) -> bool:
    return 0 <= place(element)[1] < 844


def test_a_long_answer_is_read_from_its_beginning(phone: Page, site: str) -> None:
    open_chat(phone, site)
    ask(phone, FIGURE)
    ask(phone, LONG, turn=1)
    log = phone.locator("#conversation .bubble-wrap")
    question = phone.locator("#conversation .user-row").nth(1)
    eventually(lambda: abs(place(question)[1] - place(log)[1]) < 40)
    answer = phone.locator("[data-testid=bot]").nth(1)
    assert place(answer)[3] > place(log)[3], "the answer is not longer than the window: this shows nothing"


def test_the_sources_are_one_tap_away_on_a_phone_and_in_a_narrow_frame(phone: Page, site: str) -> None:
    for path in ("/", "/embed"):
        phone.goto(site + path)
        phone.locator("#conversation button.example").first.wait_for()
        ask(phone, NOT_THERE)
        card = phone.locator(".card.related").first
        phone.locator("[data-testid=bot] a.sources").tap()
        eventually(partial(is_on_screen, card))
        phone.locator("#evidence a.back").tap()
        eventually(lambda: place(phone.locator("[data-testid=bot]"))[1] >= 0)
        eventually(lambda: phone.locator("#question textarea").is_visible())


def test_every_list_of_the_filters_stays_on_a_phones_screen(phone: Page, site: str) -> None:
    open_chat(phone, site)
    phone.locator("#filters button").first.tap()
    for name in ("地区", "文件", "文种"):
        phone.get_by_label(name, exact=True).click()
        options = phone.locator("div.options:not([inert])")
        options.wait_for()
        left, _, right, _ = place(options)
        assert left >= 0
        assert right <= 390
        phone.keyboard.press("Escape")


def test_the_document_list_fits_a_phone(phone: Page, assistant: Assistant, site: str) -> None:
    open_chat(phone, site)
    phone.get_by_role("tab", name="文件目录").tap()
    rows = phone.locator("#catalogue tbody tr")
    rows.first.wait_for()
    assert rows.count() == len(assistant.documents())
    for row in rows.all():
        for cell in row.locator("td:visible").all():
            assert place(cell)[2] <= 390
    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_greeting_is_not_called_a_gap_in_the_documents(page: Page, site: str) -> None:
    open_chat(page, site)
    ask(page, "你好")
    answer = page.locator("[data-testid=bot]")
    assert "没有找到" not in answer.inner_text()
    assert not answer.locator(".verdict").count()


def test_a_citation_can_be_called_wrong_only_where_there_is_one(page: Page, site: str) -> None:
    open_chat(page, site)
    ask(page, FIGURE)
    ask(page, NOT_THERE, turn=1)
    answered, refused = page.locator("[data-testid=bot]").all()
    assert answered.locator("a.rate[href$='-citation']").count() == 1
    assert refused.locator("a.rate[href$='-citation']").count() == 0
    assert refused.locator("a.rate[href$='-wrong']").count() == 1


def test_a_copied_answer_names_the_sources_of_its_markers(
    browser: Browser, assistant: Assistant, site: str
) -> None:
    context = browser.new_context(locale="zh-CN", permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    open_chat(page, site)
    ask(page, LONG)
    link = page.locator("[data-testid=bot] a[href='#copy']")
    label = link.inner_text()

    def says_so() -> bool:  # for a moment only, which a busy machine may miss
        link.click()
        return link.inner_text() == "已复制"

    eventually(says_so)
    eventually(lambda: link.inner_text() == label)
    copied = page.evaluate("navigator.clipboard.readText()")
    answer = assistant.ask(LONG)
    assert copied.startswith(answer.text)
    for citation in answer.citations:
        (source,) = re.findall(rf"^\[{citation.n}\] (.*)$", copied.removeprefix(answer.text), re.MULTILINE)
        assert citation.title in source
        assert " ".join(citation.quote.split()) in source
    context.close()


def test_esc_leaves_an_edited_question_as_it_was(page: Page, site: str) -> None:
    open_chat(page, site)
    ask(page, FIGURE)
    page.get_by_role("button", name="编辑").click()
    field = page.locator("#conversation .message textarea")
    field.fill("别的问题")
    field.press("Escape")
    field.wait_for(state="detached")
    assert page.locator("[data-testid=user]").inner_text().strip() == FIGURE
    assert page.locator("[data-testid=bot]").count() == 1


def test_a_comment_is_acknowledged_and_goes_with_its_answer(page: Page, site: str) -> None:
    open_chat(page, site)
    ask(page, FIGURE)
    page.locator("a.rate[href$='-wrong']").click()
    comment = page.locator("#comment :is(input, textarea)")
    comment.fill("应为最新数字")
    comment.press("Enter")
    eventually(lambda: "已记下" in (comment.get_attribute("placeholder") or ""))
    ask(page, NOT_THERE, turn=1)
    comment.wait_for(state="hidden")


def test_what_a_follow_up_is_understood_as_is_said(page: Page, assistant: Assistant, site: str) -> None:
    open_chat(page, site)
    ask(page, FIGURE)
    ask(page, "江苏呢？", turn=1)
    understood = assistant.ask("江苏呢？", history=[(FIGURE, assistant.ask(FIGURE))]).resolved
    assert "江苏" in understood
    assert understood in page.locator("[data-testid=bot]").nth(1).locator(".resolved").inner_text()


def test_statements_left_out_are_counted_and_can_be_read() -> None:
    dropped = Statement("产值达<b>100</b>亿元。", (), supported=False, reason="原文没有这个数字。")
    answer = Answer(
        "产值？", Status.PARTIAL, "有增长。[1]", statements=(Statement("有增长。", (1,)), dropped)
    )
    shown = html.fromstring(answer_markdown(Turn("产值？", answer), 0, "zh"))
    (left_out,) = shown.xpath("//details[@class='left-out']")
    assert "1 句" in left_out.findtext("summary")
    assert [item.text for item in left_out.iter("li")] == [f"{dropped.text} {dropped.reason}"]


def test_too_many_questions_are_refused_in_the_chat_with_the_time_to_come_back(
    page: Page, assistant: Assistant
) -> None:
    with served(create_app(assistant, Settings(questions_per_minute=1))) as address:
        open_chat(page, address)
        ask(page, FIGURE)
        ask(page, FIGURE, turn=1)
        refused = page.locator("[data-testid=bot] .answer.error").inner_text()
    assert re.search(r"\d+ 秒", refused)


def test_a_document_that_did_not_come_is_asked_for_again(page: Page, site: str) -> None:
    failed: list[str] = []

    def fail(route: Route) -> None:
        if len(failed) >= 2:  # of the first asking and of the one that follows by itself
            return route.fallback()
        failed.append(route.request.url)
        return route.abort()

    page.route("**/reader?*", fail)
    open_chat(page, site)
    ask(page, FIGURE)
    quote = page.frame_locator("#reader iframe").locator("#quote")

    def opened() -> bool:
        page.locator("[data-testid=bot] .answer a[href^='#cite-']").first.click()
        shown = quote.is_visible()
        page.locator("#reader .reader-close").click()
        return shown

    eventually(opened)
    assert len(failed) == 2
