"""`python app.py`: the port answers at once, the chat soon after, and bad settings stop it clearly."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep

import httpx
import pytest

from .test_frame import free_ports

APP = Path(__file__).parents[2] / "app.py"
PATIENCE = 120  # seconds: how long a start may take on a busy machine before the test gives up


@contextmanager
def started(**environment: str) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        [sys.executable, str(APP)],
        env=os.environ | environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    try:
        yield process
    finally:
        process.terminate()
        process.wait(20)


def status(address: str) -> int:
    try:
        return httpx.get(address).status_code
    except httpx.TransportError:
        return 0


def test_health_comes_first_then_readiness_then_the_printed_address(store: Path) -> None:
    (port,) = free_ports(1)
    address = f"http://127.0.0.1:{port}"
    with started(POLICY_STORE=str(store), POLICY_PORT=str(port)) as process:
        deadline = monotonic() + PATIENCE
        while not status(f"{address}/healthz") and monotonic() < deadline:
            sleep(0.02)
        seen = [status(f"{address}/readyz")]
        while seen[-1] != 200 and monotonic() < deadline:
            sleep(0.05)
            seen.append(status(f"{address}/readyz"))
        assert seen[0] == 503
        assert set(seen) == {503, 200}
        assert process.stdout
        assert process.stdout.readline().strip() == address
        assert "gradio" in httpx.get(address).text


def start(environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Run the program until it ends, as it must where it cannot start."""
    return subprocess.run(
        [sys.executable, str(APP)],
        env=os.environ | environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=PATIENCE,
    )


@pytest.mark.parametrize(
    ("environment", "named"),
    [
        ({"POLICY_EMBED_ORIGINS": '["https://*.example.cn"]'}, "https://*.example.cn"),
        ({"POLICY_PORT": "0"}, "port"),
    ],
)
def test_a_bad_setting_ends_the_start_with_one_clear_line(environment: dict[str, str], named: str) -> None:
    ended = start(environment)
    assert ended.returncode == 2
    assert named in ended.stderr
    assert len(ended.stderr.strip().splitlines()) == 1


def test_a_store_that_cannot_be_read_ends_the_start_with_one_clear_line(tmp_path: Path) -> None:
    (port,) = free_ports(1)
    store = tmp_path / "store"
    store.write_text("no folder")
    ended = start({"POLICY_STORE": str(store), "POLICY_PORT": str(port)})
    assert ended.returncode == 2
    assert str(store) in ended.stderr
    assert "Traceback" not in ended.stderr


def test_a_taken_port_is_said_so(store: Path) -> None:
    import socket

    with socket.create_server(("127.0.0.1", 0)) as held:
        port = held.getsockname()[1]
        ended = start({"POLICY_STORE": str(store), "POLICY_PORT": str(port)})
    assert ended.returncode == 2
    assert str(port) in ended.stderr
    assert "Traceback" not in ended.stderr
