"""Take the pictures of `docs/screenshots/`: `python -m tests.web.screenshots [FOLDER]`."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from playwright.sync_api import sync_playwright

from assistant import Assistant
from assistant.settings import Settings
from assistant.web import create_app

from .conftest import CHROMIUM, CHROMIUM_ARGUMENTS, ask, open_chat, served

if TYPE_CHECKING:
    from playwright.sync_api import Browser

CHECKOUT = Path(__file__).parents[2]
QUESTIONS = (
    "天津累计创建了多少家国家级企业技术中心？",
    "比较江苏、浙江和广东发展新质生产力的做法",
    "火星基地的年度预算是多少？",
)


class View(NamedTuple):
    name: str
    width: int
    height: int
    dark: bool = False


# what a reader of the documentation needs to see, of all that is walked through
KEPT = {
    "wide-light": ("open", "answer-1", "answer-2", "reader", "documents"),
    "wide-dark": ("answer-3", "reader", "documents"),
    "phone-light": ("open", "answer-1", "reader", "documents"),
    "phone-dark": ("answer-3",),
}
VIEWS = (
    View("wide-light", 1366, 860),
    View("wide-dark", 1366, 860, True),
    View("phone-light", 390, 844),
    View("phone-dark", 390, 844, True),
)


def take(browser: Browser, address: str, view: View, folder: Path) -> None:
    context = browser.new_context(
        locale="zh-CN",
        viewport={"width": view.width, "height": view.height},
        color_scheme="dark" if view.dark else "light",
        reduced_motion="reduce",
    )
    page = context.new_page()

    def picture(step: str) -> None:
        if step in KEPT[view.name]:
            page.wait_for_timeout(900)  # let scrolling and fading come to rest
            page.screenshot(path=folder / f"{view.name}-{step}.png")

    open_chat(page, address)
    picture("open")
    for turn, question in enumerate(QUESTIONS):
        ask(page, question, turn)
        picture(f"answer-{turn + 1}")
    page.locator("[data-testid=bot] a[href^='#cite-0-']").first.click()
    page.frame_locator("#reader iframe").locator("#quote").wait_for()
    picture("reader")
    page.keyboard.press("Escape")
    page.get_by_role("tab", name="文件目录").click()
    page.locator("#coverage table").wait_for()
    picture("documents")
    context.close()


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as store:
        assistant = Assistant.open(store)
        assistant.index([CHECKOUT / "corpus"])
        with served(create_app(assistant, Settings())) as address, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_ARGUMENTS)
            for view in VIEWS:
                take(browser, address, view, folder)
            browser.close()
        assistant.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else CHECKOUT / "docs" / "screenshots")
