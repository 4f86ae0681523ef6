"""What `doctor` tells of a configured language model: whether its address answers, never the key."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from assistant.cli import main

KEY = "sk-never-to-be-seen"

Examine = Callable[..., tuple[int, str]]


@pytest.fixture
def server() -> Iterator[str]:
    """Serve a list of models at /v1/models to who has the key."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            allowed = self.headers.get("Authorization") == f"Bearer {KEY}"
            self.send_response(
                404 if self.path.partition("?")[0] != "/v1/models" else 200 if allowed else 401
            )
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture
def examine(store: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Examine:
    """Return what runs `doctor` with a language model and tells its exit code and the model's line."""

    def run(url: str, key: str = KEY, model: str = "qwen2.5") -> tuple[int, str]:
        for name, value in (("URL", url), ("KEY", key), ("MODEL", model)):
            monkeypatch.setenv(f"POLICY_LLM_{name}", value)
        code = main(["doctor", "--store", str(store)])
        out = capsys.readouterr().out
        assert KEY not in out
        return code, next(line for line in out.splitlines() if line.startswith("语言模型"))

    return run


def test_a_key_in_the_address_is_not_shown(server: str, examine: Examine) -> None:
    code, line = examine(f"http://user:{KEY}@{server}/v1?key={KEY}", key="")
    assert (code, "HTTP 401" in line) == (1, True)


def test_a_model_that_answers_is_good(server: str, examine: Examine) -> None:
    code, line = examine(f"http://{server}/v1/")
    assert (code, "✓" in line) == (0, True)
    assert server in line


@pytest.mark.parametrize(
    ("path", "key", "told"), [("/v1", "another", "HTTP 401"), ("", KEY, "HTTP 404：请检查 llm_url（多以 /v1")]
)
def test_a_model_that_refuses_is_told(path: str, key: str, told: str, server: str, examine: Examine) -> None:
    code, line = examine(f"http://{server}{path}", key=key)
    assert (code, "✗" in line) == (1, True)
    assert told in line


def test_a_model_that_does_not_answer_is_told_with_its_address(examine: Examine) -> None:
    code, line = examine("http://127.0.0.1:9/v1")
    assert (code, "✗" in line) == (1, True)
    assert "http://127.0.0.1:9/v1 没有应答" in line


def test_a_model_without_a_name_is_told(server: str, examine: Examine) -> None:
    code, line = examine(f"http://{server}/v1", model="")
    assert (code, "llm_model" in line) == (2, True)
