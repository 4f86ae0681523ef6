"""Vectors: a Chroma collection on disk, keyed by row number."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from chromadb.api.client import Client
    from chromadb.api.collection_configuration import CreateCollectionConfiguration

_COLLECTION = "passages"

# Chroma's own defaults but for ef_search (a search asks for 200 passages), written down so that
# other defaults of a later version change no store
HNSW: CreateCollectionConfiguration = {
    "hnsw": {"space": "cosine", "ef_construction": 100, "ef_search": 200, "max_neighbors": 16}
}


class VectorIndex:
    """The collection of one store, for adding, removing and approximate search."""

    def __init__(self, directory: Path) -> None:
        """Open the collection in `directory`, made if missing."""
        self._client = _client(directory)
        self._collection = self._client.get_or_create_collection(
            _COLLECTION, embedding_function=None, configuration=HNSW
        )
        self._batch = self._client.get_max_batch_size()

    def add(self, rows: Sequence[int], vectors: NDArray[np.float32]) -> None:
        """Add vectors, shape (len(rows), dimensions), under rows never used before."""
        for start in range(0, len(rows), self._batch):
            stop = start + self._batch
            self._collection.add(ids=[str(row) for row in rows[start:stop]], embeddings=vectors[start:stop])

    def remove(self, rows: Sequence[int]) -> None:
        """Remove vectors; a row that is not there is no error."""
        for part in _parts(rows, self._batch):
            self._collection.delete(ids=part)

    def rows(self) -> list[int]:
        """Return the row of every vector."""
        return [int(id_) for id_ in self._collection.get(include=[])["ids"]]

    def count(self) -> int:
        """Return how many vectors there are."""
        return self._collection.count()

    def search(self, vector: NDArray[np.float32], k: int) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """Return rows and cosines of the k nearest vectors, found through the graph."""
        k = min(k, self.count())
        if not k:
            return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.float32)
        found = self._collection.query(query_embeddings=vector[None, :], n_results=k, include=["distances"])
        distances = found["distances"] or [[]]
        return (
            np.array([int(id_) for id_ in found["ids"][0]], dtype=np.int64),
            1 - np.array(distances[0], dtype=np.float32),
        )

    def close(self) -> None:
        """Release the files, so that the next opening sees what other processes have written."""
        self._client.close()


def _client(directory: Path) -> Client:
    from chromadb.api.client import Client
    from chromadb.api.shared_system_client import SharedSystemClient
    from chromadb.config import Settings

    directory.mkdir(parents=True, exist_ok=True)
    # what PersistentClient makes, whose type has no close()
    settings = Settings(is_persistent=True, persist_directory=str(directory), anonymized_telemetry=False)
    try:
        return Client(settings=settings)
    except Exception:
        # Chroma keeps what it could not start, and would give it to the next client of this folder
        SharedSystemClient._identifier_to_system.pop(str(directory), None)
        raise


def _parts(rows: Sequence[int], size: int) -> Iterator[list[str]]:
    for start in range(0, len(rows), size):
        yield [str(row) for row in rows[start : start + size]]
