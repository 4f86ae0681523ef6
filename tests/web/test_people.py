"""Identity: none by default, the header of a listed proxy, or a token exchanged once for a cookie."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st

from assistant import Assistant
from assistant.errors import SettingsError
from assistant.settings import Settings
from assistant.web import create_app
from assistant.web.people import COOKIE, sign, verified

from .conftest import ask, served

if TYPE_CHECKING:
    from playwright.sync_api import Page

SECRET = "an-example-of-a-secret-that-is-long-enough"
QUESTION = {"question": "天津累计创建了多少家国家级企业技术中心？"}


def client(assistant: Assistant, address: str = "127.0.0.1", **settings: Any) -> TestClient:
    return TestClient(
        create_app(assistant, Settings(**settings)), client=(address, 1), base_url="https://testserver"
    )


def test_without_identity_everybody_may_ask(assistant: Assistant) -> None:
    assert client(assistant).post("/api/ask", json=QUESTION).status_code == 200


def test_the_header_counts_from_a_listed_proxy_only(assistant: Assistant) -> None:
    settings = {"identity_header": "X-User", "trusted_proxies": ("10.0.0.0/8",)}
    header = {"X-User": "li.lei"}
    assert client(assistant, "10.1.2.3", **settings).get("/api/documents", headers=header).status_code == 200
    assert client(assistant, "10.1.2.3", **settings).get("/api/documents").status_code == 401
    assert client(assistant, "8.8.8.8", **settings).get("/api/documents", headers=header).status_code == 401


def test_a_token_is_exchanged_once_for_a_cookie(assistant: Assistant) -> None:
    portal = client(assistant, token_secret=SECRET)
    token = sign(SECRET, "李雷", 60, "1")
    exchanged = portal.get(f"/embed?token={token}&theme=dark", follow_redirects=False)
    assert exchanged.status_code == 303
    assert exchanged.headers["location"] == "embed?theme=dark"
    cookie = exchanged.headers["set-cookie"]
    for attribute in ("HttpOnly", "Secure", "SameSite=None", "Partitioned"):
        assert attribute in cookie
    assert token not in cookie
    assert portal.post("/api/ask", json=QUESTION).status_code == 200
    stranger = client(assistant, token_secret=SECRET)
    assert stranger.post("/api/ask", json=QUESTION).status_code == 401
    again = portal.get(f"/embed?token={token}", follow_redirects=False)
    assert again.status_code == 401


@pytest.mark.parametrize(
    "token",
    [
        "",
        ".",
        "a.b",
        sign("another-secret-that-is-long-enough-too", "李雷", 60, "1"),
        sign(SECRET, "李雷", -1, "1"),
        sign(SECRET, "", 60, "1"),
        sign(SECRET, "李雷", 10**6, "1"),
        sign(SECRET, "李雷", 60, "1") + "x",
    ],
)
def test_a_forged_old_or_lasting_token_opens_nothing(assistant: Assistant, token: str) -> None:
    portal = client(assistant, token_secret=SECRET)
    assert portal.get("/", params={"token": token}, follow_redirects=False).status_code == 401


@given(st.text(min_size=1, max_size=30), st.integers(1, 10**6), st.text(max_size=10))
def test_a_token_says_what_was_signed_and_no_changed_one_does(user: str, seconds: int, nonce: str) -> None:
    token = sign(SECRET, user, seconds, nonce)
    claims = verified(SECRET, token)
    assert claims is not None
    assert claims["user"] == user
    assert verified(SECRET, token, now=time.time() + seconds + 1) is None
    body, _, signature = token.partition(".")
    assert verified(SECRET, f"{body[::-1]}.{signature}") is None or body == body[::-1]


@pytest.mark.parametrize(
    ("settings", "named"),
    [
        ({"token_secret": "short"}, "token_secret"),
        ({"identity_header": "X-User"}, "trusted_proxies"),
        ({"identity_header": "X-User", "trusted_proxies": ("proxy",)}, "proxy"),
    ],
)
def test_a_bad_setting_is_named(assistant: Assistant, settings: dict[str, Any], named: str) -> None:
    with pytest.raises(SettingsError, match=named):
        client(assistant, **settings).get("/healthz")


def test_the_chat_works_with_a_token_in_a_browser(page: Page, assistant: Assistant) -> None:
    with served(create_app(assistant, Settings(token_secret=SECRET))) as address:
        assert httpx.get(address).status_code == 401
        page.goto(f"{address}/?token={sign(SECRET, 'li', 60, '1')}")
        page.locator("#conversation button.example").first.wait_for()
        assert "token" not in page.url
        ask(page, QUESTION["question"])
        assert page.locator("[data-testid=bot] a[href^='#cite-0-']").count()
        assert COOKIE in {cookie["name"] for cookie in page.context.cookies()}
