"""Learn the judgement: which statement fits best, then what chance the best one has."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple, Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from assistant.answer.choose.judge import Judge, telling
from assistant.answer.choose.phrasing import SIZE, Marks
from assistant.learn.trees import grow
from assistant.trees import Scores, Trees

from .cases import Case
from .lists import Listed

# What a question counts, by what its source begins with. The gold questions are the nearest to what is asked
# of the product; what answers laypeople's questions about laws is guessed from a lawyer's answer.
_WEIGHTS = {"gold": 3.0, "taught": 2.0, "law": 0.5, "other ": 0.5}
_STATEMENTS = 32  # of a question, usually: few or many, they count as much together
_FIT = {"objective": "binary", "learning_rate": 0.1, "min_data_in_leaf": 100, "feature_fraction": 0.4}
# Over studies and notices, not learnt from, the area under the curve is .871 with 300 rounds at .05 and .874
# with 700, as with 900 at .03, which refuses best.
_CHANCE = {
    "objective": "binary",
    "learning_rate": 0.03,
    "min_data_in_leaf": 40,
    "lambda_l2": 10.0,
    "feature_fraction": 0.25,
}
_FIT_ROUNDS, _CHANCE_ROUNDS = 120, 900
_FOLDS = 3
# Of the weights of marks, the inverse of how they are held small: of .01, .025 and .075 the one with the best
# order out of fold; and no mark is weighed that fewer statements have.
_FREEDOM, _LEAST_OFTEN = 0.025, 4

Wording = NDArray[np.float16]  # a weight for each mark


class _Asked(Protocol):
    @property
    def case(self) -> Case: ...


class _Best(NamedTuple):
    """A question with the statement that would be chosen, and whether it answers."""

    case: Case
    telling: Scores  # what the fits tell of it, shape (signals,)
    marks: Marks
    answers: bool


_One = TypeVar("_One", bound=_Asked)
_Learnt = TypeVar("_Learnt")
_Told = TypeVar("_Told")


def fitted(asked: Sequence[Listed]) -> Judge:
    """Return the judgement learnt from all of `asked`.

    The chances are learnt from fits and wordings out of fold: what has seen a question looks surer of it than
    of any new one.
    """
    fits = _out_of_fold(asked, _by_question(asked), _grow_fit, lambda one, trees: trees.score(one.signals))
    best = [found for one, fit in zip(asked, fits, strict=True) if (found := _best(one, fit))]
    worded = _out_of_fold(
        best, _by_question(best), _weigh_wording, lambda one, weights: float(weights[one.marks].sum())
    )
    return Judge(_grow_fit(asked), _grow_chance(best, worded), _weigh_wording(best))


def out_of_fold(asked: Sequence[Listed]) -> list[tuple[int, float]]:
    """Return for each question the statement chosen and its chance, learnt from documents of other genres.

    Questions about the same documents share their words: what has learnt from some of them knows more of the
    rest than of any that a user will ask of documents of his own.
    """
    return _out_of_fold(asked, [one.genre for one in asked], fitted, chosen)


def chosen(one: Listed, judge: Judge) -> tuple[int, float]:
    """Return which statement `judge` chooses and the chance that it gives it."""
    fit = judge.fit.score(one.signals)
    likely = one.likely(fit)
    chances = judge.chances(one.signals, fit, likely, [one.marks(at) for at in likely])
    best = int(np.argmax(chances))
    return likely[best], float(chances[best])


def foremost(one: Listed, judge: Judge, count: int) -> list[tuple[int, float]]:
    """Return the `count` statements that fit best by `judge`, the best first, with their chances."""
    fit = judge.fit.score(one.signals)
    first = [int(at) for at in np.argsort(-fit, kind="stable")[:count]]
    chances = judge.chances(one.signals, fit, first, [one.marks(at) for at in first])
    return list(zip(first, map(float, chances), strict=True))


def _out_of_fold(
    asked: Sequence[_One],
    folds: Sequence[str],
    learn: Callable[[Sequence[_One]], _Learnt],
    tell: Callable[[_One, _Learnt], _Told],
) -> list[_Told]:
    """Return what is told of each question by what is learnt from other questions of the other folds."""
    told: dict[int, _Told] = {}
    for fold in dict.fromkeys(folds):
        inside = [at for at, of in enumerate(folds) if of == fold]
        known = {asked[at].case.question for at in inside}
        others = [one for one, of in zip(asked, folds, strict=True) if of != fold]
        learnt = learn([one for one in others if one.case.question not in known])
        told |= {at: tell(asked[at], learnt) for at in inside}
    return [told[at] for at in range(len(asked))]


def _by_question(asked: Sequence[_Asked]) -> list[str]:
    """Return a fold for each; the same question is in one fold, with and without its evidence."""
    return [str(sum(map(ord, one.case.question)) % _FOLDS) for one in asked]


def _grow_fit(asked: Sequence[Listed]) -> Trees:
    """Return trees that tell the right statement of an answerable question from the others."""
    usable = [one for one in asked if (one.right == 1).any()]
    known = [one.right >= 0 for one in usable]
    return grow(
        [one.signals[told] for one, told in zip(usable, known, strict=True)],
        [one.right[told] == 1 for one, told in zip(usable, known, strict=True)],
        weights=[_weight(one) * _STATEMENTS / told.sum() for one, told in zip(usable, known, strict=True)],
        rounds=_FIT_ROUNDS,
        **_FIT,
    )


def _best(one: Listed, fit: Scores) -> _Best | None:
    """Return what the statement chosen teaches; None where a rule refuses or nobody knows what is right."""
    at = one.best(fit)
    if one.named[at] or not one.tells:
        return None
    return _Best(one.case, telling(one.signals, fit, [at], [0.0])[0, 1:], one.marks(at), one.answers(at))


def _grow_chance(best: Sequence[_Best], worded: Sequence[float]) -> Trees:
    """Return trees that tell whether the best statement answers."""
    return grow(
        [np.hstack([said, one.telling])[None, :] for said, one in zip(worded, best, strict=True)],
        [np.array([one.answers]) for one in best],
        weights=[_weight(one) for one in best],
        rounds=_CHANCE_ROUNDS,
        **_CHANCE,
    )


def _weigh_wording(best: Sequence[_Best]) -> Wording:
    """Return a weight for each mark: how much likelier it makes it that the best statement answers."""
    from scipy.sparse import csr_matrix
    from sklearn.linear_model import LogisticRegression

    counts = [len(one.marks) for one in best]
    places = np.concatenate([one.marks for one in best])
    marks = csr_matrix((np.ones(len(places)), places, np.cumsum([0, *counts])), shape=(len(best), SIZE))
    often = np.flatnonzero(np.bincount(places, minlength=SIZE) >= _LEAST_OFTEN)
    model = LogisticRegression(C=_FREEDOM, solver="liblinear")
    model.fit(marks[:, often], [one.answers for one in best], [_weight(one) for one in best])
    weights = np.zeros(SIZE, dtype=np.float16)
    weights[often] = model.coef_[0]
    return weights


def _weight(one: _Asked) -> float:
    source = one.case.source
    return next((weight for of, weight in _WEIGHTS.items() if source.startswith(of)), 1.0)
