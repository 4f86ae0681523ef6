"""Whether the best statement answers: the least chance of it, and what is said of a small one."""

from __future__ import annotations

from ...types import Kind, Plan
from ..choose.score import Scored

# From .1 to .15 most questions not learnt from end rightly (docs/answers.md): the more careful of both.
_LEAST = 0.15
# Below it half of the answers are right, above it four in five: a reader is told.
_SURE = 0.4
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
    return best.chance >= _LEAST or _is_told_by_many(plan, best)


def is_sure(plan: Plan, best: Scored) -> bool:
    """Tell whether the best statement, one that answers, does so with little doubt."""
    return best.chance >= _SURE or _is_told_by_many(plan, best)


def _is_told_by_many(plan: Plan, best: Scored) -> bool:
    return plan.kind in _OF_MANY and best.coverage >= _NEARLY_ALL
