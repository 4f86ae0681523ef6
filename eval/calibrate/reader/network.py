"""The reader as it is learnt: RoFormer with a mark on each character, and one number told of the first.

Beside it a layer that points: one number told of each character of the statement.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from assistant.answer.choose.reader import PADDING, Tokens

SIZE, LAYERS, HEADS = 384, 6, 6  # as RoFormer-Sim small has them
_HEAD = SIZE // HEADS
_PARTS, _MARKS = 3, 5
_LONGEST = 512  # characters
_BASE = 10000.0  # of the angles by which a character's place turns it (Su et al., 2021, equation 15)
_TINY = 1e-12  # of a variance
_DROPPED = 0.1

Batch = tuple[Tensor, ...]


class _Turn(NamedTuple):
    """By how much each place turns the pairs of numbers of a head."""

    sine: Tensor
    cosine: Tensor

    def of(self, x: Tensor) -> Tensor:
        """Return `x`, shape (rows, heads, places, numbers), turned."""
        places = x.shape[2]
        aside = torch.stack([-x[..., 1::2], x[..., ::2]], -1).reshape(x.shape)
        return x * self.cosine[:places] + aside * self.sine[:places]


class _Layer(nn.Module):
    """Self-attention and two linear maps, each added to what it is given and normalised."""

    def __init__(self) -> None:
        super().__init__()
        self.query, self.key = nn.Linear(SIZE, SIZE), nn.Linear(SIZE, SIZE)
        self.value, self.told = nn.Linear(SIZE, SIZE), nn.Linear(SIZE, SIZE)
        self.wide, self.narrow = nn.Linear(SIZE, 4 * SIZE), nn.Linear(4 * SIZE, SIZE)
        self.attended, self.mapped = nn.LayerNorm(SIZE, _TINY), nn.LayerNorm(SIZE, _TINY)
        self.drop = nn.Dropout(_DROPPED)

    def forward(self, x: Tensor, asking: Tensor, seen: Tensor, turn: _Turn) -> Tensor:
        """Return what those `asking`, the first of `x` or all of it, come to."""
        query = turn.of(_heads(self.query(asking)))
        key, value = turn.of(_heads(self.key(x))), _heads(self.value(x))
        weights = (query @ key.transpose(-1, -2) * _HEAD**-0.5).masked_fill(~seen, -torch.inf).softmax(-1)
        told = (weights.to(value.dtype) @ value).transpose(1, 2).reshape(asking.shape)
        asking = self.attended(asking + self.drop(self.told(told)))
        mapped: Tensor = self.mapped(asking + self.drop(self.narrow(functional.gelu(self.wide(asking)))))
        return mapped


class Network(nn.Module):
    """The network, from the numbers of the characters to the logarithm of the odds of an answer."""

    def __init__(self, characters: int) -> None:
        """Start with a vector for each of so many `characters`, the tokens that are none included."""
        super().__init__()
        self.character = nn.Embedding(characters, SIZE, padding_idx=PADDING)
        self.part, self.mark = nn.Embedding(_PARTS, SIZE), nn.Embedding(_MARKS, SIZE)
        nn.init.zeros_(self.mark.weight)
        self.normal, self.drop = nn.LayerNorm(SIZE, _TINY), nn.Dropout(_DROPPED)
        self.layers = nn.ModuleList([_Layer() for _ in range(LAYERS)])
        self.pool, self.head = nn.Linear(SIZE, SIZE), nn.Linear(SIZE, 1)
        nn.init.normal_(self.head.weight, std=0.02)
        sine, cosine = _angles()
        self.register_buffer("sine", sine, persistent=False)
        self.register_buffer("cosine", cosine, persistent=False)

    def states(self, tokens: Tensor, parts: Tensor, marks: Tensor) -> Tensor:
        """Return what each token comes to before the last layer, shape (rows, places, SIZE)."""
        x = self.drop(self.normal(self.character(tokens) + self.part(parts) + self.mark(marks)))
        seen, turn = _seen(tokens), _Turn(self.sine, self.cosine)
        for layer in self.layers[:-1]:
            x = layer(x, x, seen, turn)
        return x

    def odds(self, states: Tensor, tokens: Tensor) -> Tensor:
        """Return the logarithm of the odds that each statement answers, shape (rows,)."""
        turn = _Turn(self.sine, self.cosine)
        told = self.layers[-1](states, states[:, :1], _seen(tokens), turn)[:, 0]
        pooled = torch.tanh(self.pool(told))
        odds: Tensor = self.head(self.drop(pooled)).float().squeeze(1)
        return odds

    def forward(self, tokens: Tensor, parts: Tensor, marks: Tensor) -> Tensor:
        """Return the logarithm of the odds that each statement answers, shape (rows,)."""
        return self.odds(self.states(tokens, parts, marks), tokens)


class Pointer(nn.Module):
    """A layer over the states of question and statement: the odds of each token to be of the answer."""

    def __init__(self) -> None:
        super().__init__()
        self.layer, self.head = _Layer(), nn.Linear(SIZE, 1)
        nn.init.normal_(self.head.weight, std=0.02)
        sine, cosine = _angles()
        self.register_buffer("sine", sine, persistent=False)
        self.register_buffer("cosine", cosine, persistent=False)

    def forward(self, states: Tensor, seen: Tensor) -> Tensor:
        """Return the logarithm of the odds of each token that is `seen`, shape (rows, places)."""
        told = self.layer(states, states, seen[:, None, None, :], _Turn(self.sine, self.cosine))
        odds: Tensor = self.head(self.layer.drop(told)).float().squeeze(2)
        return odds


def _angles() -> tuple[Tensor, Tensor]:
    angles = torch.outer(torch.arange(_LONGEST), _BASE ** (-torch.arange(0, _HEAD, 2) / _HEAD))
    angles = angles.repeat_interleave(2, -1)
    return angles.sin(), angles.cos()


def _seen(tokens: Tensor) -> Tensor:
    return (tokens != PADDING)[:, None, None, :]


def _heads(x: Tensor) -> Tensor:
    return x.view(x.shape[0], x.shape[1], HEADS, _HEAD).transpose(1, 2)


def batch_of(rows: Sequence[Tokens]) -> Batch:
    """Return `rows` side by side, the shorter ones padded."""
    longest = max(len(one.tokens) for one in rows)
    padded = np.full((len(Tokens._fields), len(rows), longest), PADDING, np.int64)
    for row, one in enumerate(rows):
        for numbers, column in zip(one, padded, strict=True):
            column[row, : len(numbers)] = numbers
    return tuple(torch.from_numpy(column) for column in padded)
