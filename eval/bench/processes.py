"""Run the product as a user does, in processes of its own, and watch them."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_COMMAND = (sys.executable, "-m", "assistant")
_LOOK = 0.1  # seconds between two looks at a process's memory
_PATIENCE = 120  # seconds until a server counts as dead


def timed(*arguments: str) -> float:
    """Run a command and return how long it took, in seconds; raises CalledProcessError when it fails."""
    start = time.perf_counter()
    subprocess.run([*_COMMAND, *arguments], check=True, capture_output=True)
    return time.perf_counter() - start


def imported(*arguments: str) -> set[str]:
    """Run a command and return the names of all modules that it imported."""
    command = (sys.executable, "-X", "importtime", "-m", "assistant", *arguments)
    done = subprocess.run(command, check=True, capture_output=True, text=True, encoding="utf-8")
    lines = [line for line in done.stderr.splitlines() if line.startswith("import time:")]
    return {line.rpartition("|")[2].strip() for line in lines}


def watched(*arguments: str) -> tuple[float, float]:
    """Run a command; return its seconds and the most memory, in MB, that it and its children took."""
    start = time.perf_counter()
    most = 0.0
    with subprocess.Popen(
        [*_COMMAND, *arguments], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    ) as process:
        while process.poll() is None:
            most = max(most, sum(map(memory, (process.pid, *_children(process.pid)))))
            time.sleep(_LOOK)
        assert process.stderr is not None
        if process.returncode:
            raise RuntimeError(process.stderr.read().decode())
    return time.perf_counter() - start, most


def _children(process: int) -> Iterator[int]:
    for tasks in Path(f"/proc/{process}/task").glob("*/children"):
        try:
            direct = [int(child) for child in tasks.read_text().split()]
        except OSError:  # it ended while we looked
            continue
        for child in direct:
            yield child
            yield from _children(child)


@contextmanager
def served(store: Path) -> Iterator[tuple[subprocess.Popen[bytes], str, float]]:
    """Serve `store` on a free port; yield the process, its address and the seconds until it was ready."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    start = time.perf_counter()
    process = subprocess.Popen(
        [*_COMMAND, "serve", "--store", str(store), "--port", str(port)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        while not _ready(address):
            if process.poll() is not None or time.perf_counter() - start > _PATIENCE:
                raise RuntimeError(f"The server at {address} never got ready.")
            time.sleep(0.05)
        yield process, address, time.perf_counter() - start
    finally:
        process.terminate()
        process.wait()


def _ready(address: str) -> bool:
    try:
        with urllib.request.urlopen(f"{address}/readyz", timeout=5) as response:
            return bool(response.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def memory(process: int) -> float:
    """Return the resident memory of a process in MB, nan where the system does not tell (not Linux)."""
    if not Path("/proc/self/statm").exists():
        return float("nan")
    try:
        pages = int(Path(f"/proc/{process}/statm").read_text().split()[1])
    except OSError:  # it ended while we looked
        return 0.0
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6
