"""Settings as the environment writes them; what cannot be used is told with its value and its form."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assistant.cli import main
from assistant.settings import NamedStore, Settings

LISTS = ("embed_origins", "upload_users", "trusted_proxies")


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("https://x.cn", ("https://x.cn",)),
        ("a, b,", ("a", "b")),
        ('["a", "b"]', ("a", "b")),
        ("", ()),
    ],
)
def test_the_environment_writes_a_list_with_commas_or_as_json(
    name: str, written: str, read: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(f"POLICY_{name.upper()}", written)
    assert getattr(Settings.load(), name) == read


def test_the_environment_writes_stores_as_json(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POLICY_STORES", json.dumps({"公开": {"path": "open", "users": ["*"]}}))
    assert Settings.load().stores == {"公开": NamedStore(path=Path("open"), users=("*",))}


@pytest.mark.parametrize(
    ("name", "value"), [*((name, "[https://x.cn") for name in LISTS), ("stores", "公开=/srv/open")]
)
def test_a_setting_that_cannot_be_read_is_named_with_its_form(
    name: str, value: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(f"POLICY_{name.upper()}", value)
    assert main(["serve"]) == 2
    error = capsys.readouterr().err
    assert len(error.splitlines()) == 1
    for told in (name, value, "请写作", "JSON"):
        assert told in error


@pytest.mark.parametrize(
    "address", ["localhost:11434/v1", "ftp://x.cn", "http://", "http://x.cn:port/v1", "qwen"]
)
def test_a_model_address_that_is_none_is_refused(
    address: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("POLICY_LLM_URL", address)
    assert main(["doctor"]) == 2
    error = capsys.readouterr().err
    assert f"llm_url = {address!r}" in error
    assert "http://127.0.0.1:11434/v1" in error
