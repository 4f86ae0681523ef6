"""Questions that differ by a word from ones that are answered: 午餐 and 晚餐, 承包单位 and 施工单位.

A near topic has all words of a text but one, and a word of its class in the place of that one. Which words
are of one class is taken from the texts: items that stand side by side in an enumeration, and words with the
same last character (a Chinese noun ends in its head) whose vectors are alike. One with the same first
character is likely another word for the same thing. All text is folded.
"""

from __future__ import annotations

import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from assistant.index.embed import Embedder
from assistant.learn.texts import read_records
from assistant.zh.fold import fold
from assistant.zh.tokens import cut

from ..lists import Listed

_ENUMERATING = ("law_articles.jsonl.xz", "news.jsonl.xz")
_HAN = "[㐀-鿿]"
_ITEMS = re.compile(rf"(?<=、)(?=({_HAN}{{2,5}})、({_HAN}{{2,5}})[、,。;和等或及])")
_SIDE_BY_SIDE = 3  # times that two words stand so, to be of one class
_OFTEN, _LONGEST = 12, 4  # times and characters of a word that is taken for its last character
_ALIKE = 0.35, 0.9  # cosine of their vectors
_TIMES = 3.0  # what a cosine of 1 counts beside standing side by side once
_WORD = re.compile(_HAN + "{2,5}")
# Both texts changed is asked as often as it is refused, nearly, so that no word is wrong wherever it stands.
_BOTH_CHANGED, _NONE_CHANGED = 0.7, 0.4
_LEAST_QUESTION = 4  # characters


class Asked(NamedTuple):
    """A folded question, a statement with what stands around it, and whether the statement answers."""

    question: str
    said: tuple[str, str]
    answers: bool


class Classes:
    """Which words are of one class."""

    def __init__(self, texts: Iterable[str], statements: Sequence[str], embedder: Embedder) -> None:
        """Learn the classes from folded `texts` and the `statements` that are asked about."""
        pairs = Counter[tuple[str, str]]()
        for text in (*statements, *texts):
            pairs.update(_side_by_side("、" + text))
        self._beside: dict[str, dict[str, int]] = defaultdict(dict)
        for (one, other), times in pairs.items():
            if times >= _SIDE_BY_SIDE:
                self._beside[one][other] = self._beside[other][one] = times
        words = Counter(
            word
            for text in statements
            for word in cut(text)
            if len(word) <= _LONGEST and _WORD.fullmatch(word)
        )
        self._ending: dict[tuple[str, int], list[str]] = defaultdict(list)
        for word, times in words.items():
            if times >= _OFTEN:
                self._ending[word[-1], len(word)].append(word)
        self._vectors = cache(embedder.passages)
        self.others = cache(self._others)

    def _others(self, word: str) -> Mapping[str, float]:
        found = Counter[str](self._beside.get(word, {}))
        ending = tuple(self._ending[word[-1], len(word)])
        if ending:
            alike = self._vectors(ending) @ self._vectors((word,))[0]
            for other, cosine in zip(ending, alike, strict=True):
                if _ALIKE[0] < cosine < _ALIKE[1]:
                    found[other] += _TIMES * float(cosine)
        return {
            other: times
            for other, times in found.items()
            if other[0] != word[0] and other not in word and word not in other
        }


def texts(data: Path) -> Iterator[str]:
    """Yield the folded laws and news of `data`, which enumerate most."""
    for name in _ENUMERATING:
        for record in read_records(data / name):
            yield re.sub(r"\s+", " ", fold(record.get("text") or "")).strip()


def contrasts(one: Listed, right: int, classes: Classes, chance: random.Random) -> list[Asked]:
    """Return questions that differ by a word from `one`, which the statement at place `right` answers."""
    question, (clause, around) = fold(one.question), one.said[right]
    shared = [word for word in dict.fromkeys(cut(question)) if _WORD.fullmatch(word) and word in clause]
    chance.shuffle(shared)
    for word in shared:
        others = {
            other: times
            for other, times in classes.others(word).items()
            if other not in question and other not in clause
        }
        if not others or len(question) < _LEAST_QUESTION:
            continue
        other = chance.choices(list(others), list(others.values()))[0]
        changed, said = (
            question.replace(word, other),
            (clause.replace(word, other), around.replace(word, other)),
        )
        found = [Asked(changed, (clause, around), False), Asked(question, said, False)]
        if chance.random() < _BOTH_CHANGED:
            found.append(Asked(changed, said, True))
        if chance.random() < _NONE_CHANGED:
            found.append(Asked(question, (clause, around), True))
        return found
    return []


def _side_by_side(text: str) -> Iterator[tuple[str, str]]:
    for one, other in _ITEMS.findall(text):
        if one != other and abs(len(one) - len(other)) <= 1:
            yield (one, other) if one < other else (other, one)
