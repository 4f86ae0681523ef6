"""The vectors of a store's passages as a tuned model reads them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from .embed import Embedder
from .fields import embedding_text
from .reader import Reader


def taught_vectors(
    reader: Reader, rows: NDArray[np.int64], vectors: NDArray[np.float16], embedder: Embedder
) -> NDArray[np.float16]:
    """Return the vector of each position of `reader`, shape (passages, dimensions).

    `vectors` are those that tuning made, by row number, ascending; passages that came later are read by
    `embedder` (5,000 a second).
    """
    wanted = reader.columns.rows
    at = np.minimum(np.searchsorted(rows, wanted), len(rows) - 1)
    found = vectors[at]
    late = np.flatnonzero(rows[at] != wanted)
    if len(late):
        found[late] = embedder.passages([embedding_text(one) for one in reader.passages(late.tolist())])
    return found
