"""axe-core finds nothing serious, in light and in dark, in every state that a reader meets."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest

from assistant import Assistant

from .conftest import ask, eventually, open_chat

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

SERIOUS = ("serious", "critical")
SCHEMES = ("light", "dark")


@pytest.fixture(params=SCHEMES)
def themed(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    context = browser.new_context(
        locale="zh-CN",
        viewport={"width": 1366, "height": 860},
        color_scheme=request.param,
        reduced_motion="reduce",
    )
    yield context.new_page()
    context.close()


def violations(page: Page) -> list[str]:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-core is not installed")
    found = axe.Axe().run(page).response["violations"]
    return [
        f"{each['id']}: {node['html'][:200]} {node['failureSummary'][:200]}"
        for each in found
        if each["impact"] in SERIOUS
        for node in each["nodes"]
    ]


def test_the_page_as_it_opens_its_filters_the_list_and_the_picture(themed: Page, site: str) -> None:
    open_chat(themed, site)
    assert violations(themed) == []
    themed.locator("#filters button").first.click()
    themed.get_by_label("文件", exact=True).click()
    options = themed.locator("div.options:not([inert])")
    # the list fades in; halfway there its words have less contrast than anybody reads them with
    eventually(
        lambda: options.evaluate(
            "list => getComputedStyle(list).opacity === '1' && !list.getAnimations({subtree: true}).length"
        )
    )
    assert violations(themed) == []
    themed.get_by_role("tab", name="文件目录").click()
    themed.locator("#coverage table").wait_for()
    assert violations(themed) == []
    themed.set_viewport_size({"width": 390, "height": 844})
    assert violations(themed) == []


def test_answers_refusals_parts_tables_and_errors(themed: Page, site: str) -> None:
    errors = pytest.importorskip("playwright.sync_api")
    open_chat(themed, site)
    for turn, question in enumerate(
        (
            "天津累计创建了多少家国家级企业技术中心？",
            "比较江苏、浙江和广东发展新质生产力的做法",
            "天津和江苏分别有多少家国家级企业技术中心？",
            "那火星呢？",
            "问" * 2001,
        )
    ):
        ask(themed, question, turn)
    for _ in range(3):  # on a busy machine the page may still be drawing the answers under the first click
        themed.locator("a.rate[href$='-wrong']").first.click()
        with suppress(errors.TimeoutError):
            themed.locator("#comment").wait_for(timeout=10_000)
            break
    assert violations(themed) == []
    themed.locator("#comment :is(input, textarea)").fill("应为最新数字")
    themed.locator("#comment :is(input, textarea)").press("Enter")
    themed.get_by_role("button", name="编辑").last.click()
    themed.locator("#conversation .message textarea").wait_for()
    assert violations(themed) == []


def test_the_reader_beside_the_original_and_where_there_is_none(
    themed: Page, assistant: Assistant, site: str
) -> None:
    most = max(assistant.documents(), key=lambda summary: len(assistant.document(summary.id).repairs))
    themed.goto(f"{site}/reader?document={most.id}&start=900&end=960")
    themed.locator("#quote").wait_for()
    themed.locator("#beside").check()
    assert violations(themed) == []
    themed.goto(f"{site}/reader?document=none")
    assert violations(themed) == []


def test_the_frame_and_its_sources(themed: Page, site: str) -> None:
    themed.set_viewport_size({"width": 640, "height": 600})
    themed.goto(f"{site}/embed?title=政策问答")
    themed.locator("#conversation button.example").first.wait_for()
    ask(themed, "火星基地的年度预算是多少？")
    themed.locator("[data-testid=bot] a.sources").click()
    themed.locator("#evidence a.back").wait_for()
    assert violations(themed) == []
    themed.goto(f"{site}/embed?region=火星")
    assert violations(themed) == []
