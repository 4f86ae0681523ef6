"""How a candidate holds the terms of a question: each of them, in the clause and in what stands around it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from ...zh.fold import folded_text
from ..evidence.candidates import Candidate
from ..evidence.terms import Term, match

# Discounts for a term that stands not in the clause but around it.
_SENTENCE, _BEFORE, _FRAME, _ABOVE = 0.85, 0.65, 0.8, 0.65


class Held(NamedTuple):
    """How far each term is held, from 0 to 1, by ever wider surroundings of a clause."""

    inside: list[float]  # by the clause
    sentence: list[float]  # or what stands before it in its sentence
    headed: list[float]  # or a heading or the title
    anywhere: list[float]  # or before it in its paragraph or section
    around: list[float]  # anywhere, discounted by how far off


class Holding:
    """The terms of one question held against candidates; what several share is matched once."""

    def __init__(self, terms: Sequence[Term]) -> None:
        self.terms = terms
        self.weights = [term.weight for term in terms]
        self._total = sum(self.weights)
        self._frames: dict[str, list[float]] = {}
        self._above: dict[tuple[str, int], list[float]] = {}
        self._paragraphs: dict[tuple[str, int], list[float]] = {}

    def share(self, held: Sequence[float]) -> float:
        """Return the weighted share of the terms that `held` says are there."""
        if not self._total:
            return 0.0
        return sum([weight * one for weight, one in zip(self.weights, held, strict=True)]) / self._total

    def frame(self, text: str) -> list[float]:
        """Return how far the headings and the title `text` hold each term."""
        held = self._frames.get(text)
        if held is None:
            held = self._frames[text] = [match(term, text) for term in self.terms]
        return held

    def literally(self, text: str) -> list[float]:
        """Return for each term 1 where the folded `text` has it or its other names, else 0."""
        return [float(any(name in text for name in term.names)) for term in self.terms]

    def often(self, text: str) -> list[int]:
        """Return how often each term stands in the folded `text`."""
        return [max(text.count(name) for name in term.names) for term in self.terms]

    def of(self, candidate: Candidate) -> Held:
        """Return how a candidate holds the terms."""
        rows = []
        clause, before, led = candidate.folded, candidate.before, candidate.sentence_before
        paragraph = self._of_paragraph(candidate) if before else None
        above: list[float] | None = None
        for number, (term, framed) in enumerate(zip(self.terms, self.frame(candidate.frame), strict=True)):
            there = paragraph is None or paragraph[number] > 0
            inside = match(term, clause) if there else 0.0
            if inside >= 1:
                rows.append((1.0, 1.0, 1.0, 1.0, 1.0))
                continue
            back = match(term, before) if before and there else 0.0
            leading = match(term, led) if led and (back or led is not before) else 0.0
            sentence = leading if leading > inside else inside
            headed = framed if framed > sentence else sentence
            further = 0.0
            if headed < 1 and back < 1:
                above = self._of_above(candidate) if above is None else above
                further = above[number]
            around = max(inside, _SENTENCE * leading, _FRAME * framed, _BEFORE * back, _ABOVE * further)
            rows.append((inside, sentence, headed, max(headed, back, further), around))
        return Held(*map(list, zip(*rows, strict=True))) if rows else Held([], [], [], [], [])

    def _of_paragraph(self, candidate: Candidate) -> list[float]:
        """Return how far the whole paragraph holds the terms: what it lacks, no part of it has."""
        start = candidate.start - len(candidate.before)
        place = candidate.document.id, start
        held = self._paragraphs.get(place)
        if held is None:
            end = candidate.document.text.find("\n", candidate.end)
            text = folded_text(candidate.document.text[start : end if end >= 0 else None])
            held = self._paragraphs[place] = [match(term, text) for term in self.terms]
        return held

    def _of_above(self, candidate: Candidate) -> list[float]:
        place = candidate.document.id, candidate.start - len(candidate.before)
        held = self._above.get(place)
        if held is None:
            above = candidate.above
            held = self._above[place] = [match(term, above) if above else 0.0 for term in self.terms]
        return held
