"""Count tokens, for budgets of passages and prompts."""

from __future__ import annotations

import os
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tiktoken import Encoding


@cache
def _encoding() -> Encoding:
    # llama-index carries the vocabulary, so that nothing is fetched; found without importing it
    spec = find_spec("llama_index.core")
    if spec and spec.origin:
        cache_folder = Path(spec.origin).parent / "_static" / "tiktoken_cache"
        os.environ.setdefault("TIKTOKEN_CACHE_DIR", str(cache_folder))
    import tiktoken

    return tiktoken.get_encoding("cl100k_base")


def count(text: str) -> int:
    """Return how many cl100k tokens `text` has."""
    return len(_encoding().encode_ordinary(text))
