"""Whether the best statement answers: the odds, from how well it fits and how far it stands out.

Two logistic regressions, one for questions about figures, fitted on questions asked with and without what
answers them: `python -m eval.calibrate --data DATA --write` writes `support.json`; the curves are in
docs/answers.md.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from ..types import Kind, Plan
from .score import Scored

SUPPORT = Path(__file__).with_name("support.json")

# What tells, by the fields of `Scored`. Beside another figure of the same noun the margin of a passage says
# little; that its statement leads, and its passage stands out among those of its region, says much.
SIGNALS = {"figure": ("score", "inside", "standing", "lead"), "other": ("score", "inside", "margin")}
# The least log-odds: where the curves bend (docs/answers.md).
_LEAST = {"figure": -1.4, "other": -0.8}
_LEAST_MENTIONED = 0.2  # of the question's words: below that the passage only looks alike
# A statement that holds nearly all of the question answers it, however like its neighbours it is.
_FULL_SCORE, _FULL_COVERAGE = 0.62, 0.8


def model_of(plan: Plan) -> str:
    """Return the name of the regression that judges the answers to `plan`."""
    return "figure" if plan.kind is Kind.FIGURE else "other"


def signals(name: str, best: Scored) -> list[float]:
    """Return what the regression `name` reads of the best statement, in the order of SIGNALS."""
    return [float(getattr(best, signal)) for signal in SIGNALS[name]]


def answers(plan: Plan, best: Scored) -> bool:
    """Tell whether the best statement answers, as far as its fit can tell."""
    name = model_of(plan)
    if name == "other" and best.score >= _FULL_SCORE and best.coverage >= _FULL_COVERAGE:
        return True
    weights, offset = _fitted()[name]
    odds = sum(weight * value for weight, value in zip(weights, signals(name, best), strict=True)) + offset
    return odds >= _LEAST[name] and best.coverage >= _LEAST_MENTIONED


@cache
def _fitted() -> dict[str, tuple[list[float], float]]:
    fitted = json.loads(SUPPORT.read_text(encoding="utf-8"))
    return {name: ([one[signal] for signal in SIGNALS[name]], one["offset"]) for name, one in fitted.items()}
