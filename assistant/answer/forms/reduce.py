"""Shorten a long clause by dropping segments that the question does not ask for, marked with …."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ...zh.sentences import Span
from ..choose.figures import Figure
from ..evidence.candidates import Candidate
from ..evidence.terms import Term, match

_SEGMENT_END = re.compile(r"，|(?<!\d)[,：:]|[,：:](?!\d)")  # not inside 1,000 or 10：00
# A clause up to this length is shown whole: it reads better than a reduction.
WHOLE = 80
_DROPPED = "…"
_COMPARED = re.compile(r"(?:相比|相较|比较|对比)[,:]?$")


def reduced(
    candidate: Candidate, terms: Sequence[Term], figures: Sequence[Figure | None] = (), whole: int = WHOLE
) -> tuple[str, Span]:
    """Return the clause, or its telling segments joined by …, and the span that they lie in."""
    if candidate.end - candidate.start <= whole:
        return candidate.text, Span(candidate.start, candidate.end)
    segments = _segments(candidate)
    kept = _kept(candidate, segments, terms, [figure for figure in figures if figure])
    parts: list[str] = []
    for index in kept:
        if parts and index - 1 not in kept:
            parts.append(_DROPPED)
        parts.append(candidate.document.text[segments[index].start : segments[index].end])
    text = "".join(parts)
    if kept[-1] != len(segments) - 1:
        text = text.rstrip("，,：:、") + _DROPPED
    return text, Span(segments[kept[0]].start, segments[kept[-1]].end)


def _segments(candidate: Candidate) -> list[Span]:
    spans = []
    begin = candidate.start
    for separator in _SEGMENT_END.finditer(candidate.document.text, candidate.start, candidate.end):
        spans.append(Span(begin, separator.end()))
        begin = separator.end()
    if begin < candidate.end:
        spans.append(Span(begin, candidate.end))
    return spans


def _kept(
    candidate: Candidate, segments: Sequence[Span], terms: Sequence[Term], figures: Sequence[Figure]
) -> list[int]:
    """Return the indices of the segments to keep: those of the figures, and those with terms they lack."""
    folded = [candidate.folded[s.start - candidate.start : s.end - candidate.start] for s in segments]
    kept = {i for i, s in enumerate(segments) if any(s.start < f.end and f.start < s.end for f in figures)}
    if not kept:
        gains = [sum(term.weight * match(term, text) for term in terms) for text in folded]
        kept = {max(range(len(segments)), key=lambda index: gains[index])}
    for term in sorted(terms, key=lambda term: -term.weight):
        if any(match(term, folded[index]) >= 1 for index in kept):
            continue
        holding = [index for index, text in enumerate(folded) if match(term, text) >= 1]
        if holding:
            # the nearest to what is kept, before it rather than after
            kept.add(min(holding, key=lambda index: min(abs(index - k) + 0.5 * (index > k) for k in kept)))
    # without it 相差459.9亿元 would be the distance from another
    kept |= {index - 1 for index in kept if index and _COMPARED.search(folded[index - 1])}
    return sorted(kept)
