"""Grow the trees of the judgement: which statement fits best, then what chance the best one has."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from assistant.answer.choose.judge import Judge, telling
from assistant.learn.trees import grow
from assistant.trees import Scores, Trees

from .lists import Listed

# What a question counts for the fit and for the chance, by what its source begins with. One of ours counts
# as much as several of the encyclopedia, or policy would be drowned. What answers laypeople's questions about
# laws is guessed from a lawyer's answer. What is made from a clause has its words: it tells what a near topic
# is, and little about which statement to choose.
_WEIGHTS = {"gold": (3.0, 4.0), "law": (0.5, 0.5), "near topic": (0.1, 1.0), "other ": (1.0, 0.5)}
_STATEMENTS = 32  # of a question, usually: few or many, they count as much together
_FIT = {"objective": "binary", "learning_rate": 0.1, "min_data_in_leaf": 100, "feature_fraction": 0.4}
_CHANCE = {
    "objective": "binary",
    "learning_rate": 0.07,
    "num_leaves": 7,
    "max_depth": 4,
    "min_data_in_leaf": 40,
    "lambda_l2": 10.0,
    "feature_fraction": 0.4,
}
_FIT_ROUNDS, _CHANCE_ROUNDS = 120, 80
_FOLDS = 3


def fitted(asked: Sequence[Listed]) -> Judge:
    """Return the judgement learnt from all of `asked`.

    The chances are learnt from fits out of fold: those that the trees have seen look surer than any new one.
    """
    return Judge(_grow_fit(asked), _grow_chance(asked, _fits_out_of_fold(asked)))


def out_of_fold(asked: Sequence[Listed]) -> list[tuple[int, float]]:
    """Return for each question the statement chosen and its chance, learnt from the other questions."""
    fold = folds(asked)
    found: list[tuple[int, float]] = [(0, 0.0)] * len(asked)
    for left_out in range(_FOLDS):
        judge = fitted([one for one, of in zip(asked, fold, strict=True) if of != left_out])
        for at in np.flatnonzero(fold == left_out).tolist():
            found[at] = chosen(asked[at], judge)
    return found


def chosen(one: Listed, judge: Judge) -> tuple[int, float]:
    """Return which statement `judge` chooses and the chance that it gives it."""
    fit = judge.fit.score(one.signals)
    at = one.best(fit)
    odds = judge.chance.score(telling(one.signals, fit))[at]
    return at, float(1 / (1 + np.exp(-odds)))


def folds(asked: Sequence[Listed]) -> NDArray[np.int64]:
    """Return a fold for each question; the same question is in one fold, with and without its evidence."""
    return np.array([sum(map(ord, one.case.question)) % _FOLDS for one in asked])


def _fits_out_of_fold(asked: Sequence[Listed]) -> list[Scores]:
    fold = folds(asked)
    fits: list[Scores] = [np.zeros(0, dtype=np.float32)] * len(asked)
    for left_out in range(_FOLDS):
        trees = _grow_fit([one for one, of in zip(asked, fold, strict=True) if of != left_out])
        for at in np.flatnonzero(fold == left_out).tolist():
            fits[at] = trees.score(asked[at].signals)
    return fits


def _grow_fit(asked: Sequence[Listed]) -> Trees:
    """Return trees that tell the right statement of an answerable question from the others."""
    usable = [one for one in asked if (one.right == 1).any()]
    known = [one.right >= 0 for one in usable]
    return grow(
        [one.signals[told] for one, told in zip(usable, known, strict=True)],
        [one.right[told] == 1 for one, told in zip(usable, known, strict=True)],
        weights=[
            _weights(one)[0] * _STATEMENTS / told.sum() for one, told in zip(usable, known, strict=True)
        ],
        rounds=_FIT_ROUNDS,
        **_FIT,
    )


def _grow_chance(asked: Sequence[Listed], fits: Sequence[Scores]) -> Trees:
    """Return trees that tell whether the best statement answers; what a rule refuses teaches them nothing."""
    rows, right, weights = [], [], []
    for one, fit in zip(asked, fits, strict=True):
        best = one.best(fit)
        if one.named[best] or not one.tells:  # or where no statement holds the answer
            continue
        rows.append(telling(one.signals, fit)[[best]])
        right.append(np.array([one.answers(best)]))
        weights.append(_weights(one)[1])
    return grow(rows, right, weights=weights, rounds=_CHANCE_ROUNDS, **_CHANCE)


def _weights(one: Listed) -> tuple[float, float]:
    source = one.case.source
    return next((weights for of, weights in _WEIGHTS.items() if source.startswith(of)), (1.0, 1.0))
