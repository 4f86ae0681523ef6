"""One state of a store: what search and answers read."""

from __future__ import annotations

import weakref
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from copy import copy
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..errors import DocumentNotFoundError
from ..types import Document, DocumentSummary, Filters, Metadata, Passage
from . import manifest, validity
from .codec import PASSAGE_COLUMNS, DocumentRow, unpack_document, unpack_metadata, unpack_passage
from .columns import Column, Columns
from .engine import Scored
from .following import followed
from .local import LocalSearcher, load_vectors


class Reader:
    """A store as it was when the reader was made, whatever a writer does meanwhile.

    Passages go by their position in `columns`, which only this reader knows.
    """

    def __init__(self, directory: Path, path: Path, dimensions: int) -> None:
        """Open the manifest at `path` and the engine beside it in one consistent state."""
        self._manifest = manifest.connect(path)
        weakref.finalize(self, self._manifest.close)
        self._lock = Lock()  # several threads of a server share the connection
        # a transaction that only reads, as long as the reader lives: it sees one state
        self._manifest.execute("BEGIN")
        self.generation = manifest.generation(self._manifest)
        self._ended = validity.ended(self._manifest)  # by keys of documents
        self.columns = Columns.load(self._manifest, self._ended)
        self._dimensions = dimensions
        self._kept: dict[int, Passage] = {}  # by row: questions find the same passages again
        self._first: Reader | None = None
        connection = self._manifest  # not self: the last user of a reader closes it, no cycle keeps it
        self._engine = LocalSearcher(
            directory, self.columns, lambda: load_vectors(connection, dimensions), followed(connection)
        )

    def over(self, vectors: NDArray[np.floating]) -> Reader:
        """Return the same state with other `vectors`, one for each position, compared exactly."""
        other = copy(self)
        other._engine = self._engine.over(vectors)
        other._first = self  # whose end closes the connection that both use
        return other

    def search_keywords(self, tokens: Sequence[str], k: int, filters: Filters = Filters()) -> Scored:  # noqa: B008
        """Return the k best passages by BM25 over `tokens`."""
        return self._engine.search_keywords(tokens, k, filters)

    def search_vectors(
        self,
        vector: NDArray[np.float32],
        k: int,
        filters: Filters = Filters(),  # noqa: B008
    ) -> Scored:
        """Return the k nearest passages by cosine."""
        return self._engine.search_vectors(vector, k, filters)

    def score_keywords(self, tokens: Sequence[str], positions: NDArray[np.int64]) -> NDArray[np.float32]:
        """Return the BM25 of each passage in `positions`, 0 where no token occurs."""
        return self._engine.score_keywords(tokens, positions)

    def score_vectors(self, vector: NDArray[np.float32], positions: NDArray[np.int64]) -> NDArray[np.float32]:
        """Return the cosine of each passage in `positions`."""
        return self._engine.score_vectors(vector, positions)

    def vectors(self) -> NDArray[np.float16]:
        """Read the vectors of all passages, shape (passages, dimensions)."""
        return load_vectors(self._manifest, self._dimensions)

    def document_codes(self) -> tuple[Sequence[str], NDArray[np.int64]]:
        """Return the ids of the documents, and for each passage the number of its document among them."""
        column = self.columns.document
        return column.values, column.codes.astype(np.int64)

    def titles(self) -> list[str]:
        """Return the title of each document, in the order of `document_codes`."""
        titles = {document.id: document.metadata.title for document in self.documents()}
        return [titles[id] for id in self.columns.document.values]

    def where(
        self, field: str, accepts: Callable[[str], bool], positions: NDArray[np.int64]
    ) -> NDArray[np.bool_]:
        """Tell of each passage in `positions` whether its `field` is accepted.

        `field` is "document", "region" (the passage's), "home" (its document's region), "kind" or
        "validity".
        """
        column: Column = getattr(self.columns, field)
        return column.where(accepts)[positions]

    def years(self, positions: NDArray[np.int64]) -> NDArray[np.int32]:
        """Return the year of issue of each passage in `positions`, 0 where unknown."""
        return self.columns.years[positions]

    def passages(self, positions: Sequence[int]) -> list[Passage]:
        """Return the passages at `positions`, in that order."""
        rows = self.columns.rows[np.asarray(positions, dtype=np.int64)].tolist()
        found = {row: self._kept[row] for row in rows if row in self._kept}
        if unread := [row for row in rows if row not in found]:
            read = self._read(unread)
            found |= read
            self._kept = read if len(self._kept) + len(read) > _KEPT else self._kept | read
        return [found[row] for row in rows]

    def _read(self, rows: Sequence[int]) -> dict[int, Passage]:
        return {
            row: self._passage(key, unpack_passage(document, values))
            for row, key, document, *values in self._all(
                f"SELECT row, key, documents.id, {_PASSAGES} FROM passages"
                f" JOIN documents ON documents.key = document WHERE row IN ({', '.join('?' * len(rows))})",
                rows,
            )
        }

    @property
    def passage_count(self) -> int:
        """Return how many passages the store holds."""
        return len(self.columns.rows)

    def every_passage(self) -> Iterator[Passage]:
        """Yield every passage, reading a few at a time."""
        for start in range(0, self.passage_count, _READ_AT_ONCE):
            rows = self.columns.rows[start : start + _READ_AT_ONCE].tolist()
            read = self._read(rows)
            yield from (read[row] for row in rows)

    def document(self, id: str) -> Document:
        """Return the whole document, by its id or another name of it. Raises DocumentNotFoundError."""
        query = (
            "SELECT key, id, metadata, body, text, original FROM documents JOIN texts ON document = key"
            " WHERE "
        )
        found = self._all(f"{query} id = ?", (id,)) or self._all(
            f"{query} key IN (SELECT document FROM holders WHERE name = ?)", (id,)
        )
        if not found:
            raise DocumentNotFoundError(
                f"No document {id!r} is in the store.", "`documents` lists the ids of those that are."
            )
        key, *values = found[0]
        path, names = _told_apart(
            values[0],
            self._all(
                "SELECT path, holders.name FROM holders JOIN sources ON sources.key = source"
                " WHERE document = ? ORDER BY holders.rowid",
                (key,),
            ),
        )
        document = unpack_document(DocumentRow(*values), path, names)
        return replace(document, metadata=self._metadata(key, document.metadata))

    def documents(self) -> Sequence[DocumentSummary]:
        """Return every document without its text, in the order they were indexed."""
        return self._summaries

    @cached_property
    def _summaries(self) -> tuple[DocumentSummary, ...]:
        holders: dict[int, list[tuple[str, str]]] = defaultdict(list)
        for document, path, name in self._all(
            "SELECT document, path, holders.name FROM holders JOIN sources ON sources.key = source"
            " ORDER BY holders.rowid"
        ):
            holders[document].append((path, name))
        regions: dict[int, set[str]] = defaultdict(set)
        for document, region in self._all("SELECT DISTINCT document, region FROM passages"):
            regions[document].add(region)
        return tuple(
            self._summary(key, id_, metadata, passages, holders[key], regions[key] | {region})
            for key, id_, metadata, passages, region in self._all(
                "SELECT key, id, metadata, passages, region FROM documents ORDER BY key"
            )
        )

    def _summary(
        self,
        key: int,
        id: str,
        packed: str,
        passages: int,
        holders: list[tuple[str, str]],
        regions: set[str],
    ) -> DocumentSummary:
        fields, notices = unpack_metadata(packed)
        metadata = self._metadata(key, fields)
        path, names = _told_apart(id, holders)
        return DocumentSummary(id, metadata, path, names, notices, passages, tuple(sorted(regions - {""})))

    def _metadata(self, key: int, metadata: Metadata) -> Metadata:
        """Return the metadata of a document with what is said elsewhere of its validity."""
        if key not in self._ended:
            return metadata
        value, why = self._ended[key]
        return replace(metadata, validity=value, found_in={**metadata.found_in, "validity": why})

    def _passage(self, key: int, passage: Passage) -> Passage:
        return replace(passage, validity=self._ended[key][0]) if key in self._ended else passage

    def regions(self) -> dict[str, int]:
        """Return how many passages lie in each region, by themselves or through their document."""
        return self.columns.regions()

    def values(self, field: str) -> dict[str, int]:
        """Return how many passages have each value of `field`: "document", "kind" or "validity"."""
        column: Column = getattr(self.columns, field)
        return column.counts

    def _all(self, query: str, parameters: Sequence[Any] = ()) -> list[Any]:
        with self._lock:
            return self._manifest.execute(query, parameters).fetchall()


_KEPT = 2_000  # passages, about 2 MB
_READ_AT_ONCE = 500  # passages: below SQLite's limit of variables in a statement, little memory
_PASSAGES = ", ".join(f"passages.{name}" for name in PASSAGE_COLUMNS.split(", "))


def _told_apart(id: str, holders: list[tuple[str, str]]) -> tuple[str, tuple[str, ...]]:
    """Return the file that a document is read from, and the other names it goes by."""
    (path, _), *others = holders
    return path, tuple(dict.fromkeys(name for _, name in others if name != id))
