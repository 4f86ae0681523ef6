"""BM25 over character bigrams of the repaired text: the best passage, or the best three sentences."""

from __future__ import annotations

import time
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from itertools import pairwise
from math import log
from typing import TYPE_CHECKING, Any

from assistant.zh.fold import fold
from assistant.zh.sentences import sentences

from ..questions import Question
from ..reply import Found
from ..systems import HITS
from .quoting import asked, quoting

if TYPE_CHECKING:
    from assistant.types import Document

_K1, _B = 1.2, 0.75  # Robertson's usual values
_PASSAGE = 300  # characters


class Bigrams:
    """BM25 (Robertson) over the character bigrams of texts, folded."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._lengths = [max(1, len(text)) for text in texts]
        self._mean = sum(self._lengths) / max(1, len(texts))
        self._postings: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for index, text in enumerate(texts):
            for bigram, count in Counter(_bigrams(text)).items():
                self._postings[bigram].append((index, count))

    def rank(self, question: str) -> list[int]:
        """Return the texts that share a bigram with `question`, best first."""
        scores: dict[int, float] = defaultdict(float)
        for bigram in set(_bigrams(question)):
            postings = self._postings.get(bigram, [])
            weight = log(1 + (len(self._lengths) - len(postings) + 0.5) / (len(postings) + 0.5))
            for index, count in postings:
                norm = _K1 * (1 - _B + _B * self._lengths[index] / self._mean)
                scores[index] += weight * count * (_K1 + 1) / (count + norm)
        return sorted(scores, key=lambda index: -scores[index])


def _bigrams(text: str) -> list[str]:
    kept = "".join(character for character in fold(text) if character.isalnum())
    return [one + other for one, other in pairwise(kept)]


class BestPassage:
    """The best passage of about 300 characters."""

    name = "bigram-passage"

    def __init__(self, documents: Sequence[Document]) -> None:
        self._texts = {document.id: document.text for document in documents}
        self._units = [unit for id, text in self._texts.items() for unit in self._cut(id, text)]
        self._index = Bigrams([self._texts[unit.document][unit.start : unit.end] for unit in self._units])
        self._answers = 1

    def _cut(self, document: str, text: str) -> list[Found]:
        units: list[Found] = []
        for span in sentences(text):
            last = units[-1] if units else None
            if last and span.end - last.start <= _PASSAGE:
                units[-1] = Found(document, last.start, span.end)
            else:
                units.append(Found(document, span.start, span.end))
        return units

    def settings(self) -> Mapping[str, Any]:
        """Return the parameters of BM25 and of the cut."""
        return {"k1": _K1, "b": _B, "units": len(self._units)}

    def reply(self, question: Question) -> dict[str, Any]:
        """Return the best units as the answer."""
        begun = time.perf_counter()
        ranked = [self._units[index] for index in self._index.rank(asked(question))[:HITS]]
        best = [(unit, self._texts[unit.document][unit.start : unit.end]) for unit in ranked[: self._answers]]
        return quoting(question, begun, ranked, best, self._texts)


class BestSentences(BestPassage):
    """The best three sentences."""

    name = "bigram-sentences"

    def __init__(self, documents: Sequence[Document]) -> None:
        super().__init__(documents)
        self._answers = 3

    def _cut(self, document: str, text: str) -> list[Found]:
        return [Found(document, span.start, span.end) for span in sentences(text)]
