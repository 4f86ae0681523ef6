"""Fit the line between answering and refusing, and draw its curves: refusals against false refusals.

Questions are asked with and without what answers them: reading comprehension, questions made from the
figures of reports, and the gold questions that may be looked at. With `--write` the weights go into the
product.
"""

from __future__ import annotations

import argparse
import json
import random
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from assistant.answer.evidence import candidates
from assistant.answer.refuse import lacking, named_gaps
from assistant.answer.score import Scored, scored
from assistant.answer.support import SIGNALS, SUPPORT, model_of, signals
from assistant.search.plan import make_plan
from assistant.types import Filters, Hit, Plan

from ..questions import GOLD, PROVINCES, load
from .cases import Case, figures, gold, plain, reading

if TYPE_CHECKING:
    from assistant import Assistant

_SETS = ("cmrc2018_dev.jsonl.xz", "drcd_dev.jsonl.xz")
_READ = 20  # as many passages as an answer is looked for in
_STEPS, _RATE, _DECAY = 4000, 0.3, 1e-3  # of gradient descent; six weights need no more
_FOLDS = 10
_LINES = (-2.0, -1.7, -1.4, -1.1, -0.8, -0.5, -0.2)


@dataclass(frozen=True, slots=True)
class Judged:
    """A case with the best statement for it, and what the product finds lacking."""

    case: Case
    plan: Plan
    best: Scored | None
    gaps: bool
    named: bool  # what is lacking is known by rule, whatever the odds

    @property
    def right(self) -> bool:
        """Tell whether stating the best statement would be right."""
        said = plain(self.best.candidate.folded) if self.best else ""
        return self.case.answerable and any(plain(text) in said for text in self.case.answers)


def main() -> None:
    """Fit on all questions, print the curves out of fold, and what the product does as built."""
    parser = argparse.ArgumentParser(prog="python -m eval.calibrate", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the folder of the reading sets and reports")
    parser.add_argument("--questions", type=int, default=300, help="how many of each reading set")
    parser.add_argument("--seed", type=int, default=3)
    parser.add_argument("--write", action="store_true", help="put the weights into the product")
    options = parser.parse_args()
    chance = random.Random(options.seed)
    with tempfile.TemporaryDirectory() as folder:
        asked = [*_asked(options.data, options.questions, chance, Path(folder))]
    fitted = {name: _fitted(name, [one for one in asked if model_of(one.plan) == name]) for name in SIGNALS}
    if options.write:
        SUPPORT.write_text(json.dumps(fitted, indent=2) + "\n", encoding="utf-8")
    print("\nas built: refused")
    for source, answerable in sorted({(one.case.source, one.case.answerable) for one in asked}):
        gaps = [o.gaps for o in asked if (o.case.source, o.case.answerable) == (source, answerable)]
        label = "answerable" if answerable else "unanswerable"
        print(f"  {source:15s} {label:13s} {sum(gaps):4d} of {len(gaps):4d}  {np.mean(gaps):6.1%}")


def _asked(data: Path, count: int, chance: random.Random, folder: Path) -> Iterator[Judged]:
    records: list[dict[str, str]] = []
    cases: list[Case] = []
    for name in _SETS:
        more, asked = reading(data / name, count, chance)
        records, cases = records + more, cases + asked
    path = folder / "paragraphs.jsonl"
    path.write_text("\n".join(json.dumps(r, ensure_ascii=False) for r in records), encoding="utf-8")
    yield from _judged(_store(folder / "reading", path), cases)
    corpus = [*load(GOLD / "dev.jsonl"), *load(GOLD / "more_dev.jsonl")]
    yield from _judged(_store(folder / "corpus", Path("corpus")), gold(corpus))
    reports = _store(folder / "reports", data / "gov_reports")
    documents = [reports.document(summary.id) for summary in reports.documents()]
    made = figures(documents, count // 3, chance)
    yield from _judged(reports, [*gold(load(PROVINCES / "dev.jsonl")), *made])


def _store(folder: Path, source: Path) -> Assistant:
    from assistant import Assistant

    assistant = Assistant.open(folder)
    assistant.index([source])
    return assistant


def _judged(assistant: Assistant, cases: Sequence[Case]) -> Iterator[Judged]:
    view = assistant._now()
    for case in cases:
        plan = make_plan(case.question, (), view.known)
        hits = [hit for hit in view.retrieve(plan, Filters(), 2 * _READ) if not _is_withheld(hit, case)]
        hits = [replace(hit, rank=rank) for rank, hit in enumerate(hits[:_READ], 1)]
        ranked = scored(plan, candidates(hits, view))
        best = ranked[0] if ranked else None
        yield Judged(case, plan, best, bool(lacking(plan, best)), bool(named_gaps(plan, best)))
    assistant.close()


def _is_withheld(hit: Hit, case: Case) -> bool:
    if hit.passage.document == case.withheld:
        return True
    text = plain(hit.passage.text) if case.quotes else ""
    return any(quote in text for quote in case.quotes)


def _fitted(name: str, asked: Sequence[Judged]) -> dict[str, float]:
    """Return the weights fitted on all of `asked`, and print the curve out of fold."""
    weight_of = _weights(asked)
    usable = [one for one in asked if one.best and not one.named and one.case.source in weight_of]
    table = np.array([signals(name, one.best) for one in usable if one.best])
    right = np.array([one.right for one in usable])
    weights = np.array([weight_of[one.case.source] for one in usable])
    fold_of = np.array([sum(map(ord, one.case.question)) % _FOLDS for one in usable])
    odds = np.zeros(len(usable))
    for fold in range(_FOLDS):
        learnt, asked_now = fold_of != fold, fold_of == fold
        scale, offset = _descend(table[learnt], right[learnt], weights[learnt])
        odds[asked_now] = table[asked_now] @ scale + offset
    _curve(name, usable, odds, asked)
    scale, offset = _descend(table, right, weights)
    return dict(zip(SIGNALS[name], scale.round(3).tolist(), strict=True)) | {"offset": round(offset, 3)}


def _weights(asked: Sequence[Judged]) -> dict[str, float]:
    """Return what a case of each source counts: the gold questions together twice as much as all others."""
    sources = [one.case.source for one in asked if one.case.answers or not one.case.answerable]
    ours = sum(source.startswith("gold") for source in sources)
    others = [source for source in dict.fromkeys(sources) if source in ("cmrc2018", "drcd")]
    count = sum(source in others for source in sources)
    return {"gold": 1.0, "gold, withheld": 1.0} | dict.fromkeys(others, ours / max(2 * count, 1))


def _curve(name: str, usable: Sequence[Judged], odds: np.ndarray, asked: Sequence[Judged]) -> None:
    sources = [(s, a) for s, a in sorted({(one.case.source, one.case.answerable) for one in usable})]
    print(f"\n{name}: share refused out of fold, by the least log-odds")
    print("line  " + "".join(f"{s + (', answerable' if a else ''):>24s}" for s, a in sources))
    for line in _LINES:
        answered = {id(one) for one, value in zip(usable, odds, strict=True) if value >= line}
        cells = []
        for source, answerable in sources:
            of = [one for one in asked if (one.case.source, one.case.answerable) == (source, answerable)]
            cells.append(f"{1 - sum(id(one) in answered for one in of) / len(of):24.1%}")
        print(f"{line:5.1f} " + "".join(cells))


def _descend(signals: np.ndarray, right: np.ndarray, weights: np.ndarray) -> tuple[np.ndarray, float]:
    """Return the weights and the offset of a weighted logistic regression."""
    mean, deviation = signals.mean(0), signals.std(0)
    table = np.c_[(signals - mean) / deviation, np.ones(len(signals))]
    found = np.zeros(table.shape[1])
    for _ in range(_STEPS):
        wrong = weights * (1 / (1 + np.exp(-table @ found)) - right)
        found -= _RATE * (table.T @ wrong / weights.sum() + _DECAY * np.r_[found[:-1], 0])
    scale = found[:-1] / deviation
    return scale, float(found[-1] - (scale * mean).sum())


if __name__ == "__main__":
    main()
