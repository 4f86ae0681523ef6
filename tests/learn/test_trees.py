"""The trees of the ranker: read from LightGBM, walked without it."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.learn.trees import flatten, grow, together
from assistant.search.memory import MEMORY_FEATURES, Bigrams, Memory
from assistant.search.ranker import CANDIDATE_FEATURES, Candidates, rank_features


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


def test_trees_together_score_the_sum(data: tuple[list[np.ndarray], list[np.ndarray]]) -> None:
    several = [grow(*data, seed=seed, rounds=rounds) for seed, rounds in ((7, 5), (11, 3), (13, 8))]
    summed = sum(trees.score(data[0][0]) for trees in several)
    assert np.allclose(together(several).score(data[0][0]), summed, atol=1e-4)


def test_ranking_never_imports_lightgbm() -> None:
    code = "import sys, assistant.search.tuned; print('lightgbm' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def _candidates(scale: float = 1.0) -> Candidates:
    rng = np.random.default_rng(2)
    count = 30
    keywords, characters, bigrams = (rng.random((3, count)) * scale).astype(np.float32)
    tuned, base = rng.random((2, count)).astype(np.float32)
    return Candidates(keywords, characters, bigrams, tuned, base, np.arange(count), np.arange(count) // 3)


def test_features_do_not_depend_on_the_scale_of_bm25() -> None:
    assert np.allclose(rank_features(_candidates()), rank_features(_candidates(50.0)), atol=1e-3)
    assert rank_features(_candidates()).shape == (30, len(CANDIDATE_FEATURES))


def test_what_stands_behind_the_best_of_its_title_is_counted_once_a_title() -> None:
    rows = rank_features(_candidates())
    behind = rows[:, CANDIDATE_FEATURES.index("keywords, behind the best of the title")]
    assert np.array_equal(np.flatnonzero(behind == 0) // 3, np.arange(10))


KNOWN = ["厂子拖欠工资怎么办", "买房逾期交付怎么赔", "租房押金不退找谁", "开车撞人谁负责"]


def test_memory_points_at_what_answered_the_nearest_known_question() -> None:
    known = np.eye(4, dtype=np.float32)
    documents, titles = np.array([3, 7, 8, 9]), np.array([1, 2, 2, 3])
    memory = Memory(known, known, Bigrams.of(KNOWN), np.arange(4), documents, titles, 30, 10)
    rows = memory.features("房子逾期交付怎么办", known[1], known[1], _candidates())
    assert rows.shape == (30, len(MEMORY_FEATURES))
    for likeness in ("base", "tuned", "bigrams"):
        nearest = rows[:, MEMORY_FEATURES.index(f"{likeness}, nearest of the document")]
        assert np.argmax(nearest) == 7
    vote = rows[:, MEMORY_FEATURES.index("tuned, vote of the title")]
    assert set(np.flatnonzero(vote > 0.5)) == {6, 7, 8}


def test_an_empty_memory_remembers_nothing() -> None:
    none, nothing = np.zeros(0, dtype=np.int64), np.zeros((0, 4), np.float32)
    memory = Memory(nothing, nothing, Bigrams.of([]), none, none, none, 30, 10)
    asked = np.ones(4, np.float32)
    assert not memory.features("押金不退", asked, asked, _candidates()).any()


@given(st.lists(st.text(alphabet="工资押金房车赔找谁a1 ", max_size=12), min_size=1, max_size=6))
def test_a_text_is_most_like_itself_and_likeness_is_a_cosine(texts: list[str]) -> None:
    bigrams = Bigrams.of(texts)
    for number, text in enumerate(texts):
        likeness = bigrams.likeness(text)
        assert ((likeness >= 0) & (likeness <= 1 + 1e-4)).all()
        assert likeness[number] == pytest.approx(1 if len(text) > 1 else 0, abs=1e-4)
