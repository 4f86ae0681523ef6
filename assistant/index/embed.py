"""Text to vectors: the bundled static model without torch, or any other model by one setting."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from copy import copy
from itertools import chain
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from ..errors import ModelError
from ..zh.fold import fold

BUNDLED = Path(__file__).parent.parent / "models" / "policy-static-zh"

QUESTIONS = "questions.safetensors"  # beside the modules: how questions read some tokens

_BATCH = 64  # texts whose token vectors are held at once: 60 MB when each has 1,000 tokens


class Embedder(Protocol):
    """What turns text into vectors whose dot product is their likeness."""

    @property
    def name(self) -> str:
        """Return the identity of the model, its version included: other vectors, another name."""

    @property
    def dimensions(self) -> int:
        """Return the length of a vector."""

    def passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return one vector of length 1 for each text, shape (len(texts), dimensions).

        A text without a single known token gets a vector of zeros.
        """

    def question(self, text: str) -> NDArray[np.float32]:
        """Return the vector of a question, length 1, shape (dimensions,)."""


def load_embedder(setting: str) -> Embedder:
    """Return the model that `setting` names.

    That is "bundled", a folder, a name on a hub, or an endpoint (`http://host:port/v1#model`).

    Raises ModelError when it cannot be used.
    """
    folder = BUNDLED if setting == "bundled" else Path(setting)
    if setting == "bundled" or _is_static(folder):
        return _load_static(folder)
    if setting.startswith(("http://", "https://")):
        from .endpoint import EndpointEmbedder

        return EndpointEmbedder(setting)
    from .transformer import TransformerEmbedder

    return TransformerEmbedder(setting)


def _load_static(folder: Path) -> StaticEmbedder:
    embedder = StaticEmbedder(folder)
    questions = folder / QUESTIONS
    if not questions.is_file():
        return embedder
    from safetensors.numpy import load_file

    taught = load_file(questions)
    return embedder.taught(taught["tokens"].astype(np.int64), taught["vectors"].astype(np.float32))


def _modules(folder: Path) -> dict[str, str]:
    """Return the folder of each module of a sentence-transformers model, by its class."""
    modules = json.loads((folder / "modules.json").read_text(encoding="utf-8"))
    return {module["type"].rpartition(".")[2]: module["path"] for module in modules}


def _is_static(folder: Path) -> bool:
    if not (folder / "modules.json").is_file():
        return False
    modules = _modules(folder)
    return "StaticEmbedding" in modules and modules.keys() <= {"StaticEmbedding", "Normalize"}


class StaticEmbedder:
    """Mean of trained token vectors: a sentence-transformers StaticEmbedding folder read in numpy."""

    def __init__(self, folder: Path) -> None:
        """Load the model in `folder`. Raises ModelError when a file is missing or unreadable."""
        from safetensors.numpy import load
        from tokenizers import Tokenizer

        try:
            part = folder / _modules(folder)["StaticEmbedding"]
            tokenizer_bytes = (part / "tokenizer.json").read_bytes()
            weight_bytes = (part / "model.safetensors").read_bytes()
            self._tokenizer = Tokenizer.from_buffer(tokenizer_bytes)
            weights = load(weight_bytes)["embedding.weight"]
        except Exception as error:  # tokenizers raises bare Exception
            raise ModelError(
                f"The embedding model in {folder} cannot be read: {error}.",
                "Install the package again, or name another model in the setting `embedding`.",
            ) from error
        # a vector for each token, as precise as the file has them: half as much to load and to hold
        self._weights: NDArray[np.floating] = weights
        # questions may read some tokens in another way than passages do: which, and how
        self._moved: NDArray[np.int64] = np.full(len(weights), -1)
        self._moved_vectors: NDArray[np.float32] = np.empty((0, weights.shape[1]), np.float32)
        digest = hashlib.sha256(tokenizer_bytes + weight_bytes).hexdigest()[:12]
        self.name = f"{folder.name}@{digest}"
        self.dimensions = int(weights.shape[1])

    @property
    def table(self) -> NDArray[np.float32]:
        """Return the vectors of all tokens as passages read them, shape (tokens, dimensions)."""
        return self._weights.astype(np.float32)

    def passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return one vector of length 1 for each text, shape (len(texts), dimensions)."""
        return mean_vectors(self._weights, self.token_rows(texts))

    def question(self, text: str) -> NDArray[np.float32]:
        """Return the vector of a question, length 1, shape (dimensions,)."""
        return unit(self._asked(self.tokens(text)).sum(axis=0))

    def taught(self, tokens: NDArray[np.int64], vectors: NDArray[np.floating]) -> StaticEmbedder:
        """Return a model that reads `tokens` of questions as `vectors`, and all else as this one."""
        other = copy(self)
        moved = np.union1d(np.flatnonzero(self._moved >= 0), tokens)
        other._moved = np.full(len(self._weights), -1)
        other._moved[moved] = np.arange(len(moved))
        other._moved_vectors = self._asked(moved)
        other._moved_vectors[other._moved[tokens]] = vectors
        return other

    def question_table(self) -> NDArray[np.float32]:
        """Return the vectors of all tokens as questions read them, shape (tokens, dimensions)."""
        return self._asked(np.arange(len(self._weights)))

    def _asked(self, ids: NDArray[np.int64]) -> NDArray[np.float32]:
        """Return the vectors of the tokens `ids` as questions read them."""
        vectors = self._weights[ids].astype(np.float32)
        places = self._moved[ids]
        vectors[places >= 0] = self._moved_vectors[places[places >= 0]]
        return vectors

    def with_passages(self, tokens: NDArray[np.int64], vectors: NDArray[np.floating]) -> StaticEmbedder:
        """Return a model that reads `tokens` of passages as `vectors`; it is not asked questions."""
        other = copy(self)
        other._weights = self.table
        other._weights[tokens] = vectors
        return other

    def tokens(self, text: str) -> NDArray[np.int64]:
        """Return the numbers of the tokens of `text`."""
        return np.array(self._tokenizer.encode(fold(text), add_special_tokens=False).ids, dtype=np.int64)

    def token_rows(self, texts: Sequence[str]) -> list[NDArray[np.int64]]:
        """Return the numbers of the tokens of each text."""
        rows = []
        for start in range(0, len(texts), _BATCH):
            folded = [fold(text) for text in texts[start : start + _BATCH]]
            encodings = self._tokenizer.encode_batch_fast(folded, add_special_tokens=False)
            rows += [np.array(encoding.ids, dtype=np.int64) for encoding in encodings]
        return rows


def mean_vectors(
    table: NDArray[np.floating], rows: Sequence[Sequence[int] | NDArray[np.int64]]
) -> NDArray[np.float32]:
    """Return the mean of the `table` vectors of each row of tokens at length 1; 0 for an empty row."""
    vectors = np.zeros((len(rows), table.shape[1]), dtype=np.float32)
    for start in range(0, len(rows), _BATCH):
        vectors[start : start + _BATCH] = _means(table, rows[start : start + _BATCH])
    return vectors


def _means(
    table: NDArray[np.floating], rows: Sequence[Sequence[int] | NDArray[np.int64]]
) -> NDArray[np.float32]:
    lengths = np.fromiter(map(len, rows), dtype=np.int64, count=len(rows))
    ids = np.fromiter(chain.from_iterable(rows), dtype=np.int64, count=int(lengths.sum()))
    vectors = np.zeros((len(rows), table.shape[1]), dtype=np.float32)
    filled = lengths > 0
    if filled.any():
        starts = (np.cumsum(lengths) - lengths)[filled]
        vectors[filled] = np.add.reduceat(table[ids].astype(np.float32, copy=False), starts, axis=0)
    return unit(vectors)


def unit(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the rows of `vectors` at length 1; a row of zeros stays one."""
    lengths = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return (vectors / np.where(lengths > 0, lengths, 1)).astype(np.float32, copy=False)
