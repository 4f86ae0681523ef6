"""Feedback becomes gold-set candidates; the audit log is off unless asked for, and forgets."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from fastapi.testclient import TestClient

from assistant import Assistant
from assistant.errors import SettingsError
from assistant.settings import Settings
from assistant.web import create_app
from assistant.web.records import Records, feedback_candidates

from .conftest import ask, eventually, open_chat, served

if TYPE_CHECKING:
    from playwright.sync_api import Page

QUESTION = "天津累计创建了多少家国家级企业技术中心？"


def test_feedback_in_the_browser_becomes_a_gold_candidate(
    page: Page, assistant: Assistant, tmp_path: Path
) -> None:
    records = tmp_path / "records.sqlite"
    with served(create_app(assistant, Settings(records=records))) as address:
        open_chat(page, address)
        ask(page, QUESTION)
        page.get_by_role("link", name="有用", exact=True).click()
        page.locator(".tools .chosen", has_text="有用").wait_for()
        page.locator("#comment textarea, #comment input").fill("很清楚")
        page.keyboard.press("Enter")
        eventually(lambda: [c["feedback"]["comment"] for c in feedback_candidates(records)] == ["很清楚"])
    (candidate,) = feedback_candidates(records)
    assert candidate["question"] == QUESTION
    assert candidate["feedback"]["verdict"] == "helpful"
    assert candidate["answerable"] is True
    quotes = [citation.quote for citation in assistant.ask(QUESTION).citations]
    assert [evidence["quote"] for evidence in candidate["evidence"]] == quotes


def test_a_second_verdict_counts_and_what_was_wrong_gives_no_evidence(
    assistant: Assistant, tmp_path: Path
) -> None:
    path = tmp_path / "records.sqlite"
    records = Records(path)
    records.add_feedback("address:1", "1", "wrong", QUESTION, assistant.ask(QUESTION))
    records.add_feedback("address:1", "1", "citation", QUESTION, assistant.ask(QUESTION))
    records.close()
    (candidate,) = feedback_candidates(path)
    assert candidate["evidence"] == []
    assert candidate["feedback"]["verdict"] == "citation"
    assert candidate["feedback"]["cited"]


def test_nothing_is_logged_unless_asked_for(assistant: Assistant, tmp_path: Path) -> None:
    path = tmp_path / "records.sqlite"
    client = TestClient(create_app(assistant, Settings(records=path)))
    client.post("/api/ask", json={"question": QUESTION})
    assert sqlite3.connect(path).execute("SELECT count(*) FROM audit").fetchone() == (0,)


def test_the_audit_log_names_who_what_and_what_was_cited(assistant: Assistant, tmp_path: Path) -> None:
    path = tmp_path / "records.sqlite"
    client = TestClient(create_app(assistant, Settings(records=path, audit_days=30)))
    client.post("/api/ask", json={"question": QUESTION})
    ((_, who, question, status, cited, store),) = Records(path).audited()
    assert who == "address:testclient"
    assert (question, status, store) == (QUESTION, "answered", "")
    (citation,) = assistant.ask(QUESTION).citations
    assert f"{citation.document}:{citation.start}-{citation.end}" in cited


def test_the_audit_log_forgets_after_its_days(tmp_path: Path) -> None:
    path = tmp_path / "records.sqlite"
    Records(path).close()
    old = (datetime.now(UTC) - timedelta(days=8)).isoformat()
    with sqlite3.connect(path) as connection:
        connection.execute("INSERT INTO audit VALUES (?, 'a', 'old', 'answered', '[]', '')", (old,))
    records = Records(path, audit_days=7)
    records.add_audit("b", "new", "refused", None)
    assert [row[2] for row in records.audited()] == ["new"]


def test_a_file_from_before_there_were_named_stores_is_still_written_and_exported(
    assistant: Assistant, tmp_path: Path
) -> None:
    path = tmp_path / "records.sqlite"
    with sqlite3.connect(path) as connection:
        connection.executescript(
            "CREATE TABLE feedback (id INTEGER PRIMARY KEY, place TEXT NOT NULL UNIQUE, time TEXT NOT NULL,"
            " who TEXT NOT NULL, verdict TEXT NOT NULL, comment TEXT NOT NULL DEFAULT '',"
            " question TEXT NOT NULL, answer TEXT NOT NULL);"
            "CREATE TABLE audit (time TEXT NOT NULL, who TEXT NOT NULL, question TEXT NOT NULL,"
            " status TEXT NOT NULL, cited TEXT NOT NULL);"
        )
    records = Records(path, audit_days=7)
    records.add_feedback("a", "1", "helpful", QUESTION, assistant.ask(QUESTION), "内部")
    records.add_audit("a", QUESTION, "answered", None, "内部")
    records.close()
    assert [candidate["feedback"]["store"] for candidate in feedback_candidates(path)] == ["内部"]
    assert [row[5] for row in Records(path).audited()] == ["内部"]


def test_a_file_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="records"):
        Records(tmp_path)
