"""More questions than the server takes at once: who waits is told so, and who has to come back, too."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from threading import Event
from typing import TYPE_CHECKING

import pytest

from assistant import Assistant
from assistant.settings import Settings
from assistant.web import create_app

from ..answer.scripted import Behaviour, serving
from .conftest import open_chat, served
from .test_serve import PATIENCE
from .test_stop import QUESTION, two_sentences

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page


@pytest.fixture
def full(assistant: Assistant, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[str, Event]]:
    """Serve one question at a time, with room for one that waits; the model waits for the event."""
    monkeypatch.setattr("assistant.web.page.CONCURRENCY", 1)
    go_on = Event()
    with serving(Behaviour(two_sentences, hold=go_on)) as model:
        settings = Settings(llm_url=model, llm_model="m", store=assistant.store, queue_limit=1)
        modelled = Assistant.open(settings=settings)
        try:
            with served(create_app(modelled, settings)) as address:
                yield address, go_on
        finally:
            go_on.set()
            modelled.close()


def test_who_waits_and_who_finds_no_room_is_told(browser: Browser, full: tuple[str, Event]) -> None:
    address, go_on = full
    with ExitStack() as opened:
        pages: list[Page] = []
        for _ in range(3):
            context = browser.new_context(locale="zh-CN")
            opened.callback(context.close)
            page = context.new_page()
            page.set_default_timeout(PATIENCE * 1000)  # the client of a model takes seconds to import
            open_chat(page, address)
            pages.append(page)
        first, second, third = pages
        for page in pages:
            page.locator("#question textarea").fill(QUESTION)
        first.keyboard.press("Enter")
        first.locator("[data-testid=bot] a[href='#cite-0-1']").wait_for()
        second.locator("#question textarea").press("Enter")
        second.get_by_text("正在排队").wait_for()
        third.locator("#question textarea").press("Enter")
        third.get_by_text("队列已满").wait_for()
        assert third.locator("#question textarea").input_value() == QUESTION
        for told in (".toast-wrap", "#conversation [data-testid=status-tracker]"):
            assert not third.locator(told).locator("visible=true").count()
        go_on.set()
        second.locator("[data-testid=bot] a[href='#cite-0-1']").wait_for()
        second.get_by_text("正在排队").wait_for(state="detached")
        third.locator("#question textarea").press("Enter")
        third.locator("[data-testid=bot] a[href='#cite-0-1']").wait_for()
