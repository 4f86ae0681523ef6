"""The manifest: one SQLite file, the only truth about what a store holds.

Every passage has a row number that is never used twice. The engines are keyed by it, so what a
killed run left in an engine can never be taken for something else.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ..errors import StoreCorruptError, StoreError, StoreVersionError
from .faults import closed

VERSION = "1"  # of the schema below; a store of another version is rebuilt on request

# what SQLite says where the rights of a file or its folder do not suffice: extended codes begin with these
_CLOSED = (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM)

_SCHEMA = """
CREATE TABLE meta(name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE sources(
  key INTEGER PRIMARY KEY, path TEXT NOT NULL UNIQUE, root TEXT NOT NULL, name TEXT NOT NULL,
  size INTEGER NOT NULL, modified INTEGER NOT NULL, fingerprint TEXT NOT NULL);
CREATE INDEX source_fingerprint ON sources(fingerprint);
CREATE TABLE documents(
  key INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, digest BLOB NOT NULL,
  identity BLOB NOT NULL, region TEXT NOT NULL, passages INTEGER NOT NULL, metadata TEXT NOT NULL);
CREATE INDEX document_identity ON documents(identity);
CREATE TABLE texts(document INTEGER PRIMARY KEY, text TEXT NOT NULL, original TEXT, body TEXT NOT NULL);
-- which files a document stands in, under which name; the first is where it is read from
CREATE TABLE holders(document INTEGER NOT NULL, source INTEGER NOT NULL, name TEXT NOT NULL);
-- all three, or SQLite may look through every document of a file for one of them
CREATE INDEX holder_document ON holders(document, source, name);
CREATE INDEX holder_source ON holders(source);
CREATE TABLE passages(
  row INTEGER PRIMARY KEY, document INTEGER NOT NULL, id TEXT NOT NULL,
  start INTEGER NOT NULL, end INTEGER NOT NULL, text TEXT NOT NULL, title TEXT NOT NULL,
  section TEXT NOT NULL, region TEXT NOT NULL, issued TEXT, kind TEXT NOT NULL, validity TEXT NOT NULL,
  page TEXT NOT NULL, damaged INTEGER NOT NULL, header TEXT NOT NULL, UNIQUE(document, id));
CREATE INDEX passage_columns ON passages(document, region, issued, kind, validity);
CREATE TABLE vectors(row INTEGER PRIMARY KEY, vector BLOB NOT NULL);
-- rows that may stand in an engine and not here: written ahead of the manifest, or not yet deleted
CREATE TABLE reserved(first INTEGER NOT NULL, last INTEGER NOT NULL);
CREATE TABLE retired(row INTEGER PRIMARY KEY);
"""


def connect(path: Path) -> sqlite3.Connection:
    """Open the SQLite file at `path`; transactions are begun and ended by the caller."""
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=30)
    # a killed process loses nothing in either mode; FULL keeps row numbers unique after a power cut
    connection.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;")
    return connection


@contextmanager
def reading_errors(path: Path) -> Iterator[None]:
    """Turn what SQLite says of a damaged or full file, or of one without rights, into one clear line."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        message = str(error)
        if getattr(error, "sqlite_errorcode", 0) & 0xFF in _CLOSED:  # Python's own errors have no code
            raise closed(path.parent, message) from error
        if isinstance(error, sqlite3.OperationalError) and ("full" in message or "I/O" in message):
            raise StoreError(
                f"The disk that holds {path} is full or failing ({message}).",
                "Nothing that was indexed is lost: make room and index again.",
            ) from error
        raise StoreCorruptError(
            f"The store at {path.parent} cannot be read ({message}).",
            "Make it anew from the documents with `index --rebuild`; nothing was deleted.",
        ) from error


def create(path: Path, embedder: str, dimensions: int) -> None:
    """Make an empty manifest at `path`, whole or not at all."""
    connection = connect(path)
    meta = {
        "version": VERSION,
        "embedder": embedder,
        "dimensions": str(dimensions),
        "generation": "0",
        "next_row": "1",
    }
    try:
        connection.executescript("BEGIN IMMEDIATE;" + _SCHEMA)
        connection.executemany("INSERT INTO meta VALUES(?, ?)", meta.items())
        connection.execute("COMMIT")
    finally:
        connection.close()


def check(connection: sqlite3.Connection, directory: Path, embedder: str) -> None:
    """Refuse a store of another version or, unless it is empty, of another embedding model.

    Raises StoreVersionError.
    """
    advice = "Make it anew with `index --rebuild`, or name another folder with `--store`."
    version = read_meta(connection, "version")
    if version != VERSION:
        raise StoreVersionError(
            f"The store at {directory} has version {version!r}; this program writes {VERSION!r}.", advice
        )
    model = read_meta(connection, "embedder")
    if model != embedder and connection.execute("SELECT 1 FROM passages LIMIT 1").fetchone():
        raise StoreVersionError(
            f"The store at {directory} was made with the embedding model {model!r}, not {embedder!r}.", advice
        )


def read_meta(connection: sqlite3.Connection, name: str) -> str:
    """Return the value that the manifest keeps under `name`, empty when it has none."""
    found = connection.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
    return str(found[0]) if found else ""


def write_meta(connection: sqlite3.Connection, name: str, value: str) -> None:
    """Keep `value` under `name`."""
    connection.execute("INSERT OR REPLACE INTO meta VALUES(?, ?)", (name, value))


def generation(connection: sqlite3.Connection) -> int:
    """Return how many times the store has changed."""
    return int(read_meta(connection, "generation"))
