"""Measure retrieval: `python -m eval.retrieval --data DATA [--set law] [--report FILE]`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from time import perf_counter

import numpy as np

from assistant.index.embed import BUNDLED, StaticEmbedder, load_embedder
from assistant.index.store import Store
from assistant.learn.measures import Values, interval, measure
from assistant.learn.passages import Passages
from assistant.settings import Settings

from .gold import GOLD, measure_gold, open_gold, read_gold
from .sets import SETS
from .systems import Rank, Rankings, build, systems, tuned_rankings

BASELINE = "BM25"

Measured = dict[str, dict[str, Values]]  # system, measure, one value a question
Milliseconds = dict[str, list[float]]


def main(arguments: list[str] | None = None) -> int:
    """Print one table a set: every measure with its interval, and the difference from BM25."""
    names = (*SETS, *GOLD)
    parser = argparse.ArgumentParser(prog="python -m eval.retrieval", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the folder of question sets")
    parser.add_argument("--set", action="append", choices=names, help="only this set; may be repeated")
    parser.add_argument("--split", default="dev", help="of the gold questions: dev, test, blind")
    parser.add_argument("--every", type=int, default=1, metavar="N", help="ask every Nth question only")
    parser.add_argument("--untuned", action="store_true", help="leave out tuning, which takes ten minutes")
    parser.add_argument("--store", type=Path, default=Path("out/retrieval"), help="where stores are kept")
    parser.add_argument("--embedding", default="bundled", help="the embedding model")
    parser.add_argument("--report", type=Path, help="write the tables there too, as Markdown")
    options = parser.parse_args(arguments)
    chosen = options.set or names
    lines: list[str] = []
    with ProcessPoolExecutor(1, get_context("spawn")) as aside:
        tuned = _start_tuning(aside, options) if "law" in chosen and not options.untuned else None
        for name in sorted(chosen, key="law".__eq__):  # last: the other sets are measured meanwhile
            table = [*_gold_table(name, options)] if name in GOLD else [*_table(name, options, tuned)]
            lines += [*table, ""]
            print("\n".join([*table, ""]), flush=True)
    if options.report:
        options.report.write_text("\n".join(lines), encoding="utf-8")
    return 0


def _start_tuning(aside: Executor, options: argparse.Namespace) -> Future[Rankings] | None:
    """Begin to judge tuning in a process of its own; nothing where another model is measured."""
    if options.embedding != "bundled":
        return None
    build(SETS["law"](options.data), options.store, Settings.load(embedding=options.embedding))
    return aside.submit(tuned_rankings, options.store / "law", options.data)


def _table(name: str, options: argparse.Namespace, tuned: Future[Rankings] | None) -> Iterator[str]:
    settings = Settings.load(embedding=options.embedding)
    questions = SETS[name](options.data)
    reader = build(questions, options.store, settings)
    asked = range(0, len(questions.questions), options.every)
    gold = [questions.gold[number] for number in asked]
    measured: Measured = {}
    milliseconds: Milliseconds = {}
    for system, rank in systems(questions, reader, settings, options.data, tuned).items():
        rankings, milliseconds[system] = _ask(rank, asked)
        measured[system] = measure(rankings, gold)
    title = f"{name}: {len(gold):,} questions over {len(questions.records):,} records"
    yield from _lines(title, measured, milliseconds)


def _gold_table(name: str, options: argparse.Namespace) -> Iterator[str]:
    settings = Settings.load(embedding=options.embedding)
    folder, documents = GOLD[name]
    corpus = Path(documents) if Path(documents).is_dir() else options.data / documents
    open_gold(corpus, options.store / name, settings).close()
    embedder = load_embedder(settings.embedding)
    reader = Store(options.store / name, embedder.name, embedder.dimensions).reader()
    # only to find quotes: no vector is asked of it
    passages = Passages(reader, StaticEmbedder(BUNDLED))
    questions = read_gold(Path(folder) / f"{options.split}.jsonl", reader, passages)
    title = f"{name}, {options.split}: {len(questions)} questions over {len(reader.documents())} documents"
    yield from _lines(title, *measure_gold(questions[:: options.every], reader, embedder, settings))


def _lines(title: str, measured: Measured, milliseconds: Milliseconds) -> Iterator[str]:
    names = list(measured[BASELINE])
    yield f"### {title}"
    yield ""
    yield f"| | {' | '.join(names)} | p50 ms | p95 ms |"
    yield f"|---|{'---|' * (len(names) + 2)}"
    for system, values in measured.items():
        p50, p95 = np.quantile(milliseconds[system], [0.5, 0.95])
        cells = [str(interval(values[name])) for name in names]
        yield f"| {system} | {' | '.join(cells)} | {p50:.1f} | {p95:.1f} |"
        if system != BASELINE:
            yield f"| − {BASELINE} | {' | '.join(_differences(values, measured[BASELINE]))} | | |"


def _differences(values: dict[str, Values], baseline: dict[str, Values]) -> Iterator[str]:
    for name in baseline:
        difference = interval(values[name] - baseline[name])
        yield f"{difference.mean:+.3f} [{difference.low:+.3f}, {difference.high:+.3f}]"


def _ask(rank: Rank, numbers: range) -> tuple[list[list[str]], list[float]]:
    rankings, milliseconds = [], []
    rank(0)  # what is loaded at the first search belongs to no question
    for number in numbers:
        begun = perf_counter()
        rankings.append(rank(number))
        milliseconds.append(1000 * (perf_counter() - begun))
    return rankings, milliseconds


if __name__ == "__main__":
    sys.exit(main())
