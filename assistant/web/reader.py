"""The document reader: a page of its own, rendered here, its quote highlighted, its repairs marked."""

from __future__ import annotations

from .markup import escape
from .texts import Language
from .view import Pages, View

STATIC = "web"  # where the own scripts and styles are served, relative to the page


def reader_page(view: View, pages: Pages) -> str:
    """Return the whole HTML page of a document."""
    document = view.document
    differs = document.original != document.text
    return "".join(
        [
            f'<!doctype html><html lang="{view.language}" data-theme="{escape(view.theme)}"><head>',
            '<meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">',
            f"<title>{escape(document.title)}</title>",
            f'<link rel="stylesheet" href="{STATIC}/reader.css?{view.version}">',
            f'<script src="{STATIC}/reader.js?{view.version}" defer></script></head>',
            f'<body>{_header(view, differs)}<div class="columns">{_outline(view)}',
            f"{pages.text(view)}</div></body></html>",
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
    controls = f'<a class="control" id="to-quote" href="#quote" hidden>{view.say("to_quote")}</a>'
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
