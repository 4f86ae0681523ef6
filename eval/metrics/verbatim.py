"""Verbatim: an extractive answer says only what the source says, in its own characters."""

from __future__ import annotations

import re

from ..questions import Question
from ..reply import Reply
from .claims import cited_by, claims
from .score import Score, Sources, share
from .text import canonical

_LABEL = re.compile(r"^(?:原文|来源|依据|原文为)[：:]")  # says that a quote follows


def verbatim(question: Question, reply: Reply, sources: Sources) -> Score | None:
    """Return the share of claims that are a cited span, word for word or with parts left out.

    Parts may be left out, and a heading, title or place of the citation set before or within;
    nothing else may be added.
    """
    if not reply.spoken:
        return None
    said = [claim for claim in claims(reply.answer) if claim.citations]
    faults = []
    for claim in said:
        cited = cited_by(claim, reply)
        around = "".join(f"{c.region}{c.title}{''.join(c.section)}" for c in cited)
        spans = "".join(f"{c.context}{c.quote}" for c in cited)
        if not _is_reduction(canonical(_LABEL.sub("", claim.text)), canonical(around), canonical(spans)):
            faults.append(claim.text[:40])
    return share(len(said) - len(faults), len(said), f"{len(said)} claims", "; ".join(faults))


def _is_reduction(text: str, around: str, spans: str) -> bool:
    """Tell whether `text` can be cut into stretches of the source, each of two characters or more."""
    source = spans + "\n" + around
    start = 0
    while start < len(text):
        size = 0
        while start + size < len(text) and text[start : start + size + 1] in source:
            size += 1
        if size < 2 and not (size == 1 and start + size == len(text)):
            return False
        start += size
    return True
