"""The document reader: a page of its own, rendered here, its quote highlighted, its repairs marked."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from ..types import DAMAGE_MARK, Document, Repair, Section
from .markup import escape
from .texts import Language, text

STATIC = "web"  # where the own scripts and styles are served, relative to the page


@dataclass(frozen=True, slots=True)
class View:
    """One document as one reader sees it: the span to highlight, the language, the theme."""

    document: Document
    start: int
    end: int
    language: Language
    theme: str = ""  # light, dark, or empty for the system's
    version: str = ""  # of the static files, so that browsers fetch new ones

    @property
    def quote_start(self) -> int:
        """Return where the first visible character of the quote stands."""
        quote = self.document.text[self.start : self.end]
        return self.end - len(quote.lstrip())

    def say(self, key: str, **values: object) -> str:
        """Return the text `key`, escaped."""
        return escape(text(key, self.language, **values))


def reader_page(view: View) -> str:
    """Return the whole HTML page of a document."""
    document = view.document
    differs = document.original != document.text
    quote_differs = document.original_span(view.start, view.end) != document.text[view.start : view.end]
    classes = " ".join(filter(None, ["differs" if differs else "", "beside" if quote_differs else ""]))
    return "".join(
        [
            f'<!doctype html><html lang="{view.language}" data-theme="{escape(view.theme)}"><head>',
            '<meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">',
            f"<title>{escape(document.title)}</title>",
            f'<link rel="stylesheet" href="{STATIC}/reader.css?{view.version}">',
            f'<script src="{STATIC}/reader.js?{view.version}" defer></script></head>',
            f'<body class="{classes}">{_header(view, differs)}<div class="columns">{_outline(view)}',
            f'<main id="text" tabindex="-1">{"".join(_blocks(view))}</main></div></body></html>',
        ]
    )


def missing_page(heading: str, message: str, language: Language, version: str) -> str:
    """Return the page shown in place of what cannot be shown."""
    return (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8">'
        f"<title>{escape(heading)}</title>"
        f'<link rel="stylesheet" href="{STATIC}/reader.css?{version}">'
        f'<script src="{STATIC}/reader.js?{version}" defer></script></head>'
        f'<body><main class="missing"><h1>{escape(heading)}</h1>'
        f"<p>{escape(message)}</p></main></body></html>"
    )


def _header(view: View, differs: bool) -> str:
    document, metadata = view.document, view.document.metadata
    damaged = sum(repair.kind == "unrestorable" for repair in document.repairs)
    repaired = len(document.repairs) - damaged
    facts = [
        metadata.document_number,
        metadata.issuer,
        metadata.region,
        metadata.issued.isoformat() if metadata.issued else "",
        metadata.source if metadata.source != metadata.issuer else "",
        metadata.validity,
    ]
    shown = "".join(f"<span>{escape(fact)}</span>" for fact in facts if fact)
    if repaired:
        shown += f'<span class="count">{view.say("repair_count", count=repaired)}</span>'
    if damaged:
        shown += f'<span class="count damage">{view.say("damage_count", count=damaged)}</span>'
    controls = f'<a class="control" id="to-quote" href="#quote">{view.say("to_quote")}</a>'
    if view.start >= view.end:
        controls = ""
    if differs:
        controls += (
            f'<label class="control"><input type="checkbox" id="beside">{view.say("show_original")}</label>'
        )
    return (
        f'<header><h1>{escape(document.title)}</h1><p class="facts">{shown}</p>'
        f'<div class="controls">{controls}</div></header>'
    )


def _outline(view: View) -> str:
    items = [
        f'<li class="level-{min(max(section.level, 1), 4)}">'
        f'<a href="#at-{section.start}">{escape(section.heading)}</a></li>'
        for section in view.document.sections
        if section.heading
    ]
    if not items:
        return ""
    label = view.say("outline")
    return f'<nav aria-label="{label}"><p>{label}</p><ol>{"".join(items)}</ol></nav>'


def _blocks(view: View) -> Iterator[str]:
    """Yield the paragraphs in order, each with its original where it differs, and what was removed."""
    document = view.document
    removed = _removals(document)
    for match in re.finditer(r"[^\n]+", document.text):
        start, end = match.span()
        while removed and removed[0].start <= start:
            yield _removal(removed.pop(0), view)
        if match.group().strip():
            yield _block(view, start, end)
    for repair in removed:
        yield _removal(repair, view)


def _block(view: View, start: int, end: int) -> str:
    document = view.document
    readable = _readable(view, start, end)
    kind, tag = "paragraph", "p"
    if any(first < end and start < last for first, last in document.tables):
        kind = "row"
    elif heading := next((s for s in _sections(view, start, end) if s.body_start >= end), None):
        kind, tag = "heading", f"h{min(max(heading.level, 1) + 1, 6)}"
    readable = f"<{tag}>{readable}</{tag}>"
    if document.original_span(start, end) == document.text[start:end]:
        return f'<div class="{kind}">{readable}</div>'
    original = f'<p class="original">{_original(view, start, end)}</p>'
    return f'<div class="{kind} changed">{readable}{original}</div>'


def _readable(view: View, start: int, end: int) -> str:
    """Return the text from start to end with the quote, the repairs and the damage marked up."""
    document = view.document
    repairs = [repair for repair in _touching(document, start, end) if repair.start < repair.end]
    edges = {start, end, view.start, view.quote_start, view.end}
    anchors = {section.start for section in _sections(view, start, end)}
    edges.update(anchors)
    edges.update(edge for repair in repairs for edge in (repair.start, repair.end))
    edges.update(
        edge
        for match in re.finditer(f"{DAMAGE_MARK}+", document.text[start:end])
        for edge in (start + match.start(), start + match.end())
    )
    cuts = sorted(edge for edge in edges if start <= edge <= end)
    return "".join(
        (f'<a id="at-{first}"></a>' if first in anchors else "") + _piece(view, first, last, repairs)
        for first, last in pairwise(cuts)
    )


def _piece(view: View, first: int, last: int, repairs: list[Repair]) -> str:
    shown = escape(view.document.text[first:last])
    repair = next((r for r in repairs if r.start <= first and last <= r.end), None)
    if view.document.text[first:last].strip(DAMAGE_MARK) == "":
        shown = f'<span class="damaged" title="{view.say("unrestorable")}">{shown}</span>'
    elif repair:
        title = view.say("repaired_from", before=repair.before, reason=repair.reason)
        shown = f'<span class="repair" title="{title}">{shown}</span>'
    if view.start <= first and last <= view.end:
        identity = ' id="quote"' if first == view.quote_start else ""
        shown = f"<mark{identity}>{shown}</mark>"
    return shown


def _original(view: View, start: int, end: int) -> str:
    """Return the original behind a paragraph: what repairs took out struck through, the quote marked."""
    document = view.document
    first, last = document.alignment.to_original(start, end)
    repairs = [
        r for r in _touching(document, start, end) if first <= r.original_start and r.original_end <= last
    ]
    quote = document.alignment.to_original(view.start, view.end) if view.start < view.end else (-1, -1)
    edges = {first, last, *quote}
    edges.update(edge for repair in repairs for edge in (repair.original_start, repair.original_end))
    cuts = sorted(edge for edge in edges if first <= edge <= last)
    taken = {(repair.original_start, repair.original_end) for repair in repairs}
    pieces = []
    for cut in pairwise(cuts):
        shown = escape(document.original[slice(*cut)])
        shown = f"<del>{shown}</del>" if cut in taken else shown
        pieces.append(f"<mark>{shown}</mark>" if quote[0] <= cut[0] and cut[1] <= quote[1] else shown)
    return "".join(pieces)


def _sections(view: View, start: int, end: int) -> list[Section]:
    sections = view.document.sections
    first = bisect_left(sections, start, key=lambda section: section.start)
    last = bisect_left(sections, end, key=lambda section: section.start)
    return [section for section in sections[first:last] if section.heading]


def _touching(document: Document, start: int, end: int) -> list[Repair]:
    repairs = document.repairs
    index = bisect_left(repairs, start, key=lambda repair: repair.start)
    while index > 0 and repairs[index - 1].end > start:
        index -= 1
    touching = []
    while index < len(repairs) and repairs[index].start <= end:
        if repairs[index].kind != "furniture":
            touching.append(repairs[index])
        index += 1
    return touching


def _removals(document: Document) -> list[Repair]:
    return [repair for repair in document.repairs if repair.kind == "furniture" and repair.before.strip()]


def _removal(repair: Repair, view: View) -> str:
    summary = view.say("removed", count=len(repair.before.strip()))
    return (
        f'<details class="removed"><summary>{summary}</summary>'
        f"<pre>{html_lines(repair.before)}</pre></details>"
    )


def html_lines(content: str) -> str:
    """Return `content` escaped, without its empty lines."""
    return escape("\n".join(line.strip() for line in content.splitlines() if line.strip()))
