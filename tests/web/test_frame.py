"""The chat in a portal's frame, through a real nginx under a sub-path."""

from __future__ import annotations

import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import monotonic, sleep
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from assistant import Assistant
from assistant.settings import Settings
from assistant.web import create_app

from .conftest import eventually, served

if TYPE_CHECKING:
    from playwright.sync_api import Page

NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/sbin")

CONFIGURATION = """
daemon off; pid {folder}/nginx.pid; error_log {folder}/error.log;
events {{ worker_connections 64; }}
http {{
  access_log off; default_type text/html;
  client_body_temp_path {folder}/b; proxy_temp_path {folder}/p; fastcgi_temp_path {folder}/f;
  uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
  server {{
    listen 127.0.0.1:{chat};
    location /policy/ {{
      proxy_pass {upstream}/;
      proxy_http_version 1.1;
      proxy_set_header Host $http_host;
      proxy_set_header X-Forwarded-Host $http_host;
      proxy_set_header X-Forwarded-Proto $scheme;
      proxy_set_header X-Forwarded-For $remote_addr;
      proxy_buffering off;
    }}
  }}
  server {{ listen 127.0.0.1:{portal}; root {folder}; }}
  server {{ listen 127.0.0.1:{stranger}; root {folder}; }}
}}
"""

PORTAL = """<!doctype html><meta charset="utf-8"><title>门户</title>
<iframe id="chat" src="http://127.0.0.1:{chat}/policy/" style="width:900px;height:700px"></iframe>"""

SNIPPET = """<!doctype html><meta charset="utf-8"><title>门户</title><main style="width:640px">
<script src="http://127.0.0.1:{chat}/policy/web/embed.js" data-title="政策问答" data-theme="dark"
  data-region="天津" data-min-height="300" data-max-height="640" data-height="333"></script></main>"""


@dataclass(frozen=True)
class Portal:
    chat: str
    allowed: str
    stranger: str
    folder: Path  # the pages of the portal


def free_ports(count: int) -> list[int]:
    held = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [each.getsockname()[1] for each in held]
    for each in held:
        each.close()
    return ports


@pytest.fixture(scope="module")
def portal(assistant: Assistant) -> Iterator[Portal]:
    with portal_over(assistant) as addresses:
        yield addresses


@contextmanager
def portal_over(assistant: Assistant, host: str = "127.0.0.1", **settings: Any) -> Iterator[Portal]:
    """Serve the chat behind nginx, and a portal that may frame it at `host`."""
    if not NGINX:
        pytest.skip("no nginx: apt-get install nginx-light")
    # beside pytest's own folder, which only one user may read: nginx's worker may be another
    folder = Path(tempfile.mkdtemp(prefix="nginx-"))
    folder.chmod(0o755)
    chat, allowed, stranger = free_ports(3)
    origin = f"http://{host}:{allowed}"
    chosen = Settings(embed_origins=(origin,), root_path="/policy", **settings)
    with served(create_app(assistant, chosen)) as upstream:
        configuration = folder / "nginx.conf"
        configuration.write_text(
            CONFIGURATION.format(
                folder=folder, chat=chat, portal=allowed, stranger=stranger, upstream=upstream
            )
        )
        (folder / "index.html").write_text(PORTAL.format(chat=chat), encoding="utf-8")
        (folder / "snippet.html").write_text(SNIPPET.format(chat=chat), encoding="utf-8")
        process = subprocess.Popen([NGINX, "-c", str(configuration), "-p", str(folder)])
        try:
            wait_for(f"http://127.0.0.1:{chat}/policy/healthz")
            yield Portal(f"http://127.0.0.1:{chat}", origin, f"http://{host}:{stranger}", folder)
        finally:
            process.terminate()
            process.wait(10)
            shutil.rmtree(folder)


def wait_for(address: str) -> None:
    deadline = monotonic() + 20
    while True:
        try:
            if httpx.get(address).status_code == 200:
                return
        except httpx.TransportError:
            pass
        assert monotonic() < deadline, f"{address} does not answer"
        sleep(0.05)


def test_a_page_on_a_listed_site_shows_the_chat_and_gets_an_answer(page: Page, portal: Portal) -> None:
    page.goto(f"{portal.allowed}/index.html")
    frame = page.frame_locator("#chat")
    frame.locator("#conversation button.example").first.wait_for()
    frame.locator("#question textarea").fill("天津累计创建了多少家国家级企业技术中心？")
    frame.locator("#question textarea").press("Enter")
    frame.locator("[data-testid=bot] a[href^='#cite-0-']").first.click()
    frame.frame_locator("#reader iframe").locator("#quote").wait_for()


def test_a_page_on_another_site_is_refused_by_the_browser(page: Page, portal: Portal) -> None:
    refusals: list[str] = []
    page.on("console", lambda message: refusals.append(message.text))
    with page.expect_console_message(lambda message: "frame-ancestors" in message.text):
        page.goto(f"{portal.stranger}/index.html")
    assert not page.frame_locator("#chat").locator("#question").count()


def test_the_snippet_frames_the_chat_with_its_options_and_it_grows(page: Page, portal: Portal) -> None:
    page.goto(f"{portal.allowed}/snippet.html")
    frame = page.frame_locator("iframe")
    frame.locator("#conversation button.example").first.wait_for()
    assert frame.locator("#name").inner_text() == "政策问答"
    assert not frame.locator("#tabs .tab-wrapper").is_visible()
    assert not frame.locator("#filters").is_visible()
    assert frame.locator("#scope").inner_text() == "范围：天津"
    assert frame.locator("body.dark").count()
    eventually(lambda: height(page) != 333)
    for turn in range(4):
        frame.locator("#question textarea").fill("天津累计创建了多少家国家级企业技术中心？")
        frame.locator("#question textarea").press("Enter")
        frame.locator(f"[data-testid=bot] a[href^='#cite-{turn}-']").first.wait_for()
        frame.locator("#question .submit-button").wait_for()
    eventually(lambda: height(page) == 640)
    assert not frame.get_by_role("button", name="Word").is_visible()
    frame.get_by_role("button", name="新对话").click()
    frame.locator("#conversation button.example").first.wait_for()


def height(page: Page) -> float:
    return float(page.locator("iframe").evaluate("frame => frame.clientHeight"))


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ("theme=purple", "purple"),
        ("title=" + "长" * 41, "40"),
        ("region=火星省", "火星省"),
        ("document=none", "none"),
        ("colour=red", "colour"),
        ("title=<script>alert(1)</script>&theme=<b>", "&lt;b&gt;"),
    ],
)
def test_an_option_that_does_not_exist_is_named(site: str, query: str, named: str) -> None:
    response = httpx.get(f"{site}/embed?{query}")
    assert response.status_code == 400
    assert named in response.text
    assert "<script>alert" not in response.text


def test_the_page_works_by_itself_under_the_sub_path(page: Page, portal: Portal) -> None:
    elsewhere: list[str] = []
    page.on(
        "request",
        lambda r: elsewhere.append(r.url) if not r.url.startswith(f"{portal.chat}/policy/") else None,
    )
    page.goto(f"{portal.chat}/policy/")
    page.locator("#conversation button.example").first.click()
    page.locator("[data-testid=bot] a[href^='#cite-0-']").first.wait_for()
    assert not elsewhere
