"""An optional second look at the best passages: a cross-encoder reads question and passage together."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ..errors import ModelError
from ..types import Passage
from ..zh.fold import fold
from .fields import embedding_text

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder


class CrossEncoderReranker:
    """A sentence-transformers cross-encoder from a folder or a hub."""

    def __init__(self, setting: str) -> None:
        """Load the model that `setting` names. Raises ModelError when it cannot be loaded."""
        from sentence_transformers import CrossEncoder

        try:
            self._model: CrossEncoder = CrossEncoder(setting, num_labels=1)
        except (OSError, ValueError, RuntimeError, ImportError) as error:
            raise ModelError(
                f"The reranker {setting!r} cannot be loaded: {error}.",
                "Name a folder that holds a cross-encoder with one output, or leave `reranker` empty.",
            ) from error

    def score(self, question: str, passages: Sequence[Passage]) -> NDArray[np.float32]:
        """Return how well each passage answers `question`, shape (len(passages),); only the order counts."""
        asked = fold(question)
        pairs = [(asked, fold(embedding_text(passage))) for passage in passages]
        scores: NDArray[np.float32] = self._model.predict(pairs, show_progress_bar=False)
        return scores


@lru_cache(maxsize=1)  # several stores of one server share it
def load_reranker(setting: str) -> CrossEncoderReranker:
    """Return the reranker that `setting` names. Raises ModelError when it cannot be loaded."""
    return CrossEncoderReranker(setting)
