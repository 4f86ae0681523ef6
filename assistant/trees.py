"""Boosted trees as flat arrays, walked in numpy: what was learnt needs nothing else to be used."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float32]
Matrix = NDArray[np.float32]
Indexes = NDArray[np.intp]


@dataclass(frozen=True)  # without slots, so that the flat arrays are laid out once
class Trees:
    """Boosted trees as flat arrays; a leaf points at itself."""

    feature: NDArray[np.int32]  # of each node
    threshold: Scores
    left: NDArray[np.int32]
    right: NDArray[np.int32]
    value: Scores  # 0 but at leaves
    roots: NDArray[np.int32]
    depth: int

    @classmethod
    def of(cls, arrays: Mapping[str, NDArray[Any]], prefix: str = "") -> Trees:
        """Return the trees that `arrays` holds. Raises KeyError when one is missing."""
        found: dict[str, Any] = {part.name: arrays[prefix + part.name] for part in fields(cls)}
        return cls(**{**found, "depth": int(found["depth"])})

    def arrays(self, prefix: str = "") -> dict[str, Any]:
        """Return the parts by name, for a file."""
        return {prefix + part.name: getattr(self, part.name) for part in fields(self)}

    def score(self, features: Matrix) -> Scores:
        """Return the sum of the trees for each row of `features`, shape (rows,)."""
        # one step down all trees of all rows is a few looks into flat arrays: a quarter of the time of
        # indexing in two dimensions
        count = len(features)
        columns = np.ascontiguousarray(features.T).ravel()
        feature, children, roots = self._flat
        starts, rows = feature * count, np.arange(count)
        nodes = np.repeat(roots[:, None], count, axis=1)
        for _ in range(self.depth):
            values = columns.take(starts.take(nodes) + rows)
            nodes = children.take(2 * nodes + (values <= self.threshold.take(nodes)))
        return np.asarray(self.value.take(nodes).sum(axis=0), dtype=np.float32)

    @cached_property
    def _flat(self) -> tuple[Indexes, Indexes, Indexes]:
        children = np.stack([self.right, self.left], axis=1).astype(np.intp).ravel()
        return self.feature.astype(np.intp), children, self.roots.astype(np.intp)
