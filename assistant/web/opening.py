"""What a page shows when it opens: examples, the documents and filter values of the store as it is."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import gradio as gr
from starlette.requests import HTTPConnection

from .catalogue import FIELDS, Catalogue, document_table, holdings
from .chat import Chat
from .filters import Chosen
from .markup import escape
from .stores import StoreRefusedError, Stores
from .texts import Language, text


def opening(
    stores: Stores, request: HTTPConnection | None, options: Iterable[tuple[str, str]], language: Language
) -> list[Any]:
    """Return the outputs of `Parts.opened`.

    The address may ask for a store and filters; a filter that nothing meets is left out here and
    refused by `/embed`.
    """
    given = list(options)
    offered = stores.names(request)
    name = dict(given).get("store", "")
    try:
        chat = stores.of(request, name)
    except StoreRefusedError as error:
        return _closed(str(error), name, offered, language)
    catalogue, limits = chat.catalogue(), Chosen.named(given)
    return [
        gr.Chatbot(
            examples=[{"text": question} for question in chat.examples()],
            placeholder=_welcome(catalogue, language),
        ),
        scope_line(chat, limits, language),
        document_table(catalogue, language, store=chat.name),
        _waiting(language),
        gr.Dropdown(offered, value=chat.name, visible=len(offered) > 1),
        *_filter_values(catalogue, limits, language),
    ]


def _closed(message: str, name: str, offered: list[str], language: Language) -> list[Any]:
    """Return a page without a store; a question asked here is refused, not asked of another store."""
    heading = escape(text("no_store", language))
    return [
        gr.Chatbot(
            examples=[], placeholder=_framed(f'<p class="title">{heading}</p><p>{escape(message)}</p>')
        ),
        "",
        "",
        "",
        gr.Dropdown(offered, value=name, visible=bool(offered)),
        *(gr.Dropdown([], visible=False) for _ in (*FIELDS, "since", "until")),
    ]


def scope_line(chat: Chat, limits: Chosen, language: Language) -> str:
    """Return the HTML of the line that says what questions are limited to."""
    catalogue = chat.catalogue()
    words = limits.words(catalogue, language)
    if not words:
        every = text("all_documents", language, count=len(catalogue.documents))
        named = f"{every}（{chat.name}）" if chat.name else every
        return f'<p class="scope">{escape(named)}</p>'
    clear = escape(text("clear_filters", language))
    return f'<p class="scope active"><span>{escape(words)}</span> <a href="#all">{clear}</a></p>'


def _waiting(language: Language) -> str:
    return f'<p class="nothing">{escape(text("coverage_wait", language))}</p>'


def _welcome(catalogue: Catalogue, language: Language) -> str:
    if not catalogue.documents:
        return _framed(f"<p>{escape(text('empty_store', language))}</p>")
    return _framed(
        f'<p class="title">{escape(text("welcome", language))}</p>'
        f"<p>{escape(text('welcome_more', language))}</p>{holdings(catalogue, language)}"
    )


def _framed(content: str) -> str:
    return f'<div class="welcome">{content}</div>'


def _filter_values(catalogue: Catalogue, limits: Chosen, language: Language) -> list[gr.Dropdown]:
    """Return the filter bar with the values that exist; a list with nothing to choose is hidden."""
    choices = {field: catalogue.choices(field, language) for field in FIELDS}
    lists = [
        gr.Dropdown(choices[field], value=list(values), visible=bool(choices[field]))
        for field, values in zip(FIELDS, limits.values, strict=True)
    ]
    for bound, year in (("since", limits.since), ("until", limits.until)):
        years = catalogue.year_choices(bound, language)
        lists.append(gr.Dropdown(years, value=year, visible=bool(catalogue.years)))
    return lists
