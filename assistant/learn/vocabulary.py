"""A Unigram tokenizer whose pieces are jieba's words, weighted by how often they occur."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING

from ..zh.tokens import words

if TYPE_CHECKING:
    from tokenizers import Tokenizer

UNKNOWN = "[UNK]"

_HAN = "㐀-䶿一-鿿"
_WORD = re.compile(rf"[{_HAN}]+|[a-z0-9]+(?:\.[0-9]+)*%?")
# what stands between words in folded text: all but Han, letters, figures and their inner point
_BETWEEN = rf"[^{_HAN}a-z0-9.%]+|(?<![0-9])\.|\.(?![0-9])|(?<![0-9])%"
_RAREST = 5  # a piece met less often learns nothing worth its place


def count_words(texts: Iterable[str]) -> Counter[str]:
    """Count the words of `texts` and, at the same weight, the characters inside them."""
    counts: Counter[str] = Counter()
    for text in texts:
        counts.update(word for word in words(text) if _WORD.fullmatch(word))
    return counts


def make_tokenizer(counts: Counter[str], size: int) -> Tokenizer:
    """Return a Unigram tokenizer of at most `size` pieces: the characters, then the commonest words."""
    from tokenizers import Regex, Tokenizer, models, pre_tokenizers

    inside: Counter[str] = Counter()
    for word, count in counts.items():
        for character in word:
            inside[character] += count
    characters = [c for c, count in sorted(inside.items()) if count >= _RAREST]
    common = [word for word, count in counts.items() if len(word) > 1 and count >= _RAREST]
    ranked = sorted(common, key=lambda word: (-counts[word], word))
    pieces = [*characters, *ranked][: size - 1]
    total = math.log(sum(counts.values()))
    # a character that never stands alone weighs one occurrence: the last resort of a reading
    scores = [(piece, math.log(max(counts[piece], 1)) - total) for piece in pieces]
    unknown = (UNKNOWN, min(score for _, score in scores) - 10)
    tokenizer = Tokenizer(models.Unigram([unknown, *scores], unk_id=0, byte_fallback=False))
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(Regex(_BETWEEN), behavior="removed"),
            pre_tokenizers.Split(Regex(f"[{_HAN}]+"), behavior="isolated"),
        ]
    )
    return tokenizer
