"""A slow model's answer is seen while it grows, and stopped by its reader where he has read enough."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from threading import Event
from typing import TYPE_CHECKING

import pytest

from assistant import Assistant
from assistant.settings import Settings
from assistant.web import create_app

from ..answer.scripted import Behaviour, passages, serving
from .conftest import ask, served
from .test_serve import PATIENCE

if TYPE_CHECKING:
    from playwright.sync_api import Page

QUESTION = "深圳怎样促进生产要素高效流通？"


def two_sentences(messages: list[dict[str, str]], _: int) -> str:
    """Cite a short sentence of the passages, then a long one: the half of the reply is past the first."""
    sentences = [
        (number, sentence)
        for number, passage in enumerate(passages(messages), 1)
        for sentence in re.findall(r"[^。]{12,}。", passage)
    ]
    if not sentences:  # asked to write a follow-up question out: as it is
        return messages[-1]["content"].rpartition("：")[2].strip()
    short = min(sentences, key=lambda pair: len(pair[1]))
    long = max(sentences, key=lambda pair: len(pair[1]))
    return "".join(f"{sentence.strip('。')}[{number}]。" for number, sentence in (short, long))


@dataclass(frozen=True)
class Slow:
    address: str
    behaviour: Behaviour
    go_on: Event


@pytest.fixture
def slow(assistant: Assistant) -> Iterator[Slow]:
    go_on = Event()
    behaviour = Behaviour(two_sentences, hold=go_on)
    with serving(behaviour) as model:
        settings = Settings(llm_url=model, llm_model="m", store=assistant.store)
        modelled = Assistant.open(settings=settings)
        try:
            with served(create_app(modelled, settings)) as address:
                yield Slow(address, behaviour, go_on)
        finally:
            go_on.set()
            modelled.close()


def open_page(page: Page, address: str) -> None:
    """Open the chat; this model may answer none of the examples that are tried."""
    page.goto(address)
    page.locator("#conversation .welcome").wait_for()


def test_what_was_written_stays_and_what_was_not_never_comes(page: Page, slow: Slow) -> None:
    page.set_default_timeout(PATIENCE * 1000)  # the client of a model takes seconds to import
    slow.go_on.set()  # the examples are tried with the model, too
    open_page(page, slow.address)
    slow.go_on.clear()
    page.locator("#question textarea").fill(QUESTION)
    page.keyboard.press("Enter")
    stop = page.get_by_role("button", name="停止")
    stop.wait_for()
    answer = page.locator("[data-testid=bot] .answer")
    answer.locator("a[href='#cite-0-1']").wait_for()
    assert page.locator(".card").count() == 1
    shown = answer.inner_text()
    stop.click()
    page.get_by_role("button", name="发送").wait_for()
    slow.go_on.set()
    page.wait_for_timeout(1500)  # time for the rest to come, were it not stopped
    assert page.locator("[data-testid=bot] .answer").inner_text() == shown
    assert page.locator(".card").count() == 1


def test_an_answer_that_nobody_stops_is_written_to_its_end(page: Page, slow: Slow) -> None:
    page.set_default_timeout(PATIENCE * 1000)
    slow.go_on.set()
    open_page(page, slow.address)
    ask(page, QUESTION)
    markers = page.locator("[data-testid=bot] .answer a[href^='#cite-0-']")
    assert markers.count() >= 2  # a sentence of several clauses may carry a marker for each
    assert page.locator(".card").count() >= 2
