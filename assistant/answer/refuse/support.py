"""Whether the best statement answers: the least chance of it, and what is said of a small one."""

from __future__ import annotations

from ...types import Kind, Plan
from ..choose.score import Scored
from ..choose.unmeasured import of_something_else, unmeasured
from ..evidence.terms import match, terms_of

# From here questions that may be seen end rightly most often over documents of a genre not learnt from
# (docs/answers.md); of .15 and .20, which differ by one in a hundred, the one that refuses fewer.
LEAST = 0.15
# A figure that is wrong does more harm: from .15 to .20 one in eight is right, and seven of ten such
# questions have no answer.
LEAST_FIGURE = 0.2

# Below it half of the answers are right, above it six in seven: a reader is told.
SURE = 0.5
# Below it the next statement is told too: over documents of a genre not learnt from it answers where the best
# one does not in one question of seven (reports, studies) to one of six (guides), above it in one of fifty.
_ALONE = 0.7
# Of statements without a figure of what is asked for by the rules four of five from here on are right over
# questions that may be seen; of those whose figure is of something else by the rules all eight.
_LEAST_UNFIT, _LEAST_OF_ELSE = 0.3, 0.7
# Many texts use a word that few explain: of statements chosen to say what something is, one in five
# below it does.
_LEAST_DEFINES = 0.5
# Where a matter occurs many statements tell, and none leads: one that holds nearly all of the
# question answers.
_NEARLY_ALL = 0.8
# Of the question's words, by weight, about the statement: with fewer it is of another matter where its
# chance is in doubt. Of 542 right answers to development questions none has so few.
_HARDLY_ANY = 0.1
# So is one without the heaviest of the few words of a question that names no place, year or document, and
# with less than half of them: of 65 answers to short questions of everyday life 39 are such, of 71 right ones
# to short questions none.
_FEW, _MET, _HALF = 3, 0.3, 0.5


def answers(plan: Plan, best: Scored) -> bool:
    """Tell whether the best statement answers, as far as can be told.

    One without a figure of what is asked for by any rule needs a better chance.
    """
    if best.chance < SURE and (best.coverage < _HARDLY_ANY or _is_of_another_matter(plan, best)):
        return False
    return best.chance >= _least(plan, best) or _is_told_by_many(plan, best)


def _least(plan: Plan, best: Scored) -> float:
    if unmeasured(plan, best):
        return _LEAST_OF_ELSE if of_something_else(plan, best) else _LEAST_UNFIT
    if plan.kind is Kind.DEFINITION:
        return _LEAST_DEFINES
    return LEAST_FIGURE if plan.kind is Kind.FIGURE else LEAST


def _is_of_another_matter(plan: Plan, best: Scored) -> bool:
    telling = [term for term in terms_of(plan) if not term.light]
    if not telling or len(telling) > _FEW or plan.regions or plan.years or plan.titles or plan.documents:
        return False
    heaviest = max(telling, key=lambda term: term.weight)
    return best.coverage < _HALF and match(heaviest._replace(near=()), best.candidate.around) < _MET


def is_sure(plan: Plan, best: Scored) -> bool:
    """Tell whether the best statement, one that answers, does so with little doubt."""
    return best.chance >= SURE or _is_told_by_many(plan, best)


def stands_alone(plan: Plan, best: Scored) -> bool:
    """Tell whether the best statement, one that answers, needs no other beside it."""
    return best.chance >= _ALONE or _is_told_by_many(plan, best)


def _is_told_by_many(plan: Plan, best: Scored) -> bool:
    return plan.kind is Kind.ACROSS and best.coverage >= _NEARLY_ALL
