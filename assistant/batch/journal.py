"""What a batch has done so far, beside its output, so that a killed run loses nothing."""

from __future__ import annotations

import json
from pathlib import Path
from types import TracebackType
from typing import Any, Self


class Journal:
    """Answers by the number of their row, one JSON line each, under a line that names the run.

    A line reaches the operating system before the next question is asked: killing the process
    loses the question in hand and no other.
    """

    def __init__(self, path: Path, run: dict[str, Any]) -> None:
        self.path = path
        self.run = run
        self.done: dict[int, dict[str, Any]] = {}
        self.begun = False  # a former run of the same questions, settings and documents has not ended
        self.outdated = False  # there is a journal, but of others
        if path.exists():
            first, *lines = _intact_lines(path) or [None]
            self.begun = first == run
            self.outdated = not self.begun
            if self.begun:
                self.done = {line["row"]: line["answer"] for line in lines}

    def __enter__(self) -> Self:
        # written anew: a torn last line would swallow the next one
        fresh = self.path.with_name(self.path.name + ".new")
        fresh.write_text("".join(map(_line, [self.run, *self._entries()])), "utf-8", "replace")
        fresh.replace(self.path)
        self._file = self.path.open("a", encoding="utf-8", errors="replace")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    def add(self, row: int, answer: dict[str, Any]) -> None:
        """Remember the answer of `row`."""
        self.done[row] = answer
        self._file.write(_line({"row": row, "answer": answer}))
        self._file.flush()

    def remove(self) -> None:
        """Delete the journal: the output holds everything."""
        self.path.unlink()

    def _entries(self) -> list[dict[str, Any]]:
        return [{"row": row, "answer": answer} for row, answer in self.done.items()]


def _line(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False) + "\n"


def _intact_lines(path: Path) -> list[Any]:
    lines = []
    for line in path.read_bytes().split(b"\n"):
        try:
            lines.append(json.loads(line))
        except ValueError:  # the last line, torn when the process was killed, or the empty end
            break
    return lines
