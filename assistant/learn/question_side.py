"""Teach a static model how questions read words; passages stay as they are or move beside them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from .passage_side import PassageSide

if TYPE_CHECKING:
    from torch import Tensor

Integers = NDArray[np.int64]
Matrix = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Lesson:
    """One question as tokens, the passages that answer it, and some that only look like it."""

    tokens: Integers
    right: Integers
    alike: Integers


@dataclass(frozen=True, slots=True)
class Schedule:
    """How questions are taught."""

    epochs: int
    batch: int
    scale: float
    rate: float
    alike: int  # passages that look like the right one, at each reading
    others: int  # passages drawn from all, for each batch
    dropped: float = 0.1  # share of a question's tokens left out at each reading
    seed: int = 7


def teach(
    lessons: Sequence[Lesson],
    tokens: Matrix,
    passages: PassageSide,
    schedule: Schedule,
) -> tuple[Integers, Matrix]:
    """Return which tokens the lessons hold and their new vectors, shape (tokens, dimensions).

    `tokens` are the vectors of all tokens. The loss is the cross entropy of a question's right
    passages among those of its batch.
    """
    import torch

    rng = np.random.default_rng(schedule.seed)
    used = np.unique(np.concatenate([lesson.tokens for lesson in lessons]))
    vectors = torch.from_numpy(tokens[used]).requires_grad_()
    optimizer = torch.optim.Adam([vectors, *passages.parameters()], lr=schedule.rate)
    for _ in range(schedule.epochs):
        order = rng.permutation(len(lessons))
        for start in range(0, len(order), schedule.batch):
            batch = [lessons[i] for i in order[start : start + schedule.batch]]
            loss = _loss(batch, used, vectors, passages, rng, schedule)
            optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            optimizer.step()
    return used, vectors.detach().numpy()


def _loss(
    batch: Sequence[Lesson],
    used: Integers,
    vectors: Tensor,
    passages: PassageSide,
    rng: np.random.Generator,
    schedule: Schedule,
) -> Tensor:
    import torch

    from .static import mean_vectors

    rows = [np.searchsorted(used, _some(lesson.tokens, rng, schedule.dropped)) for lesson in batch]
    pool = _pool(batch, passages.count, rng, schedule)
    wanted = np.zeros((len(batch), len(pool)), dtype=np.float32)
    for row, lesson in zip(wanted, batch, strict=True):
        row[np.searchsorted(pool, lesson.right)] = 1 / len(lesson.right)
    likeness = mean_vectors(vectors, rows) @ passages.read(pool).T * schedule.scale
    return torch.nn.functional.cross_entropy(likeness, torch.from_numpy(wanted))


def _pool(batch: Sequence[Lesson], count: int, rng: np.random.Generator, schedule: Schedule) -> Integers:
    """Return the passages that a batch is judged against, sorted."""
    # an English question over Chinese documents finds nothing by keywords
    found = [lesson.alike for lesson in batch if len(lesson.alike)]
    alike = [passages[rng.integers(len(passages), size=schedule.alike)] for passages in found]
    drawn = rng.integers(count, size=schedule.others)
    return np.unique(np.concatenate([*(lesson.right for lesson in batch), *alike, drawn]))


def _some(tokens: Integers, rng: np.random.Generator, dropped: float) -> Integers:
    kept = tokens[rng.random(len(tokens)) >= dropped]
    return kept if len(kept) else tokens
