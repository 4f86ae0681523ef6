"""Parse files in a process of its own, with limits, that is started once and used again.

A hostile file can at worst use up the worker's time or memory, or crash it: then the file is
refused and the next one gets a fresh worker. Documents come back as JSON, never as pickles: what a
parser of a hostile file sends must not be able to run anything here. On Windows only time is limited.
"""

from __future__ import annotations

import atexit
import json
import os
import signal
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import IO, Any

from ...errors import LoadError
from ...types import Extract, Mark
from .base import MEGABYTE, Limits, Loaded

_HEAD = struct.Struct("<I")  # length of the message that follows
_ROOT = Path(__file__).parents[3]  # the folder that holds the package `assistant`
_WORN = 0.5  # of the memory limit: a worker that used more gives way to a fresh one


class Worker:
    """The parent's end of one worker process."""

    def __init__(self, memory_bytes: int) -> None:
        """Start the process, its memory limited to `memory_bytes`."""
        self.memory_bytes = memory_bytes
        self.worn = False  # it used much memory and ends after this file
        self._timed_out = False
        self._process = subprocess.Popen(
            [sys.executable, "-m", "assistant.ingest.load.worker", str(memory_bytes)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=_ROOT,
            env=os.environ | {"PYTHONPATH": os.pathsep.join([str(_ROOT), os.environ.get("PYTHONPATH", "")])},
            start_new_session=os.name == "posix",  # so that its children end with it
        )

    def load(self, path: Path, limits: Limits) -> Iterator[Loaded]:
        """Yield the documents of the file at `path`. Raises LoadError."""
        assert self._process.stdin is not None
        left = limits.seconds
        total = limits.total_seconds
        try:
            _send(self._process.stdin, {"path": str(path.absolute()), "limits": asdict(limits)})
        except OSError:
            raise self._lost(limits) from None
        while True:
            begun = time.monotonic()
            message = self._receive(min(left, total))
            if message is None:
                raise self._lost(limits)
            spent = time.monotonic() - begun
            left, total = left - spent, total - spent
            self.worn = message.get("worn", False)
            if "loaded" in message:
                yield _loaded(message["loaded"])
            elif "working" in message:
                left = limits.step_seconds
            elif "what" in message:
                raise LoadError(message["what"], message["advice"])
            else:
                return

    def _receive(self, seconds: float) -> dict[str, Any] | None:
        assert self._process.stdout is not None
        timer = threading.Timer(max(seconds, 0.0), self._expire)
        timer.start()
        try:
            return _receive(self._process.stdout)
        finally:
            timer.cancel()

    def _expire(self) -> None:
        self._timed_out = True
        self.stop()

    def _lost(self, limits: Limits) -> LoadError:
        self.stop()
        if self._timed_out:
            return LoadError(
                f"没有在 {limits.seconds:g} 秒(扫描页或压缩包内每个文件 {limits.step_seconds:g} 秒)内读完。",
                "请拆成较小的文件,或另存为 docx、txt 后再试。",
            )
        return LoadError(
            f"读取时解析程序崩溃或超出 {limits.memory_bytes // MEGABYTE} MB 内存,已放弃。",
            "文件可能损坏,请用原来的软件重新保存,或拆成较小的文件。",
        )

    def stop(self) -> None:
        """End the process and its children."""
        if self._process.poll() is None:
            try:
                if os.name == "posix":
                    os.killpg(self._process.pid, signal.SIGKILL)
                else:
                    self._process.kill()
            except ProcessLookupError:
                pass  # it ended by itself in between
        self._process.wait()

    @property
    def alive(self) -> bool:
        """Tell whether the process still runs."""
        return self._process.poll() is None


_idle: list[Worker] = []
_lock = threading.Lock()


def load_in_worker(path: Path, limits: Limits) -> Iterator[Loaded]:
    """Yield the documents of the file at `path`, parsed by an idle worker or a new one.

    Raises LoadError when the file is refused, takes too long, or brings its worker down.
    """
    with _lock:
        fitting = [worker for worker in _idle if worker.alive and worker.memory_bytes == limits.memory_bytes]
        worker = fitting[0] if fitting else None
        if worker:
            _idle.remove(worker)
    worker = worker or Worker(limits.memory_bytes)
    finished = False
    try:
        yield from worker.load(path, limits)
        finished = True
    except LoadError:
        finished = worker.alive  # a refused file, not a lost worker
        raise
    finally:
        if finished and not worker.worn:
            with _lock:
                _idle.append(worker)
        else:
            worker.stop()  # also when someone stopped reading in the middle of a file


@atexit.register
def stop_workers() -> None:
    """End all idle workers."""
    with _lock:
        while _idle:
            _idle.pop().stop()


def _send(stream: IO[bytes], message: Mapping[str, Any]) -> None:
    body = json.dumps(message).encode("ascii")
    stream.write(_HEAD.pack(len(body)) + body)
    stream.flush()


def _receive(stream: IO[bytes]) -> dict[str, Any] | None:
    """Return the next message, None when the other side is gone."""
    head = stream.read(_HEAD.size)
    if len(head) < _HEAD.size:
        return None
    (length,) = _HEAD.unpack(head)
    body = stream.read(length)
    if len(body) < length:
        return None
    message: dict[str, Any] = json.loads(body)
    return message


def _loaded(fields: Mapping[str, Any]) -> Loaded:
    extract = dict(fields["extract"])
    extract["marks"] = tuple(Mark(*mark) for mark in extract["marks"])
    extract["notices"] = tuple(extract["notices"])
    return Loaded(fields["name"], Extract(**extract), fields["record"])


def _fields(loaded: Loaded) -> dict[str, Any]:
    extract = loaded.extract
    return {
        "name": loaded.name,
        "record": dict(loaded.record),
        "extract": {
            "text": extract.text,
            "marks": [(mark.kind, mark.start, mark.end, mark.value) for mark in extract.marks],
            "properties": dict(extract.properties),
            "encoding": extract.encoding,
            "notices": extract.notices,
        },
    }


def main() -> None:
    """Answer requests on standard input until it ends."""
    from . import load_here

    memory_bytes = int(sys.argv[1])
    _limit_memory(memory_bytes)
    source = os.fdopen(os.dup(0), "rb")
    sink = os.fdopen(os.dup(1), "wb")
    with open(os.devnull, "r+b") as nothing:  # noqa: PTH123 - libraries may print: not into the messages
        os.dup2(nothing.fileno(), 0)
        os.dup2(nothing.fileno(), 1)
    while (request := _receive(source)) is not None:
        last: dict[str, str] = {}
        try:
            for loaded in load_here(Path(request["path"]), Limits(**request["limits"])):
                _send(sink, {"loaded": _fields(loaded)} if loaded else {"working": True})
        except LoadError as error:
            last = {"what": error.what, "advice": error.advice}
        worn = _is_worn(memory_bytes)
        _send(sink, {**last, "worn": worn})
        if worn:
            return


def _limit_memory(memory_bytes: int) -> None:
    if os.name == "posix":
        import resource

        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, hard))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a crash leaves no file behind


def _is_worn(memory_bytes: int) -> bool:
    if os.name != "posix":
        return False
    import resource

    unit = 1 if sys.platform == "darwin" else 1024  # of ru_maxrss
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit > _WORN * memory_bytes


if __name__ == "__main__":
    main()
