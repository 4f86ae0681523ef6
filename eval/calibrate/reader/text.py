"""Let the network read text before it is asked anything: what is masked, and which pieces belong together.

Laws, news, national work reports and the encyclopedia of CMRC train (25 million characters); what stands
behind a piece is its own continuation every second time (Devlin et al., 2019), else text from elsewhere, and
every other time of that from near by.
"""

from __future__ import annotations

import json
import lzma
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from time import monotonic

import numpy as np
import torch
from numpy.typing import NDArray
from torch.nn import functional

from assistant.answer.choose.reader import END, FIRST, MASKED, Tokens, numbers, tokens_of
from assistant.console import progress
from assistant.zh.fold import fold

from .network import SIZE, Network, batch_of

Numbers = NDArray[np.int64]

_SOURCES = {
    "law_articles.jsonl.xz": "text",
    "news.jsonl.xz": "text",
    "national_work_reports.jsonl.xz": "text",
    "cmrc2018_train.jsonl.xz": "context",
}
_LEAST_OFTEN = 8  # times that a character stands in the material
_SHORTEST = 40
_ROWS, _RATE, _LEAST_RATE, _WARM = 48, 8e-4, 1e-5, 300
_HIDDEN, _LONGEST_HIDDEN = 0.15, 3  # share of the characters that is masked, and of one stretch
_BELONG = 0.3  # what telling which pieces belong together counts beside the masked characters
_NEAR = (1, -1, 2, -2)  # characters away
_NEAR_BY = 100, 1500  # characters further on, of the same document mostly
_SPREAD = 0.05 * SIZE**0.5  # length of a vector to begin with


def texts(data: Path, names: Sequence[str] = tuple(_SOURCES)) -> Iterator[str]:
    """Yield the folded texts of the material in the files `names` of `data`."""
    for name in names:
        with lzma.open(data / name, "rt", encoding="utf-8") as lines:
            for line in lines:
                yield re.sub(r"\s+", " ", fold(json.loads(line).get(_SOURCES[name]) or "")).strip()


def characters_of(found: Iterable[str]) -> dict[str, int]:
    """Return a number for each character that is used often enough, the commonest first."""
    counts = Counter[str]()
    for text in found:
        counts.update(text)
    often = (one for one, times in counts.most_common() if times >= _LEAST_OFTEN)
    return {one: FIRST + at for at, one in enumerate(often)}


def joined(found: Iterable[str], characters: dict[str, int]) -> Numbers:
    """Return the numbered characters of all texts, one behind the other."""
    longer = (text for text in found if len(text) > _SHORTEST)
    return np.concatenate([np.append(numbers(text, characters), END) for text in longer])


def vectors(text: Numbers, size: int) -> NDArray[np.float32]:
    """Return a vector for each of `size` characters by what stands near it: what stands alike is alike."""
    from scipy.sparse import coo_matrix, hstack
    from scipy.sparse.linalg import svds

    near = []
    for away in _NEAR:
        here, there = text[2:-2], np.roll(text, -away)[2:-2]
        counts = coo_matrix((np.ones(len(here)), (here, there)), shape=(size, size)).tocsr().tocoo()
        often = np.bincount(counts.row, counts.data, size)
        smoothed = np.bincount(counts.col, counts.data, size) ** 0.75
        expected = often[counts.row] * smoothed[counts.col] / smoothed.sum()
        told = np.log(counts.data / expected)
        kept = told > 0
        near.append(coo_matrix((told[kept], (counts.row[kept], counts.col[kept])), shape=(size, size)))
    left, strength, _ = svds(hstack(near).tocsr(), k=SIZE, random_state=0)
    found = left * np.sqrt(strength)
    lengths = np.maximum(np.linalg.norm(found, axis=1, keepdims=True), 1e-6)
    return np.asarray(found / lengths * _SPREAD, np.float32)


def read(network: Network, text: Numbers, minutes: float, seed: int) -> None:
    """Let `network` read pieces of `text` for so many minutes."""
    chance = np.random.default_rng(seed)
    optimizer = torch.optim.AdamW(network.parameters(), lr=_RATE, betas=(0.9, 0.98), weight_decay=0.01)
    begun, step = monotonic(), 0
    network.eval()  # without dropout: hardly a piece is read twice
    with progress("reading") as report:
        while (share := (monotonic() - begun) / (60 * minutes)) < 1:
            rate = _RATE * min(1, (step + 1) / _WARM) * (1 - share) + _LEAST_RATE
            step_of(optimizer, _loss(network, text, chance), rate)
            step += 1
            report(int(100 * share), 100, f"step {step}")


def step_of(optimizer: torch.optim.Optimizer, loss: torch.Tensor, rate: float) -> None:
    """Move the weights against the gradient of `loss`, at a `rate`."""
    for group in optimizer.param_groups:
        group["lr"] = rate
    loss.backward()  # type: ignore[no-untyped-call]
    torch.nn.utils.clip_grad_norm_([one for group in optimizer.param_groups for one in group["params"]], 1.0)
    optimizer.step()
    optimizer.zero_grad(set_to_none=True)


def _loss(network: Network, text: Numbers, chance: np.random.Generator) -> torch.Tensor:
    rows, wanted, belong = _pieces(text, chance)
    batch = batch_of(rows)
    hidden = np.full(batch[0].shape, -1, np.int64)
    for row, original in enumerate(wanted):
        hidden[row, : len(original)] = original
    sought = torch.from_numpy(hidden)
    with torch.autocast("cpu", dtype=torch.bfloat16):
        told = network(batch)
        masked = sought >= 0
        guessed = functional.gelu(network.mlm(told[masked])) @ network.tok.weight.T
    of_characters = functional.cross_entropy(guessed.float() + network.bias, sought[masked])
    together = network.nsp(told[:, 0].float()).squeeze(1)
    return of_characters + _BELONG * functional.binary_cross_entropy_with_logits(
        together, torch.tensor(belong)
    )


def _pieces(
    text: Numbers, chance: np.random.Generator
) -> tuple[list[Tokens], list[Numbers], Sequence[float]]:
    """Return pairs of pieces, some characters masked; what those are; whether the pieces belong together."""
    rows, wanted, belong = [], [], []
    for _ in range(_ROWS):
        length, cut = chance.integers(90, 130), chance.integers(14, 44)
        at = chance.integers(0, len(text) - length)
        first, behind = text[at : at + cut], text[at + cut : at + length]
        belong.append(1.0)
        if chance.random() < 0.5:
            if chance.random() < 0.5:
                at = (at + length + chance.integers(*_NEAR_BY)) % (len(text) - length)
            else:
                at = chance.integers(0, len(text) - length)
            behind, belong[-1] = text[at : at + length - cut], 0.0
        told = np.concatenate([first, behind])
        hidden = _hidden(told, chance)
        shown = np.where(hidden & (chance.random(len(told)) < 0.85), MASKED, told)
        pair = tokens_of(shown[:cut], shown[cut:], np.empty(0, np.int64))
        rows.append(pair)
        sought = np.where(hidden, told, -1)
        none = np.array([-1])
        end = len(pair.tokens) - cut - 3
        wanted.append(np.concatenate([none, sought[:cut], none, sought[cut:][:end], none]))
    return rows, wanted, belong


def _hidden(told: Numbers, chance: np.random.Generator) -> NDArray[np.bool_]:
    hidden = np.zeros(len(told), np.bool_)
    while hidden.sum() < int(_HIDDEN * len(told)):
        at = chance.integers(0, len(told))
        hidden[at : at + chance.integers(1, _LONGEST_HIDDEN + 1)] = True
    return hidden & (told >= FIRST)
