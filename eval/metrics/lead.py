"""Lead: a figure set before the statements is read first, so it must be one that was asked for."""

from __future__ import annotations

import re

from ..questions import Question
from ..reply import Reply
from .score import Score, Sources, share
from .text import canonical

_LEAD = re.compile(r"\s*(?:[-*] )?\*\*(.+?)\*\*")
_APART = re.compile("[;；]")
_FIGURE = re.compile(r"⟨[\d.]+⟩%?")


def lead(question: Question, reply: Reply, sources: Sources) -> Score | None:
    """Return the share of the figures in bold at the head of the answer that are key points.

    None where no figure stands there, or no key point of an answerable question is one.
    """
    opening = _LEAD.match(reply.answer) if reply.spoken else None
    if opening is None:
        return None
    told = [found for part in _APART.split(opening[1]) if (found := _figures(part))]
    asked = {figure for point in question.key_points for written in point for figure in _figures(written)}
    if not told or (question.answerable and not asked):
        return None
    hits = [bool(found & asked) for found in told]
    return share(sum(hits), len(hits), opening[1], "" if all(hits) else "not asked for")


def _figures(text: str) -> set[str]:
    return set(_FIGURE.findall(canonical(text, gap="|")))
