"""Count tokens, for budgets of passages and prompts."""

from __future__ import annotations

from binascii import a2b_base64
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tiktoken import Encoding

# The file under which tiktoken caches the vocabulary, and how cl100k cuts text before it merges bytes:
# both from tiktoken_ext/openai_public.py.
_VOCABULARY = "9b5ad71b2ce5302211f9c61530b329a4922fc6a4"
_CUT = (
    r"'(?i:[sdmt]|ll|ve|re)|[^\r\n\p{L}\p{N}]?+\p{L}++|\p{N}{1,3}+| ?[^\s\p{L}\p{N}]++[\r\n]*+"
    r"|\s++$|\s*[\r\n]|\s+(?!\S)|\s"
)


@cache
def _encoding() -> Encoding:
    import tiktoken

    # llama-index carries the vocabulary, so that nothing is fetched; found without importing it
    spec = find_spec("llama_index.core")
    path = Path(spec.origin if spec and spec.origin else "").parent / "_static/tiktoken_cache" / _VOCABULARY
    if not path.is_file():
        return tiktoken.get_encoding("cl100k_base")
    # as tiktoken does it, but not line by line: a third of the time, and no hash of a file of ours
    words = path.read_bytes().split()
    ranks = dict(zip(map(a2b_base64, words[::2]), map(int, words[1::2]), strict=True))
    return tiktoken.Encoding("cl100k_base", pat_str=_CUT, mergeable_ranks=ranks, special_tokens={})


def count(text: str) -> int:
    """Return how many cl100k tokens `text` has."""
    return len(_encoding().encode_ordinary(text))
