"""The learnt judgement: which statement fits a question best, and what chance it has to answer it.

Two sets of boosted trees, grown on questions with known answers: `python -m eval.calibrate --data DATA
--write`; the figures are in docs/answers.md. The first sees a statement's signals and puts the right one of
an answerable question first. The second sees what the first thinks of all of them and the signals that tell
whether the matter is there but the detail is not.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np

from ...trees import Matrix, Scores, Trees
from . import demand
from .signals import NAMES

MODEL = Path(__file__).with_name("judge.npz")

# What the second reads of the signals: with all of them it does no better out of fold.
_TELLING = (
    *("score", "inside", "standing", "score, lead over other passages", "around", "anywhere"),
    *("heaviest missing anywhere", "rare bigrams", "rare bigrams nearby", "beyond the title"),
    *("beyond the title, lead over other passages", "rare bigrams found nowhere", "bigrams found nowhere"),
    *("heaviest term found nowhere", *demand.NAMES),
)
_TELLING_COLUMNS = [NAMES.index(name) for name in _TELLING]
_ALONE = 9.0  # the lead of the only statement


class Judge(NamedTuple):
    """Both sets of trees."""

    fit: Trees
    chance: Trees


def judged(signals: Matrix, judge: Judge | None = None) -> tuple[Scores, Scores]:
    """Return how well each statement fits and what chance it has to answer, from 0 to 1.

    `signals` has a row for each statement of one question, at least one, and columns as `signals.NAMES`.
    """
    judge = judge or bundled()
    fit = judge.fit.score(signals)
    odds = judge.chance.score(telling(signals, fit))
    return fit, np.asarray(1 / (1 + np.exp(-odds)), dtype=np.float32)


def telling(signals: Matrix, fit: Scores) -> Matrix:
    """Return what tells the chance of each statement, given how well all of one question fit."""
    ordered = np.sort(fit)
    second = ordered[-2] if len(fit) > 1 else ordered[-1] - _ALONE
    lead = fit - np.where(fit < ordered[-1], ordered[-1], second)
    shares = 1 / (1 + np.exp(-fit))
    total = np.full(len(fit), shares.sum())
    mine = [fit, lead, total, shares / total]
    return np.column_stack([*mine, signals[:, _TELLING_COLUMNS]]).astype(np.float32)


@cache
def bundled() -> Judge:
    """Return the trees that come with the product."""
    with np.load(MODEL) as arrays:
        return Judge(Trees.of(arrays, "fit_"), Trees.of(arrays, "chance_"))
