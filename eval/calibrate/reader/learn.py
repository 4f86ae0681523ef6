"""Teach the network which statements answer, and find out what its word counts beside the judgement's."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from time import monotonic
from typing import NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from torch.nn import functional

from assistant.answer.choose.reader import Tokens, log_odds
from assistant.answer.refuse.support import LEAST, LEAST_FIGURE
from assistant.console import progress

from ..lists import Listed
from .network import Network, batch_of
from .pairs import Choice, Pair, tokens_in

Odds = NDArray[np.float64]

_RATE, _LEAST_RATE, _WARM = 1.5e-4, 1e-6, 100
_NEW, _FASTER = ("mark.", "head."), 5.0  # weights that begin with nothing learn so much faster
_ROWS, _BUCKET = 64, 50
_EVERY, _AMONG = 4, 4  # after so many steps there is one of choosing, among so many statements a question
_CHOOSING, _JUDGED = 0.6, 0.8  # what a step of choosing counts; what the odds judged count in a choice
_ABSENT = -30.0  # the odds of a statement that is not there
_GOLD = 3.0


class Lessons(NamedTuple):
    """What is learnt from, and the number of each character."""

    characters: Mapping[str, int]
    pairs: Sequence[Pair]
    choices: Sequence[Choice] = ()


class Judged(NamedTuple):
    """A question not learnt from, the statement chosen for it and the chance that the judgement gives it."""

    one: Listed
    at: int
    chance: float


def learn(network: Network, lessons: Lessons, minutes: float, seed: int) -> None:
    """Let `network` learn from `lessons` for so many minutes, at a rate that falls to nothing."""
    chance = random.Random(seed)
    new = [weight for name, weight in network.named_parameters() if name.startswith(_NEW)]
    old = [weight for name, weight in network.named_parameters() if not name.startswith(_NEW)]
    groups = [{"params": old, "times": 1.0}, {"params": new, "times": _FASTER}]
    optimizer = torch.optim.AdamW(groups, lr=_RATE, betas=(0.9, 0.98), weight_decay=0.01)
    begun, step = monotonic(), 0
    network.train()
    with progress("learning") as report:
        for loss in _losses(network, lessons, chance):
            share = min((monotonic() - begun) / (60 * minutes), 1.0)
            step_of(optimizer, loss, _RATE * min(1, (step + 1) / _WARM) * (1 - share) + _LEAST_RATE)
            step += 1
            report(int(100 * share), 100, f"step {step}")
            if share == 1:
                return


def halfway(one: Mapping[str, torch.Tensor], other: Mapping[str, torch.Tensor]) -> dict[str, torch.Tensor]:
    """Return the weights half-way between two states of a network, one of which learnt on from the other.

    They do better than either at what each has learnt last (Wortsman et al., 2022).
    """
    return {name: (weight + other[name]) / 2 for name, weight in one.items()}


def step_of(optimizer: torch.optim.Optimizer, loss: torch.Tensor, rate: float) -> None:
    """Move the weights against the gradient of `loss`, at a `rate`."""
    for group in optimizer.param_groups:
        group["lr"] = rate * group["times"]
    loss.backward()  # type: ignore[no-untyped-call]
    torch.nn.utils.clip_grad_norm_([one for group in optimizer.param_groups for one in group["params"]], 1.0)
    optimizer.step()
    optimizer.zero_grad(set_to_none=True)


def _losses(network: Network, lessons: Lessons, chance: random.Random) -> Iterator[torch.Tensor]:
    """Yield the loss of each step: of pairs, and now and then of choices."""
    for step, rows in enumerate(_batches(lessons, chance), 1):
        yield _of_pairs(network, rows)
        if lessons.choices and step % _EVERY == 0:
            few = [chance.choice(lessons.choices) for _ in range(_ROWS // _AMONG)]
            yield _CHOOSING * _of_choices(network, few, lessons.characters, chance)


def _of_pairs(network: Network, rows: Sequence[tuple[Pair, Tokens]]) -> torch.Tensor:
    with torch.autocast("cpu", dtype=torch.bfloat16):
        odds = network(*batch_of([tokens for _, tokens in rows]))
    weights = torch.tensor([pair.weight for pair, _ in rows])
    right = torch.tensor([pair.answers for pair, _ in rows])
    loss = functional.binary_cross_entropy_with_logits(odds, right, reduction="none")
    return (loss * weights).sum() / weights.sum()


def _of_choices(
    network: Network, few: Sequence[Choice], characters: Mapping[str, int], chance: random.Random
) -> torch.Tensor:
    """Return the loss of choosing a right statement among wrong ones by the odds judged and read together."""
    judged = torch.full((len(few), _AMONG), _ABSENT)
    rows, places = [], []
    for number, one in enumerate(few):
        wrong = one.wrong
        if len(wrong) >= _AMONG:
            wrong = (wrong[0], *chance.sample(wrong[1:], _AMONG - 2))
        for place, (said, odds) in enumerate((chance.choice(one.right), *wrong)):
            judged[number, place] = _JUDGED * odds
            rows.append(tokens_in(characters, one.question, said))
            places.append((number, place))
    with torch.autocast("cpu", dtype=torch.bfloat16):
        read = network(*batch_of(rows))
    both = judged.index_put(tuple(torch.tensor(places).T), read, accumulate=True)
    return functional.cross_entropy(both, torch.zeros(len(few), dtype=torch.long))


def _batches(lessons: Lessons, chance: random.Random) -> Iterator[list[tuple[Pair, Tokens]]]:
    """Yield the pairs again and again, in random order, those of like length together."""
    order = list(lessons.pairs)
    while True:
        chance.shuffle(order)
        for first in range(0, len(order), _ROWS * _BUCKET):
            some = order[first : first + _ROWS * _BUCKET]
            bucket = [(pair, pair.drawn(lessons.characters, chance)) for pair in some]
            bucket.sort(key=lambda drawn: len(drawn[1].tokens))
            batches = [bucket[at : at + _ROWS] for at in range(0, len(bucket), _ROWS)]
            chance.shuffle(batches)
            yield from batches


def odds(network: Network, rows: Sequence[Tokens]) -> NDArray[np.float32]:
    """Return the logarithm of the odds that `network` gives each row."""
    network.eval()
    with torch.no_grad():
        found = [network(*batch_of(rows[at : at + _ROWS])).numpy() for at in range(0, len(rows), _ROWS)]
    network.train()
    return np.concatenate(found)


def blend(judged: Sequence[Judged], read: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return what the odds judged, those read and neither count, for figures and all else, shape (2, 3).

    What is added lies half-way between what fits best, which refuses more of what nothing answers and more of
    what has an answer, and what refuses as many answerable questions as the judgement alone.
    """
    from sklearn.linear_model import LogisticRegression

    rows = []
    for figure, line in ((True, LEAST_FIGURE), (False, LEAST)):
        of = [at for at, one in enumerate(judged) if (one.one.kind == "figure") is figure]
        known = np.column_stack([[log_odds(judged[at].chance) for at in of], read[of]])
        right = [judged[at].one.answers(judged[at].at) for at in of]
        weights = np.array([_GOLD if judged[at].one.case.source.startswith("gold") else 1.0 for at in of])
        fit = LogisticRegression(C=100).fit(known, right, sample_weight=weights)
        able = np.array([judged[at].one.case.answerable for at in of])
        refused = weights[able & (known[:, 0] < log_odds(line))].sum() / weights[able].sum()
        as_before = log_odds(line) - _quantile((known @ fit.coef_[0])[able], weights[able], refused)
        rows.append([*fit.coef_[0], (fit.intercept_[0] + as_before) / 2])
    return np.array(rows, np.float32)


def _quantile(values: Odds, weights: Odds, share: float) -> float:
    """Return the value below which lies the `share` of the weight."""
    order = np.argsort(values)
    below = np.cumsum(weights[order]) / weights.sum()
    return float(values[order][np.searchsorted(below, share)])
