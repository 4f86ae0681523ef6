"""axe-core finds nothing serious, in light and in dark, in the chat and in the reader."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from .conftest import ask, open_chat

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

SERIOUS = ("serious", "critical")


def violations(page: Page) -> list[str]:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-core is not installed")
    found = axe.Axe().run(page).response["violations"]
    return [
        f"{each['id']}: {node['html'][:200]} {node['failureSummary'][:200]}"
        for each in found
        if each["impact"] in SERIOUS
        for node in each["nodes"]
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_serious_in_the_chat_the_list_and_the_reader(
    browser: Browser, site: str, scheme: str
) -> None:
    context = browser.new_context(
        locale="zh-CN",
        viewport={"width": 1366, "height": 860},
        color_scheme="dark" if scheme == "dark" else "light",
        reduced_motion="reduce",
    )
    page = context.new_page()
    open_chat(page, site)
    assert violations(page) == []
    ask(page, "天津累计创建了多少家国家级企业技术中心？")
    ask(page, "火星基地的年度预算是多少？", turn=1)
    page.locator("#filters button").first.click()
    assert violations(page) == []
    page.get_by_role("tab", name="文件目录").click()
    assert violations(page) == []
    address = page.locator("#catalogue a.open").last.get_attribute("href")
    page.goto(f"{site}/{address}".replace("start=0&end=0", "start=900&end=960"))
    assert violations(page) == []
    context.close()
