"""Citation precision in the sense of ALCE: is each citation needed."""

from __future__ import annotations

from ..questions import Question
from ..reply import Cited, Reply
from .claims import Claim, carried, cited_by, claims
from .score import Score, Sources, share


def citation_precision(question: Question, reply: Reply, sources: Sources) -> Score | None:
    """Return the share of citations that a carried claim needs.

    A citation is needed when it carries the claim alone, or when the others do not carry it.
    """
    if not reply.spoken:
        return None
    said = claims(reply.answer)
    if not said:
        return None
    needed, faults = 0, []
    for claim in said:
        cited = cited_by(claim, reply)
        for citation in cited:
            if _is_needed(claim, citation, cited):
                needed += 1
            else:
                faults.append(f"[{citation.n}] beside {claim.text[:24]}…")
    if not needed + len(faults):
        return Score(0.0, "", "no claim is cited")
    return share(needed, needed + len(faults), f"{needed + len(faults)} uses", "; ".join(faults))


def _is_needed(claim: Claim, citation: Cited, cited: list[Cited]) -> bool:
    if carried(claim, cited):
        return False
    others = [other for other in cited if other is not citation]
    return not carried(claim, [citation]) or bool(carried(claim, others))
