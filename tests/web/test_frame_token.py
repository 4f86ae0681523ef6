"""The chat in the frame of a portal on another site, its user named by a token, through a real nginx.

`localhost` and `127.0.0.1` are two sites to a browser, and both secure enough for a Secure cookie.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from assistant import Assistant
from assistant.web.people import COOKIE, sign
from assistant.web.records import Records

from .conftest import CHROMIUM, CHROMIUM_ARGUMENTS
from .test_frame import Portal, portal_over

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, BrowserType, Page

SECRET = "an-example-of-a-secret-that-is-long-enough"
QUESTION = "天津累计创建了多少家国家级企业技术中心？"

SNIPPET = """<!doctype html><meta charset="utf-8"><title>门户</title><main style="width:900px">
<script src="{chat}/policy/web/embed.js" data-title="政策问答" data-token="{token}"></script></main>"""


@pytest.fixture(scope="module")
def records(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("records") / "records.sqlite"


@pytest.fixture(scope="module")
def portal(assistant: Assistant, records: Path) -> Iterator[Portal]:
    with portal_over(assistant, "localhost", token_secret=SECRET, records=records, audit_days=7) as addresses:
        yield addresses


@pytest.fixture(scope="module")
def strict(browser: Browser) -> Iterator[Browser]:
    """Return a browser that blocks third-party cookies, as all of them are about to."""
    kind: BrowserType = browser.browser_type
    opened = kind.launch(
        executable_path=CHROMIUM, args=[*CHROMIUM_ARGUMENTS, "--test-third-party-cookie-phaseout"]
    )
    yield opened
    opened.close()


@pytest.fixture
def page(strict: Browser) -> Iterator[Page]:
    context = strict.new_context(locale="zh-CN", viewport={"width": 1366, "height": 860})
    yield context.new_page()
    context.close()


def open_portal(page: Page, portal: Portal, token: str) -> None:
    (portal.folder / "token.html").write_text(SNIPPET.format(chat=portal.chat, token=token), encoding="utf-8")
    page.goto(f"{portal.allowed}/token.html")


def test_the_user_that_the_token_names_asks_reads_and_is_written_down(
    page: Page, portal: Portal, records: Path
) -> None:
    open_portal(page, portal, sign(SECRET, "李雷", 60, "1"))
    frame = page.frame_locator("iframe")
    frame.locator("#conversation button.example").first.wait_for()
    frame.locator("#question textarea").fill(QUESTION)
    frame.locator("#question textarea").press("Enter")
    frame.locator("[data-testid=bot] a[href^='#cite-0-']").first.click()
    frame.frame_locator("#reader iframe").locator("#quote").wait_for()
    assert ("user:李雷", QUESTION) in {row[1:3] for row in Records(records).audited()}
    (cookie,) = [each for each in page.context.cookies() if each["name"] == COOKIE]
    assert cookie["secure"]
    assert cookie["httpOnly"]
    assert cookie["sameSite"] == "None"
    assert cookie["partitionKey"] == "http://localhost"


@pytest.mark.parametrize("token", ["", "used", "forged"])
def test_without_a_good_token_the_frame_asks_to_come_through_the_portal(
    page: Page, portal: Portal, token: str
) -> None:
    good = sign(SECRET, "韩梅梅", 60, token)
    if token == "used":
        open_portal(page, portal, good)
        page.frame_locator("iframe").locator("#conversation button.example").first.wait_for()
        page.context.clear_cookies()
    open_portal(page, portal, {"": "", "used": good, "forged": good[:-2] + "xx"}[token])
    page.frame_locator("iframe").get_by_text("请从单位门户进入").wait_for()
    assert not page.frame_locator("iframe").locator("#question").count()


def test_a_page_on_another_site_cannot_use_the_identity(page: Page, portal: Portal) -> None:
    open_portal(page, portal, sign(SECRET, "李雷", 60, "3"))
    page.frame_locator("iframe").locator("#conversation button.example").first.wait_for()
    with page.expect_console_message(lambda message: "frame-ancestors" in message.text):
        page.goto(f"{portal.stranger}/token.html")
    page.goto(f"{portal.chat}/policy/")
    page.get_by_text("请从单位门户进入").wait_for()  # the cookie lies in the portal's own partition
