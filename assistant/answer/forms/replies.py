"""The reply of a page of questions and answers to a question like the one asked."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ...types import Answer, Document, Hit, Plan
from ...zh.fold import fold, folded_text
from ...zh.measures import measures
from ...zh.sentences import Span
from ..evidence.terms import Term, coverage, softened, terms
from ..sources import Sources
from .sections import LONGEST, PATH, Block, lines_of, text_of, told_blocks, unnumbered

# A question of the page is the one asked where it has this much of its words, and little besides.
_SAME_QUESTION, _MUCH_OF_IT, _LONGEST_QUESTION, _REPLIES = 0.9, 0.6, 60, 3
# 二问:, and 《办法》 short for the title
_ASKED = re.compile(r"^[一二三四五六七八九十\d]*问\d*[:、]|《[^》]{1,4}》")


def told_reply(plan: Plan, hits: Sequence[Hit], sources: Sources) -> Answer | None:
    """Return the reply of a page of questions and answers to a question like the one asked, else None."""
    asked = softened(terms(plan.topic, plan.expansions))
    best = Block(0.0, sources.document(hits[0].passage.document), ()) if hits else None
    for hit in hits[:_REPLIES]:
        document = sources.document(hit.passage.document)
        lines = lines_of(document, hit.passage.start, min(len(document.text), hit.passage.end + LONGEST))
        for index, line in enumerate(lines[:-1]):
            alike = _alike(plan, asked, document, line) if line.start < hit.passage.end else 0.0
            if best and alike > best.rating and (reply := _reply(document, lines[index + 1 :])):
                best = Block(alike, document, (line, *reply))
    return told_blocks(plan, [best]) if best and best.lines else None


def _alike(plan: Plan, asked: Sequence[Term], document: Document, line: Span) -> float:
    """Return how far a line is the question that was asked; 0 where it is another or none."""
    text = folded_text(text_of(document, line))
    if not text.endswith("?") or line.end - line.start > _LONGEST_QUESTION:
        return 0.0
    of_plan, of_line = measures(fold(plan.resolved)), measures(text)
    if bool(of_plan) != bool(of_line):
        return 0.0
    wanted, offered = (frozenset().union(*(m.dimensions for m in found)) for found in (of_plan, of_line))
    if wanted and offered and not wanted & offered:
        return 0.0
    own = terms(_ASKED.sub("", unnumbered(text)))
    held = coverage(asked, (text, 1.0), (folded_text(document.title), PATH))
    besides = coverage(own, (fold(plan.resolved), 1.0))
    return held + besides if held >= _SAME_QUESTION and besides >= _MUCH_OF_IT else 0.0


def _reply(document: Document, lines: Sequence[Span]) -> tuple[Span, ...]:
    """Return the lines up to the next question, those that open with 答 in the first place."""
    kept: list[Span] = []
    for line in lines:
        if folded_text(text_of(document, line)).endswith("?"):
            break
        kept.append(line)
    total = sum(line.end - line.start for line in kept)
    return tuple(kept) if 0 < total <= LONGEST else tuple(kept[:1])
