"""Several stores in one server: nobody gets a word of a store that is not his, by whatever way."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from fastapi.testclient import TestClient

from assistant import Assistant
from assistant.cli import main
from assistant.errors import SettingsError
from assistant.settings import NamedStore, Settings
from assistant.web import create_app
from assistant.web.records import Records, feedback_candidates
from assistant.web.serve import build_app

from .conftest import eventually, served
from .sessions import Session

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

OPEN = "关于湖滨公园夜间开放的通知\n\n一、开放时间\n湖滨公园夜间开放至22时，由湖滨管理处负责。\n"
SECRET = "关于干部调整的内部方案\n\n一、调整人数\n本次调整干部共137人，由组织处负责。\n"
QUESTION = "本次调整干部共多少人？"
OURS = {"X-User": "li"}  # may read both
THEIRS = {"X-User": "han"}  # may read what is open only
HIDDEN = ("137人", "组织处", "干部调整", "内部方案")  # what only the closed store says; none is in a question


@dataclass(frozen=True)
class Site:
    address: str
    records: Path
    document: str  # the id of the closed document


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("stores")
    assistants = {}
    for name, content in (("公开", OPEN), ("内部", SECRET)):
        (folder / f"{name}.txt").write_text(content, encoding="utf-8")
        assistants[name] = Assistant.open(folder / f"{name}-store")
        assistants[name].index([folder / f"{name}.txt"])
    settings = Settings(
        stores={
            "公开": NamedStore(path=folder / "公开-store", users=("*",)),
            "内部": NamedStore(path=folder / "内部-store", users=("li", "zhao")),
        },
        identity_header="X-User",
        trusted_proxies=("127.0.0.1",),
        records=folder / "records.sqlite",
        audit_days=7,
        mcp=True,
        upload_users=("*",),
    )
    with served(create_app(assistants, settings)) as address:
        yield Site(address, folder / "records.sqlite", assistants["内部"].documents()[0].id)
    for assistant in assistants.values():
        assistant.close()


def says_nothing_hidden(response: httpx.Response) -> bool:
    shown = (
        response.text + json.dumps(response.json(), ensure_ascii=False)
        if is_json(response)
        else response.text
    )
    return not any(word in shown for word in HIDDEN)


def is_json(response: httpx.Response) -> bool:
    return response.headers["content-type"].startswith("application/json")


def refused_or_silent(site: Site, method: str, path: str, **more: Any) -> bool:
    response = httpx.request(method, f"{site.address}{path}", headers=THEIRS, **more)
    return says_nothing_hidden(response)


WAYS: list[tuple[str, str, dict[str, Any]]] = [
    *(("POST", "/api/ask", {"json": {"question": QUESTION, **where}}) for where in ({}, {"store": "内部"})),
    ("POST", "/api/ask", {"json": {"question": "多少人？", "history": [QUESTION], "store": "内部"}}),
    ("POST", "/api/search", {"json": {"question": "干部", "store": "内部"}}),
    ("POST", "/api/search", {"json": {"question": "干部"}}),
    ("GET", "/api/documents?store=内部", {}),
    ("GET", "/api/documents", {}),
    ("GET", "/api/documents/{document}?store=内部", {}),
    ("GET", "/api/documents/{document}", {}),
    ("GET", "/reader?document={document}&store=内部", {}),
    ("GET", "/reader?document={document}", {}),
    ("GET", f"/?store=内部&question={QUESTION}", {}),
    ("GET", f"/embed?store=内部&question={QUESTION}", {}),
    *(
        ("POST", "/mcp", {"json": {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": call}})
        for call in (
            {"name": "ask", "arguments": {"question": QUESTION, "store": "内部"}},
            {"name": "search", "arguments": {"question": "干部", "store": "内部"}},
            {"name": "search", "arguments": {"question": "干部"}},
        )
    ),
]


@pytest.mark.parametrize(("method", "path", "more"), WAYS)
def test_a_user_gets_nothing_of_a_store_not_his(
    site: Site, method: str, path: str, more: dict[str, Any]
) -> None:
    path = path.replace("{document}", site.document)
    response = httpx.request(method, f"{site.address}{path}", headers=THEIRS, **more)
    assert says_nothing_hidden(response)
    # and what is asked for is there: the same way opens it to one who may
    if "store" in path + str(more) and "question=" not in path:
        theirs = httpx.request(method, f"{site.address}{path}", headers=OURS, **more)
        assert not says_nothing_hidden(theirs)
        assert response.status_code in (403, 404) or response.json()["result"]["isError"]


def test_a_store_that_is_not_there_and_one_that_is_not_his_look_alike(site: Site) -> None:
    texts = []
    for name in ("内部", "另一个"):
        response = httpx.post(
            f"{site.address}/api/ask", json={"question": QUESTION, "store": name}, headers=THEIRS
        )
        assert response.status_code == 403
        texts.append(response.text.replace(name, ""))
    assert texts[0] == texts[1]


@pytest.mark.parametrize("store", ["内部", "", "公开"])
def test_the_chat_says_nothing_of_a_store_not_his(site: Site, store: str) -> None:
    assert not any(word in shown(site, THEIRS, store) for word in HIDDEN)


def test_the_chat_answers_from_the_store_that_was_chosen(site: Site) -> None:
    assert "137" in shown(site, OURS, "内部")
    assert "137" not in shown(site, OURS, "公开")


def shown(site: Site, headers: dict[str, str], store: str, session: str = "") -> str:
    async def ask() -> str:
        async with httpx.AsyncClient(base_url=site.address, headers=headers, timeout=60) as client:
            opened = await Session.open(client)
            opened.identity = session or opened.identity
            messages = await opened.ask(QUESTION, ((), (), (), (), "", ""), store)
            return "".join(content for role, content in messages if role == "assistant")

    with ThreadPoolExecutor(1) as thread:  # the browser's loop runs in this one
        return thread.submit(asyncio.run, ask()).result()


def test_another_mans_session_shows_nothing_of_what_he_was_told(site: Site) -> None:
    assert "137" in shown(site, OURS, "内部", session="guessed")
    assert not any(word in shown(site, THEIRS, "公开", session="guessed") for word in HIDDEN)


def test_the_audit_log_names_the_store(site: Site) -> None:
    httpx.post(f"{site.address}/api/ask", json={"question": QUESTION, "store": "内部"}, headers=OURS)
    rows = Records(site.records).audited()
    assert ("user:li", "内部") in {(row[1], row[5]) for row in rows}
    assert not [row for row in rows if row[1] == "user:han" and row[5] != "公开"]


def test_a_document_is_brought_into_the_store_it_is_meant_for(site: Site) -> None:
    files = {"files": ("新.txt", "关于南山茶园的通知\n\n茶园每亩补助3250元。\n".encode())}
    refused = httpx.post(f"{site.address}/api/documents?store=内部", files=files, headers=THEIRS)
    assert refused.status_code == 403
    brought = httpx.post(f"{site.address}/api/documents?store=内部", files=files, headers=OURS, timeout=60)
    assert [each["status"] for each in brought.json()] == ["indexed"]
    titles = {
        name: httpx.get(f"{site.address}/api/documents?store={name}", headers=OURS).text
        for name in ("公开", "内部")
    }
    assert "茶园" in titles["内部"]
    assert "茶园" not in titles["公开"]


def own_page(browser: Browser, headers: dict[str, str]) -> Page:
    return browser.new_context(locale="zh-CN", extra_http_headers=headers).new_page()


def test_the_page_offers_each_user_his_stores_and_keeps_citation_link_and_feedback_in_them(
    browser: Browser, site: Site
) -> None:
    page = own_page(browser, OURS)
    page.goto(site.address)
    page.locator("#scope p").wait_for()
    page.locator("#store input").click()
    page.get_by_role("option", name="内部").click()
    page.locator("#scope p", has_text="内部").wait_for()
    page.locator("#question textarea").fill(QUESTION)
    page.keyboard.press("Enter")
    page.locator("[data-testid=bot] a[href^='#cite-0-']").first.click()
    page.frame_locator("#reader iframe").locator("#quote", has_text="137").wait_for()
    page.keyboard.press("Escape")
    page.get_by_role("link", name="有用", exact=True).click()
    eventually(lambda: [c["feedback"]["store"] for c in feedback_candidates(site.records)] == ["内部"])
    link = page.locator("a.permalink").first.get_attribute("href")
    assert link
    page.context.close()
    stranger = own_page(browser, THEIRS)
    stranger.goto(f"{site.address}/{link}")
    stranger.locator("[data-testid=bot] .answer.error", has_text="没有名为").wait_for()
    assert not any(word in stranger.locator("body").inner_text() for word in HIDDEN)
    stranger.goto(site.address)
    stranger.locator("#scope p", has_text="公开").wait_for()
    assert not stranger.locator("#store").is_visible()
    stranger.get_by_role("tab", name="文件目录").click()
    stranger.locator("#catalogue a.open", has_text="湖滨").wait_for()
    assert not any(word in stranger.locator("body").inner_text() for word in HIDDEN)
    stranger.context.close()


def test_a_file_that_was_made_for_one_user_is_not_given_to_another(assistant: Assistant) -> None:
    from assistant.web.downloads import Download, Downloads

    downloads = Downloads()
    word = downloads.add(Download("a.md", "text/markdown", b"137", "user:li"))
    assert downloads.take(word, "user:han") is None
    assert downloads.take(word, "user:li") is not None


@pytest.mark.parametrize(
    ("stores", "named"),
    [
        ({"内部": {"path": "x"}}, "users"),
        ({"内部": {"path": "x", "users": []}}, "users"),
        ({"内 部/": {"path": "x", "users": ["*"]}}, "stores"),
    ],
)
def test_a_store_without_users_or_with_a_bad_name_is_refused(stores: dict[str, Any], named: str) -> None:
    with pytest.raises(SettingsError, match=named):
        Settings.load(stores=stores)


def test_the_stores_of_policy_toml_are_served_with_one_model(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, content in (("open", OPEN), ("closed", SECRET)):
        (tmp_path / f"{name}.txt").write_text(content, encoding="utf-8")
        made = Assistant.open(tmp_path / name)
        made.index([tmp_path / f"{name}.txt"])
        made.close()
    (tmp_path / "policy.toml").write_text(
        'identity_header = "X-User"\ntrusted_proxies = ["127.0.0.1"]\nrecords = "records.sqlite"\n'
        '[stores."公开"]\npath = "open"\nusers = ["*"]\n[stores."内部"]\npath = "closed"\nusers = ["li"]\n',
        encoding="utf-8",
    )
    monkeypatch.chdir(tmp_path)
    client = TestClient(build_app(Settings.load()), client=("127.0.0.1", 1))
    for headers, name, status in ((OURS, "内部", 200), (THEIRS, "内部", 403), (THEIRS, "公开", 200)):
        found = client.get("/api/documents", params={"store": name}, headers=headers)
        assert found.status_code == status


def test_a_store_named_on_the_command_line_is_served_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    served: list[Settings] = []
    (tmp_path / "policy.toml").write_text('[stores.a]\npath = "a"\nusers = ["*"]\n', encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("assistant.web.serve", served.append)
    main(["serve", "--store", "b"])
    main(["serve"])
    assert [list(settings.stores) for settings in served] == [[], ["a"]]
    assert served[0].store == Path("b")


def test_a_policy_toml_that_is_no_toml_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "policy.toml").write_text('[stores.内部]\npath = "x"\n', encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SettingsError, match="line 1"):
        Settings.load()


def test_users_without_an_identity_stop_the_start(assistant: Assistant) -> None:
    settings = Settings(stores={"内部": NamedStore(path=assistant.store, users=("li",))})
    with pytest.raises(SettingsError, match="identity_header"):
        create_app({"内部": assistant}, settings)
    open_to_all = Settings(stores={"公开": NamedStore(path=assistant.store, users=("*",))})
    assert TestClient(create_app({"公开": assistant}, open_to_all)).get("/api/documents").status_code == 200


def test_an_assistant_that_no_setting_names_is_not_served(assistant: Assistant) -> None:
    settings = Settings(stores={"公开": NamedStore(path=assistant.store, users=("*",))})
    with pytest.raises(SettingsError, match="stores"):
        create_app({"公开": assistant, "内部": assistant}, settings)
