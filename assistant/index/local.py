"""The engine of one machine: tantivy for keywords, Chroma and numpy for vectors."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from itertools import count
from pathlib import Path
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from ..errors import AssistantError, StoreCorruptError, StoreError
from ..types import Filters
from .columns import Columns, Mask
from .engine import Entry, Scored
from .keywords import KeywordSearcher, KeywordWriter
from .vectors import VectorIndex

_MEND = "Run `index` on any of its folders: it is made again from what the store holds."

# what a system says of a full disk, a quota, a file that may not grow
_FULL = (
    "No space left",
    "disk is full",
    "disk I/O error",
    "Disk quota",
    "File too large",
    "os error 27",
    "os error 28",
)

# Up to so many passages nearness is computed, not approximated: 6 ms over 58,637 of them, and a
# cold process need not load Chroma (docs/decisions/0010-exact-until-100000.md).
EXACT_LIMIT = 100_000

# Up to so many passages that pass a filter are handed to tantivy as a list (9 ms); for more it is
# cheaper to take more of the best passages of all and to drop what the filter hides (7 ms).
_LISTED_LIMIT = 3_000

# Weights of title, section path and body in BM25. On 300 layman's questions over 58,637 law
# articles recall@10 is .50 with a title weight up to .3, .47 at .5 and .44 at 1.
FIELD_WEIGHTS = (0.3, 0.3, 1.0)


class LocalWriter:
    """Writes both indexes under one folder."""

    def __init__(self, directory: Path) -> None:
        """Open or make `keywords/` and `vectors/` in `directory`; an unreadable one is set aside.

        Either can be made again from the manifest, as `count` then tells.
        """
        self._directory = directory
        with engine_errors(directory):
            self._keywords = _open_or_renew(KeywordWriter, directory / "keywords")
            self._vectors = _open_or_renew(VectorIndex, directory / "vectors")

    def add(self, entries: Sequence[Entry]) -> None:
        """Add passages under row numbers that were never used before."""
        if entries:
            with engine_errors(self._directory):
                self._keywords.add(entries)
                self._vectors.add([e.row for e in entries], np.stack([e.vector for e in entries]))

    def remove(self, rows: Sequence[int]) -> None:
        """Remove passages; a row that is not there is no error."""
        if rows:
            with engine_errors(self._directory):
                self._keywords.remove(rows)
                self._vectors.remove(rows)

    def rows(self) -> set[int]:
        """Return the rows that both indexes hold; what stands in one only is removed first."""
        with engine_errors(self._directory):
            keywords, vectors = set(self._keywords.rows()), set(self._vectors.rows())
            self._keywords.remove(list(keywords - vectors))
            self._vectors.remove(list(vectors - keywords))
        return keywords & vectors

    def count(self) -> int:
        """Return how many passages both indexes hold, -1 when they disagree."""
        with engine_errors(self._directory):
            keywords, vectors = self._keywords.count(), self._vectors.count()
        return keywords if keywords == vectors else -1

    def close(self) -> None:
        """Release files and memory."""
        self._keywords.close()
        self._vectors.close()


class LocalSearcher:
    """Searches the state that `columns` and the two indexes had when it was made."""

    def __init__(
        self,
        directory: Path,
        columns: Columns,
        load_vectors: Callable[[], NDArray[np.float16]],
        exact_limit: int = EXACT_LIMIT,
    ) -> None:
        """Open the keyword index now; vectors are loaded at the first search that needs them."""
        self._columns = columns
        with engine_errors(directory):
            self._keywords = KeywordSearcher(directory / "keywords", FIELD_WEIGHTS)
            # passages of a batch that another process has not finished, or was killed over: a search
            # asks for so many more, since they are dropped
            self._foreign = self._keywords.count() - len(columns)
        if self._foreign < 0:
            raise StoreCorruptError(
                f"The keyword index of the store at {directory} lacks {-self._foreign} passages.", _MEND
            )
        self._directory = directory
        self._load_vectors = load_vectors
        self._exact_limit = exact_limit

    @cached_property
    def _matrix(self) -> NDArray[np.floating]:
        # float32 is four times as fast to scan; a larger store keeps float16 and scans what a filter leaves
        stored = self._load_vectors()
        return stored.astype(np.float32) if len(stored) <= self._exact_limit else stored

    @cached_property
    def _graph(self) -> VectorIndex:
        return VectorIndex(self._directory / "vectors")

    def search_keywords(self, tokens: Sequence[str], k: int, filters: Filters) -> Scored:
        """Return the k best passages by BM25 over `tokens`."""
        if not tokens or not len(self._columns):
            return _nothing()
        if not filters:
            return self._known(*self._keywords.search(tokens, k + self._foreign), k)
        mask = self._columns.mask(filters)
        allowed = int(mask.sum())
        if not allowed:
            return _nothing()
        if allowed <= _LISTED_LIMIT:
            return self._known(*self._keywords.search(tokens, k, self._columns.rows[mask]), k)
        return self._widen(lambda n: self._keywords.search(tokens, n), k, mask)

    def search_vectors(self, vector: NDArray[np.float32], k: int, filters: Filters) -> Scored:
        """Return the k nearest passages by cosine: exact up to the limit, else through the graph."""
        if not len(self._columns) or not np.any(vector):
            return _nothing()
        mask = self._columns.mask(filters)
        allowed = np.flatnonzero(mask)
        if len(allowed) > self._exact_limit:
            return self._widen(lambda n: self._graph.search(vector, n), k, mask)
        return _best(allowed, self.score_vectors(vector, allowed), k)

    def score_keywords(self, tokens: Sequence[str], positions: NDArray[np.int64]) -> NDArray[np.float32]:
        """Return the BM25 of each passage in `positions`, 0 where no token occurs."""
        scores = np.zeros(len(positions), dtype=np.float32)
        if tokens and len(positions):
            rows = self._columns.rows[positions]
            found, values = self._keywords.search(tokens, len(rows), rows)
            place = {int(row): at for at, row in enumerate(rows)}
            scores[[place[int(row)] for row in found]] = values
        return scores

    def score_vectors(self, vector: NDArray[np.float32], positions: NDArray[np.int64]) -> NDArray[np.float32]:
        """Return the cosine of each passage in `positions`."""
        whole = len(positions) == len(self._columns)
        part = self._matrix if whole else self._matrix[positions]
        scores: NDArray[np.float32] = part.astype(np.float32, copy=False) @ vector
        return scores

    def _widen(
        self,
        search: Callable[[int], tuple[NDArray[np.int64], NDArray[np.float32]]],
        k: int,
        mask: Mask,
    ) -> Scored:
        """Search without the filter for more and more, until k of the found ones pass it."""
        total, allowed = len(mask) + self._foreign, int(mask.sum())
        wanted = int(1.5 * k * total / allowed) + k
        while True:
            rows, scores = search(min(wanted, total))
            found = self._known(rows, scores, total)
            passing = mask[found.positions]
            if passing.sum() >= k or len(rows) < wanted or wanted >= total:
                return Scored(found.positions[passing][:k], found.scores[passing][:k])
            wanted *= 4

    def _known(self, rows: NDArray[np.int64], scores: NDArray[np.float32], k: int) -> Scored:
        """Return the first k, the rows that the manifest does not know dropped."""
        at = np.minimum(np.searchsorted(self._columns.rows, rows), len(self._columns) - 1)
        known = self._columns.rows[at] == rows
        return Scored(at[known][:k], scores[known][:k])


_Part = TypeVar("_Part")


def _open_or_renew(kind: Callable[[Path], _Part], directory: Path) -> _Part:
    try:
        return kind(directory)
    except Exception as error:  # each engine raises its own kinds for a damaged file
        if _is_full(error) or not directory.is_dir():
            raise
    places = (directory.with_name(f"{directory.name}.bad{number}") for number in count(1))
    directory.rename(next(place for place in places if not place.exists()))
    return kind(directory)


@contextmanager
def engine_errors(directory: Path) -> Iterator[None]:
    """Turn what an engine says of a full disk or a damaged file into one clear line."""
    try:
        yield
    except AssistantError:
        raise
    except Exception as error:  # tantivy raises ValueError, Chroma its own kinds
        message = " ".join(str(error).split())
        if _is_full(error):
            raise StoreError(
                f"The disk that holds {directory} is full or failing ({message}).",
                "Nothing that was indexed is lost: make room and index again.",
            ) from error
        raise StoreCorruptError(
            f"An index of the store at {directory} cannot be used ({message}).", _MEND
        ) from error


def _is_full(error: Exception) -> bool:
    return any(sign in str(error) for sign in _FULL)


def _best(positions: NDArray[np.int64], scores: NDArray[np.float32], k: int) -> Scored:
    if len(scores) > k:
        top = np.argpartition(-scores, k - 1)[:k]
        positions, scores = positions[top], scores[top]
    order = np.lexsort((positions, -scores))  # ties in reading order, so that a search is repeatable
    return Scored(positions[order], scores[order])


def _nothing() -> Scored:
    return Scored(np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.float32))


def load_vectors(connection: sqlite3.Connection, dimensions: int) -> NDArray[np.float16]:
    """Read the vectors of all passages in row order, shape (passages, dimensions)."""
    blobs = [blob for (blob,) in connection.execute("SELECT vector FROM vectors ORDER BY row")]
    return np.frombuffer(b"".join(blobs), dtype=np.float16).reshape(len(blobs), dimensions)
