"""How figures read, the same in every report."""

from __future__ import annotations

from collections.abc import Sequence

from ..damage import Row
from ..metrics import MEASURES
from ..metrics.interval import Interval
from ..results import Result, Run
from ..summary import by_kind, summarise


def title(metric: str) -> str:
    """Return the name of a metric as a reader knows it."""
    return "Right" if metric == "right" else MEASURES[metric].title


def figure(metric: str, value: float) -> str:
    """Return a value in the unit of its metric."""
    unit = "%" if metric == "right" else MEASURES[metric].unit
    if unit == "%":
        return f"{value:.1%}"
    if unit == "ms":
        return f"{value * 1000:.1f} ms"
    return f"{value:.0f}" if unit else f"{value:.3f}"


def cell(metric: str, interval: Interval | None) -> str:
    """Return a mean with its bounds, or a dash where the metric does not apply."""
    if interval is None:
        return "–"
    return f"{figure(metric, interval.mean)} ({figure(metric, interval.low)}–{figure(metric, interval.high)})"


def headline(run: Run) -> list[tuple[str, str, str]]:
    """Return metric, value with interval, and count, for every metric that applies."""
    return [
        (title(name), cell(name, interval), str(interval.count))
        for name, interval in summarise(run.results).items()
    ]


KIND_METRICS = ("right", "key_points", "citation_recall", "recall_at_5", "length", "latency")


def kind_rows(results: Sequence[Result]) -> list[list[str]]:
    """Return a row per kind of question: its name, count, and the metrics of KIND_METRICS."""
    rows = []
    for kind, group in by_kind(results).items():
        summary = summarise(group)
        means = [figure(name, summary[name].mean) if name in summary else "–" for name in KIND_METRICS]
        rows.append([kind, str(len(group)), *means])
    return rows


def name(run: Run) -> str:
    """Return a run's name: system, documents, set and commit."""
    return f"{run.head['system']} · {run.head['corpus']} · {run.head['set']} · {run.head['commit']}"


SYSTEM_METRICS = (
    "right",
    "recall_at_5",
    "mrr",
    "ndcg_at_10",
    "key_points",
    "refusal",
    "false_refusal",
    "citation_recall",
    "length",
    "latency",
)


def system_rows(runs: Sequence[Run]) -> tuple[list[str], list[list[str]]]:
    """Return the header and a row per system, its memory last."""
    header = ["system", *map(title, SYSTEM_METRICS), "Memory"]
    rows = []
    for run in runs:
        summary = summarise(run.results)
        means = [figure(n, summary[n].mean) if n in summary else "–" for n in SYSTEM_METRICS]
        rows.append([run.head["system"], *means, f"{run.peak_mb:.0f} MB"])
    return header, rows


def damage_rows(table: Sequence[Row]) -> tuple[list[list[str]], list[list[str]]]:
    """Return a row per damage (change, metric, caught, count), and one per metric for false alarms."""
    caught = [
        [row.change, title(row.metric), f"{row.rate:.1%}", str(row.count)]
        for row in table
        if not row.harmless
    ]
    alarms = []
    for metric in dict.fromkeys(row.metric for row in table if row.harmless):
        rows = [row for row in table if row.harmless and row.metric == metric]
        flagged, count = sum(row.flagged for row in rows), sum(row.count for row in rows)
        worst = max(rows, key=lambda row: row.flagged)
        name = worst.change if worst.flagged else "–"
        alarms.append([title(metric), f"{flagged / count:.1%}", str(count), name])
    return caught, alarms
