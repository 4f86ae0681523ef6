"""Citation recall in the sense of ALCE: are the claims carried by what they cite."""

from __future__ import annotations

from ..questions import Question
from ..reply import Reply
from .claims import carried, cited_by, claims
from .score import Score, Sources, share


def citation_recall(question: Question, reply: Reply, sources: Sources) -> Score | None:
    """Return the share of claims whose cited spans carry their figures, places and words.

    After ALCE (Gao et al., 2023), with figures, dates, names and coverage in place of a judge.
    """
    if not reply.spoken:
        return None
    said = claims(reply.answer)
    if not said:
        return None
    faults = [(claim, carried(claim, cited_by(claim, reply))) for claim in said]
    faults = [(claim, reason) for claim, reason in faults if reason]
    reasons = "; ".join(f"{claim.text[:24]}…: {reason}" for claim, reason in faults)
    return share(len(said) - len(faults), len(said), f"{len(said)} claims", reasons)
