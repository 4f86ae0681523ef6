"""What a user would pick instead: other ways to search the same documents, asked the same questions.

Each answers with what it found best and cites it; none of them refuses what shares a word with a
document.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ..systems import System

if TYPE_CHECKING:
    from assistant.types import Document

BASELINES = (
    "bigram-passage",
    "bigram-sentences",
    "llamaindex-bm25",
    "llamaindex-bm25-jieba",
    "minilm-dense",
)


def baseline(name: str, documents: Sequence[Document], corpus: Path) -> System:
    """Return the baseline `name` over the documents, read from the folder `corpus`.

    Raises ImportError naming the extra that it needs, KeyError for an unknown name.
    """
    from . import bigram, dense, starter

    try:
        makers: dict[str, Callable[[], System]] = {
            "bigram-passage": lambda: bigram.BestPassage(documents),
            "bigram-sentences": lambda: bigram.BestSentences(documents),
            "llamaindex-bm25": lambda: starter.Starter(documents, corpus),
            "llamaindex-bm25-jieba": lambda: starter.StarterJieba(documents, corpus),
            "minilm-dense": lambda: dense.MiniLM(documents),
        }
        return makers[name]()
    except ImportError as error:
        raise ImportError(f"The baseline {name} needs {error.name}: pip install -e .[eval].") from error
