"""Write a static model as a folder that `SentenceTransformer(path)` and `load_embedder` read."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from tokenizers import Tokenizer

# these names load in sentence-transformers 5 and 6
_MODULES = {
    "0_StaticEmbedding": "sentence_transformers.models.StaticEmbedding",
    "1_Normalize": "sentence_transformers.models.Normalize",
}


def save_static(folder: Path, tokenizer: Tokenizer, vectors: NDArray[np.floating]) -> None:
    """Write `tokenizer` and its token `vectors`, shape (pieces, dimensions), in float16."""
    from safetensors.numpy import save

    for path in _MODULES:
        (folder / path).mkdir(parents=True, exist_ok=True)
    part = folder / "0_StaticEmbedding"
    (part / "tokenizer.json").write_text(tokenizer.to_str(pretty=False), encoding="utf-8")
    (part / "model.safetensors").write_bytes(save({"embedding.weight": vectors.astype(np.float16)}))
    modules = [
        {"idx": number, "name": str(number), "path": path, "type": kind}
        for number, (path, kind) in enumerate(_MODULES.items())
    ]
    _write(folder / "modules.json", modules)
    _write(folder / "1_Normalize" / "config.json", {})  # git keeps no empty folder
    _write(folder / "config_sentence_transformers.json", {"similarity_fn_name": "cosine"})


def _write(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, indent=2) + "\n", encoding="utf-8")
