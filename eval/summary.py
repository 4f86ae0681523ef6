"""Figures over a run: each metric with its interval, in all and per kind of question."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from .metrics import MEASURES
from .metrics.interval import Interval, bootstrap
from .results import Result, Run
from .systems import HITS


@dataclass(frozen=True, slots=True)
class Change:
    """A question whose verdict differs between two runs."""

    id: str
    question: str
    metric: str
    before: float
    after: float

    @property
    def is_better(self) -> bool:
        """Tell whether the later run does better on it."""
        return (self.after > self.before) == (self.metric == "right" or MEASURES[self.metric].higher)


def summarise(results: Iterable[Result]) -> dict[str, Interval]:
    """Return each metric's mean (or median) with its interval, where it applies to any result.

    `right` is the share of questions with every key point and nothing forbidden, or duly refused.
    """
    listed = list(results)
    summary = {"right": bootstrap([float(result.is_right) for result in listed])} if listed else {}
    for name, measure in MEASURES.items():
        values = [result.scores[name].value for result in listed if name in result.scores]
        if values:
            summary[name] = bootstrap(values, median=measure.median)
    return summary


def by_kind(results: Sequence[Result]) -> dict[str, list[Result]]:
    """Return the results per kind of question, unanswerable follow-ups apart, in order of appearance."""
    return _grouped(results, lambda result: result.question.kind)


def _grouped(results: Sequence[Result], key: Callable[[Result], str]) -> dict[str, list[Result]]:
    groups: dict[str, list[Result]] = {}
    for result in results:
        groups.setdefault(key(result), []).append(result)
    return groups


def percentile(results: Sequence[Result], metric: str, share: float) -> float:
    """Return the value of `metric` below which `share` of the results lie.

    Raises ValueError where the metric applies to none.
    """
    values = sorted(result.scores[metric].value for result in results if metric in result.scores)
    if not values:
        raise ValueError(f"No result has {metric}.")
    return values[min(len(values) - 1, int(share * len(values)))]


_COMPARED = ("right", "key_points", "citation_recall", "citation_validity", "recall_at_5", "region_confusion")


def compare(before: Run, after: Run) -> list[Change]:
    """Return every question and metric whose verdict changed between two runs of a set."""
    earlier = {result.question.id: result for result in before.results}
    changes = []
    for result in after.results:
        old = earlier.get(result.question.id)
        if old is None:
            continue
        for metric in _COMPARED:
            one, other = _value(old, metric), _value(result, metric)
            if one is not None and other is not None and one != other:
                changes.append(Change(result.question.id, result.question.question, metric, one, other))
    return changes


def _value(result: Result, metric: str) -> float | None:
    if metric == "right":
        return float(result.is_right)
    score = result.scores.get(metric)
    return None if score is None else score.value


def recall_curve(results: Sequence[Result]) -> list[tuple[float, float]]:
    """Return the mean share of the evidence found among the first 1, 2, ... passages."""
    listed = [
        (result.gains, len(dict.fromkeys(result.question.evidence)))
        for result in results
        if result.gains is not None
    ]
    if not listed:
        return []
    return [
        (float(k), sum(sum(gains[:k]) / total for gains, total in listed) / len(listed))
        for k in range(1, HITS + 1)
    ]


def refusal_curve(results: Sequence[Result]) -> list[tuple[float, float]]:
    """Return (false refusals, due refusals) as a threshold on the best passage's score rises.

    Shows what the score alone could do, beside which the system's own decision stands. Empty where
    the system gives no scores or one of the two kinds of question is missing.
    """
    scored = [
        (result.reply.hits[0].score if result.reply.hits else float("-inf"), result.question.answerable)
        for result in results
        if result.reply.hits is not None
    ]
    wrong = sorted(score for score, answerable in scored if answerable)
    due = sorted(score for score, answerable in scored if not answerable)
    if not wrong or not due or not any(score for score, _ in scored):
        return []
    thresholds = sorted({score for score, _ in scored} | {float("inf")})
    return [
        (sum(s < bound for s in wrong) / len(wrong), sum(s < bound for s in due) / len(due))
        for bound in thresholds
    ]
