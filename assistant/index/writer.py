"""Put documents into a store and take them out, file by file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ..types import Document, Passage
from . import validity
from .codec import PASSAGE_COLUMNS, identity, pack_document, pack_passage
from .fields import Fields, keyword_fields
from .journal import Journal
from .sources import Source

_INSERT_PASSAGE = f"INSERT INTO passages(row, document, {PASSAGE_COLUMNS}) VALUES({', '.join('?' * 15)})"


class Writer:
    """Changes a store; what it has done counts from its next commit on.

    For each file: `keep` it, `copy` it, or `put` its documents and then `finish` it. A document
    that stands in a file already, unchanged, is recognised by `has` and need not be put again.
    """

    def __init__(self, journal: Journal) -> None:
        """Write through `journal`, which has recovered and begun a batch."""
        self._journal = journal
        self._manifest = journal.manifest
        self._seen: dict[str, set[int]] = {}  # the documents met in each file of this run

    def keep(self, source: Source) -> None:
        """Note that a file is as it was."""
        self._journal.note(
            "UPDATE sources SET size = ?, modified = ? WHERE path = ? AND (size, modified) <> (?, ?)",
            (source.size, source.modified, source.path, source.size, source.modified),
        )

    def has(self, source: Source, document: Document) -> bool:
        """Tell whether `document` is in the store as it is, and note that `source` holds it."""
        same = self._manifest.execute(
            "SELECT key, id, digest FROM documents WHERE identity = ? ORDER BY id = ? DESC",
            (identity(document), document.id),
        )
        for key, id_, digest in same:
            if id_ != document.id or digest == pack_document(document).digest():
                self._hold(source, key, document.id)
                return True
        return False

    def put(
        self,
        source: Source,
        document: Document,
        passages: Sequence[Passage],
        vectors: NDArray[np.float32],
        fields: Sequence[Fields] | None = None,
    ) -> str:
        """Store `document` as read from `source`; return its id.

        `vectors` has the shape (len(passages), dimensions). An older document of the same id is
        replaced if it came from the same file; one from another file keeps the id, and this one
        gets the name of its file or folder before its own. `fields` are the keyword fields of the
        passages where another process has made them already.
        """
        fields = keyword_fields(passages) if fields is None else fields
        rows = self._journal.rows(len(passages))
        id_ = self._claim(source, document.id)
        if id_ != document.id:
            document = replace(document, id=id_)
            passages = [replace(passage, document=id_) for passage in passages]
        self._hold(source, self._insert(document, rows, passages, vectors), document.id)
        self._journal.add(rows, fields, vectors)
        return document.id

    def copy(self, source: Source) -> int:
        """Note that `source` holds what its original holds; return how many documents that is."""
        documents = self._manifest.execute(
            "SELECT document FROM holders JOIN sources ON sources.key = source WHERE path = ?"
            " ORDER BY document",
            (source.original,),
        ).fetchall()
        for (document,) in documents:
            self._hold(source, document, source.name)
        self.finish(source)
        return len(documents)

    def finish(self, source: Source) -> None:
        """Note that `source` was read to its end: what it held before and was not met now goes."""
        key = self._source(source)
        held = self._manifest.execute("SELECT document FROM holders WHERE source = ?", (key,)).fetchall()
        seen = self._seen.pop(source.path)
        self._release(key, [document for (document,) in held if document not in seen])
        self._manifest.execute(
            "UPDATE sources SET size = ?, modified = ?, fingerprint = ? WHERE key = ?",
            (source.size, source.modified, source.fingerprint, key),
        )

    def remove(self, paths: Iterable[str]) -> int:
        """Forget files; return how many documents went with them."""
        removed = 0
        for path in paths:
            found = self._manifest.execute("SELECT key FROM sources WHERE path = ?", (path,)).fetchone()
            if found:
                held = self._manifest.execute("SELECT document FROM holders WHERE source = ?", found)
                removed += self._release(found[0], [document for (document,) in held.fetchall()])
                self._manifest.execute("DELETE FROM sources WHERE key = ?", found)
        return removed

    def commit(self) -> None:
        """Make everything so far count, for readers in other processes too."""
        self._journal.commit()
        self._journal.begin()

    def _source(self, source: Source) -> int:
        self._seen.setdefault(source.path, set())
        # an unfinished file has no fingerprint, so that the next run reads it again
        self._manifest.execute(
            "INSERT OR IGNORE INTO sources(path, root, name, size, modified, fingerprint)"
            " VALUES(?, ?, ?, 0, -1, '')",
            (source.path, source.root, source.name),
        )
        found = self._manifest.execute("SELECT key FROM sources WHERE path = ?", (source.path,)).fetchone()
        return int(found[0])

    def _hold(self, source: Source, document: int, name: str) -> None:
        key = self._source(source)
        self._seen[source.path].add(document)
        if not self._manifest.execute(
            "SELECT 1 FROM holders WHERE document = ? AND source = ? AND name = ?", (document, key, name)
        ).fetchone():
            self._manifest.execute("INSERT INTO holders VALUES(?, ?, ?)", (document, key, name))

    def _is_only_holder(self, source: int, document: int) -> bool:
        holders = self._manifest.execute("SELECT source FROM holders WHERE document = ?", (document,))
        return {holder for (holder,) in holders} <= {source}

    def _claim(self, source: Source, id: str) -> str:
        """Return the first free id like `id`, an older document of `source` under it deleted."""
        key = self._source(source)
        qualifier = source.name if source.name != id else Path(source.root).name
        claimed, number = id, 0
        while (older := self._key_of(claimed)) is not None:
            if self._is_only_holder(key, older) and older not in self._seen[source.path]:
                self._delete(older)
                break
            number += 1
            claimed = f"{qualifier}/{id}" + (f" ({number})" if number > 1 else "")
        return claimed

    def _key_of(self, id: str) -> int | None:
        found = self._manifest.execute("SELECT key FROM documents WHERE id = ?", (id,)).fetchone()
        return found[0] if found else None

    def _insert(
        self,
        document: Document,
        rows: Sequence[int],
        passages: Sequence[Passage],
        vectors: NDArray[np.float32],
    ) -> int:
        packed = pack_document(document)
        key = self._manifest.execute(
            "INSERT INTO documents(id, digest, identity, region, passages, metadata)"
            " VALUES(?, ?, ?, ?, ?, ?)",
            (
                document.id,
                packed.digest(),
                identity(document),
                document.metadata.region,
                len(passages),
                packed.metadata,
            ),
        ).lastrowid
        assert key is not None  # SQLite always numbers a new row
        self._manifest.execute(
            "INSERT INTO texts VALUES(?, ?, ?, ?)", (key, packed.text, packed.original, packed.body)
        )
        self._manifest.executemany(
            _INSERT_PASSAGE,
            ((row, key, *pack_passage(passage)) for row, passage in zip(rows, passages, strict=True)),
        )
        validity.insert(self._manifest, key, document.metadata)
        halves = np.asarray(vectors, dtype=np.float16)
        self._manifest.executemany(
            "INSERT INTO vectors VALUES(?, ?)",
            ((row, half.tobytes()) for row, half in zip(rows, halves, strict=True)),
        )
        return key

    def _release(self, source: int, documents: Iterable[int]) -> int:
        """Take `source` off its documents; delete those that no other file holds."""
        deleted = 0
        for document in documents:
            self._manifest.execute(
                "DELETE FROM holders WHERE source = ? AND document = ?", (source, document)
            )
            if not self._manifest.execute(
                "SELECT 1 FROM holders WHERE document = ? LIMIT 1", (document,)
            ).fetchone():
                self._delete(document)
                deleted += 1
        return deleted

    def _delete(self, document: int) -> None:
        rows = [
            row
            for (row,) in self._manifest.execute("SELECT row FROM passages WHERE document = ?", (document,))
        ]
        self._journal.retire(rows)
        validity.delete(self._manifest, document)
        self._manifest.executemany("DELETE FROM vectors WHERE row = ?", ((row,) for row in rows))
        for table, column in (
            ("passages", "document"),
            ("texts", "document"),
            ("holders", "document"),
            ("documents", "key"),
        ):
            self._manifest.execute(f"DELETE FROM {table} WHERE {column} = ?", (document,))
