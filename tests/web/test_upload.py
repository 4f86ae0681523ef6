"""Documents that users bring: off by default, for named users, each file's end told, then answered from."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import pytest
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st

from assistant import Assistant
from assistant.settings import Settings
from assistant.web import create_app
from assistant.web.upload import safe_name, uploads_folder

from .conftest import ask, served

if TYPE_CHECKING:
    from playwright.sync_api import Page

NOTICE = "关于南山镇茶园改造的通知\n\n一、补助标准\n茶园改造每亩补助3250元，由南山镇财政所发放。\n"
QUESTION = "茶园改造每亩补助多少元？"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(store=tmp_path / "store", upload_users=("*",), upload_mb=2)


@pytest.fixture
def own(settings: Settings) -> Iterator[Assistant]:
    assistant = Assistant.open(settings=settings)
    yield assistant
    assistant.close()


def bring(client: TestClient, **files: bytes) -> httpx.Response:
    named = [("files", (name.replace("_dot_", "."), content)) for name, content in files.items()]
    return client.post("/api/documents", files=named)


def test_it_is_off_unless_asked_for(site: str) -> None:
    files = {"files": ("a.txt", NOTICE.encode())}
    assert httpx.post(f"{site}/api/documents", files=files).status_code in (404, 405)


def test_only_named_users_may(own: Assistant, settings: Settings) -> None:
    limited = settings.model_copy(
        update={
            "upload_users": ("li",),
            "identity_header": "X-User",
            "trusted_proxies": ("10.0.0.1",),
        }
    )
    client = TestClient(create_app(own, limited), client=("10.0.0.1", 1))
    files = {"files": ("a.txt", NOTICE.encode())}
    assert client.post("/api/documents", files=files, headers={"X-User": "han"}).status_code == 403
    assert client.post("/api/documents", files=files, headers={"X-User": "li"}).status_code == 200


def test_every_file_is_told_and_a_bad_one_stops_nothing(own: Assistant, settings: Settings) -> None:
    client = TestClient(create_app(own, settings))
    response = bring(client, good_dot_txt=NOTICE.encode(), bad_dot_docx=b"PK\x03\x04" + bytes(200))
    ended = {each["name"]: each for each in response.json()}
    assert ended["good.txt"]["status"] == "indexed"
    assert ended["good.txt"]["passages"] > 0
    assert ended["bad.docx"]["status"] == "failed"
    assert ended["bad.docx"]["reason"]
    assert "3250元" in own.ask(QUESTION).text
    assert [file.name for file in uploads_folder(settings.store).iterdir()] == ["good.txt"]


def test_what_is_too_large_is_refused_before_it_is_read(own: Assistant, settings: Settings) -> None:
    client = TestClient(create_app(own, settings))
    assert bring(client, big_dot_txt=b"x" * 3 * 2**20).status_code == 413
    assert client.post("/api/ask", content=b"x" * 2**21).status_code == 413
    assert not uploads_folder(settings.store).exists()


@given(st.text(max_size=300))
def test_no_name_leaves_the_folder(name: str) -> None:
    safe = safe_name(name)
    assert safe == "" or (Path("folder") / safe).parent == Path("folder")
    assert not safe.startswith(".")
    assert len(safe) <= 120


def test_a_user_brings_a_document_and_asks_it(page: Page, own: Assistant, settings: Settings) -> None:
    with served(create_app(own, settings)) as address:
        page.goto(f"{address}/")
        page.get_by_role("tab", name="文件目录").click()
        notice = {"name": "茶园改造.txt", "mimeType": "text/plain", "buffer": NOTICE.encode()}
        page.locator("#bring input").set_input_files(files=[notice])
        page.locator("#bring li.indexed").wait_for()
        page.locator("#catalogue td.title", has_text="茶园").wait_for()
        page.get_by_role("tab", name="提问").click()
        ask(page, QUESTION)
        assert "3250元" in page.locator("[data-testid=bot]").inner_text()
