"""One writer at a time, named to everybody who comes second."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from ..errors import StoreLockedError


@contextmanager
def writer_lock(directory: Path) -> Iterator[None]:
    """Hold the store at `directory` for writing; the operating system frees a dead process's lock.

    Raises StoreLockedError naming the process that holds it.
    """
    from filelock import FileLock, Timeout

    note = directory / "writer.json"
    lock = FileLock(directory / "writer.lock", blocking=False)
    try:
        lock.acquire()
    except Timeout:
        raise StoreLockedError(
            f"The store at {directory} is being written by {_holder(note)}.",
            "Searching goes on; index again when that run has ended.",
        ) from None
    try:
        with suppress(OSError):  # the note is a courtesy: a full disk must not stop a writer that deletes
            note.write_text(
                json.dumps(
                    {
                        "process": os.getpid(),
                        "computer": platform.node(),
                        "since": datetime.now().astimezone().isoformat(timespec="seconds"),
                    }
                ),
                encoding="utf-8",
            )
        yield
    finally:
        with suppress(OSError):
            note.unlink()
        lock.release()


def _holder(note: Path) -> str:
    try:
        held = json.loads(note.read_text(encoding="utf-8"))
        return f"process {held['process']} on {held['computer']} since {held['since']}"
    except (OSError, ValueError, KeyError):  # the other process has just begun or just ended
        return "another process"
