"""The reader as it is learnt: the layers that `assistant.answer.choose.reader` walks, and two heads more."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from assistant.answer.choose.reader import FIRST, HEAD, Tokens

SIZE, LAYERS, WIDE = 256, 4, 640
_PLACES, _PARTS, _MARKS = 256, 3, 8
_DROPPED = 0.1
_ONLY_LEARNING = ("mlm.", "nsp.", "bias")  # weights that the product does not walk

Batch = tuple[Tensor, ...]


class _Layer(nn.Module):
    """Self-attention and two linear maps, each behind a normalisation and beside what it is given."""

    def __init__(self) -> None:
        super().__init__()
        self.n1, self.n2 = nn.LayerNorm(SIZE), nn.LayerNorm(SIZE)
        self.qkv, self.o = nn.Linear(SIZE, 3 * SIZE), nn.Linear(SIZE, SIZE)
        self.a, self.b = nn.Linear(SIZE, WIDE), nn.Linear(WIDE, SIZE)
        self.drop = nn.Dropout(_DROPPED)

    def forward(self, x: Tensor, seen: Tensor) -> Tensor:
        rows, length, size = x.shape
        parted = self.qkv(self.n1(x)).view(rows, length, 3, size // HEAD, HEAD).permute(2, 0, 3, 1, 4)
        told = functional.scaled_dot_product_attention(parted[0], parted[1], parted[2], attn_mask=seen)
        x = x + self.drop(self.o(told.transpose(1, 2).reshape(rows, length, size)))
        wide = functional.gelu(self.a(self.n2(x)), approximate="tanh")
        return x + self.drop(self.b(wide))


class Network(nn.Module):
    """The network: what it makes of a question and a statement, and what three heads tell from that."""

    def __init__(self, vectors: NDArray[np.float32]) -> None:
        """Start from `vectors` of the characters, shape (characters, SIZE)."""
        super().__init__()
        self.tok = nn.Embedding(len(vectors), SIZE)
        self.pos, self.seg = nn.Embedding(_PLACES, SIZE), nn.Embedding(_PARTS, SIZE)
        self.flag = nn.Embedding(_MARKS, SIZE)
        for table in (self.pos, self.seg, self.flag):
            nn.init.normal_(table.weight, std=0.05)
        self.tok.weight.data.copy_(torch.from_numpy(vectors))
        self.layers = nn.ModuleList([_Layer() for _ in range(LAYERS)])
        self.norm = nn.LayerNorm(SIZE)
        self.head = nn.Sequential(nn.Linear(SIZE, SIZE), nn.GELU(approximate="tanh"), nn.Linear(SIZE, 1))
        self.mlm, self.bias = nn.Linear(SIZE, SIZE), nn.Parameter(torch.zeros(len(vectors)))
        self.nsp = nn.Linear(SIZE, 1)

    def forward(self, batch: Batch) -> Tensor:
        """Return what each character comes to in its surroundings, shape (rows, length, SIZE)."""
        tokens, places, parts, marks = batch
        x = self.tok(tokens) + self.pos(places) + self.seg(parts) + self.flag(marks)
        seen = (tokens != 0)[:, None, None, :]
        for layer in self.layers:
            x = layer(x, seen)
        return self.norm(x)  # type: ignore[no-any-return]

    def answers(self, batch: Batch) -> Tensor:
        """Return the logarithm of the odds that each statement answers, shape (rows,)."""
        return self.head(self(batch)[:, 0]).float().squeeze(1)  # type: ignore[no-any-return]

    def arrays(
        self, characters: Mapping[str, int], blend: NDArray[np.float32]
    ) -> dict[str, NDArray[np.generic]]:
        """Return the parts that the product needs, by name, for a file."""
        weights = {
            name: weight.numpy().astype(np.float16)
            for name, weight in self.state_dict().items()
            if not name.startswith(_ONLY_LEARNING)
        }
        codes = [ord(one) for one, number in sorted(characters.items(), key=lambda pair: pair[1])]
        assert sorted(characters.values()) == list(range(FIRST, FIRST + len(codes)))
        return {**weights, "characters": np.array(codes, np.uint32), "blend": blend}


def batch_of(rows: Sequence[Tokens]) -> Batch:
    """Return `rows` side by side, the shorter ones padded."""
    longest = max(len(one.tokens) for one in rows)
    padded = np.zeros((len(Tokens._fields), len(rows), longest), np.int64)
    for row, one in enumerate(rows):
        for numbers, column in zip(one, padded, strict=True):
            column[row, : len(numbers)] = numbers
    return tuple(torch.from_numpy(column) for column in padded)
