"""Manifest and engine changed together: engine first, then the manifest, then what is old goes.

Whatever a process was doing when it was killed, the manifest is as it was at the last commit and
names the rows that the engine may hold beyond it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from . import manifest
from .codec import PASSAGE_COLUMNS, unpack_passage
from .engine import EngineWriter, Entry
from .fields import Fields, keyword_fields

# Passages that go into the engine and the manifest together: a killed run repeats at most these.
BATCH = 4_000

_SELECT = f"SELECT {PASSAGE_COLUMNS}, vector FROM passages JOIN vectors USING(row) WHERE row = ?"


class Journal:
    """The open batch of a writer. Between `begin` and `commit` the manifest is in a transaction."""

    def __init__(self, connection: sqlite3.Connection, engine: EngineWriter) -> None:
        """Take over a manifest and an engine for writing."""
        self.manifest = connection
        self._engine = engine
        self._entries: list[Entry] = []
        self._retired: list[int] = []
        self._free: range = range(0)
        self._begun_at = 0

    def recover(self) -> None:
        """Make the engine hold what the manifest says, no more and no less."""
        stale = {row for (row,) in self.manifest.execute("SELECT row FROM retired")}
        for first, last in self.manifest.execute("SELECT first, last FROM reserved"):
            stale.update(range(first, last + 1))
        self._engine.remove(sorted(stale))
        if self._engine.count() != self.manifest.execute("SELECT count(*) FROM passages").fetchone()[0]:
            self._compare()
        self._forget_retired()
        self.manifest.execute("DELETE FROM reserved")

    def _compare(self) -> None:
        rows = {row for (row,) in self.manifest.execute("SELECT row FROM passages")}
        held = self._engine.rows()
        self._engine.remove(sorted(held - rows))
        missing = sorted(rows - held)
        for start in range(0, len(missing), BATCH):
            self._engine.add([self._stored(row) for row in missing[start : start + BATCH]])

    def _stored(self, row: int) -> Entry:
        *values, vector = self.manifest.execute(_SELECT, (row,)).fetchone()
        fields = keyword_fields([unpack_passage("", values)])[0]
        return Entry(row, *fields, np.frombuffer(vector, dtype=np.float16).astype(np.float32))

    def begin(self, room: int = 0) -> None:
        """Open a batch, with row numbers for at least `room` passages named in the manifest first."""
        first = int(manifest.read_meta(self.manifest, "next_row"))
        self._free = range(first, first + max(room, 2 * BATCH))
        self.manifest.execute("BEGIN IMMEDIATE")
        self.manifest.execute("INSERT INTO reserved VALUES(?, ?)", (self._free.start, self._free.stop - 1))
        manifest.write_meta(self.manifest, "next_row", str(self._free.stop))
        self.manifest.execute("COMMIT")
        self.manifest.execute("BEGIN IMMEDIATE")
        self._begun_at = self.manifest.total_changes

    def rows(self, count: int) -> range:
        """Take `count` row numbers; a batch that is full or has too few left is committed first."""
        if len(self._entries) >= BATCH or len(self._free) < count:
            self.commit()
            self.begin(count)
        taken, self._free = self._free[:count], self._free[count:]
        return taken

    def add(self, rows: Sequence[int], fields: Sequence[Fields], vectors: NDArray[np.float32]) -> None:
        """Note passages for the engine; the caller writes them into the manifest."""
        self._entries += [Entry(row, *f, v) for row, f, v in zip(rows, fields, vectors, strict=True)]

    def retire(self, rows: Sequence[int]) -> None:
        """Note passages to be taken out of the engine; the caller takes them out of the manifest."""
        self._retired += rows
        self.manifest.executemany("INSERT INTO retired VALUES(?)", ((row,) for row in rows))

    def note(self, statement: str, parameters: Sequence[object]) -> None:
        """Change something in the manifest that no reader sees: it makes no new generation."""
        self._begun_at += self.manifest.execute(statement, parameters).rowcount

    def commit(self) -> None:
        """Make the open batch count. Nothing of it counts when this raises."""
        retired = set(self._retired)
        self._engine.add([entry for entry in self._entries if entry.row not in retired])
        if self.manifest.total_changes > self._begun_at:
            generation = manifest.generation(self.manifest) + 1
            manifest.write_meta(self.manifest, "generation", str(generation))
        self.manifest.execute("DELETE FROM reserved")
        self.manifest.execute("COMMIT")
        self._entries = []
        self._engine.remove(self._retired)
        self._retired = []
        self._forget_retired()

    def _forget_retired(self) -> None:
        if self._engine.up_to_date:
            self.manifest.execute("DELETE FROM retired")

    def abandon(self) -> None:
        """Drop the open batch; the next writer's `recover` clears what the engine got of it."""
        if self.manifest.in_transaction:
            self.manifest.execute("ROLLBACK")
