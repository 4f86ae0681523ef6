"""Words of a question that the documents write with other characters of the same sound."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise

from ...types import Hit, Plan
from ...zh.fold import folded_text
from ...zh.tokens import cut, rarity
from ..evidence.terms import match, terms_of

_HITS = 10
# A word of jieba's list is what was meant; only what is no word may be a slip.
_NO_WORD = 0.95


def respelt(plan: Plan, hits: Sequence[Hit]) -> Plan | None:
    """Return `plan` with a word that no hit holds spelt as the hits spell its sound, else None."""
    text = "".join(folded_text(hit.passage.text) for hit in hits[:_HITS])
    absent = [term.text for term in terms_of(plan) if match(term, text) < 1]
    for word in (*absent, *_broken(plan.topic, text)):
        if len(word) < 2 or rarity(word) < _NO_WORD:
            continue
        if (meant := _alike(word, text)) and word in plan.topic:
            return replace(
                plan,
                topic=plan.topic.replace(word, meant),
                resolved=plan.resolved.replace(word, meant),
                notices=(*plan.notices, f"“{word}”按“{meant}”理解。"),
            )
    return None


def _broken(topic: str, text: str) -> list[str]:
    """Return the pairs of single characters in `topic` that `text` has not: 护里."""
    pieces = cut(topic)
    pairs = (one + other for one, other in pairwise(pieces) if len(one) == len(other) == 1)
    return [pair for pair in pairs if pair.isalpha() and pair not in text]


def _alike(written: str, text: str) -> str:
    """Return the commonest stretch of `text` that sounds like `written`, empty where none does."""
    sounds = [_sound(character) for character in written]
    size = len(written)
    heard = [_sound(character) for character in text]
    found = Counter(
        text[index : index + size]
        for index in range(len(text) - size + 1)
        if heard[index : index + size] == sounds
    )
    return found.most_common(1)[0][0] if found else ""


@lru_cache(maxsize=8192)
def _sound(character: str) -> str:
    from pypinyin import lazy_pinyin

    return str(lazy_pinyin(character)[0])
