"""How much of a question's wording a passage holds: its words, and those that one sentence holds together.

BM25 adds up words wherever they stand, and a cosine prefers the passage that is about the matter in
general. The passage that answers holds the words that tell the candidates apart, and it holds the rare
ones near each other.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from ..types import Passage
from ..zh.fold import fold, folded_text
from ..zh.tokens import content_words, rarity
from .rank import Scores

Held = NDArray[np.bool_]  # [text, part]
Shares = NDArray[np.float64]

_SENTENCE_END = re.compile(r"[。！？!?;；\n]")


def wording(question: str, passages: Sequence[Passage]) -> Scores:
    """Return how much of the wording of `question` each of the candidates `passages` holds, from 0 to 1.

    The share of its words in the passage, a word weighing how well it tells the candidates apart, times
    the share in the passage's best sentence, a word weighing how rare it is in Chinese.
    """
    texts = [folded(passage) for passage in passages]
    words = list(dict.fromkeys(content_words(fold(question))))
    in_text = holds(words, texts)
    together = best_sentence(words, np.array([rarity(word) for word in words]), texts)
    return (covered(in_text, telling(in_text)) * together).astype(np.float32)


def folded(passage: Passage) -> str:
    """Return the text of a passage, folded, a table's header before it."""
    return folded_text(f"{passage.table_header}\n{passage.text}")


def holds(parts: Sequence[str], texts: Sequence[str]) -> Held:
    """Tell which of `parts` each of `texts` holds."""
    found = [part in text for text in texts for part in parts]
    return np.array(found, dtype=bool).reshape(len(texts), len(parts))


def telling(held: Held) -> Shares:
    """Return how well each column tells the rows apart: the logarithm of how few have it."""
    return np.asarray(np.log((len(held) + 1) / (held.sum(axis=0) + 0.5)))


def covered(held: Held, weights: Shares) -> Shares:
    """Return the share of the `weights` that each row holds."""
    return np.asarray(held @ weights / max(float(weights.sum()), 1e-6))


def best_sentence(parts: Sequence[str], weights: Shares, texts: Sequence[str]) -> Shares:
    """Return the greatest share of `parts`, by weight, that one sentence of each text holds."""
    cut = [[one for one in _SENTENCE_END.split(text) if one] or [""] for text in texts]
    shares = covered(holds(parts, [one for sentences in cut for one in sentences]), weights)
    starts = np.cumsum([0, *map(len, cut)])[:-1]
    return np.asarray(np.maximum.reduceat(shares, starts)) if len(starts) else shares
