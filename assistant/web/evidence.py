"""The evidence pane: one card for every citation of an answer, the newest answer first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from ..types import Citation, Hit
from .conversation import Turn
from .markup import escape, reader_link
from .texts import Language, text

CONTEXT = 90  # characters shown on each side of the quote: about two lines of a card
RELATED = 220  # characters of a related passage: enough to see whether it is worth opening


def pane(turns: Sequence[Turn], language: Language) -> str:
    """Return the HTML of the whole pane on one line."""
    if not turns:
        return f'<section class="evidence">{_nothing(language)}</section>'
    newest = len(turns) - 1
    groups = [_group(turns[newest], newest, language)]
    for index in range(newest - 1, -1, -1):
        if _cards(turns[index], index, language):
            summary = escape(text("earlier", language, question=turns[index].question))
            body = _group(turns[index], index, language)
            groups.append(f'<details class="earlier"><summary>{summary}</summary>{body}</details>')
    return f'<section class="evidence">{_heading(turns[newest], language)}{"".join(groups)}</section>'


def _heading(turn: Turn, language: Language) -> str:
    count = len(turn.answer.citations)
    shown = f"<span>{escape(text('cited_short', language, count=count))}</span>" if count else ""
    back = f'<a class="back" href="#talk">{escape(text("back_to_talk", language))}</a>'
    return f'<p class="evidence-heading">{escape(text("evidence", language))}{shown}{back}</p>'


def _group(turn: Turn, index: int, language: Language) -> str:
    cards = _cards(turn, index, language)
    if not cards:
        return _nothing(language)
    heading = ""
    if turn.answer.related and not turn.answer.citations:
        heading = f'<p class="group-heading">{escape(text("related", language))}</p>'
    return f'<div class="turn">{heading}{"".join(cards)}</div>'


def _nothing(language: Language) -> str:
    return f'<p class="nothing">{escape(text("no_evidence", language))}</p>'


def _cards(turn: Turn, index: int, language: Language) -> list[str]:
    answer = turn.answer
    if answer.citations:
        return [_citation_card(citation, turn, index, language) for citation in answer.citations]
    return [_related_card(hit, turn, language) for hit in answer.related]


def _citation_card(citation: Citation, turn: Turn, index: int, language: Language) -> str:
    """Return the card of one citation, its quote highlighted in what surrounds it."""
    link = escape(reader_link(citation.document, citation.start, citation.end, turn.store))
    facts = [citation.region, _day(citation.date), turn.sources.get(citation.document, "")]
    before, after = _around(citation)
    parts = [
        f'<article class="card" id="cite-{index}-{citation.n}">',
        f'<p class="card-title"><span class="number">{citation.n}</span>'
        f'<a class="open" href="{link}">{escape(citation.title)}</a></p>',
        _place(citation.section, facts, citation.page, language),
        f'<blockquote class="context">{escape(before)}<mark>{escape(citation.quote)}</mark>'
        f"{escape(after)}</blockquote>",
    ]
    if citation.original and citation.original != citation.quote:
        label = escape(text("as_original", language))
        original = f"<summary>{label}</summary><p>{escape(citation.original)}</p>"
        parts.append(f'<details class="original">{original}</details>')
    if citation.damaged:
        parts.append(f'<p class="damage-notice">{escape(text("damaged", language))}</p>')
    parts.append("</article>")
    return "".join(parts)


def _related_card(hit: Hit, turn: Turn, language: Language) -> str:
    passage = hit.passage
    link = escape(reader_link(passage.document, passage.start, passage.end, turn.store))
    facts = [passage.region, _day(passage.issued), turn.sources.get(passage.document, "")]
    shown = passage.text if len(passage.text) <= RELATED else passage.text[:RELATED] + "…"
    return (
        f'<article class="card related"><p class="card-title">'
        f'<a class="open" href="{link}">{escape(passage.title)}</a></p>'
        f"{_place(passage.section, facts, passage.page, language)}"
        f'<blockquote class="context">{escape(shown)}</blockquote></article>'
    )


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _place(section: Sequence[str], facts: Sequence[str], page: str, language: Language) -> str:
    path = f'<span class="path">{escape(" › ".join(section))}</span>' if section else ""
    every = [*facts, text("page", language, page=page) if page else ""]
    shown = "".join(f'<span class="fact">{escape(fact)}</span>' for fact in every if fact)
    return f'<p class="place">{path}{shown}</p>' if path or shown else ""


def _around(citation: Citation) -> tuple[str, str]:
    start = citation.context.find(citation.quote)
    if start < 0:
        return "", ""
    before = citation.context[:start].lstrip()
    after = citation.context[start + len(citation.quote) :].rstrip()
    return (
        before if len(before) <= CONTEXT else "…" + before[-CONTEXT:],
        after if len(after) <= CONTEXT else after[:CONTEXT] + "…",
    )
