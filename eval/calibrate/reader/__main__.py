"""Learn the reader: `python -m eval.calibrate.reader --data DATA --write`; three hours on two cores.

It reads text first, then learns from the questions of three quarters of the collections. What its word
counts beside the judgement's is found on the others (the five documents, the pages, the news, the last
notices), of which a judgement is asked that has not learnt from them either. Prints what both refuse there.
With `--write` it learns once more from all of them and goes into the product.
"""

from __future__ import annotations

import argparse
import random
import tempfile
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from assistant.answer.choose.reader import MODEL, log_odds
from assistant.index.embed import load_embedder

from ..__main__ import collections, looked_at
from ..fit import chosen, fitted
from ..lists import Listed
from .contrast import Classes
from .learn import AGAIN, Judged, blend, encoded, learn, odds, pairs
from .network import Network
from .text import characters_of, joined, read, texts, vectors

_HELD = frozenset({"study", "guide", "news"})
_HELD_NOTICES = frozenset({"notices_13", "notices_14"})
_ENUMERATING = ("law_articles.jsonl.xz", "news.jsonl.xz")
_LINES = (0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5)


def main() -> None:
    """Learn, print the lines and, where asked for, put the weights into the product."""
    parser = argparse.ArgumentParser(prog="python -m eval.calibrate.reader", description=__doc__)
    parser.add_argument(
        "--data", type=Path, required=True, help="the folder of texts, reading sets and reports"
    )
    parser.add_argument("--reading", type=float, default=60.0, help="minutes of reading")
    parser.add_argument("--learning", type=float, default=90.0, help="minutes of learning")
    parser.add_argument("--questions", type=int, default=2000, help="how many of the reading set")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--write", action="store_true", help="put the weights into the product")
    options = parser.parse_args()
    torch.manual_seed(options.seed)
    with tempfile.TemporaryDirectory() as folder:
        taught, held = _asked(options.data, options.questions, options.seed, Path(folder))
    judge = fitted(taught)
    judged = [Judged(one, *chosen(one, judge)) for one in held]
    characters = characters_of(texts(options.data))
    text = joined(texts(options.data), characters)
    size = max(characters.values()) + 1
    network = Network(vectors(text, size))
    read(network, text, options.reading, options.seed)
    classes = _classes(options.data, [*taught, *held])
    pairs_of = partial(pairs, characters=characters, classes=classes, chance=random.Random(options.seed))
    learn(network, list(pairs_of(taught)), options.learning, options.seed)
    told = odds(network, [encoded(one.one, one.at, characters) for one in judged])
    counts = blend(judged, told)
    _lines(judged, told, counts)
    if options.write:
        learn(network, list(pairs_of([*taught, *held])), options.learning / 4, options.seed, AGAIN)
        np.savez_compressed(MODEL, **network.arrays(characters, counts))  # type: ignore[arg-type]


def _asked(data: Path, count: int, seed: int, folder: Path) -> tuple[list[Listed], list[Listed]]:
    """Return the questions that are learnt from and those that are not, which the others have not."""
    taught: list[Listed] = []
    held: list[Listed] = []
    for number, collection in enumerate(collections(data, count, random.Random(seed), folder)):
        name = collection.source.name
        of = held if collection.genre in _HELD or name in _HELD_NOTICES or name.endswith("_dev") else taught
        of += looked_at(collection, folder / f"store {number}")
    known = {one.case.question for one in held}
    return [one for one in taught if one.case.question not in known], held


def _classes(data: Path, asked: Sequence[Listed]) -> Classes:
    statements = dict.fromkeys(clause for one in asked for clause, _ in one.said)
    return Classes(texts(data, _ENUMERATING), list(statements), load_embedder("bundled"))


def _lines(judged: Sequence[Judged], told: NDArray[np.float32], counts: NDArray[np.float32]) -> None:
    """Print the shares refused, judged alone and with the reader, over what neither has learnt from."""
    alone = np.array([one.chance for one in judged])
    rows = counts[[0 if one.one.kind == "figure" else 1 for one in judged]]
    both = rows[:, 0] * np.array([log_odds(chance) for chance in alone]) + rows[:, 1] * told + rows[:, 2]
    both = 1 / (1 + np.exp(-both))
    able = np.array([one.one.case.answerable for one in judged])
    for source in ("gold", "taught"):
        for figure in (True, False):
            of = np.array(
                [
                    one.one.case.source.startswith(source) and (one.one.kind == "figure") is figure
                    for one in judged
                ]
            )
            print(f"\n{source}, {'figures' if figure else 'all else'} ({of.sum()} questions)")
            print("line   answerable refused: alone, both     unanswerable refused: alone, both")
            for line in _LINES:
                shares = [
                    np.mean(chance[of & which] < line) for which in (able, ~able) for chance in (alone, both)
                ]
                print(f"{line:4.2f} {shares[0]:25.1%} {shares[1]:6.1%} {shares[2]:31.1%} {shares[3]:6.1%}")


if __name__ == "__main__":
    main()
