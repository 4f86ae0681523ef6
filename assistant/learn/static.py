"""Train a static embedding: one vector a token, the mean of a text's tokens as its vector."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from .views import Integers, Pair, TokenTexts, draw_epoch

if TYPE_CHECKING:
    from torch import Tensor
    from torch.optim import Optimizer


@dataclass(frozen=True, slots=True)
class Recipe:
    """How a static embedding is trained."""

    dimensions: int = 256
    epochs: int = 2
    batch: int = 2048
    scale: float = 20.0
    dropped: float = 0.1  # share of question tokens left out, so that no single word decides
    rate: float = 0.05
    warmup: float = 0.1
    blocks: tuple[int, ...] = (1, 16)  # neighbours drawn together, epoch by epoch: hard negatives
    seed: int = 7


def train(texts: TokenTexts, size: int, recipe: Recipe) -> NDArray[np.float32]:
    """Return the vectors of `size` tokens, shape (size, dimensions), trained on pairs from `texts`.

    The loss is the cross entropy of finding each question's passage among the passages of its
    batch, and each passage's question (InfoNCE, van den Oord 2018, in both directions).
    """
    import torch

    rng = np.random.default_rng(recipe.seed)
    weights = _starting_vectors(size, recipe).requires_grad_()
    optimizer = torch.optim.Adam([weights], lr=recipe.rate, fused=True)
    batches = [
        batch
        for epoch in range(recipe.epochs)
        for batch in draw_epoch(texts, rng, recipe.batch, recipe.blocks[epoch % len(recipe.blocks)])
    ]
    for step, batch in enumerate(batches):
        _set_rate(optimizer, recipe, step / len(batches))
        loss = _loss(weights, texts, batch, rng, recipe)
        optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        optimizer.step()
    trained: NDArray[np.float32] = weights.detach().numpy()
    return trained


def _starting_vectors(size: int, recipe: Recipe) -> Tensor:
    import torch

    generator = torch.Generator().manual_seed(recipe.seed)
    return torch.randn(size, recipe.dimensions, generator=generator) * 0.1


def _set_rate(optimizer: Optimizer, recipe: Recipe, progress: float) -> None:
    factor = min(progress / recipe.warmup, (1 - progress) / (1 - recipe.warmup))
    for group in optimizer.param_groups:
        group["lr"] = recipe.rate * factor


def _loss(
    weights: Tensor, texts: TokenTexts, batch: Sequence[Pair], rng: np.random.Generator, recipe: Recipe
) -> Tensor:
    import torch
    from torch.nn.functional import cross_entropy

    questions = [_drop(texts.join(pair.question), rng, recipe.dropped) for pair in batch]
    passages = [texts.join(pair.passage) for pair in batch]
    likeness = mean_vectors(weights, questions) @ mean_vectors(weights, passages).T * recipe.scale
    keys = torch.tensor([pair.key for pair in batch])
    twins = (keys[:, None] == keys[None, :]) & ~torch.eye(len(batch), dtype=torch.bool)
    likeness = likeness.masked_fill(twins, float("-inf"))
    own = torch.arange(len(batch))
    return (cross_entropy(likeness, own) + cross_entropy(likeness.T, own)) / 2


def _drop(tokens: Integers, rng: np.random.Generator, share: float) -> Integers:
    return tokens[rng.random(len(tokens)) >= share]


def mean_vectors(weights: Tensor, rows: Sequence[Integers]) -> Tensor:
    """Return the mean token vector of each row at length 1, shape (len(rows), dimensions)."""
    import torch
    from torch.nn.functional import embedding_bag, normalize

    lengths = torch.tensor([len(row) for row in rows])
    ids = torch.from_numpy(np.concatenate(rows))
    return normalize(embedding_bag(ids, weights, lengths.cumsum(0) - lengths, mode="mean"), dim=-1)
