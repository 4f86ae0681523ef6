"""An answer in the making: statements, and the citations that they stand on."""

from __future__ import annotations

import re

from ..types import Answer, Citation, Document, Hit, Plan, Statement, Status
from ..zh.fold import to_traditional
from ..zh.sentences import sentences
from .words import said

# A context is the sentence around a quote; a longer one is a paragraph without full stops.
_LONGEST_CONTEXT = 400
_OWN_NOTE = re.compile(r"\[(\d{1,3})\]")  # of the text's own notes: no citation of ours


def without_markers(text: str) -> str:
    """Return a document's `text` with its own [3] as ［3］, so that none is taken for a citation."""
    return _OWN_NOTE.sub(r"［\1］", text)


class Draft:
    """Collects statements; one citation a span, numbered in the order of use."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.statements: list[Statement] = []
        self.citations: list[Citation] = []
        self.notices: list[str] = list(plan.notices)
        self.partial = False
        self.places_compete = True  # whether the evidence speaks of more than one place

    def cite(self, document: Document, start: int, end: int) -> int:
        """Return the number of the citation of [start, end) of `document`."""
        for citation in self.citations:
            if (citation.document, citation.start, citation.end) == (document.id, start, end):
                return citation.n
        made = self.citation(document, start, end, len(self.citations) + 1)
        self.partial = self.partial or made.damaged
        self.citations.append(made)
        return len(self.citations)

    @staticmethod
    def citation(document: Document, start: int, end: int, number: int = 1) -> Citation:
        """Return the citation of [start, end) of `document`."""
        section = document.section_at(start)
        first, last = _context(document, start, end)
        return Citation(
            n=number,
            document=document.id,
            title=document.title,
            section=section.path,
            quote=document.text[start:end],
            start=start,
            end=end,
            context=document.text[first:last],
            original=document.original_span(start, end),
            page=document.page(start),
            region=section.region or document.metadata.region,
            date=document.metadata.issued,
            damaged=document.is_damaged(start, end),
        )

    def state(self, text: str, document: Document, start: int, end: int) -> str:
        """Add the statement `text` over [start, end) of `document`; return it with its marker."""
        number = self.cite(document, start, end)
        if all(statement.text != text or number not in statement.citations for statement in self.statements):
            self.statements.append(Statement(text, (number,)))
        return f"{without_markers(text)}[{number}]"

    def say(self, words: str) -> str:
        """Return `words` of the assistant's own in the script of the question."""
        return to_traditional(words) if self.plan.traditional else words

    def answer(self, text: str, related: tuple[Hit, ...] = (), status: Status | None = None) -> Answer:
        """Return the finished answer."""
        if self.partial:
            self.notices.append(said(self.plan, "damaged"))
        return Answer(
            question=self.plan.question,
            status=status or (Status.PARTIAL if self.partial else Status.ANSWERED),
            text=text,
            resolved=self.plan.resolved,
            statements=tuple(self.statements),
            citations=tuple(self.citations),
            related=related,
            notices=tuple(dict.fromkeys(self.notices)),
        )


def _context(document: Document, start: int, end: int) -> tuple[int, int]:
    text = document.text
    first = text.rfind("\n", 0, start) + 1
    last = text.find("\n", end)
    last = len(text) if last < 0 else last
    around = [span for span in sentences(text, first, last) if span.start < end and start < span.end]
    if around:
        first, last = min(around[0].start, start), max(around[-1].end, end)
    if last - first > _LONGEST_CONTEXT:
        first, last = max(first, start - _LONGEST_CONTEXT // 2), min(last, end + _LONGEST_CONTEXT // 2)
    return first, last
