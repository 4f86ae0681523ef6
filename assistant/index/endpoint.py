"""An embedding model behind an OpenAI-compatible endpoint, through LlamaIndex's client."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ..errors import ModelError
from ..zh.fold import fold
from .embed import unit

if TYPE_CHECKING:
    from llama_index.embeddings.openai import OpenAIEmbedding

_BATCH = 64  # texts in one request: what most servers accept


class EndpointEmbedder:
    """The model of `http://host:port/v1#model`; its key is the environment's OPENAI_API_KEY."""

    def __init__(self, setting: str) -> None:
        """Ask the endpoint for one vector. Raises ModelError when it gives none."""
        from llama_index.embeddings.openai import OpenAIEmbedding

        address, _, model = setting.partition("#")
        self._model: OpenAIEmbedding = OpenAIEmbedding(
            model_name=model,
            api_base=address,
            api_key=os.environ.get("OPENAI_API_KEY", "none"),  # servers of one's own ask for none
            embed_batch_size=_BATCH,
        )
        self.name = setting
        self.dimensions = len(self.question("维"))

    def passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return one vector of length 1 for each text, shape (len(texts), dimensions)."""
        if not texts:
            return np.zeros((0, self.dimensions), dtype=np.float32)
        return self._embed([fold(text) for text in texts])

    def question(self, text: str) -> NDArray[np.float32]:
        """Return the vector of a question, length 1, shape (dimensions,)."""
        vector: NDArray[np.float32] = self._embed([fold(text)])[0]
        return vector

    def _embed(self, folded: list[str]) -> NDArray[np.float32]:
        from openai import OpenAIError

        try:
            vectors = self._model.get_text_embedding_batch(folded)
        except OpenAIError as error:
            raise ModelError(
                f"The embedding endpoint {self.name} failed: {error}.",
                "Is it running, and is the model behind # one that it serves?",
            ) from error
        return unit(np.array(vectors, dtype=np.float32))
