"""The whole way of a newcomer, in a real browser."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import pytest
from lxml import html

from assistant import Assistant, web

from .conftest import ask, eventually, open_chat

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

STATIC_FILES = Path(web.__file__).parent / "static"
FIGURE = "天津累计创建了多少家国家级企业技术中心？"
NOT_THERE = "火星基地的年度预算是多少？"


def quote_in_reader(page: Page) -> Locator:
    return page.frame_locator("#reader iframe").locator("#quote")


def is_in_view(quote: Locator) -> bool:
    return bool(
        quote.evaluate(
            "e => { const r = e.getBoundingClientRect(); return r.top >= 0 && r.bottom <= innerHeight }"
        )
    )


def limit_to(page: Page, field: str, value: str) -> None:
    page.locator("#filters button").first.click()
    page.get_by_label(field).click()
    page.get_by_role("option", name=re.compile(f"^.?\\s*{value}")).click()
    page.locator("#scope .active", has_text=value).wait_for()
    page.locator("#filters button").first.click()


@pytest.mark.parametrize(("width", "height"), [(1366, 860), (390, 844)], ids=["wide", "phone"])
def test_from_an_example_to_the_highlighted_sentence(
    browser: Browser, assistant: Assistant, site: str, width: int, height: int
) -> None:
    context = browser.new_context(locale="zh-CN", viewport={"width": width, "height": height})
    page = context.new_page()
    open_chat(page, site)
    example = page.locator("#conversation button.example").first
    question = example.inner_text().strip()
    example.click()
    marker = page.locator("[data-testid=bot] a[href^='#cite-0-']").first
    marker.wait_for()
    answer = assistant.ask(question)
    page.locator("#question .submit-button").wait_for()
    assert page.locator(".card").count() == len(answer.citations)
    marker.click()
    quote = quote_in_reader(page)
    quote.wait_for()
    eventually(lambda: page.evaluate("document.activeElement.tagName") == "IFRAME")
    first_line = answer.citations[0].quote.strip().split("\n")[0]
    assert first_line.startswith(quote.inner_text())
    assert is_in_view(quote)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    context.close()


@pytest.mark.parametrize("question", [FIGURE, "吉利长兴基地总投资是多少？"], ids=["no source", "source"])
def test_every_marker_has_its_card_with_the_quote_in_its_context(
    page: Page, assistant: Assistant, site: str, question: str
) -> None:
    open_chat(page, site)
    ask(page, question)
    answer = assistant.ask(question)
    markers = page.locator("[data-testid=bot] a[href^='#cite-0-']").evaluate_all(
        "links => links.map(link => link.hash)"
    )
    assert set(markers) == {f"#cite-0-{citation.n}" for citation in answer.citations}
    for citation in answer.citations:
        card = page.locator(f"#cite-0-{citation.n}")
        assert card.locator("mark").text_content() == citation.quote
        assert card.locator("a.open").inner_text() == citation.title
        for heading in citation.section:
            assert heading in card.locator(".place").inner_text()
        issued = {document.id: document.metadata for document in assistant.documents()}[citation.document]
        assert (issued.source or issued.issuer) in card.locator(".place").inner_text()
        if citation.original != citation.quote:
            assert citation.original in (card.locator(".original").text_content() or "")


def test_the_whole_way_works_by_keyboard(page: Page, site: str) -> None:
    open_chat(page, site)
    box = page.locator("#question textarea")
    box.fill("天津累计创建了")
    box.press("Shift+Enter")
    box.type("多少家国家级企业技术中心？")
    assert "\n" in box.input_value()
    box.press("Enter")
    page.locator("[data-testid=bot] a[href^='#cite-0-']").first.wait_for()
    page.locator("#question .submit-button").wait_for()
    for _ in range(60):
        page.keyboard.press("Shift+Tab")
        if "#cite-0-" in (page.evaluate("document.activeElement.hash") or ""):
            break
    else:
        pytest.fail("no marker was reached by Tab")
    page.keyboard.press("Enter")
    quote_in_reader(page).wait_for()
    eventually(lambda: page.evaluate("document.activeElement.tagName") == "IFRAME")
    page.keyboard.press("Escape")
    page.locator("#reader[open]").wait_for(state="detached")
    assert "#cite-0-" in page.evaluate("document.activeElement.hash")


def test_a_refusal_looks_different_and_shows_the_nearest_passages(page: Page, site: str) -> None:
    open_chat(page, site)
    ask(page, FIGURE)
    ask(page, NOT_THERE, turn=1)
    answered, refused = page.locator("[data-testid=bot]").all()
    assert "文件中没有找到答案" in refused.inner_text()
    assert not refused.locator("a[href^='#cite-']").count()
    ground = "e => getComputedStyle(e.closest('.message')).backgroundColor"
    assert answered.evaluate(ground) != refused.evaluate(ground)
    assert page.locator(".card.related").count()
    page.locator(".card.related").first.click()
    quote_in_reader(page).wait_for()


def test_a_citation_opened_again_is_shown_again(page: Page, site: str) -> None:
    open_chat(page, site)
    ask(page, FIGURE)
    marker = page.locator("[data-testid=bot] a[href^='#cite-0-']").first
    marker.click()
    quote = quote_in_reader(page)
    quote.wait_for()
    eventually(lambda: is_in_view(quote))
    page.frame_locator("#reader iframe").locator("#text").evaluate("text => text.scrollTo(0, 1e6)")
    eventually(lambda: not is_in_view(quote))
    page.locator("#reader .reader-close").click()
    marker.click()
    eventually(lambda: is_in_view(quote))


def test_a_marker_of_an_earlier_answer_still_opens_its_own_quote(
    page: Page, assistant: Assistant, site: str
) -> None:
    open_chat(page, site)
    ask(page, FIGURE)
    ask(page, "江苏规上工业企业免费诊断覆盖率近多少？", turn=1)
    page.locator("[data-testid=bot]").first.locator("a[href^='#cite-0-']").first.click()
    quote = quote_in_reader(page)
    eventually(lambda: assistant.ask(FIGURE).citations[0].quote.startswith(quote.inner_text()))
    eventually(lambda: is_in_view(quote))


def test_another_place_of_an_open_document_is_shown_without_loading_it_again(page: Page, site: str) -> None:
    loaded: list[str] = []
    page.on(
        "request",
        lambda r: loaded.append(r.url) if "/reader?" in r.url and r.is_navigation_request() else None,
    )
    open_chat(page, site)
    ask(page, FIGURE)
    ask(page, "江苏规上工业企业免费诊断覆盖率近多少？", turn=1)
    places = [page.locator(f"[data-testid=bot] a[href='#cite-{turn}-1']") for turn in (0, 1, 0)]
    text = page.frame_locator("#reader iframe").locator("#text")
    for place in places:
        card = page.locator(str(place.get_attribute("href")))
        place.click()
        eventually(
            lambda card=card: str(card.locator("mark").text_content()).startswith(
                quote_in_reader(page).inner_text()
            )
        )
        eventually(lambda: page.evaluate("document.activeElement.tagName") == "IFRAME")
        fresh = page.context.new_page()
        fresh.goto(page.locator("#reader .reader-tab").evaluate("link => link.href"))
        assert text.inner_html() == fresh.locator("#text").inner_html()
        beside = page.frame_locator("#reader iframe").locator("#beside")
        assert beside.is_checked() == fresh.locator("#beside").is_checked()
        eventually(lambda: is_in_view(quote_in_reader(page)))
        page.keyboard.press("Escape")
        fresh.close()
    assert len(loaded) == 1


def test_a_filter_holds_and_is_always_visible(page: Page, assistant: Assistant, site: str) -> None:
    open_chat(page, site)
    total = len(assistant.documents())
    assert page.locator("#scope").inner_text() == f"范围：全部 {total} 份文件"
    limit_to(page, "地区", "天津市")
    assert page.locator("#scope .active span", has_text="范围：天津市").is_visible()
    ask(page, "建成了哪些创新平台？")
    assert "范围：天津市" in page.locator("[data-testid=bot]").inner_text()
    for place in page.locator(".card .place").all():
        assert "天津" in place.inner_text()
    page.locator("#scope a", has_text="取消限定").click()
    page.locator("#scope", has_text=f"范围：全部 {total} 份文件").wait_for()


@pytest.mark.parametrize(
    ("question", "message"), [("   ", "问题是空的"), ("长" * 100_000, "100000")], ids=["empty", "too long"]
)
def test_bad_input_is_a_message_in_the_chat(page: Page, site: str, question: str, message: str) -> None:
    open_chat(page, site)
    ask(page, question)
    shown = page.locator("[data-testid=bot]").inner_text()
    assert "没有完成" in shown
    assert message in shown
    assert "Traceback" not in page.content()
    ask(page, FIGURE, turn=1)
    assert page.locator("[data-testid=bot] a[href^='#cite-1-']").count()


def test_an_answer_can_be_asked_again_and_a_question_edited(page: Page, site: str) -> None:
    open_chat(page, site)
    ask(page, NOT_THERE)
    limit_to(page, "地区", "天津市")
    page.get_by_role("button", name="重试").click()
    page.locator("[data-testid=bot] .scope").wait_for()
    assert page.locator("[data-testid=bot]").count() == 1
    page.locator("#question .submit-button").wait_for()
    page.get_by_role("button", name="编辑").click()
    page.locator("#conversation textarea").fill(FIGURE)
    page.locator("#conversation").get_by_role("button", name="发送").click()
    page.locator("[data-testid=bot] a[href^='#cite-0-']").first.wait_for()
    assert page.locator("[data-testid=user]").inner_text().strip() == FIGURE


def test_the_document_list_sorts_finds_and_opens(page: Page, assistant: Assistant, site: str) -> None:
    open_chat(page, site)
    page.get_by_role("tab", name="文件目录").click()
    rows = page.locator("#catalogue tbody tr")
    titles = {document.title for document in assistant.documents()}
    assert set(rows.locator("a.open").all_inner_texts()) == titles
    page.locator("#catalogue th a").first.click()
    assert page.locator("#catalogue th").first.get_attribute("aria-sort") == "ascending"
    up = rows.locator("a.open").all_inner_texts()
    page.locator("#catalogue th a").first.click()
    assert rows.locator("a.open").all_inner_texts() == up[::-1]
    page.locator("#find textarea, #find input").first.fill(up[0])
    assert page.locator("#catalogue tbody tr:visible").count() == 1
    page.locator("#catalogue tbody tr:visible a.open").click()
    heading = page.frame_locator("#reader iframe").locator("h1")
    heading.wait_for()
    assert heading.inner_text() == up[0]


def test_an_english_browser_gets_the_english_interface(browser: Browser, site: str) -> None:
    context = browser.new_context(locale="en-US")
    page = context.new_page()
    open_chat(page, site)
    ask(page, NOT_THERE)
    assert page.get_by_role("tab", name="Documents").count()
    refused = page.locator("[data-testid=bot]").inner_text()
    assert "Not found in the documents" in refused
    assert "The documents hold nothing that answers this question" in refused
    assert "没有检索到" not in refused
    assert "Nearest passages" in page.locator("#evidence").inner_text()
    context.close()


@pytest.mark.parametrize("path", ["/", "/embed"])
def test_the_page_carries_the_products_own_name_and_sign_and_no_other_host(site: str, path: str) -> None:
    page = html.fromstring(httpx.get(site + path).text)
    assert page.findtext(".//title") == "政策助手"
    assert page.get("lang") == "zh-CN"
    (sign,) = page.xpath("//link[@rel='icon']/@href")
    for address in (f"{site}/{sign}", f"{site}/favicon.ico"):
        assert httpx.get(address).content == (STATIC_FILES / "icon.svg").read_bytes()
    for meta in page.xpath("//meta/@content"):
        assert "gradio" not in meta.lower()
        assert "://" not in meta


def test_no_request_leaves_the_origin_and_the_console_stays_clean(page: Page, site: str) -> None:
    elsewhere: list[str] = []
    complaints: list[str] = []
    page.on("request", lambda r: elsewhere.append(r.url) if not r.url.startswith(site + "/") else None)
    page.on("console", lambda m: complaints.append(m.text) if m.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("response", lambda r: complaints.append(f"{r.status} {r.url}") if r.status >= 400 else None)
    open_chat(page, site)
    ask(page, FIGURE)
    page.locator("[data-testid=bot] a[href^='#cite-0-']").first.click()
    quote_in_reader(page).wait_for()
    page.keyboard.press("Escape")
    page.get_by_role("tab", name="文件目录").click()
    page.locator("#catalogue a.open").first.wait_for()
    assert not elsewhere
    assert not complaints
