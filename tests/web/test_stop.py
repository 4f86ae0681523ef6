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
from .conftest import ask, eventually, open_chat, served
from .test_serve import PATIENCE

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

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
    """Serve a model that waits in the middle of its reply until `go_on` is set."""
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


def begin(page: Page, slow: Slow) -> Locator:
    """Ask, and return the answer when its first sentence is there and the rest is waited for."""
    page.set_default_timeout(PATIENCE * 1000)  # the client of a model takes seconds to import
    open_chat(page, slow.address)
    page.locator("#question textarea").fill(QUESTION)
    page.keyboard.press("Enter")
    answer = page.locator("[data-testid=bot] .answer")
    answer.locator("a[href='#cite-0-1']").wait_for()
    return answer


def test_what_was_written_stays_and_the_model_is_cut_off(page: Page, slow: Slow) -> None:
    answer = begin(page, slow)
    sentences = answer.locator("p", has=page.locator("a[href='#cite-0-1']"))
    written = sentences.inner_text()
    page.get_by_role("button", name="停止").click()
    page.get_by_role("button", name="发送").wait_for()
    eventually(lambda: slow.behaviour.left == 1)  # its server sees that nobody listens
    assert sentences.inner_text().startswith(written)
    assert "只写到这里" in answer.locator(".verdict").inner_text()
    assert page.locator(".card").count() == answer.locator("a[href^='#cite-0-']").count()


def test_the_question_sent_right_after_a_stop_is_answered(page: Page, slow: Slow) -> None:
    begin(page, slow)
    slow.behaviour.hold = None
    for turn in range(1, 6):
        page.get_by_role("button", name="停止").click()
        slow.behaviour.pace = 0
        page.locator("#question textarea").fill(QUESTION)
        page.keyboard.press("Enter")
        whole = page.locator("[data-testid=bot] .answer").nth(2 * turn - 1)
        whole.locator(f"a[href^='#cite-{2 * turn - 1}-']").nth(1).wait_for()
        page.get_by_role("button", name="发送").wait_for()
        assert "stopped" not in str(whole.get_attribute("class"))
        assert page.locator("[data-testid=bot] .answer.stopped").count() == turn
        slow.behaviour.pace = 2  # so slow that the click comes before the end on a busy machine too
        page.locator("#question textarea").fill(QUESTION)
        page.keyboard.press("Enter")
    slow.behaviour.pace = 0


def test_a_new_conversation_shows_nothing_of_an_answer_under_way(page: Page, slow: Slow) -> None:
    begin(page, slow)
    page.get_by_role("button", name="新对话").click()
    page.locator("#conversation button.example").first.wait_for()
    eventually(lambda: slow.behaviour.left == 1)
    slow.go_on.set()
    ask(page, QUESTION)
    assert page.locator("[data-testid=bot] .answer").count() == 1


def test_a_reader_who_leaves_lets_the_model_rest(page: Page, slow: Slow) -> None:
    begin(page, slow)
    page.goto("about:blank")
    eventually(lambda: slow.behaviour.left == 1)


def test_an_answer_that_nobody_stops_is_written_to_its_end(page: Page, slow: Slow) -> None:
    page.set_default_timeout(PATIENCE * 1000)
    slow.go_on.set()
    open_chat(page, slow.address)
    ask(page, QUESTION)
    markers = page.locator("[data-testid=bot] .answer a[href^='#cite-0-']")
    assert markers.count() >= 2  # a sentence of several clauses may carry a marker for each
    assert page.locator(".card").count() >= 2
