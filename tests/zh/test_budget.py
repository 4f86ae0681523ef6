"""Tokens are counted as tiktoken counts them, without a network."""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path

import pytest
import tiktoken
from hypothesis import given
from hypothesis import strategies as st

from assistant.zh.budget import count


@cache
def theirs() -> tiktoken.Encoding:
    spec = find_spec("llama_index.core")
    assert spec is not None
    assert spec.origin is not None
    with pytest.MonkeyPatch.context() as environment:
        folder = Path(spec.origin).parent / "_static" / "tiktoken_cache"
        environment.setenv("TIKTOKEN_CACHE_DIR", str(folder))
        return tiktoken.get_encoding("cl100k_base")


@given(st.text() | st.text(alphabet="政策发展的一是在 abc'sABC1234,。、\n\r\t①㎡🙂", max_size=80))
def test_the_count_is_that_of_tiktoken(text: str) -> None:
    assert count(text) == len(theirs().encode_ordinary(text))
