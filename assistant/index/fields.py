"""What the keyword index takes of a passage."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from ..types import Passage
from ..zh.tokens import tokenize

Fields = tuple[str, str, str]  # tokens of title, section path and body, joined by blanks


def keyword_fields(passages: Iterable[Passage]) -> list[Fields]:
    """Return the tokens of each passage: 2,500 passages a second, so worth another process."""
    return [
        (
            _tokens(passage.title),
            _tokens(" ".join(passage.section)),
            " ".join(tokenize(f"{passage.table_header}\n{passage.text}")),
        )
        for passage in passages
    ]


@lru_cache(maxsize=4_096)  # the passages of a document share its title and few section paths
def _tokens(text: str) -> str:
    return " ".join(tokenize(text))


def embedding_text(passage: Passage) -> str:
    """Return what the embedding model reads of a passage: where it stands, then what it says."""
    return "\n".join(
        filter(None, (passage.title, " ".join(passage.section), passage.table_header, passage.text))
    )
