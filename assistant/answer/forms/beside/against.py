"""Things that no region names, set against one another: by a statement, group by group, item by item."""

from __future__ import annotations

from collections.abc import Sequence

from ....types import Answer, Hit, Plan
from ...sources import Sources
from .comparing import comparing
from .contest import contest
from .groups import grouped


def set_against(plan: Plan, hits: Sequence[Hit], sources: Sources) -> Answer | None:
    """Return the answer in a form of comparison that the question and a text have in common; else None."""
    return comparing(plan, hits, sources) or contest(plan, hits, sources) or grouped(plan, hits, sources)
