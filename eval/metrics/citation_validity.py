"""Citation validity: every quote stands at its offsets, every marker has its citation."""

from __future__ import annotations

from ..questions import Question
from ..reply import Reply
from .claims import markers
from .score import Score, Sources


def citation_validity(question: Question, reply: Reply, sources: Sources) -> Score | None:
    """Return the share of citations and markers that are in order; an answer without any has none."""
    if not reply.spoken:
        return None
    faults = []
    for citation in reply.citations:
        text = sources.get(citation.document)
        if text is None:
            faults.append(f"[{citation.n}] names an unknown document {citation.document}")
        elif not citation.quote or text[citation.start : citation.end] != citation.quote:
            faults.append(f"[{citation.n}] does not stand at {citation.start}-{citation.end}")
    named, given = set(markers(reply.answer)), {citation.n for citation in reply.citations}
    faults += [f"marker [{n}] has no citation" for n in sorted(named - given)]
    faults += [f"citation [{n}] is never used" for n in sorted(given - named)]
    total = len(named | given)
    if not total:
        return Score(0.0, "", "an answer without citations")
    return Score(max(0.0, 1 - len(faults) / total), f"{total} citations", "; ".join(faults))
