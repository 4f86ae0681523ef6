"""Whom to call or where to come, for the matter that a text as a whole is about.

The line that has the number or the address seldom says of what: the title and the lines above it do.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ...types import Answer, Hit, Plan
from ...zh.fold import fold, folded_text
from ...zh.sentences import clauses
from ..draft import Draft
from ..evidence.candidates import READ
from ..evidence.terms import coverage, softened, terms
from ..sources import Sources
from .named import is_placed
from .sorts import Sort

_CONTACTS = frozenset({"电话", "地址", "网址"})
# 县 and 区 are no address where one has to come: a street with its number, a building, a room, a window
_ADDRESS = re.compile(r"地[点址][:为]|[路街道巷][^,。;]{0,8}\d+号|\d(?:号楼|楼|层|室|号窗口)|窗口")
_ABOUT = 0.6  # of the question, by weight, that the text has
_HEAD = 1500  # characters of a text that say what it is about
_MOST = 2  # lines told


def contact_of(plan: Plan, sort: Sort, hits: Sequence[Hit], sources: Sources) -> Answer | None:
    """Return the number or address that the text about the matter of `plan` gives, else None."""
    if sort.name not in _CONTACTS:
        return None
    named = terms(sort.asked.sub(" ", fold(plan.resolved)), plan.expansions)
    matter = softened(tuple(term for term in named if not term.light))
    documents = [sources.document(id) for id in dict.fromkeys(hit.passage.document for hit in hits[:READ])]
    rated = [
        (coverage(matter, (folded_text(f"{one.title} {one.text[:_HEAD]}"), 1.0)), one)
        for one in documents
        if is_placed(plan, one)
    ]
    rating, document = max(rated, key=lambda pair: pair[0], default=(0.0, None))
    if document is None or not matter or rating < _ABOUT:
        return None
    lines = [
        (folded_text(document.text[span.start : span.end]), span)
        for span in clauses(document.text, 0, len(document.text))
    ]
    shows = _ADDRESS if sort.name == "地址" else sort.shown
    shown = [(coverage(matter, (text, 1.0)), span) for text, span in lines if shows.search(text)]
    best = max((share for share, _ in shown), default=0.0)
    told = [span for share, span in shown if share == best][:_MOST]
    draft = Draft(plan)
    text = "\n\n".join(draft.state(document.text[span.start : span.end], document, *span) for span in told)
    return draft.answer(text) if told else None
