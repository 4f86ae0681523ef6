"""Measure the served chat under load: `python -m tests.web.load [--users 50] [--seconds 60]`.

Starts the server as its own process over the corpus, so that its memory can be read.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import subprocess
import sys
import tempfile
from itertools import count
from pathlib import Path
from time import perf_counter, sleep

import httpx
from playwright.sync_api import sync_playwright

from assistant import Assistant

from .conftest import CHROMIUM, CHROMIUM_ARGUMENTS, ask, open_chat
from .sessions import IDLE, Session
from .test_conversations import QUESTIONS
from .test_frame import free_ports
from .test_serve import APP, status

CORPUS = APP.parent / "corpus"
THINKING = 5.0  # seconds between an answer and the user's next question


WATCH = """
document.addEventListener("click", () => { window.clicked = performance.now(); window.painted = 0; }, true);
window.addEventListener("message", (event) => {
  if (event.data?.type !== "reader-shown") return;
  requestAnimationFrame(() => requestAnimationFrame(() => { window.painted = performance.now(); }));
});
"""


def memory(process: int) -> float:
    """Return the resident memory of a process in MB."""
    lines = Path(f"/proc/{process}/status").read_text().splitlines()
    return int(next(line for line in lines if line.startswith("VmRSS")).split()[1]) / 1024


async def chat(address: str, users: int, seconds: float) -> list[float]:
    """Return the seconds that every question took until its answer was complete."""
    taken: list[float] = []
    limits = httpx.Limits(max_connections=3 * users, keepalive_expiry=IDLE)
    async with httpx.AsyncClient(base_url=address, timeout=120, limits=limits) as client:
        end = perf_counter() + seconds

        async def user(number: int) -> None:
            await asyncio.sleep(THINKING * number / users)
            session = await Session.open(client)
            for turn in count():
                if perf_counter() >= end:
                    return
                started = perf_counter()
                await session.ask(QUESTIONS[(number + turn) % len(QUESTIONS)])
                taken.append(perf_counter() - started)
                await asyncio.sleep(THINKING)

        await asyncio.gather(*(user(number) for number in range(users)))
    return taken


async def api(address: str, workers: int, seconds: float) -> float:
    """Return answers a second of `/api/ask` with `workers` asking without a pause."""
    done = 0
    async with httpx.AsyncClient(base_url=address, timeout=120) as client:
        end = perf_counter() + seconds

        async def worker(number: int) -> None:
            nonlocal done
            for turn in count():
                if perf_counter() >= end:
                    return
                question = QUESTIONS[(number + turn) % len(QUESTIONS)]
                (await client.post("/api/ask", json={"question": question})).raise_for_status()
                done += 1

        await asyncio.gather(*(worker(number) for number in range(workers)))
    return done / seconds


def browse(address: str, rounds: int = 20) -> tuple[list[float], list[float]]:
    """Return the seconds until the first example can be clicked, and from a marker to its highlight.

    Each round is a fresh page, and its marker is clicked without having been pointed at. The highlight
    is there when it has been painted: two frames after the reader says so.
    """
    ready: list[float] = []
    shown: list[float] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_ARGUMENTS)
        for number in range(rounds):
            page = browser.new_context(
                locale="zh-CN", viewport={"width": 1366, "height": 860}, bypass_csp=True
            ).new_page()
            page.add_init_script(WATCH)
            started = perf_counter()
            open_chat(page, address)
            ready.append(perf_counter() - started)
            ask(page, QUESTIONS[number % 2])
            page.wait_for_timeout(500)  # a reader reads before he clicks
            page.locator("[data-testid=bot] a[href^='#cite-0-']").first.click()
            page.frame_locator("#reader iframe").locator("#quote").wait_for()
            page.wait_for_function("window.painted")
            shown.append(page.evaluate("window.painted - window.clicked") / 1000)
            page.context.close()
        browser.close()
    return ready, shown


def _middle(seconds: list[float]) -> float:
    return sorted(seconds)[len(seconds) // 2]


def _p95(seconds: list[float]) -> float:
    return sorted(seconds)[int(len(seconds) * 0.95)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--users", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=60)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        assistant = Assistant.open(Path(folder) / "store")
        assistant.index([CORPUS])
        assistant.close()
        (port,) = free_ports(1)
        address = f"http://127.0.0.1:{port}"
        settings = {
            "POLICY_STORE": f"{folder}/store",
            "POLICY_PORT": str(port),
            "POLICY_QUESTIONS_PER_MINUTE": "0",
        }
        started = perf_counter()
        server = subprocess.Popen([sys.executable, str(APP)], env=os.environ | settings)
        while status(f"{address}/readyz") != 200:
            sleep(0.05)
        print(f"ready after {perf_counter() - started:.1f} s, {memory(server.pid):.0f} MB")
        try:
            asyncio.run(chat(address, 2, 3))  # warm
            ready, shown = browse(address)
            print(f"first example clickable after {_middle(ready):.2f} s, p95 {_p95(ready):.2f} s")
            print(f"marker to highlight in {_middle(shown) * 1000:.0f} ms, p95 {_p95(shown) * 1000:.0f} ms")
            before = memory(server.pid)
            taken = asyncio.run(chat(address, given.users, given.seconds))
            print(
                f"{len(taken)} chat answers, median {_middle(taken):.2f} s, p95 {_p95(taken):.2f} s, "
                f"memory {before:.0f} to {memory(server.pid):.0f} MB"
            )
            print(f"/api/ask: {asyncio.run(api(address, 4, 10)):.0f} answers a second")
        finally:
            server.kill()
            server.wait()


if __name__ == "__main__":
    main()
