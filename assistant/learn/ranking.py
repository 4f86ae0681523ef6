"""Learn a ranking from questions whose passages are known, and judge it by cross-validation."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from ..index.embed import mean_vectors
from ..search.ranker import Integers, Matrix, Memory, Trees
from ..search.tuned import features
from .material import Material
from .question_side import Lesson, teach
from .trees import grow

FOLDS = 5  # of the judgement

# Of the cross-fitting inside: the trees must see vectors and memories as good as those that a new
# question will get, so they learn on questions that the vectors were not taught.
_PARTS = 3

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Learned:
    """What tuning leaves behind."""

    tokens: Integers  # which tokens of a question have other vectors
    vectors: Matrix
    memory: Memory
    trees: Trees


@dataclass(frozen=True, slots=True)
class _Taught:
    tokens: Integers
    vectors: Matrix
    tuned: Matrix  # vectors of all questions of the material
    memory: Memory


def learn(material: Material, known: Integers) -> Learned:
    """Return what the questions numbered `known` teach."""
    parts = np.random.default_rng(len(known)).permutation(len(known)) % _PARTS
    rows, right = [], []
    for part in range(_PARTS):
        taught = _teach(material, known[parts != part])
        held_out = known[parts == part]
        for number, positions, some in _features(material, taught.memory, taught.tuned, held_out):
            rows.append(some)
            right.append(np.isin(positions, material.asked[number].right))
    taught = _teach(material, known)
    return Learned(taught.tokens, taught.vectors, taught.memory, grow(rows, right))


def rank(material: Material, learned: Learned, numbers: Integers) -> dict[int, Integers]:
    """Return the candidates of each question in `numbers`, best first."""
    tuned = _tuned_vectors(material, learned.tokens, learned.vectors)
    return {
        number: positions[np.argsort(-learned.trees.score(rows), kind="stable")]
        for number, positions, rows in _features(material, learned.memory, tuned, numbers)
    }


def fold_of(material: Material) -> Integers:
    """Return the fold of each question, drawn once for all judgements."""
    return np.random.default_rng(0).permutation(len(material.asked)) % FOLDS


def judge(material: Material, progress: Progress) -> list[Integers]:
    """Return the ranking of every question by what the questions of the other folds teach."""
    folds = fold_of(material)
    rankings: dict[int, Integers] = {}
    for fold in range(FOLDS):
        progress(f"{fold + 1}/{FOLDS}")
        learned = learn(material, np.flatnonzero(folds != fold))
        rankings |= rank(material, learned, np.flatnonzero(folds == fold))
    return [rankings[number] for number in range(len(material.asked))]


def _teach(material: Material, known: Integers) -> _Taught:
    lessons = [Lesson(material.words[i], material.asked[i].right, material.found[i]) for i in known.tolist()]
    tokens, vectors = teach(lessons, material.table, material.passages)
    tuned = _tuned_vectors(material, tokens, vectors)
    return _Taught(tokens, vectors, tuned, _memory(material, known, tuned))


def _memory(material: Material, known: Integers, tuned: Matrix) -> Memory:
    right = [material.asked[i].right for i in known.tolist()]
    positions = np.concatenate(right)
    return Memory(
        material.base[known],
        tuned[known],
        np.repeat(np.arange(len(known)), [len(some) for some in right]),
        material.documents[positions],
        material.titles[positions],
        int(material.documents.max()) + 1,
        int(material.titles.max()) + 1,
    )


def _tuned_vectors(material: Material, tokens: Integers, vectors: Matrix) -> Matrix:
    table = material.table.copy()
    table[tokens] = vectors
    return mean_vectors(table, material.words)


def _features(
    material: Material, memory: Memory, tuned: Matrix, numbers: Integers
) -> Iterator[tuple[int, Integers, Matrix]]:
    """Yield each question in `numbers` with the positions and features of its candidates."""
    found = material.candidates(numbers, tuned)
    for number, (positions, candidates) in zip(numbers.tolist(), found, strict=True):
        yield number, positions, features(memory, material.base[number], tuned[number], candidates)
