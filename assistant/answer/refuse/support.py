"""Whether the best statement answers: the least chance of it."""

from __future__ import annotations

from ...types import Kind, Plan
from ..choose.score import Scored

# Where the curves bend (docs/answers.md): beyond it each due refusal costs more than one wrong one.
_LEAST = 0.15
# What a term means and where a matter occurs many statements tell, and none leads: one that holds nearly all
# of the question answers.
_OF_MANY = frozenset({Kind.DEFINITION, Kind.ACROSS})
_NEARLY_ALL = 0.8
# Of the question's words, by weight, about the statement: with fewer it is of another matter, whatever its
# odds. Of 273 answers to the development questions that the documents hold none has so few.
_HARDLY_ANY = 0.1


def answers(plan: Plan, best: Scored) -> bool:
    """Tell whether the best statement answers, as far as its fit can tell."""
    if best.coverage < _HARDLY_ANY:
        return False
    if plan.kind in _OF_MANY and best.coverage >= _NEARLY_ALL:
        return True
    return best.chance >= _LEAST
