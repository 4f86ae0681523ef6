"""The learnt judgement: which statement fits a question best, and what chance it has to answer it.

Grown on questions with known answers: `python -m eval.calibrate --data DATA --write`; the figures are in
docs/answers.md. Boosted trees see a statement's signals and put the right one of an answerable question
first. Others see what the first think of all of them, the signals, and what the wording of the question says
of the statement, and tell whether the matter is there but the detail is not.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ...trees import Matrix, Scores, Trees
from .phrasing import Marks

MODEL = Path(__file__).with_name("judge.npz")
_ALONE = 9.0  # the lead of the only statement


class Judge(NamedTuple):
    """What was learnt: both sets of trees, and a weight for each mark of the wording."""

    fit: Trees
    chance: Trees
    wording: NDArray[np.float16]  # shape (phrasing.SIZE,)

    @classmethod
    def of(cls, arrays: Mapping[str, NDArray[Any]]) -> Judge:
        """Return what the `arrays` of a file hold. Raises KeyError when one is missing."""
        return cls(Trees.of(arrays, "fit_"), Trees.of(arrays, "chance_"), arrays["wording"])

    def arrays(self) -> dict[str, Any]:
        """Return the parts by name, for a file."""
        return {**self.fit.arrays("fit_"), **self.chance.arrays("chance_"), "wording": self.wording}

    def chances(self, signals: Matrix, fit: Scores, places: Sequence[int], found: Sequence[Marks]) -> Scores:
        """Return the chance, from 0 to 1, of the statements of one question that stand at `places`.

        `signals` has a row for each statement of the question, columns as `signals.NAMES`; `fit` is how well
        each fits, `found` the marks of those asked for.
        """
        worded = [self.wording[its].sum(dtype=np.float32) for its in found]
        odds = self.chance.score(telling(signals, fit, places, worded))
        return np.asarray(1 / (1 + np.exp(-odds)), dtype=np.float32)


def telling(signals: Matrix, fit: Scores, places: Sequence[int], worded: Sequence[float]) -> Matrix:
    """Return what tells the chance of the statements at `places`, a row each.

    `fit` is how well all of one question fit, `worded` what the wording says of those asked for.
    """
    ordered = np.sort(fit)
    second = ordered[-2] if len(fit) > 1 else ordered[-1] - _ALONE
    lead = fit - np.where(fit < ordered[-1], ordered[-1], second)
    shares = 1 / (1 + np.exp(-fit))
    total = np.full(len(fit), shares.sum())
    standing = np.column_stack([fit, lead, total, shares / total, signals])[places]
    return np.column_stack([worded, standing]).astype(np.float32)


@cache
def bundled() -> Judge:
    """Return what comes with the product."""
    with np.load(MODEL) as arrays:
        return Judge.of(arrays)
