"""Chroma, a few passages behind the manifest.

Chroma takes .8 s to import and open, more than all else that one more document costs. So a small
run leaves it alone: the manifest keeps every vector, names the last row that Chroma was given, and
keeps the rows that Chroma has yet to remove. A search scans the rows in between by itself.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from . import manifest
from .engine import Entry
from .faults import open_or_renew
from .vectors import VectorIndex

# Passages that may wait: a scan of 500 takes .1 ms, Chroma takes them in in .4 s.
_WAITING = 500

_FOLLOWED = "vectors_through"  # the last row that Chroma was given
_STAMP = "vectors_stamp"  # Chroma's files as the last run left them
_NEWEST = 2**63 - 1  # SQLite's largest row


def followed(connection: sqlite3.Connection) -> int:
    """Return the last row that Chroma was given; of an older store that is every row."""
    return int(manifest.read_meta(connection, _FOLLOWED) or _NEWEST)


class FollowingVectors:
    """Chroma's collection, opened only when too much waits or another hand was at its files."""

    def __init__(self, directory: Path, connection: sqlite3.Connection) -> None:
        """Look at the files in `directory`; the manifest behind `connection` says what is due."""
        self._directory = directory
        self._manifest = connection
        self._index: VectorIndex | None = None
        stamp = _stamp(directory)
        if not stamp or stamp != manifest.read_meta(connection, _STAMP):
            self.open()

    @property
    def up_to_date(self) -> bool:
        """Tell whether all that was asked for is done and nothing waits."""
        return self._index is not None

    def open(self, before: int = _NEWEST) -> VectorIndex:
        """Return the collection, given the rows of the manifest under `before` that waited."""
        if self._index is None:
            self._index = open_or_renew(VectorIndex, self._directory)
            if not manifest.read_meta(self._manifest, _FOLLOWED):  # of a new store, or one of before
                (last,) = self._manifest.execute("SELECT max(row) FROM vectors").fetchone()
                manifest.write_meta(self._manifest, _FOLLOWED, str(last or 0))
            found = self._manifest.execute(
                "SELECT row, vector FROM vectors WHERE row > ? AND row < ? ORDER BY row",
                (followed(self._manifest), before),
            ).fetchall()
            if found:
                rows, blobs = zip(*found, strict=True)
                vectors = np.frombuffer(b"".join(blobs), dtype=np.float16).reshape(len(rows), -1)
                self._give(self._index, rows, vectors.astype(np.float32))
        return self._index

    def add(self, entries: Sequence[Entry]) -> None:
        """Give Chroma the entries, which the open batch of the manifest holds, or let them wait."""
        if self._index is None and self._waiting() <= _WAITING:
            return
        index = self.open(before=entries[0].row)
        self._give(index, [entry.row for entry in entries], np.stack([entry.vector for entry in entries]))

    def remove(self, rows: Sequence[int]) -> None:
        """Remove `rows` and all that the manifest calls retired, or let them wait there."""
        if self._index is None and self._waiting() <= _WAITING:
            return
        retired = {row for (row,) in self._manifest.execute("SELECT row FROM retired")}
        self.open().remove(sorted(retired.union(rows)))

    def close(self) -> None:
        """Release the files; a run that ended well notes how it left them."""
        if self._index is None:
            return
        self._index.close()
        self._index = None
        with suppress(sqlite3.Error):  # a full disk: without the note the next run opens Chroma and looks
            if not self._manifest.execute("SELECT 1 FROM reserved").fetchone():
                manifest.write_meta(self._manifest, _STAMP, _stamp(self._directory))

    def _give(self, index: VectorIndex, rows: Sequence[int], vectors: NDArray[np.float32]) -> None:
        index.add(rows, vectors)
        # rows that Chroma had lost come late, and are no reason to give it again what follows them
        last = max(rows[-1], followed(self._manifest))
        manifest.write_meta(self._manifest, _FOLLOWED, str(last))

    def _waiting(self) -> int:
        (count,) = self._manifest.execute(
            "SELECT (SELECT count(*) FROM vectors WHERE row > ?) + (SELECT count(*) FROM retired)",
            (followed(self._manifest),),
        ).fetchone()
        return int(count)


def _stamp(directory: Path) -> str:
    """Return names, sizes and times of the files in `directory`: they change with their content."""
    return "\n".join(sorted(_looks(directory)))


def _looks(directory: Path) -> Iterator[str]:
    for path in directory.rglob("*"):
        if path.is_file():
            status = path.stat()
            yield f"{path.relative_to(directory).as_posix()} {status.st_size} {status.st_mtime_ns}"
