"""The engine of one machine: tantivy for keywords, Chroma and numpy for vectors."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from copy import copy
from functools import cached_property, lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ..errors import StoreCorruptError
from ..types import Filters
from .columns import Columns, Mask
from .engine import Entry, Scored
from .faults import MEND, engine_errors, open_or_renew
from .following import FollowingVectors
from .keywords import KeywordSearcher, KeywordWriter
from .vectors import VectorIndex

# Up to so many passages nearness is computed, not approximated: 6 ms over 58,637 of them, and a
# cold process need not load Chroma (docs/decisions/0010-exact-until-100000.md).
EXACT_LIMIT = 100_000

# Up to so many passages that pass a filter are handed to tantivy as a list (9 ms); for more it is
# cheaper to take more of the best passages of all and to drop what the filter hides (7 ms).
_LISTED_LIMIT = 3_000

# Up to so many passages one search for all of them, cut by each filter, is cheaper than a search for each.
_WHOLE_LIMIT = 3_000
_QUESTIONS = 4  # searches for all that are remembered: one question asks for few

# Weights of title, section path and body in BM25. On 300 layman's questions over 58,637 law
# articles recall@10 is .50 with a title weight up to .3, .47 at .5 and .44 at 1.
FIELD_WEIGHTS = (0.3, 0.3, 1.0)


class LocalWriter:
    """Writes both indexes under one folder; vectors may wait in the manifest for a while."""

    def __init__(self, directory: Path, connection: sqlite3.Connection) -> None:
        """Open or make `keywords/` and `vectors/` in `directory`; an unreadable one is set aside.

        Either can be made again from the manifest behind `connection`, as `count` then tells.
        """
        self._directory = directory
        with engine_errors(directory):
            self._keywords = open_or_renew(KeywordWriter, directory / "keywords")
            self._vectors = FollowingVectors(directory / "vectors", connection)

    @property
    def up_to_date(self) -> bool:
        """Tell whether nothing waits: what was removed need not be remembered."""
        return self._vectors.up_to_date

    def add(self, entries: Sequence[Entry]) -> None:
        """Add passages under row numbers that were never used before."""
        if entries:
            with engine_errors(self._directory):
                self._keywords.add(entries)
                self._vectors.add(entries)

    def remove(self, rows: Sequence[int]) -> None:
        """Remove passages; a row that is not there is no error."""
        with engine_errors(self._directory):
            if rows:
                self._keywords.remove(rows)
            self._vectors.remove(rows)

    def follow(self) -> None:
        """Do what waits."""
        with engine_errors(self._directory):
            self._vectors.open()
            self._vectors.remove(())

    def rows(self) -> set[int]:
        """Return the rows that both indexes hold; what stands in one only is removed first."""
        with engine_errors(self._directory):
            held = self._vectors.open()
            keywords, vectors = set(self._keywords.rows()), set(held.rows())
            self._keywords.remove(list(keywords - vectors))
            held.remove(list(vectors - keywords))
        return keywords & vectors

    def count(self) -> int:
        """Return how many passages both indexes hold, -1 when they disagree.

        Vectors that nobody touched since a run that ended well are not counted again.
        """
        with engine_errors(self._directory):
            keywords = self._keywords.count()
            vectors = self._vectors.open().count() if self.up_to_date else keywords
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
        load_vectors: Callable[[], NDArray[np.floating]],
        followed: int,
        exact_limit: int = EXACT_LIMIT,
    ) -> None:
        """Open the keyword index now; vectors are loaded at the first search that needs them.

        `followed` is the last row that Chroma was given.
        """
        self._columns = columns
        self._waiting = columns.rows > followed
        with engine_errors(directory):
            self._keywords = KeywordSearcher(directory / "keywords", FIELD_WEIGHTS)
            # passages of a batch that another process has not finished, or was killed over: a search
            # asks for so many more, since they are dropped
            self._foreign = self._keywords.count() - len(columns)
        if self._foreign < 0:
            raise StoreCorruptError(
                f"The keyword index of the store at {directory} lacks {-self._foreign} passages.", MEND
            )
        self._directory = directory
        self._load_vectors = load_vectors
        self._exact_limit = exact_limit
        self._all = lru_cache(maxsize=_QUESTIONS)(self._all_keywords)

    def over(self, vectors: NDArray[np.floating]) -> LocalSearcher:
        """Return a searcher of the same keywords over other vectors of the passages, compared exactly."""
        other = copy(self)
        other.__dict__.pop("_matrix", None)
        other._load_vectors = lambda: vectors
        other._exact_limit = len(vectors)
        return other

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
        if len(self._columns) <= _WHOLE_LIMIT:
            found = self._all(tuple(tokens))
            passing = self._columns.mask(filters)[found.positions]
            return Scored(found.positions[passing][:k], found.scores[passing][:k])
        if not filters:
            return self._known(*self._keywords.search(tokens, k + self._foreign), k)
        mask = self._columns.mask(filters)
        allowed = int(mask.sum())
        if not allowed:
            return _nothing()
        if allowed <= _LISTED_LIMIT:
            return self._known(*self._keywords.search(tokens, k, self._columns.rows[mask]), k)
        total = len(mask) + self._foreign
        return self._widen(lambda n: self._keywords.search(tokens, n), k, mask, total)

    def search_vectors(self, vector: NDArray[np.float32], k: int, filters: Filters) -> Scored:
        """Return the k nearest passages by cosine: exact up to the limit, else through the graph."""
        if not len(self._columns) or not np.any(vector):
            return _nothing()
        mask = self._columns.mask(filters)
        allowed = np.flatnonzero(mask)
        if len(allowed) > self._exact_limit:
            return self._search_graph(vector, k, mask)
        return _best(allowed, self.score_vectors(vector, allowed), k)

    def _search_graph(self, vector: NDArray[np.float32], k: int, mask: Mask) -> Scored:
        total = self._graph.count()
        near = self._widen(lambda n: self._graph.search(vector, n), k, mask & ~self._waiting, total)
        waiting = np.flatnonzero(mask & self._waiting)
        return _best(
            np.concatenate([near.positions, waiting]),
            np.concatenate([near.scores, self.score_vectors(vector, waiting)]),
            k,
        )

    def score_keywords(self, tokens: Sequence[str], positions: NDArray[np.int64]) -> NDArray[np.float32]:
        """Return the BM25 of each passage in `positions`, 0 where no token occurs."""
        scores = np.zeros(len(positions), dtype=np.float32)
        if tokens and len(positions) and len(self._columns) <= _WHOLE_LIMIT:
            found = self._all(tuple(tokens))
            every = np.zeros(len(self._columns), dtype=np.float32)
            every[found.positions] = found.scores
            return every[positions]
        if tokens and len(positions):
            rows = self._columns.rows[positions]
            matching, values = self._keywords.search(tokens, len(rows), rows)
            place = {int(row): at for at, row in enumerate(rows)}
            scores[[place[int(row)] for row in matching]] = values
        return scores

    def _all_keywords(self, tokens: tuple[str, ...]) -> Scored:
        """Return every passage that holds one of `tokens`, the best first."""
        total = len(self._columns) + self._foreign
        return self._known(*self._keywords.search(tokens, total), total)

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
        total: int,
    ) -> Scored:
        """Search without the filter for more and more of `total`, until k of the found pass `mask`."""
        wanted = int(1.5 * k * total / max(int(mask.sum()), 1)) + k
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
