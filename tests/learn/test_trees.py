"""The trees of the ranker: read from LightGBM, walked without it."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest

from assistant.learn.trees import flatten, grow
from assistant.search.ranker import FEATURES, Candidates, Memory, rank_features
from assistant.search.tuned import features


@pytest.fixture(scope="module")
def data() -> tuple[list[np.ndarray], list[np.ndarray]]:
    rng = np.random.default_rng(0)
    rows = [rng.normal(size=(40, 5)).astype(np.float32) for _ in range(60)]
    return rows, [np.arange(40) == np.argmax(some[:, 1] - some[:, 3]) for some in rows]


def test_the_arrays_score_as_lightgbm_does(data: tuple[list[np.ndarray], list[np.ndarray]]) -> None:
    import lightgbm

    rows, right = data
    flat = np.concatenate(rows)
    dataset = lightgbm.Dataset(flat, np.concatenate(right).astype(int), group=[40] * 60)
    booster = lightgbm.train({"objective": "lambdarank", "verbosity": -1, "seed": 1}, dataset, 30)
    assert np.allclose(flatten(booster).score(flat), booster.predict(flat), atol=1e-4)


def test_the_right_candidate_comes_first(data: tuple[list[np.ndarray], list[np.ndarray]]) -> None:
    trees = grow(*data)
    rng = np.random.default_rng(9)
    fresh = [rng.normal(size=(40, 5)).astype(np.float32) for _ in range(50)]
    hits = [np.argmax(trees.score(some)) in np.argsort(some[:, 3] - some[:, 1])[:4] for some in fresh]
    assert np.mean(hits) > 0.7


def test_growing_twice_gives_the_same_trees(data: tuple[list[np.ndarray], list[np.ndarray]]) -> None:
    one, two = grow(*data), grow(*data)
    assert np.array_equal(one.threshold, two.threshold)
    assert np.array_equal(one.value, two.value)


def test_ranking_never_imports_lightgbm() -> None:
    code = "import sys, assistant.search.tuned; print('lightgbm' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def _candidates(scale: float = 1.0) -> Candidates:
    rng = np.random.default_rng(2)
    count = 30
    return Candidates(
        (rng.random(count) * scale).astype(np.float32),
        rng.random(count).astype(np.float32),
        rng.random(count).astype(np.float32),
        np.arange(count),
        np.arange(count) // 3,
    )


def test_features_do_not_depend_on_the_scale_of_bm25() -> None:
    assert np.allclose(rank_features(_candidates()), rank_features(_candidates(50.0)), atol=1e-3)


def test_memory_points_at_what_answered_the_nearest_known_question() -> None:
    known = np.eye(4, dtype=np.float32)
    memory = Memory(known, known, np.arange(4), np.array([3, 7, 8, 9]), np.array([1, 2, 2, 3]), 30, 10)
    candidates = _candidates()
    rows = features(memory, known[1], known[1], candidates)
    assert rows.shape == (30, len(FEATURES))
    nearest = rows[:, FEATURES.index("base, nearest known")]
    assert np.argmax(nearest) == 7
    assert set(np.flatnonzero(rows[:, FEATURES.index("tuned, vote")] > 0.5)) == {6, 7, 8}


def test_an_empty_memory_remembers_nothing() -> None:
    none = np.zeros(0, dtype=np.int64)
    memory = Memory(np.zeros((0, 4), np.float32), np.zeros((0, 4), np.float32), none, none, none, 30, 10)
    rows = features(memory, np.ones(4, np.float32), np.ones(4, np.float32), _candidates())
    assert not rows[:, FEATURES.index("base, nearest known") :].any()
