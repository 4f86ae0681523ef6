"""The reader: a small network that reads a question and a statement together, character by character.

The judgement weighs signals; the reader knows words. It began as RoFormer-Sim (Su et al., 2021; six layers of
attention, 384 numbers), which has read a large part of the Chinese web, and learnt from 100,000 pairs of ours
which statements answer a question and which only seem to; each character has a mark of whether the other side
has it too. Learnt by `python -m eval.calibrate.reader`; onnxruntime walks it, in whole numbers of eight bits:
9 ms a statement (decision 0021). What of a statement answers tells one layer more, the pointer, 2 ms for the
statement told (decision 0024). All text is folded.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache, lru_cache
from math import exp, log
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

Numbers = NDArray[np.int64]
Chances = NDArray[np.float32]

MODEL, POINTER = (Path(__file__).with_name(name) for name in ("reader.onnx", "pointer.onnx"))
CHARACTERS, BLEND = "characters", "blend"  # what the file of the network says of itself
ODDS, STATES, SEEN = "odds", "states", "seen"  # what it tells, and what the pointer is given
# Characters of each part that are read; of what stands around a statement the nearest.
_QUESTION, CLAUSE, _AROUND = 48, 100, 64
PADDING, UNKNOWN, START, END, MASKED = range(5)  # tokens that are no character
FIRST = 5
# Marks of a character that the other side has, alone or in a pair; of the question's, by what stands around
# the statement alone.
_AROUND_ONLY, _SHARED, _PAIR_AROUND, _PAIR = 1, 2, 3, 4
_MANY = 1 << 16  # more than there are characters
_LEAST_ODDS = 1e-4  # of a chance, that its logarithm be finite
_REMEMBERED = 8  # statements, of which one is asked what of it answers: 2 MB


class Tokens(NamedTuple):
    """A question and a statement as the network takes them: three numbers for each character."""

    tokens: Numbers
    parts: Numbers  # question, statement, around
    marks: Numbers


class _Read(NamedTuple):
    """What the network makes of a question and a statement."""

    odds: float  # their logarithm
    states: NDArray[np.float32]  # of the tokens before the last layer, shape (1, places, numbers)


class Reader:
    """What was learnt: the network, the pointer, the number of each character, and what its word counts."""

    def __init__(self, model: bytes, pointer: bytes) -> None:
        """Take what two files hold. Raises KeyError when the first does not say its characters."""
        self._network, self._pointer = _session(model), _session(pointer)
        told = self._network.get_modelmeta().custom_metadata_map
        self.characters = {one: FIRST + at for at, one in enumerate(told[CHARACTERS])}
        # for figures and for all else: what the odds judged count, the odds read, and what is added
        self._blend: list[tuple[float, float, float]] = json.loads(told[BLEND])
        self._read = lru_cache(_REMEMBERED)(self._walked)

    def odds(self, question: str, said: tuple[str, str]) -> float:
        """Return the logarithm of the odds that a statement answers; `said` are clause and surroundings."""
        return self._read(question, said).odds

    def pointed(self, question: str, said: tuple[str, str]) -> Chances:
        """Return the chance of each character of the clause to be of the answer, as far as it is read."""
        first, last = reach_of(self._tokens(question, said))
        states = self._read(question, said).states[:, :last]
        seen = np.ones(states.shape[:2], np.bool_)
        odds = self._pointer.run(None, {STATES: states, SEEN: seen})[0][0, first:]
        return np.asarray(1 / (1 + np.exp(-odds)), np.float32)

    def _walked(self, question: str, said: tuple[str, str]) -> _Read:
        read = self._tokens(question, said)._asdict()
        odds, states = self._network.run([ODDS, STATES], {name: row[None] for name, row in read.items()})
        return _Read(float(odds[0]), states)

    def _tokens(self, question: str, said: tuple[str, str]) -> Tokens:
        return tokens_of(*(numbers(text, self.characters) for text in (question, *said)))

    def chance(self, question: str, said: tuple[str, str], judged: float, *, figure: bool) -> float:
        """Return the chance of a statement, given that of the judgement and what the reader reads."""
        of_judged, of_read, bias = self._blend[0 if figure else 1]
        odds = of_judged * log_odds(judged) + of_read * self.odds(question, said) + bias
        return 1 / (1 + exp(-odds))


def _session(model: bytes) -> InferenceSession:
    from onnxruntime import InferenceSession, SessionOptions

    options = SessionOptions()
    # two read a statement of 118 characters in 9.6 ms, one in 12.5
    options.intra_op_num_threads = 2
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")  # others need the cores
    return InferenceSession(model, options, providers=["CPUExecutionProvider"])


def log_odds(chance: float) -> float:
    """Return the logarithm of the odds of a chance, finite for 0 and 1 too."""
    kept = min(max(chance, _LEAST_ODDS), 1 - _LEAST_ODDS)
    return log(kept / (1 - kept))


def numbers(text: str, characters: Mapping[str, int]) -> Numbers:
    """Return the number of each character of `text`."""
    return np.array([characters.get(one, UNKNOWN) for one in text], np.int64)


def tokens_of(question: Numbers, clause: Numbers, around: Numbers) -> Tokens:
    """Return the tokens of the numbered characters of a question, a statement and what stands around it."""
    question, clause, around = question[:_QUESTION], clause[:CLAUSE], around[-_AROUND:]
    tokens = np.concatenate([[START], question, [END], clause, [END], around])
    sizes = len(question) + 2, len(clause) + 1, len(around)
    marks = np.zeros(len(tokens), np.int64)
    starts = 1, sizes[0], sizes[0] + sizes[1]
    _mark(marks, starts[0], question, clause, (_SHARED, _PAIR))
    _mark(marks, starts[0], question, around, (_AROUND_ONLY, _PAIR_AROUND))
    _mark(marks, starts[1], clause, question, (_SHARED, _PAIR))
    _mark(marks, starts[2], around, question, (_SHARED, _PAIR))
    return Tokens(tokens, np.repeat(np.arange(3), sizes), marks)


def reach_of(tokens: Tokens) -> tuple[int, int]:
    """Return the place of the first character of the statement, and that behind its last."""
    ends = np.flatnonzero(tokens.tokens == END)
    return int(ends[0]) + 1, int(ends[1])


def _mark(marks: Numbers, start: int, own: Numbers, other: Numbers, values: tuple[int, int]) -> None:
    """Raise the marks of the characters of `own`, from `start` on, that `other` has, alone or in a pair."""
    theirs = marks[start : start + len(own)]
    np.maximum(theirs, values[0] * (np.isin(own, other) & (own >= FIRST)), out=theirs)
    shared = np.isin(_pairs(own), _pairs(other)) & (np.minimum(own[:-1], own[1:]) >= FIRST)
    for pair in theirs[:-1], theirs[1:]:
        np.maximum(pair, values[1] * shared, out=pair)


def _pairs(numbers: Numbers) -> Numbers:
    return numbers[:-1] * _MANY + numbers[1:]


@cache
def bundled() -> Reader:
    """Return what comes with the product."""
    return Reader(MODEL.read_bytes(), POINTER.read_bytes())
