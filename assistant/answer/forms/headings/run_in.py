"""Headings that run in a paragraph: 大力提振消费。实施专项行动。拓展传统消费。优化以旧换新政策 and so on."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ....types import Answer, Plan
from ....zh.fold import fold, folded_text
from ....zh.sentences import Span, paragraph_around, sentences
from ...choose.score import Scored
from ...draft import Draft
from ...evidence.candidates import is_head
from ...evidence.terms import coverage, terms_of
from .outline import gist

_LEAST_PARTS = 3
_LEAST_HEADED = 0.7  # of the question's words, by the first of them with the headings above
_ASKS_FOR_PARTS = re.compile(r"哪些|哪几|什么(?:方面|举措|措施)|如何|怎么样?|怎样|方面|措施|举措")


def run_in_parts(plan: Plan, best: Scored) -> Answer | None:
    """Return the headings that run in the paragraph of `best`, each with its gist, where asked for."""
    if not _ASKS_FOR_PARTS.search(fold(plan.resolved)):
        return None
    candidate = best.candidate
    document = candidate.document
    text = document.text
    told = sentences(text, *paragraph_around(text, candidate.start, candidate.end))
    heads = [index for index, span in enumerate(told) if is_head(folded_text(text[span.start : span.end]))]
    if len(heads) <= _LEAST_PARTS or heads[0] != 0:
        return None
    opening = folded_text(text[told[0].start : told[0].end])
    if coverage(terms_of(plan), (opening, 1.0), (candidate.frame, 1.0)) < _LEAST_HEADED:
        return None
    return _parts(plan, best, told, heads)


def _parts(plan: Plan, best: Scored, told: Sequence[Span], heads: Sequence[int]) -> Answer:
    draft = Draft(plan)
    document = best.candidate.document
    lines = [draft.state(document.text[told[0].start : told[0].end], document, *told[0])]
    for index in heads[1:]:
        head = document.text[told[index].start : told[index].end].rstrip("。")
        stated = draft.state(head, document, told[index].start, told[index].start + len(head))
        behind = index + 1 < len(told) and index + 1 not in heads
        lines.append(f"- **{stated}**" + (f" {gist(draft, document, told[index + 1])}" if behind else ""))
    return draft.answer("\n".join(lines))
