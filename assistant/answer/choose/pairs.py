"""How statements hold the pairs of characters of a question, each by how rare it is among them."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from ...zh.fold import folded_text
from ..evidence.candidates import Candidate

Numbers = NDArray[np.float64]
Flags = NDArray[np.bool_]
_NEARBY = 80  # characters before and behind a statement that may hold the rest of the question
NAMES = (
    *("bigrams", "bigrams headed", "bigrams in the passage", "rare bigrams", "rare bigrams nearby"),
    *("rare bigrams in the passage", "rare bigrams beyond the title", "longest run of bigrams"),
)


class Pairs:
    """The pairs of characters of a question, each counting more the fewer of the statements found have it."""

    def __init__(self, bigrams: Sequence[str], found: Sequence[Candidate]) -> None:
        self._bigrams = bigrams
        texts = [candidate.folded for candidate in found]
        self.counts = [sum([pair in text for text in texts]) for pair in bigrams]
        rarity = [math.log((len(texts) + 1) / (count + 0.5)) for count in self.counts]
        self._rarity = np.array(rarity)
        self._total = sum(rarity) or 1.0

    def rare_share(self, has: Flags) -> Numbers:
        """Return for each row of `has` the share of the pairs that are there, weighed by their rarity."""
        return np.asarray(has @ self._rarity / self._total)

    def of(self, ranked: Sequence[Candidate]) -> Numbers:
        """Return the signals of the pairs for each candidate, as NAMES has them."""
        clause = self._has([one.folded for one in ranked])
        frame = self._has_each([one.frame for one in ranked])
        headed = clause | frame | self._has([one.sentence_before for one in ranked])
        nearby = headed | self._has([f"{one.before[-_NEARBY:]} {_behind(one)}" for one in ranked])
        passage = frame | self._has_each([folded_text(one.hit.passage.text) for one in ranked])
        beyond = self.rare_share(~frame)
        return np.column_stack(
            [
                *(share(has) for has in (clause, headed, passage)),
                *(self.rare_share(has) for has in (clause, nearby, passage)),
                np.where(beyond > 0, self.rare_share(clause & ~frame) / np.maximum(beyond, 1e-9), 0.0),
                [_longest_run(row) / max(len(row), 1) for row in clause.tolist()],
            ]
        )

    def _has(self, texts: Sequence[str]) -> Flags:
        """Tell of each text which pairs it has, shape (texts, pairs)."""
        found = [[pair in text for pair in self._bigrams] for text in texts]
        return np.array(found, dtype=bool).reshape(len(texts), len(self._bigrams))

    def _has_each(self, texts: Sequence[str]) -> Flags:
        """Tell the same of texts many of which are one."""
        places = {text: place for place, text in enumerate(dict.fromkeys(texts))}
        return self._has(list(places))[[places[text] for text in texts]]


def _behind(candidate: Candidate) -> str:
    end = candidate.end
    return folded_text(candidate.document.text[end : end + _NEARBY]).partition("\n")[0]


def share(has: Flags) -> Numbers:
    """Return for each row of `has` the share of the pairs that are there."""
    return np.asarray(has.mean(axis=1)) if has.shape[1] else np.zeros(len(has))


def _longest_run(has: Sequence[bool]) -> int:
    longest = run = 0
    for there in has:
        run = run + 1 if there else 0
        longest = max(longest, run)
    return longest
