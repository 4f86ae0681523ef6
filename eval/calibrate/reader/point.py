"""What of a statement answers: a layer that points is learnt over the reader, which stays as it is.

The questions are those written to teach and of the reading set that have a short answer; that nothing is to
be pointed at is learnt from near misses, whose statement is of the matter and does not answer.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from time import monotonic
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from torch.nn import functional

from assistant.answer.choose.closely import asked_of
from assistant.answer.choose.phrasing import said
from assistant.answer.choose.reader import reach_of
from assistant.console import progress

from ..cases import Case, plain
from ..lists import is_right, retrieved
from .contrast import Asked
from .learn import step_of
from .network import SIZE, Network, Pointer, batch_of
from .pairs import Said, tokens_in

if TYPE_CHECKING:
    from assistant import Assistant

_RATE, _LEAST_RATE, _WARM, _FASTER = 2e-4, 1e-6, 100, 5.0
_ROWS, _BUCKET = 64, 50
_LONGEST = 0.7  # of the statement: what is nearly all of it points at nothing
_KEPT = re.compile(r"[\w%.]")  # characters of a text that `plain` keeps

Span = tuple[int, int]


class Pointing(NamedTuple):
    """A folded question, a statement, and where in it the answer stands: nowhere, or in one place."""

    question: str
    said: Said
    answer: Span | None


class _Row(NamedTuple):
    """A pointing with the states of its question and statement, shape (places, SIZE), and their lengths."""

    states: NDArray[np.float16]
    first: int  # place of the first character of the statement
    answer: Span | None


def pointings(assistant: Assistant, cases: Sequence[Case]) -> Iterator[Pointing]:
    """Yield the cases that a statement found for them answers in one place, and shortly."""
    told = [case for case in cases if case.answerable and case.answers]
    for case, plan, found in retrieved(assistant, told):
        for candidate in found:
            if is_right(case, candidate):
                spans = _spans(candidate.folded, case.answers)
                if len(spans) == 1 and spans[0][1] - spans[0][0] <= _LONGEST * len(candidate.folded):
                    yield Pointing(asked_of(plan, candidate), said(candidate), spans[0])
                break


def nowhere(asked: Iterable[Asked]) -> list[Pointing]:
    """Return the questions that their statement does not answer, though near to it."""
    return [Pointing(one.question, one.said, None) for one in asked if not one.answers]


def _spans(clause: str, answers: Sequence[str]) -> list[Span]:
    places = [at for at, character in enumerate(clause) if _KEPT.match(character)]
    text = "".join(clause[at] for at in places)
    return [
        (places[found.start()], places[found.end() - 1] + 1)
        for answer in map(plain, answers)
        if answer
        for found in re.finditer(re.escape(answer), text)
    ]


def learn_pointing(
    network: Network, characters: Mapping[str, int], asked: Sequence[Pointing], minutes: float, seed: int
) -> Pointer:
    """Return a layer that points, begun as the last of `network`, after so many minutes of learning."""
    chance = random.Random(seed)
    pointer = Pointer()
    pointer.layer.load_state_dict(network.layers[-1].state_dict())
    rows = list(_rows(network, characters, asked))
    groups = [
        {"params": list(pointer.layer.parameters()), "times": 1.0},
        {"params": list(pointer.head.parameters()), "times": _FASTER},
    ]
    optimizer = torch.optim.AdamW(groups, lr=_RATE, betas=(0.9, 0.98), weight_decay=0.01)
    begun = monotonic()
    pointer.train()
    with progress("learning to point") as report:
        for step, some in enumerate(_batches(rows, chance), 1):
            share = min((monotonic() - begun) / (60 * minutes), 1.0)
            step_of(optimizer, _loss(pointer, some), _RATE * min(1, step / _WARM) * (1 - share) + _LEAST_RATE)
            report(int(100 * share), 100, f"step {step}")
            if share == 1:
                break
    return pointer


def _rows(network: Network, characters: Mapping[str, int], asked: Sequence[Pointing]) -> Iterator[_Row]:
    """Yield the states of each question and statement; what stands around it they know already."""
    network.eval()
    with progress("reading") as report, torch.no_grad():
        for number, one in enumerate(asked, 1):
            tokens = tokens_in(characters, one.question, one.said)
            first, last = reach_of(tokens)
            states = network.states(*batch_of([tokens]))[0, :last]
            report(number, len(asked), "statements")
            yield _Row(states.numpy().astype(np.float16), first, one.answer)


def _loss(pointer: Pointer, rows: Sequence[_Row]) -> torch.Tensor:
    """Return how far the odds of the characters of each statement are from what is to be pointed at."""
    longest = max(len(one.states) for one in rows)
    states = np.zeros((len(rows), longest, SIZE), np.float32)
    seen, answer, counts = (np.zeros((len(rows), longest), np.float32) for _ in range(3))
    for at, one in enumerate(rows):
        states[at, : len(one.states)] = one.states
        seen[at, : len(one.states)] = 1
        counts[at, one.first : len(one.states)] = 1 / (len(one.states) - one.first)
        if one.answer:
            start, end = one.answer
            answer[at, one.first + start : one.first + end] = 1
    with torch.autocast("cpu", dtype=torch.bfloat16):
        odds = pointer(torch.from_numpy(states), torch.from_numpy(seen).bool())
    loss = functional.binary_cross_entropy_with_logits(odds, torch.from_numpy(answer), reduction="none")
    return (loss * torch.from_numpy(counts)).sum() / len(rows)


def _batches(rows: Sequence[_Row], chance: random.Random) -> Iterator[list[_Row]]:
    """Yield the rows again and again, in random order, those of like length together."""
    order = list(rows)
    while True:
        chance.shuffle(order)
        for first in range(0, len(order), _ROWS * _BUCKET):
            bucket = sorted(order[first : first + _ROWS * _BUCKET], key=lambda row: len(row.states))
            batches = [bucket[at : at + _ROWS] for at in range(0, len(bucket), _ROWS)]
            chance.shuffle(batches)
            yield from batches
