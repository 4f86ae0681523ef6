"""Fit the line between answering and refusing, and draw its curve: refusals against false refusals."""

from __future__ import annotations

import argparse
import json
import random
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from assistant.answer.evidence import candidates
from assistant.answer.refuse import lacking, support
from assistant.answer.score import Scored, scored
from assistant.search.plan import make_plan
from assistant.types import Filters, Kind, Plan

from .cases import Case, figures, reading

if TYPE_CHECKING:
    from assistant import Assistant

_SETS = ("cmrc2018_dev.jsonl.xz", "drcd_dev.jsonl.xz")
_READ = 20  # as many passages as an answer is looked for in
_STEPS, _RATE, _DECAY = 4000, 0.3, 1e-3  # of gradient descent; three weights need no more


def main() -> None:
    """Fit the weights on half of the questions and print the curve on the other half."""
    parser = argparse.ArgumentParser(prog="python -m eval.calibrate", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the folder of the reading sets and reports")
    parser.add_argument("--questions", type=int, default=300, help="how many of each set")
    parser.add_argument("--seed", type=int, default=3)
    options = parser.parse_args()
    chance = random.Random(options.seed)
    with tempfile.TemporaryDirectory() as folder:
        rows = [*_reading(options.data, options.questions, chance, Path(folder))]
        others = [*_figures(options.data, options.questions // 3, chance, Path(folder))]
    _fit(rows, chance)
    print("\nas built: refused")
    for source in sorted({(case.source, case.answerable) for case, *_ in rows + others}):
        gaps = [bool(gap) for case, _, _, gap in rows + others if (case.source, case.answerable) == source]
        label = "answerable" if source[1] else "unanswerable"
        print(f"  {source[0]:14s} {label:13s} {sum(gaps):4d} of {len(gaps):4d}  {np.mean(gaps):6.1%}")


Row = tuple[Case, Plan, "Scored | None", list[str]]


def _reading(data: Path, count: int, chance: random.Random, folder: Path) -> Iterator[Row]:
    records: list[dict[str, str]] = []
    cases: list[Case] = []
    for name in _SETS:
        more, asked = reading(data / name, count, chance)
        records, cases = records + more, cases + asked
    path = folder / "paragraphs.jsonl"
    path.write_text("\n".join(json.dumps(r, ensure_ascii=False) for r in records), encoding="utf-8")
    yield from _judged(_store(folder / "reading", path), cases)


def _figures(data: Path, count: int, chance: random.Random, folder: Path) -> Iterator[Row]:
    assistant = _store(folder / "reports", data / "gov_reports")
    documents = [assistant.document(summary.id) for summary in assistant.documents()]
    yield from _judged(assistant, figures(documents, count, chance))


def _store(folder: Path, source: Path) -> Assistant:
    from assistant import Assistant

    assistant = Assistant.open(folder)
    assistant.index([source])
    return assistant


def _judged(assistant: Assistant, cases: Sequence[Case]) -> Iterator[Row]:
    view = assistant._now()
    for case in cases:
        plan = make_plan(case.question, (), view.known)
        hits = [hit for hit in view.retrieve(plan, Filters(), 40) if hit.passage.document != case.withheld]
        hits = [replace(hit, rank=rank) for rank, hit in enumerate(hits[:_READ], 1)]
        ranked = scored(plan, candidates(hits, view))
        best = ranked[0] if ranked else None
        yield case, plan, best, lacking(plan, best)
    assistant.close()


def _fit(rows: Sequence[Row], chance: random.Random) -> None:
    usable = [(c, p, b) for c, p, b, _ in rows if b and p.kind is not Kind.FIGURE]
    chance.shuffle(usable)
    half = len(usable) // 2
    signals = np.array([[best.score, best.inside, best.margin] for *_, best in usable])
    answerable = np.array([case.answerable for case, *_ in usable])
    mean, deviation = signals[:half].mean(0), signals[:half].std(0)
    weights = _descend((signals[:half] - mean) / deviation, answerable[:half])
    scaled = weights[:-1] / deviation
    offset = weights[-1] - float((scaled * mean).sum())
    print(f"{len(usable)} questions; weights: score {scaled[0]:.2f}, inside {scaled[1]:.2f}, ", end="")
    print(f"margin {scaled[2]:.3f}, offset {offset:.2f}")
    fitted = signals[half:] @ scaled + offset
    shipped = np.array([support(plan, best) for _, plan, best in usable[half:]])
    print("\nfalse refusals   refused, refitted   refused, as shipped   threshold as shipped")
    truth = answerable[half:]
    for share in (0.02, 0.04, 0.06, 0.08, 0.1, 0.15, 0.2):
        lines = [np.quantile(values[truth], share) for values in (fitted, shipped)]
        caught = [(v[~truth] < line).mean() for v, line in zip((fitted, shipped), lines, strict=True)]
        print(f"{share:14.0%} {caught[0]:19.1%} {caught[1]:21.1%} {lines[1]:22.2f}")


def _descend(signals: np.ndarray, answerable: np.ndarray) -> np.ndarray:
    """Return the weights of a logistic regression, the offset last."""
    table = np.c_[signals, np.ones(len(signals))]
    weights = np.zeros(table.shape[1])
    for _ in range(_STEPS):
        odds = 1 / (1 + np.exp(-table @ weights))
        weights -= _RATE * (table.T @ (odds - answerable) / len(table) + _DECAY * np.r_[weights[:-1], 0])
    return weights


if __name__ == "__main__":
    main()
