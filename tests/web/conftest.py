"""A served application and the machine's own Chromium."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic, sleep
from typing import TYPE_CHECKING

import pytest
import uvicorn

from assistant import Assistant
from assistant.settings import Settings
from assistant.types import Alignment, Document, Metadata, Section
from assistant.web import create_app

if TYPE_CHECKING:
    from fastapi import FastAPI
    from playwright.sync_api import Browser, Page

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
CHROMIUM_ARGUMENTS = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@contextmanager
def served(app: FastAPI) -> Iterator[str]:
    """Serve `app` on a free port of this machine and yield its address, without a slash at the end."""
    config = uvicorn.Config(app, port=0, log_level="warning", timeout_graceful_shutdown=1)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    deadline = monotonic() + 60
    while not server.started:
        assert thread.is_alive(), "the server ended instead of starting"
        assert monotonic() < deadline, "the server did not start"
        sleep(0.02)
    try:
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(15)


@pytest.fixture(scope="session")
def site(assistant: Assistant) -> Iterator[str]:
    """Return the address of the application over the whole corpus."""
    with served(create_app(assistant, Settings(questions_per_minute=0))) as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Return Debian's Chromium; tests that need it skip where there is none."""
    if not CHROMIUM:
        pytest.skip("no chromium on PATH: apt-get install chromium")
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with sync_api.sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_ARGUMENTS)
        yield opened
        opened.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """Return a fresh browser window of a Chinese user."""
    context = browser.new_context(locale="zh-CN", viewport={"width": 1366, "height": 860})
    yield context.new_page()
    context.close()


def open_chat(page: Page, address: str) -> None:
    """Open the chat and wait until its first example can be clicked."""
    page.goto(f"{address}/")
    page.locator("#conversation button.example").first.wait_for()


def ask(page: Page, question: str, turn: int = 0) -> None:
    """Type a question, send it with Enter, and wait for the answer."""
    page.locator("#question textarea").fill(question)
    page.keyboard.press("Enter")
    page.locator("[data-testid=bot] .answer").nth(turn).wait_for()
    page.locator("#question .submit-button").wait_for()


def eventually(condition: Callable[[], object], seconds: float = 20) -> None:
    """Wait until `condition` holds; the page's policy forbids Playwright's own waiting by script."""
    deadline = monotonic() + seconds
    while not condition():
        assert monotonic() < deadline, "it never came true"
        sleep(0.03)


def plain_document(text: str, **metadata: str) -> Document:
    """Return a document of nothing but `text`."""
    return Document(
        id="made",
        text=text,
        original=text,
        alignment=Alignment.identity(len(text)),
        metadata=Metadata(**metadata),
        sections=(Section((), 0, 0, len(text)),),
    )
