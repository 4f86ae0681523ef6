"""The reader: a small network that reads a question and a statement together, character by character.

The judgement weighs signals; the reader has seen 70,000 questions with the statements that answer them or
only seem to, and tells what no signal says. Four layers of self-attention (Vaswani et al., 2017) over the
question, the statement and what stands around it, each character with a mark of whether the other side has
it too. Learnt by `python -m eval.calibrate.reader`, walked here in numpy: 8 ms a statement (decision 0020).
All text is folded.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from math import exp, log
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Numbers = NDArray[np.int64]

MODEL = Path(__file__).with_name("reader.npz")
# Characters of each part that are read; of what stands around a statement the nearest.
_QUESTION, _CLAUSE, _AROUND = 48, 100, 64
PADDING, UNKNOWN, START, END, MASKED = range(5)  # tokens that are no character
FIRST = 5
# Marks of a character that the other side has, alone or in a pair; of the question's, by what stands around
# the statement alone.
_AROUND_ONLY, _SHARED, _PAIR_AROUND, _PAIR = 1, 2, 3, 4
HEAD = 64  # numbers of a head of attention
_MANY = 1 << 16  # more than there are characters
_LEAST_ODDS = 1e-4  # of a chance, that its logarithm be finite
_TINY = np.float32(1e-5)  # of a variance, as the network was learnt with
_ROOT = np.float32(0.7978845608)  # of 2/π, in the approximation of GELU


class Tokens(NamedTuple):
    """A question and a statement as the network takes them: four numbers for each character."""

    tokens: Numbers
    places: Numbers  # within its part
    parts: Numbers  # question, statement, around
    marks: Numbers


class Reader(NamedTuple):
    """What was learnt: the number of each character, the weights by name, and what its word counts."""

    characters: Mapping[str, int]
    weights: Mapping[str, Floats]
    blend: Floats  # a row for figures and one for all else: of the odds judged, of the odds read, of neither

    @classmethod
    def of(cls, arrays: Mapping[str, NDArray[Any]]) -> Reader:
        """Return what the `arrays` of a file hold. Raises KeyError when one is missing."""
        characters = {chr(code): FIRST + at for at, code in enumerate(arrays["characters"])}
        names = set(arrays) - {"characters", "blend"}
        return cls(characters, {name: arrays[name].astype(np.float32) for name in names}, arrays["blend"])

    def encoded(self, question: str, clause: str, around: str) -> Tokens:
        """Return the tokens of a question and a statement."""
        return tokens_of(*(numbers(text, self.characters) for text in (question, clause, around)))

    def odds(self, question: str, said: tuple[str, str]) -> float:
        """Return the logarithm of the odds that a statement answers; `said` are clause and surroundings."""
        return self._walk(self.encoded(question, *said))

    def chance(self, question: str, said: tuple[str, str], judged: float, *, figure: bool) -> float:
        """Return the chance of a statement, given that of the judgement and what the reader reads."""
        of_judged, of_read, bias = self.blend[0 if figure else 1]
        odds = of_judged * log_odds(judged) + of_read * self.odds(question, said) + bias
        return float(1 / (1 + exp(-odds)))

    def _walk(self, read: Tokens) -> float:
        """Return what the network says of a question and a statement."""
        w = self.weights
        x = w["tok.weight"][read.tokens] + w["pos.weight"][read.places]
        x = x + w["seg.weight"][read.parts] + w["flag.weight"][read.marks]
        for number in range(sum(name.endswith("n1.weight") for name in w)):
            layer = f"layers.{number}."
            x = x + self._attended(layer, self._normal(layer + "n1", x))
            x = x + self._linear(layer + "b", _gelu(self._linear(layer + "a", self._normal(layer + "n2", x))))
        first = self._normal("norm", x[:1])
        return float(self._linear("head.2", _gelu(self._linear("head.0", first)))[0, 0])

    def _attended(self, layer: str, x: Floats) -> Floats:
        length, size = x.shape
        parted = self._linear(layer + "qkv", x).reshape(length, 3, size // HEAD, HEAD)
        query, key, value = parted.transpose(1, 2, 0, 3)
        weights = query @ key.transpose(0, 2, 1) * np.float32(HEAD**-0.5)
        weights = np.exp(weights - weights.max(-1, keepdims=True))
        weights /= weights.sum(-1, keepdims=True)
        return self._linear(layer + "o", (weights @ value).transpose(1, 0, 2).reshape(length, size))

    def _normal(self, name: str, x: Floats) -> Floats:
        x = x - x.mean(-1, keepdims=True)
        scale = np.sqrt((x * x).mean(-1, keepdims=True) + _TINY)
        return np.asarray(x / scale * self.weights[name + ".weight"] + self.weights[name + ".bias"])

    def _linear(self, name: str, x: Floats) -> Floats:
        return np.asarray(x @ self.weights[name + ".weight"].T + self.weights[name + ".bias"])


def log_odds(chance: float) -> float:
    """Return the logarithm of the odds of a chance, finite for 0 and 1 too."""
    kept = min(max(chance, _LEAST_ODDS), 1 - _LEAST_ODDS)
    return log(kept / (1 - kept))


def numbers(text: str, characters: Mapping[str, int]) -> Numbers:
    """Return the number of each character of `text`."""
    return np.array([characters.get(one, UNKNOWN) for one in text], np.int64)


def tokens_of(question: Numbers, clause: Numbers, around: Numbers) -> Tokens:
    """Return the tokens of the numbered characters of a question, a statement and what stands around it."""
    question, clause, around = question[:_QUESTION], clause[:_CLAUSE], around[-_AROUND:]
    tokens = np.concatenate([[START], question, [END], clause, [END], around])
    sizes = len(question) + 2, len(clause) + 1, len(around)
    places = np.concatenate([np.arange(sizes[0]), np.arange(1, sizes[1] + 1), np.arange(1, sizes[2] + 1)])
    marks = np.zeros(len(tokens), np.int64)
    starts = 1, sizes[0], sizes[0] + sizes[1]
    _mark(marks, starts[0], question, clause, (_SHARED, _PAIR))
    _mark(marks, starts[0], question, around, (_AROUND_ONLY, _PAIR_AROUND))
    _mark(marks, starts[1], clause, question, (_SHARED, _PAIR))
    _mark(marks, starts[2], around, question, (_SHARED, _PAIR))
    return Tokens(tokens, places, np.repeat(np.arange(3), sizes), marks)


def _mark(marks: Numbers, start: int, own: Numbers, other: Numbers, values: tuple[int, int]) -> None:
    """Raise the marks of the characters of `own`, from `start` on, that `other` has, alone or in a pair."""
    theirs = marks[start : start + len(own)]
    np.maximum(theirs, values[0] * (np.isin(own, other) & (own >= FIRST)), out=theirs)
    shared = np.isin(_pairs(own), _pairs(other)) & (np.minimum(own[:-1], own[1:]) >= FIRST)
    for pair in theirs[:-1], theirs[1:]:
        np.maximum(pair, values[1] * shared, out=pair)


def _pairs(numbers: Numbers) -> Numbers:
    return numbers[:-1] * _MANY + numbers[1:]


def _gelu(x: Floats) -> Floats:
    return np.asarray(np.float32(0.5) * x * (1 + np.tanh(_ROOT * (x + np.float32(0.044715) * x * x * x))))


@cache
def bundled() -> Reader:
    """Return what comes with the product."""
    with np.load(MODEL) as arrays:
        return Reader.of(arrays)
