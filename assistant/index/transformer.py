"""Any embedding model that sentence-transformers can load, under the same protocol."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ..errors import ModelError
from ..zh.fold import fold

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

# What a family of models wants before a question, from its own model card. A model that carries
# its prompts (`prompts` in its configuration) needs no entry.
_INSTRUCTIONS = {
    "bge-small-zh": "为这个句子生成表示以用于检索相关文章：",
    "bge-base-zh": "为这个句子生成表示以用于检索相关文章：",
    "bge-large-zh": "为这个句子生成表示以用于检索相关文章：",
    "multilingual-e5": "query: ",
}
_PASSAGE_INSTRUCTIONS = {"multilingual-e5": "passage: "}


class TransformerEmbedder:
    """A sentence-transformers model from a folder or a hub."""

    def __init__(self, setting: str) -> None:
        """Load the model that `setting` names. Raises ModelError when it cannot be loaded."""
        from sentence_transformers import SentenceTransformer

        try:
            self._model: SentenceTransformer = SentenceTransformer(setting)
        except (OSError, ValueError, RuntimeError, ImportError) as error:
            raise ModelError(
                f"The embedding model {setting!r} cannot be loaded: {error}.",
                "Name a folder that holds a sentence-transformers model, or `bundled`.",
            ) from error
        self.name = f"{setting}@{_version(setting, self._model)}"
        self.dimensions = int(self._model.encode(["维"]).shape[1])
        self._question_instruction = _instruction(setting, _INSTRUCTIONS)
        self._passage_instruction = _instruction(setting, _PASSAGE_INSTRUCTIONS)

    def passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return one vector of length 1 for each text, shape (len(texts), dimensions)."""
        folded = [self._passage_instruction + fold(text) for text in texts]
        vectors: NDArray[np.float32] = self._model.encode_document(folded, normalize_embeddings=True)
        return vectors

    def question(self, text: str) -> NDArray[np.float32]:
        """Return the vector of a question, length 1, shape (dimensions,)."""
        folded = self._question_instruction + fold(text)
        vector: NDArray[np.float32] = self._model.encode_query([folded], normalize_embeddings=True)[0]
        return vector


def _version(setting: str, model: SentenceTransformer) -> str:
    """Return what changes with the weights: a digest of a folder's, the commit of a hub's."""
    if Path(setting).is_dir():
        digest = hashlib.sha256()
        for path in sorted(Path(setting).rglob("*.safetensors")) + sorted(Path(setting).rglob("*.bin")):
            digest.update(path.read_bytes())
        return digest.hexdigest()[:12]
    return str(getattr(getattr(model[0].auto_model, "config", None), "_commit_hash", None) or "unknown")[:12]


def _instruction(setting: str, instructions: dict[str, str]) -> str:
    return next((text for family, text in instructions.items() if family in setting), "")
