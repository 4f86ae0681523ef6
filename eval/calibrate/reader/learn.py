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

from assistant.answer.choose.reader import Tokens, log_odds, numbers, tokens_of
from assistant.answer.refuse.support import LEAST, LEAST_FIGURE, SURE
from assistant.console import progress
from assistant.zh.fold import fold

from ..lists import Listed
from .contrast import Classes, contrasts
from .network import Network, batch_of
from .plain import plainly
from .text import step_of

Odds = NDArray[np.float64]

RATE, AGAIN = 3.5e-4, 2.2e-4  # of learning, and of learning once more from all
_ROWS, _BUCKET, _WARM, _LEAST_RATE = 64, 50, 200, 1e-6
_LOOKED_AT = 8  # statements of a question, the best by rule
_BESIDE = 0.5  # what a statement that does not answer counts, beside one that does or the best of none
_FAR, _OF_FAR = ("cmrc", "other", "law"), 0.5  # sources that count less
_OF_CONTRAST = 0.5  # what is made of a question counts less than what somebody asked
_GOLD = 3.0


class Pair(NamedTuple):
    """A question and a statement, whether it answers, and what that counts."""

    tokens: Tokens
    answers: float
    weight: float


class Judged(NamedTuple):
    """A question not learnt from, the statement chosen for it and the chance that the judgement gives it."""

    one: Listed
    at: int
    chance: float


def encoded(one: Listed, at: int, characters: Mapping[str, int]) -> Tokens:
    """Return the tokens of a question and of the statement at place `at`."""
    return _tokens(fold(one.question), one.said[at], characters)


def _tokens(question: str, said: tuple[str, str], characters: Mapping[str, int]) -> Tokens:
    return tokens_of(*(numbers(text, characters) for text in (question, *said)))


def pairs(
    asked: Sequence[Listed], characters: Mapping[str, int], classes: Classes, chance: random.Random
) -> Iterator[Pair]:
    """Yield what is learnt from: what was asked, questions that differ by a word, and plain ones."""
    seen: set[str] = set()
    for one in asked:
        weight = _OF_FAR if one.case.source.startswith(_FAR) else 1.0
        best = [int(at) for at in np.argsort(-one.score, kind="stable")]
        wrong = [at for at in best[:_LOOKED_AT] if one.right[at] == 0][:2]
        right = next((at for at in best if one.right[at] == 1 and one.says[at]), None)
        beside = 1.0 if not one.case.answerable else _BESIDE  # of the best that does not answer
        for counts, at in zip((beside, _BESIDE), wrong, strict=False):
            yield Pair(encoded(one, at, characters), 0.0, weight * counts)
        if one.case.answerable and right is not None:
            yield Pair(encoded(one, right, characters), 1.0, weight)
            for each in contrasts(one, right, classes, chance):
                yield Pair(_tokens(each.question, each.said, characters), each.answers, _OF_CONTRAST)
        for each in plainly(one, chance, seen):
            yield Pair(_tokens(each.question, each.said, characters), each.answers, 1.0)


def learn(network: Network, taught: Sequence[Pair], minutes: float, seed: int, rate: float = RATE) -> None:
    """Let `network` learn from `taught` for so many minutes, at a `rate` that falls to nothing."""
    chance = random.Random(seed)
    optimizer = torch.optim.AdamW(network.parameters(), lr=rate, betas=(0.9, 0.98), weight_decay=0.02)
    begun, step = monotonic(), 0
    with progress("learning") as report:
        for rows in _batches(taught, chance):
            if (share := (monotonic() - begun) / (60 * minutes)) >= 1:
                return
            with torch.autocast("cpu", dtype=torch.bfloat16):
                odds = network.answers(batch_of([one.tokens for one in rows]))
            weights = torch.tensor([one.weight for one in rows])
            right = torch.tensor([one.answers for one in rows])
            loss = functional.binary_cross_entropy_with_logits(odds, right, reduction="none")
            loss = (loss * weights).sum() / weights.sum()
            step_of(optimizer, loss, rate * min(1, (step + 1) / _WARM) * (1 - share) + _LEAST_RATE)
            step += 1
            report(int(100 * share), 100, f"step {step}")


def _batches(taught: Sequence[Pair], chance: random.Random) -> Iterator[list[Pair]]:
    """Yield the pairs again and again, in random order, those of like length together."""
    order = list(taught)
    while True:
        chance.shuffle(order)
        for first in range(0, len(order), _ROWS * _BUCKET):
            bucket = sorted(order[first : first + _ROWS * _BUCKET], key=lambda one: len(one.tokens.tokens))
            batches = [bucket[at : at + _ROWS] for at in range(0, len(bucket), _ROWS)]
            chance.shuffle(batches)
            yield from batches


def odds(network: Network, rows: Sequence[Tokens]) -> NDArray[np.float32]:
    """Return the logarithm of the odds that `network` gives each row."""
    network.eval()
    with torch.no_grad():
        found = [
            network.answers(batch_of(rows[at : at + _ROWS])).numpy() for at in range(0, len(rows), _ROWS)
        ]
    network.train()
    return np.concatenate(found)


def blend(judged: Sequence[Judged], read: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return what the odds judged, those read and neither count, for figures and all else, shape (2, 3).

    Scaled so that as many answerable questions lie below the lines that were set for the judgement.
    """
    from sklearn.linear_model import LogisticRegression

    rows = []
    for figure, lines in ((True, (LEAST_FIGURE, SURE)), (False, (LEAST, SURE))):
        of = [at for at, one in enumerate(judged) if (one.one.kind == "figure") is figure]
        known = np.column_stack([[log_odds(judged[at].chance) for at in of], read[of]])
        right = [judged[at].one.answers(judged[at].at) for at in of]
        weights = np.array([_GOLD if judged[at].one.case.source.startswith("gold") else 1.0 for at in of])
        fit = LogisticRegression(C=100).fit(known, right, sample_weight=weights)
        able = np.array([judged[at].one.case.answerable for at in of])
        told = fit.decision_function(known)[able], known[able, 0], weights[able]
        (low, high), (wanted_low, wanted_high) = [_at(told, line) for line in lines], map(log_odds, lines)
        scale = (wanted_high - wanted_low) / (high - low)
        rows.append([*(fit.coef_[0] * scale), fit.intercept_[0] * scale + wanted_low - scale * low])
    return np.array(rows, np.float32)


def _at(told: tuple[Odds, Odds, Odds], line: float) -> float:
    """Return the odds told below which as much weight lies as below `line` of the odds judged."""
    odds, judged, weights = told
    share = weights[judged < log_odds(line)].sum() / weights.sum()
    order = np.argsort(odds)
    below = np.cumsum(weights[order]) / weights.sum()
    return float(odds[order][np.searchsorted(below, share)])
