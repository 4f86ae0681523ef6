"""Yes or no: what the text says, and whether that is what the question supposes."""

from __future__ import annotations

from collections.abc import Sequence

from ...types import Answer, Plan
from ..choose.score import Scored
from ..draft import Draft
from ..evidence.terms import terms_of
from .passages import chosen, compete, line
from .premise import verdict


def yes_no(plan: Plan, ranked: Sequence[Scored]) -> Answer:
    """Return 是, 否 or only the statement, where the text does not decide."""
    draft = Draft(plan)
    draft.places_compete = compete(ranked)
    stated = "\n\n".join(line(draft, terms_of(plan), one) for one in chosen(plan, terms_of(plan), ranked))
    decided = verdict(plan, ranked[0])
    return draft.answer(f"{draft.say(decided)}\n\n{stated}" if decided else stated)
