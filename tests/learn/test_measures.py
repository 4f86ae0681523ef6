"""The measures, by hand-counted examples and by what must hold for every ranking."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.learn.measures import interval, measure, ndcg, recall


def test_recall_is_the_share_found() -> None:
    assert recall(["a", "x", "b"], {"a", "b", "c"}, 2) == pytest.approx(1 / 3)
    assert recall(["a", "x", "b"], {"a", "b", "c"}, 3) == pytest.approx(2 / 3)
    assert recall([], {"a"}, 10) == 0


def test_ndcg_discounts_by_place() -> None:
    assert ndcg(["x", "a"], {"a"}, 10) == pytest.approx(1 / np.log2(3))
    assert ndcg(["a", "x", "b"], {"a", "b"}, 10) == pytest.approx((1 + 0.5) / (1 + 1 / np.log2(3)))


@given(st.permutations(range(8)), st.sets(st.integers(0, 7), min_size=1))
def test_measures_lie_between_none_and_all(ranked: list[int], gold: set[int]) -> None:
    values = {name: float(some[0]) for name, some in measure([ranked], [gold]).items()}
    assert all(0 <= value <= 1 + 1e-9 for value in values.values())
    assert values["recall@1"] <= values["recall@10"] <= values["recall@100"] == 1
    best = measure([sorted(ranked, key=lambda id: id not in gold)], [gold])
    assert best["nDCG@10"][0] == pytest.approx(1)


def test_an_interval_holds_the_mean_and_narrows_with_more_questions() -> None:
    few = interval(np.array([0.0, 1.0] * 20))
    many = interval(np.array([0.0, 1.0] * 2000))
    assert few.low < few.mean < few.high
    assert many.high - many.low < (few.high - few.low) / 5
    assert interval(np.zeros(50)) == (0, 0, 0)
