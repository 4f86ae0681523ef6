"""Teaching how questions read words: it brings them to their passages, repeatably, and moves no more."""

from __future__ import annotations

import numpy as np
import pytest

from assistant.index.embed import mean_vectors, unit
from assistant.learn.passage_side import Fixed, Moving
from assistant.learn.question_side import Lesson, Schedule, teach

SCHEDULE = Schedule(epochs=10, batch=16, scale=20.0, rate=0.03, alike=3, others=8)
PASSAGES = [np.array([10 + number, 30]) for number in range(20)]  # a word of its own and one of all


@pytest.fixture
def table() -> np.ndarray:
    return np.random.default_rng(1).normal(size=(50, 16)).astype(np.float32)


@pytest.fixture
def lessons() -> list[Lesson]:
    """Return questions that share no word with the passage that answers them."""
    every = np.arange(20)
    return [Lesson(np.array([number % 10]), np.array([number % 10]), every) for number in range(40)]


def test_a_question_comes_near_the_passage_that_answers_it(table: np.ndarray, lessons: list[Lesson]) -> None:
    vectors = mean_vectors(table, PASSAGES)
    tokens, taught = teach(lessons, table, Fixed(vectors), SCHEDULE)
    before = (unit(table[tokens]) * vectors[tokens]).sum(axis=1)
    after = (unit(taught) * vectors[tokens]).sum(axis=1)
    assert tokens.tolist() == list(range(10))
    assert (after > before).all()


def test_words_of_passages_move_and_words_that_no_passage_holds_stay(
    table: np.ndarray, lessons: list[Lesson]
) -> None:
    passages = Moving(table, PASSAGES)
    _, taught = teach(lessons, table, passages, SCHEDULE)
    moved, vectors = passages.moved()
    assert set(moved.tolist()) <= {*range(10, 31)}
    table[moved] = vectors
    likeness = unit(taught) @ mean_vectors(table, PASSAGES).T
    assert likeness.argmax(axis=1).tolist() == list(range(10))


def test_teaching_twice_gives_the_same_vectors(table: np.ndarray, lessons: list[Lesson]) -> None:
    sides = [Moving(table, PASSAGES) for _ in range(2)]
    first, second = (teach(lessons, table, side, SCHEDULE) for side in sides)
    assert np.array_equal(first[1], second[1])
    assert np.array_equal(sides[0].moved()[1], sides[1].moved()[1])
