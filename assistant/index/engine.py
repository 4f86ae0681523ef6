"""The narrow interface over keywords and vectors that another engine can take the place of."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from ..types import Filters


class Entry(NamedTuple):
    """One passage as an engine takes it: tokens joined by blanks, a vector of length 1."""

    row: int
    title: str
    section: str
    body: str
    vector: NDArray[np.float32]


class Scored(NamedTuple):
    """Passages by position in the reader's columns, best first, with their scores."""

    positions: NDArray[np.int64]
    scores: NDArray[np.float32]


class EngineWriter(Protocol):
    """What changes an engine. A return means that the change survives a killed process."""

    @property
    def up_to_date(self) -> bool:
        """Tell whether nothing waits; else `retired` of the manifest must go on naming what goes."""

    def add(self, entries: Sequence[Entry]) -> None:
        """Add passages under row numbers that were never used before."""

    def remove(self, rows: Sequence[int]) -> None:
        """Remove passages; a row that is not there is no error."""

    def rows(self) -> set[int]:
        """Return the row numbers of all passages that every part of the engine holds.

        A row that stands in one part only is removed first.
        """

    def count(self) -> int:
        """Return how many passages the engine holds, -1 when its parts disagree."""

    def close(self) -> None:
        """Release files and memory."""


class EngineReader(Protocol):
    """What searches one state of a store."""

    def search_keywords(self, tokens: Sequence[str], k: int, filters: Filters) -> Scored:
        """Return the k best passages by BM25 over `tokens`."""

    def search_vectors(self, vector: NDArray[np.float32], k: int, filters: Filters) -> Scored:
        """Return the k nearest passages by cosine."""

    def score_keywords(self, tokens: Sequence[str], positions: NDArray[np.int64]) -> NDArray[np.float32]:
        """Return the BM25 of each passage in `positions`, 0 where no token occurs."""

    def score_vectors(self, vector: NDArray[np.float32], positions: NDArray[np.int64]) -> NDArray[np.float32]:
        """Return the cosine of each passage in `positions`."""
