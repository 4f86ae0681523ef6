"""The plain text forms of answers, hits and citations, for the terminal and for a table's cells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from .messages import say
from .types import Answer, Citation, Hit


def answer_text(answer: Answer) -> str:
    """Return an answer with what it stands on, or with what is near where it was refused."""
    return "\n\n".join(_answer_parts(answer))


def _answer_parts(answer: Answer) -> Iterator[str]:
    yield answer.text or answer.error
    yield from answer.notices
    if answer.citations:
        yield "\n".join(map(citation_text, answer.citations))
    if answer.related:
        yield say("ask.related")
        yield from map(hit_text, answer.related)


def hit_text(hit: Hit) -> str:
    """Return a hit as its place and its text."""
    passage = hit.passage
    details = (passage.region, str(passage.issued or ""), f"{hit.score:.3f}")
    return f"{hit.rank}. {_place(passage.title, passage.section, *details)}\n{passage.text}"


def citation_text(citation: Citation) -> str:
    """Return a citation as its number, its place and, on a line of its own, the quote."""
    page = f"第{citation.page}页" if citation.page else ""
    details = (citation.region, str(citation.date or ""), page)
    place = _place(citation.title, citation.section, *details)
    return f"[{citation.n}] {place}\n    「{visible(citation.quote)}」"


def visible(text: str) -> str:
    """Return `text` on one line, its line ends to be seen."""
    return text.replace("\n", "⏎")


def _place(title: str, section: Sequence[str], *details: str) -> str:
    path = " › ".join((title, *section))
    known = "，".join(filter(None, details))
    return f"{path}（{known}）" if known else path
