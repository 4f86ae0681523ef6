"""Region confusion: what holds of one place is told of another."""

from __future__ import annotations

from assistant.zh import places

from ..questions import Question
from ..reply import Cited, Reply
from .claims import Claim, cited_by, claims, missing_places
from .score import Score, Sources, share


def region_confusion(question: Question, reply: Reply, sources: Sources) -> Score | None:
    """Return the share of cited claims that name or cite the wrong place. Lower is better.

    A claim is confused when it names a place that its citation does not, or when its citation stands
    under another place than those the question names. Applies where a question or an answer names one.
    """
    if not reply.spoken:
        return None
    asked = _asked(question)
    said = [claim for claim in claims(reply.answer) if claim.citations]
    if not asked and not places.find(reply.answer):
        return None
    faults = [
        f"{claim.text[:24]}…: {reason}"
        for claim in said
        for reason in [_fault(claim, cited_by(claim, reply), asked)]
        if reason
    ]
    return share(len(faults), len(said), f"{len(said)} claims", "; ".join(faults)) if said else None


def _asked(question: Question) -> list[str]:
    """Return the places of the question, else of the latest earlier question that names one."""
    for text in (question.question, *reversed(question.history)):
        found = [place.region for place in places.find(text)]
        if found:
            return found
    return []


def _fault(claim: Claim, cited: list[Cited], asked: list[str]) -> str:
    around = " ".join(f"{c.quote} {c.context} {c.title} {' '.join(c.section)} {c.region}" for c in cited)
    lost = missing_places(claim.text, around)
    if lost:
        return "the citation does not name " + " ".join(lost)
    for citation in cited:
        regions = _regions(citation)
        if asked and regions and not any(_related(a, b) for a in asked for b in regions):
            return f"cited under {places.short(regions[0])}"
    return ""


def _regions(citation: Cited) -> list[str]:
    """Return the places of the innermost heading that names one, else of the quote itself."""
    own = [place.region for place in places.find(f"{citation.quote}。{citation.context}")]
    for heading in (*reversed(citation.section), citation.title):
        found = [place.region for place in places.find(heading)]
        if found:
            return found + own
    return own


def _related(one: str, other: str) -> bool:
    return places.contains(one, other) or places.contains(other, one)
