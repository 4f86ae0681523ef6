"""Tell the reader where the documents call something by another name than the question."""

from __future__ import annotations

from ...types import Answer, Plan
from ...zh.fold import fold, to_traditional


def taken_for(plan: Plan, answer: Answer) -> list[str]:
    """Return a notice for each name of the question that the answer stands on under another name."""
    cited = fold(" ".join(citation.context for citation in answer.citations))
    asked = fold(plan.resolved)
    found = []
    for written, other in plan.told:
        if other in cited and written not in cited:
            start = asked.find(written)
            shown = plan.resolved[start : start + len(written)] if start >= 0 else written
            found.append(f"按词表，“{shown}”即“{other}”。")
    return [to_traditional(notice) if plan.traditional else notice for notice in found[:1]]
