"""What was written and judged by hand for the reader: near misses, and what answers where that was in doubt.

Three files in `eval/taught/`, columns between tabs. `near_misses.tsv.xz`: what stands before a statement, the
statement, questions that it answers, and questions near to these that it does not, several apart by ` | `;
`whole_lists.tsv.xz`: the same of lists, each said whole.
`judged.tsv.xz`: 1 where a statement answers, 0 where it does not, 2 where it cannot be told; the question;
the statement. Judged were the pairs of which an earlier reader thought otherwise than their origin says.
"""

from __future__ import annotations

import lzma
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.zh.fold import fold

from ..lists import Listed
from ..taught import APART, TAUGHT
from .contrast import Asked

NEAR_MISSES, JUDGED = TAUGHT / "near_misses.tsv.xz", TAUGHT / "judged.tsv.xz"
WHOLE_LISTS = TAUGHT / "whole_lists.tsv.xz"
_UNTOLD = 2
_FOLDS = 5  # neighbouring parts of the file: questions about one statement stay together
_LEAST_OFTEN, _FREEDOM = 5, 0.1  # of the pairs of characters that a question is known by; of their weights
_WEIGHTS = 0.12, 3.5  # the least and the most that a question counts


def near_misses(path: Path = NEAR_MISSES) -> Iterator[Asked]:
    """Yield the questions about each statement, those that it answers first."""
    for before, statement, answered, near in _lines(path):
        for questions, answers in ((answered, True), (near, False)):
            for question in filter(None, questions.split(APART)):
                yield Asked(fold(question), (statement, before), answers)


def balanced(asked: Sequence[Asked]) -> NDArray[np.float64]:
    """Return what each question counts, 1 in the mean, so that no question is known by its form alone.

    Who writes near misses asks 多少 where an amount is not told: out of fold the question alone tells whether
    it is answered, with an area under the curve of .81. By the inverse of that chance it is .51.
    """
    from sklearn.feature_extraction.text import CountVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import KFold, cross_val_predict

    known = CountVectorizer(analyzer="char", ngram_range=(1, 2), min_df=_LEAST_OFTEN, binary=True)
    forms = known.fit_transform([one.question for one in asked])
    answers = np.array([one.answers for one in asked])
    model = LogisticRegression(C=_FREEDOM, max_iter=300)
    chance = cross_val_predict(model, forms, answers, cv=KFold(_FOLDS), method="predict_proba")[:, 1]
    weights = np.clip(0.5 / np.where(answers, chance, 1 - chance), *_WEIGHTS)
    return np.asarray(weights / weights.mean())


class Labels:
    """Which statements answer: as their origin says, where nobody judged otherwise."""

    def __init__(self, path: Path = JUDGED) -> None:
        """Read what was judged."""
        self._judged = {(question, statement): int(label) for label, question, statement in _lines(path)}

    def of(self, one: Listed, at: int) -> bool | None:
        """Tell whether the statement at place `at` of a question answers; None where it cannot be told."""
        right = bool(one.right[at] == 1 and one.says[at])
        if not right and one.right[at] != 0:
            return None
        judged = self._judged.get((" ".join(one.question.split()), one.said[at][0]), int(right))
        # what is said to answer and was judged not to may be told elsewhere in its passage: nothing is learnt
        return None if judged == _UNTOLD or judged < right else bool(judged)


def _lines(path: Path) -> Iterator[list[str]]:
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield line.rstrip("\n").split("\t")
