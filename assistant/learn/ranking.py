"""Learn a ranking from questions whose passages are known, and judge it by cross-validation."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import combinations
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..index.embed import mean_vectors
from ..search.memory import Bigrams, Memory
from ..search.ranker import Integers, Matrix, Trees
from ..search.tuned import features
from .material import Material, Vectors
from .passage_side import Moving
from .question_side import Lesson, Schedule, teach
from .trees import grow, together

FOLDS = 5  # of the judgement

# On two folds of 1,235 law questions (docs/retrieval.md): half the rate, half the batch and twice the
# negatives find no more and take twice as long.
SCHEDULE = Schedule(epochs=10, batch=256, scale=20.0, rate=0.03, alike=3, others=400)

# Each draws other features and rows for its trees; the sum of three finds .006 of recall@10 more than one
# of them (docs/retrieval.md).
SEEDS = (7, 11, 13)

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Learned:
    """What tuning leaves behind."""

    tokens: Integers  # which tokens of a question have other vectors
    vectors: Matrix
    passage_tokens: Integers  # and which of a passage
    passage_vectors: Matrix
    passages: NDArray[np.float16]  # the vectors of all passages
    memory: Memory
    trees: Trees


class Study(NamedTuple):
    """Every question ranked by what the questions of the other folds teach, and what all teach."""

    rankings: list[Integers]
    learned: Learned


class _Row(NamedTuple):
    """The candidates of one question."""

    positions: Integers
    features: NDArray[np.float16]  # half the memory: a question has some five of these
    right: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class _Taught:
    question_side: tuple[Integers, Matrix]
    passage_side: tuple[Integers, Matrix]
    vectors: Vectors  # of all questions and passages of the material
    memory: Memory


def study(material: Material, clauses: Material, progress: Progress) -> Study:
    """Learn from all questions, and judge that on each fold by what the others teach.

    The trees must see vectors and memories as good as those that a new question will get, so they
    learn each question from a model and a memory that were not taught its fold. A fold is judged
    by trees of the other folds, each read by a model that knows neither of the two: a model for each
    pair of folds, for each fold, and one of all. The trees also learn `clauses` of passages that
    nobody asked about: else they rank what was asked often before what was asked for.
    """
    folds = fold_of(material)
    steps = 1 + FOLDS + FOLDS * (FOLDS - 1) // 2
    apart: dict[tuple[int, int], dict[int, _Row]] = {}
    for done, (one, other) in enumerate(combinations(range(FOLDS), 2), start=1):
        progress(f"{done}/{steps}")
        taught = _teach(material, np.flatnonzero((folds != one) & (folds != other)))
        # [judged, read]: neither is known
        apart[one, other] = _rows(material, taught, np.flatnonzero(folds == other))
        apart[other, one] = _rows(material, taught, np.flatnonzero(folds == one))
    own: dict[int, _Row] = {}
    rankings: dict[int, Integers] = {}
    for fold in range(FOLDS):
        progress(f"{steps - FOLDS + fold}/{steps}")
        taught = _teach(material, np.flatnonzero(folds != fold))
        rows = _rows(material, taught, np.flatnonzero(folds == fold))
        own |= rows
        others = [row for other in range(FOLDS) if other != fold for row in apart[fold, other].values()]
        trees = _grow([*others, *_clause_rows(clauses, taught)])
        rankings |= {number: _ranked(row, trees) for number, row in rows.items()}
    progress(f"{steps}/{steps}")
    taught = _teach(material, np.arange(len(material.asked)))
    learned = Learned(
        *taught.question_side,
        *taught.passage_side,
        taught.vectors.passages.astype(np.float16),
        taught.memory,
        _grow([*(own[number] for number in range(len(material.asked))), *_clause_rows(clauses, taught)]),
    )
    return Study([rankings[number] for number in range(len(material.asked))], learned)


def rank(material: Material, learned: Learned) -> list[Integers]:
    """Return the candidates of each question, best first."""
    questions = _question_vectors(material, (learned.tokens, learned.vectors))
    vectors = Vectors(questions, learned.passages)
    rows = _features(material, learned.memory, vectors, np.arange(len(material.asked)))
    return [positions[np.argsort(-learned.trees.score(some), kind="stable")] for _, positions, some in rows]


def fold_of(material: Material) -> Integers:
    """Return the fold of each question, drawn once for all judgements."""
    return np.random.default_rng(0).permutation(len(material.asked)) % FOLDS


def _teach(material: Material, known: Integers) -> _Taught:
    passages = Moving(material.passage_table, material.passage_words)
    question_side = teach(list(_lessons(material, known)), material.question_table, passages, SCHEDULE)
    passage_side = passages.moved()
    table = material.passage_table.copy()
    table[passage_side[0]] = passage_side[1]
    vectors = Vectors(_question_vectors(material, question_side), mean_vectors(table, material.passage_words))
    return _Taught(question_side, passage_side, vectors, _memory(material, known, vectors))


def _lessons(material: Material, known: Integers) -> Iterator[Lesson]:
    """Yield each known question, and its answer: it says the same in the words of the field."""
    for number in known.tolist():
        right, found = material.asked[number].right, material.found[number]
        for words in (material.words[number], material.answers[number]):
            if len(words):
                yield Lesson(words, right, found)


def _memory(material: Material, known: Integers, tuned: Vectors) -> Memory:
    right = [material.asked[i].right for i in known.tolist()]
    positions = np.concatenate(right)
    return Memory(
        material.base.questions[known],
        tuned.questions[known],
        Bigrams.of([material.asked[i].question for i in known.tolist()]),
        np.repeat(np.arange(len(known)), [len(some) for some in right]),
        material.documents[positions],
        material.titles[positions],
        int(material.documents.max()) + 1,
        int(material.titles.max()) + 1,
    )


def _question_vectors(material: Material, side: tuple[Integers, Matrix]) -> Matrix:
    table = material.question_table.copy()
    table[side[0]] = side[1]
    return mean_vectors(table, material.words)


def _rows(material: Material, taught: _Taught, numbers: Integers) -> dict[int, _Row]:
    return {
        number: _Row(positions, some.astype(np.float16), np.isin(positions, material.asked[number].right))
        for number, positions, some in _features(material, taught.memory, taught.vectors, numbers)
    }


def _clause_rows(clauses: Material, taught: _Taught) -> Iterator[_Row]:
    questions = _question_vectors(clauses, taught.question_side)
    of_clauses = replace(taught, vectors=Vectors(questions, taught.vectors.passages))
    yield from _rows(clauses, of_clauses, np.arange(len(clauses.asked))).values()


def _features(
    material: Material, memory: Memory, tuned: Vectors, numbers: Integers
) -> Iterator[tuple[int, Integers, Matrix]]:
    """Yield each question in `numbers` with the positions and features of its candidates."""
    found = material.candidates(numbers, tuned)
    for number, (positions, candidates) in zip(numbers.tolist(), found, strict=True):
        asked = material.asked[number].question
        base, vector = material.base.questions[number], tuned.questions[number]
        yield number, positions, features(memory, asked, base, vector, candidates)


def _grow(rows: list[_Row]) -> Trees:
    features, right = [row.features.astype(np.float32) for row in rows], [row.right for row in rows]
    return together([grow(features, right, seed=seed) for seed in SEEDS])


def _ranked(row: _Row, trees: Trees) -> Integers:
    return row.positions[np.argsort(-trees.score(row.features.astype(np.float32)), kind="stable")]
