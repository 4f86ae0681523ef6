"""The passages that questions are taught against: as they are, or moving with the questions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from torch import Tensor

Integers = NDArray[np.int64]
Matrix = NDArray[np.float32]


class PassageSide(Protocol):
    """Passages by number."""

    @property
    def count(self) -> int:
        """Return how many passages there are."""

    def parameters(self) -> list[Tensor]:
        """Return what is learnt."""

    def read(self, chosen: Integers) -> Tensor:
        """Return the vectors of the `chosen` passages at length 1, shape (len(chosen), dimensions)."""


@dataclass(frozen=True, slots=True)
class Fixed:
    """Passages that keep their vectors, so that a store need not be embedded again."""

    vectors: NDArray[np.floating]  # at length 1

    @property
    def count(self) -> int:
        """Return how many passages there are."""
        return len(self.vectors)

    def parameters(self) -> list[Tensor]:
        """Return nothing: the passages stay."""
        return []

    def read(self, chosen: Integers) -> Tensor:
        """Return the vectors of the `chosen` passages, shape (len(chosen), dimensions)."""
        import torch

        return torch.from_numpy(self.vectors[chosen].astype(np.float32))


class Moving:
    """Passages whose words move too: on 1,235 law questions worth .08 of recall@10 before the trees."""

    def __init__(self, table: Matrix, rows: Sequence[Integers]) -> None:
        """Start from the token vectors in `table`; `rows` are the tokens of each passage."""
        import torch

        used = np.zeros(len(table), dtype=np.bool_)
        for row in rows:
            used[row] = True
        self._rows = rows
        self._used = np.flatnonzero(used)  # a small store has few words: the rest costs time at every step
        self._places = np.cumsum(used) - 1
        self._start = table[self._used]
        self._table = torch.from_numpy(self._start.copy()).requires_grad_()

    @property
    def count(self) -> int:
        """Return how many passages there are."""
        return len(self._rows)

    def parameters(self) -> list[Tensor]:
        """Return the token vectors."""
        return [self._table]

    def read(self, chosen: Integers) -> Tensor:
        """Return the vectors of the `chosen` passages at length 1, shape (len(chosen), dimensions)."""
        from .static import mean_vectors

        return mean_vectors(self._table, [self._places[self._rows[i]] for i in chosen.tolist()])

    def moved(self) -> tuple[Integers, Matrix]:
        """Return which tokens have moved and their vectors."""
        table = self._table.detach().numpy()
        moved = (table != self._start).any(axis=1)
        return self._used[moved], table[moved]
