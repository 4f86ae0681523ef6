"""Measure retrieval: `python -m eval.retrieval --data DATA [--set law] [--report FILE]`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter

import numpy as np

from assistant.learn.measures import MEASURES, Values, interval, measure
from assistant.settings import Settings

from .sets import SETS
from .systems import Rank, build, systems

BASELINE = "BM25"


def main(arguments: list[str] | None = None) -> int:
    """Print one table a set: every measure with its interval, and the difference from BM25."""
    parser = argparse.ArgumentParser(prog="python -m eval.retrieval", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the folder of question sets")
    parser.add_argument("--set", action="append", choices=SETS, help="only this set; may be repeated")
    parser.add_argument("--store", type=Path, default=Path("out/retrieval"), help="where stores are kept")
    parser.add_argument("--embedding", default="bundled", help="the embedding model")
    parser.add_argument("--report", type=Path, help="write the tables there too, as Markdown")
    options = parser.parse_args(arguments)
    settings = Settings.load(embedding=options.embedding)
    lines: list[str] = []
    for name in options.set or SETS:
        table = [*_table(name, options.data, options.store, settings), ""]
        lines += table
        print("\n".join(table), flush=True)
    if options.report:
        options.report.write_text("\n".join(lines), encoding="utf-8")
    return 0


def _table(name: str, data: Path, store: Path, settings: Settings) -> Iterator[str]:
    questions = SETS[name](data)
    reader = build(questions, store, settings)
    measured, milliseconds = {}, {}
    for system, rank in systems(questions, reader, settings, data).items():
        rankings, milliseconds[system] = _ask(rank, len(questions.questions))
        measured[system] = measure(rankings, questions.gold)
    yield f"### {name}: {len(questions.questions):,} questions over {len(questions.records):,} records"
    yield ""
    yield f"| | {' | '.join(MEASURES)} | p50 ms | p95 ms |"
    yield f"|---|{'---|' * (len(MEASURES) + 2)}"
    for system, values in measured.items():
        p50, p95 = np.quantile(milliseconds[system], [0.5, 0.95])
        cells = [str(interval(values[measure_name])) for measure_name in MEASURES]
        yield f"| {system} | {' | '.join(cells)} | {p50:.1f} | {p95:.1f} |"
        if system != BASELINE:
            yield f"| − {BASELINE} | {' | '.join(_differences(values, measured[BASELINE]))} | | |"


def _differences(values: dict[str, Values], baseline: dict[str, Values]) -> Iterator[str]:
    for name in MEASURES:
        difference = interval(values[name] - baseline[name])
        yield f"{difference.mean:+.3f} [{difference.low:+.3f}, {difference.high:+.3f}]"


def _ask(rank: Rank, count: int) -> tuple[list[list[str]], list[float]]:
    rankings, milliseconds = [], []
    rank(0)  # what is loaded at the first search belongs to no question
    for number in range(count):
        begun = perf_counter()
        rankings.append(rank(number))
        milliseconds.append(1000 * (perf_counter() - begun))
    return rankings, milliseconds


if __name__ == "__main__":
    sys.exit(main())
