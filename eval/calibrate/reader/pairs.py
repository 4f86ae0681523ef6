"""What the reader learns from: questions with statements that answer or do not, and choices among some."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from assistant.answer.choose.judge import Judge
from assistant.answer.choose.reader import Tokens, log_odds, numbers, tokens_of
from assistant.zh.fold import fold

from ..fit import foremost
from ..lists import Listed
from .contrast import Asked, Classes, contrasts
from .plain import plainly
from .written import Labels, balanced

Said = tuple[str, str]  # a statement and what stands around it, both folded

_LOOKED_AT = 8  # statements of a question, the best by rule
_RIGHT, _WRONG = 3, 5  # of these
_BESIDE, _NONE = 0.5, 0.75  # what a wrong statement counts, beside a right one or where there is none
_FIRST = 0.4  # share of the draws that take the best of the wrong ones
_FAR, _OF_FAR = ("cmrc", "other", "law"), 0.5  # sources that count less
_OF_CONTRAST = 0.5  # what is made of a question counts less than what somebody asked
_MADE = 0.4  # share of what is made by rule that is learnt from: it is easy, and there is much of it
_OF_NEAR = 1.6  # what was written to be near counts more
_CHOSEN_AMONG = 6


class Pair(NamedTuple):
    """A folded question with statements that all answer it, or none of them, and what that counts."""

    question: str
    said: tuple[Said, ...]
    answers: float
    weight: float

    def drawn(self, characters: Mapping[str, int], chance: random.Random) -> Tokens:
        """Return the tokens of the question and of one of the statements."""
        first = not self.answers and chance.random() < _FIRST
        return tokens_in(characters, self.question, self.said[0] if first else chance.choice(self.said))


class Choice(NamedTuple):
    """A folded question, the statements that answer it and those that do not, each with its odds judged."""

    question: str
    right: tuple[tuple[Said, float], ...]
    wrong: tuple[tuple[Said, float], ...]


def tokens_in(characters: Mapping[str, int], question: str, said: Said) -> Tokens:
    """Return the tokens of a folded question and a statement."""
    return tokens_of(*(numbers(text, characters) for text in (question, *said)))


def pairs(asked: Sequence[Listed], labels: Labels, classes: Classes, chance: random.Random) -> Iterator[Pair]:
    """Yield what is learnt from: what was asked, questions that differ by a word, and plain ones."""
    seen: set[str] = set()
    for one in asked:
        weight = _OF_FAR if one.case.source.startswith(_FAR) else 1.0
        best = [int(at) for at in np.argsort(-one.score, kind="stable")]
        told = {at: labels.of(one, at) for at in best}
        right = [at for at in best if told[at]][:_RIGHT]
        wrong = [at for at in best[:_LOOKED_AT] if told[at] is False][:_WRONG]
        question = fold(one.question)
        if right:
            yield Pair(question, tuple(one.said[at] for at in right), 1.0, weight)
        made: list[Pair] = []
        if right and one.case.answerable:
            made += (_of(each, _OF_CONTRAST) for each in contrasts(one, right[0], classes, chance))
        if wrong:
            counts = weight * (_BESIDE if one.case.answerable else _NONE)
            yield Pair(question, tuple(one.said[at] for at in wrong), 0.0, counts)
        made += (_of(each, 1.0) for each in plainly(one, chance, seen))
        yield from (each for each in made if chance.random() < _MADE)


def near(asked: Sequence[Asked]) -> list[Pair]:
    """Return the pairs of questions that were written to be near."""
    return [_of(one, _OF_NEAR * weight) for one, weight in zip(asked, balanced(asked), strict=True)]


def _of(one: Asked, weight: float) -> Pair:
    return Pair(one.question, (one.said,), float(one.answers), weight)


def choices(asked: Sequence[Listed], judge: Judge, labels: Labels) -> Iterator[Choice]:
    """Yield the choices among the statements that `judge`, which has not learnt from `asked`, puts first."""
    for one in asked:
        if not one.case.answerable:
            continue
        told = [
            ((one.said[at], log_odds(chance)), labels.of(one, at))
            for at, chance in foremost(one, judge, _CHOSEN_AMONG)
        ]
        right = tuple(said for said, label in told if label)
        wrong = tuple(said for said, label in told if label is False)
        if right and wrong:
            yield Choice(fold(one.question), right, wrong)
