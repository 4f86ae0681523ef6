"""A store on disk: one manifest, one engine, one writer at a time and any number of readers."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from itertools import count
from pathlib import Path
from threading import Lock

from ..errors import StoreCorruptError, StoreError, StoreVersionError, UsageError
from . import manifest, validity
from .journal import Journal
from .local import LocalWriter
from .lock import writer_lock
from .reader import Reader
from .sources import Source, State
from .writer import Writer

_MANIFEST = "manifest.sqlite"


class Store:
    """The documents of one folder, made with one embedding model."""

    def __init__(self, directory: Path, embedder: str, dimensions: int) -> None:
        """Open the store in `directory`, made if missing, for vectors of the model named `embedder`.

        Raises StoreVersionError for a store of another version or model, StoreCorruptError for one
        that cannot be read and StoreError for a folder that cannot be written.
        """
        self.directory = directory
        self._path = directory / _MANIFEST
        self._dimensions = dimensions
        self._lock = Lock()
        self._reader: Reader | None = None
        try:
            directory.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StoreError(
                f"The store cannot be made at {directory} ({error.strerror}).", "Name another with `--store`."
            ) from error
        with manifest.reading_errors(self._path):
            if not self._path.exists():
                manifest.create(self._path, embedder, dimensions)
            self._watch = manifest.connect(self._path)
            manifest.check(self._watch, directory, embedder)
        self._embedder = embedder

    @staticmethod
    def require(directory: Path) -> None:
        """Refuse a folder that holds no store, and write nothing there. Raises UsageError."""
        if not (directory / _MANIFEST).exists():
            raise UsageError(
                f"没有这个文件库：{directory}。",
                "请核对 --store 的路径，或先用 index 在那里建立 (check the path, or make it with index).",
            )

    @staticmethod
    def set_aside_unusable(directory: Path, embedder: str) -> Path | None:
        """Move a store that this version or model cannot use out of the way; return where it went."""
        path = directory / _MANIFEST
        if not path.exists():
            return None
        try:
            with manifest.reading_errors(path), closing(manifest.connect(path)) as connection:
                manifest.check(connection, directory, embedder)
        except (StoreVersionError, StoreCorruptError):
            aside = next(
                place
                for number in count(1)
                if not (place := directory.with_name(f"{directory.name}.old{number}")).exists()
            )
            return directory.rename(aside)
        return None

    @property
    def generation(self) -> int:
        """Return how many times the store has changed, by any process."""
        with self._lock:
            return manifest.generation(self._watch)

    def reader(self) -> Reader:
        """Return a reader of the newest state; take one for a whole question."""
        with manifest.reading_errors(self._path):
            newest = self.generation
            reader = self._reader
            while reader is None or reader.generation != newest:
                reader = Reader(self.directory, self._path, self._dimensions)
                newest = self.generation  # a writer may have come between manifest and engine
            self._reader = reader
        return reader

    def known(self) -> dict[str, Source]:
        """Return the files that the store knows, by path."""
        with self._lock:
            return {
                path: Source(path, root, name, size, modified, fingerprint, State.UNCHANGED)
                for path, root, name, size, modified, fingerprint in self._watch.execute(
                    "SELECT path, root, name, size, modified, fingerprint FROM sources"
                )
            }

    @contextmanager
    def writer(self) -> Iterator[Writer]:
        """Hold the store for writing; commits at the end, and drops the open batch on an error.

        Raises StoreLockedError when another process writes.
        """
        with writer_lock(self.directory), manifest.reading_errors(self._path):
            connection = manifest.connect(self._path)
            engine = LocalWriter(self.directory, connection)
            journal = Journal(connection, engine)
            try:
                self._own(connection)
                journal.recover()
                journal.begin()
                yield Writer(journal)
                journal.commit()
            finally:
                journal.abandon()
                engine.close()
                connection.close()

    def agrees(self) -> bool:
        """Bring the indexes up to date and tell whether they hold as many passages as the manifest.

        Raises StoreLockedError when another process writes.
        """
        with writer_lock(self.directory), closing(manifest.connect(self._path)) as connection:
            engine = LocalWriter(self.directory, connection)
            try:
                engine.follow()
                return engine.count() == sum(self.reader().values("document").values())
            finally:
                engine.close()

    def close(self) -> None:
        """Release the files."""
        with self._lock:  # closed under a thread that reads, SQLite would take the process with it
            self._reader = None
            self._watch.close()

    def _own(self, connection: sqlite3.Connection) -> None:
        # an empty store takes the model of whoever fills it
        manifest.check(connection, self.directory, self._embedder)
        manifest.write_meta(connection, "embedder", self._embedder)
        manifest.write_meta(connection, "dimensions", str(self._dimensions))
        connection.executescript(validity.SCHEMA)
