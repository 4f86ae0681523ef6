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
from typing import NamedTuple

_COMMAND = (sys.executable, "-m", "assistant")
_LOOK = 0.1  # seconds between two looks at a process's memory
_PATIENCE = 120  # seconds until a server counts as dead


class Timing(NamedTuple):
    """How long something took, in seconds of the clock and of the processor.

    On a machine that others use the clock counts their work, too; the processor's seconds do not.
    """

    clock: float
    processor: float


def timed(*arguments: str) -> Timing:
    """Run a command and return how long it took; raises CalledProcessError when it fails."""
    start, before = time.perf_counter(), _children_used()
    subprocess.run([*_COMMAND, *arguments], check=True, capture_output=True)
    return Timing(time.perf_counter() - start, _children_used() - before)


def imported(*arguments: str) -> set[str]:
    """Run a command and return the names of all modules that it imported."""
    command = (sys.executable, "-X", "importtime", "-m", "assistant", *arguments)
    done = subprocess.run(command, check=True, capture_output=True, text=True, encoding="utf-8")
    lines = [line for line in done.stderr.splitlines() if line.startswith("import time:")]
    return {line.rpartition("|")[2].strip() for line in lines}


def watched(*arguments: str) -> tuple[Timing, float]:
    """Run a command; return how long it took and the most memory, in MB, of it and its children."""
    start, before = time.perf_counter(), _children_used()
    most = 0.0
    with subprocess.Popen(
        [*_COMMAND, *arguments], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    ) as process:
        while process.poll() is None:
            most = max(most, sum(map(_share, (process.pid, *_children(process.pid)))))
            time.sleep(_LOOK)
        assert process.stderr is not None
        if process.returncode:
            raise RuntimeError(process.stderr.read().decode())
    return Timing(time.perf_counter() - start, _children_used() - before), most


def _children_used() -> float:
    """Return the seconds of processor of all processes that have ended."""
    used = os.times()
    return used.children_user + used.children_system


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
def served(store: Path) -> Iterator[tuple[subprocess.Popen[bytes], str, Timing]]:
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
        yield process, address, Timing(time.perf_counter() - start, _processor(process.pid))
    finally:
        process.terminate()
        process.wait()


def _ready(address: str) -> bool:
    try:
        with urllib.request.urlopen(f"{address}/readyz", timeout=5) as response:
            return bool(response.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def _processor(process: int) -> float:
    status = Path(f"/proc/{process}/stat")
    if not status.exists():
        return float("nan")
    user, system = status.read_text().rpartition(")")[2].split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


def _share(process: int) -> float:
    """Return the memory of a process in MB, what it shares with others divided among them."""
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    except OSError:  # it ended while we looked, or the system does not tell
        return memory(process)
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) * 1024 / 1e6


def memory(process: int) -> float:
    """Return the resident memory of a process in MB, nan where the system does not tell (not Linux)."""
    if not Path("/proc/self/statm").exists():
        return float("nan")
    try:
        pages = int(Path(f"/proc/{process}/statm").read_text().split()[1])
    except OSError:  # it ended while we looked
        return 0.0
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6
