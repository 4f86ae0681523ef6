"""A server killed in the middle of an answer: the page says so and recovers when it is back."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from .conftest import eventually, open_chat
from .test_frame import free_ports
from .test_serve import APP, PATIENCE, status

if TYPE_CHECKING:
    from playwright.sync_api import Page

QUESTION = "天津累计创建了多少家国家级企业技术中心？"


@contextmanager
def server(store: Path, port: int) -> Iterator[subprocess.Popen[bytes]]:
    environment = os.environ | {"POLICY_STORE": str(store), "POLICY_PORT": str(port)}
    process = subprocess.Popen([sys.executable, str(APP)], env=environment, stdout=subprocess.DEVNULL)
    try:
        eventually(lambda: status(f"http://127.0.0.1:{port}/readyz") == 200, PATIENCE)
        yield process
    finally:
        process.kill()
        process.wait()


def test_the_page_says_so_and_recovers(page: Page, store: Path) -> None:
    (port,) = free_ports(1)
    page.set_default_timeout(PATIENCE * 1000)
    with server(store, port) as first:
        open_chat(page, f"http://127.0.0.1:{port}")
        # the question reaches a server that will never answer it
        first.send_signal(signal.SIGSTOP)
        page.locator("#question textarea").fill(QUESTION)
        page.keyboard.press("Enter")
        page.wait_for_timeout(500)
        first.kill()
        page.locator("#lost").get_by_text("断开").wait_for()
    with server(store, port):
        page.locator("#lost").wait_for(state="detached")
        page.locator("#conversation button.example").first.wait_for()
        eventually(lambda: page.locator("#question textarea").input_value() == QUESTION)
        page.locator("#question textarea").press("Enter")
        page.locator("[data-testid=bot] a[href^='#cite-0-']").first.wait_for()
