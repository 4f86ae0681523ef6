"""What the page does when somebody does something. Imported only where the chat is served."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import gradio as gr

from .catalogue import FIELDS, Catalogue, document_table
from .chat import Chat, with_last
from .conversation import Turn, messages
from .downloads import Download
from .evidence import pane
from .export import as_markdown, as_word
from .filters import Chosen
from .markup import escape, plain_markdown, typed_text
from .parts import Parts
from .people import who
from .records import VERDICTS
from .texts import TEXTS, Language, language_of, text

Turns = tuple[Turn, ...]

CONCURRENCY = 16  # answers in the making at once; the assistant is shared and read-only
KEPT_TURNS = 50  # turns of one conversation that stay in the session's memory
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

# none is part of an API; only answers go through the queue
_QUIET: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden", "queue": False}


def wire(blocks: gr.Blocks, parts: Parts, chat: Chat) -> None:
    """Bind all events of the page."""
    _wire_answers(parts, chat)
    _wire_downloads(parts, chat)
    _wire_feedback(parts, chat)

    def scope(request: gr.Request, *limits: Any) -> str:
        return _scope(chat, Chosen.of(limits), _language(request))

    def opening(request: gr.Request) -> list[Any]:
        return _opening(chat, request)

    def find(request: gr.Request, words: str) -> str:
        return document_table(chat.catalogue(), _language(request), words)

    parts.find.submit(find, parts.find, parts.table, **_QUIET)
    gr.on([dropdown.change for dropdown in parts.filters], scope, parts.filters, parts.scope, **_QUIET)
    opened = [parts.chat, parts.evidence, parts.scope, parts.table, *parts.filters]
    blocks.load(opening, None, opened, **_QUIET)


def _wire_answers(parts: Parts, chat: Chat) -> None:
    answering: dict[str, Any] = {**_QUIET, "queue": True, "outputs": parts.conversation}

    def ask(request: gr.Request, question: str, turns: Turns, *limits: Any) -> Iterator[list[Any]]:
        yield from _answer(chat, request, question, turns, limits)

    def again(request: gr.Request, event: gr.RetryData, turns: Turns, *limits: Any) -> Iterator[list[Any]]:
        index = _turn_index(event.index)
        yield from _answer(chat, request, turns[index].question, turns[:index], limits)

    def edited(request: gr.Request, event: gr.EditData, turns: Turns, *limits: Any) -> Iterator[list[Any]]:
        index = _turn_index(event.index)
        yield from _answer(chat, request, typed_text(str(event.value)), turns[:index], limits)

    def example(request: gr.Request, event: gr.SelectData, turns: Turns, *limits: Any) -> Iterator[list[Any]]:
        yield from _answer(chat, request, event.value["text"], turns, limits)

    def stop(request: gr.Request, turns: Turns) -> list[Any]:
        language = _language(request)
        return [turns, messages(turns, language), pane(turns, language), _box(busy=False)]

    def clear(request: gr.Request) -> list[Any]:
        return [(), pane((), _language(request))]

    rest = [parts.turns, *parts.filters]
    running: list[Any] = [
        parts.box.submit(ask, [parts.box, *rest], **answering),
        parts.chat.retry(again, rest, **answering),
        parts.chat.edit(edited, rest, **answering),
        parts.chat.example_select(example, rest, **answering),
    ]
    parts.box.stop(stop, parts.turns, parts.conversation, cancels=running, **_QUIET)
    parts.chat.clear(clear, None, [parts.turns, parts.evidence], **_QUIET)


def _wire_downloads(parts: Parts, chat: Chat) -> None:
    def word(request: gr.Request, turns: Turns) -> str:
        content = as_word(turns, _language(request))
        return _offer(chat, Download("policy-assistant.docx", WORD, content))

    def markdown(request: gr.Request, turns: Turns) -> str:
        content = as_markdown(turns, _language(request)).encode()
        return _offer(chat, Download("policy-assistant.md", "text/markdown; charset=utf-8", content))

    for button, make in zip(parts.take, (word, markdown), strict=True):
        button.click(make, parts.turns, parts.taken, **_QUIET)


def _offer(chat: Chat, download: Download) -> str:
    return f'<a class="take-now" href="download/{chat.downloads.add(download)}">{escape(download.name)}</a>'


def _wire_feedback(parts: Parts, chat: Chat) -> None:
    verdicts = {shown: verdict for verdict in VERDICTS for shown in TEXTS[verdict]}

    def rate(request: gr.Request, event: gr.LikeData, turns: Turns) -> list[Any]:
        verdict = verdicts.get(str(event.liked))
        index = _turn_index(event.index)
        if verdict is None or index >= len(turns):  # taken back
            return [0, gr.Textbox(visible=False)]
        turn = turns[index]
        asker, place = who(request.request), f"{request.session_hash}/{index}/{turn.question}"
        number = chat.records.add_feedback(asker, place, verdict, turn.question, turn.answer)
        return [number, gr.Textbox("", visible=True)]

    def comment(number: int, words: str) -> gr.Textbox:
        if number and words.strip():
            chat.records.add_comment(number, words.strip())
        return gr.Textbox("", visible=False)

    parts.chat.like(rate, parts.turns, [parts.rated, parts.comment], **_QUIET)
    parts.comment.submit(comment, [parts.rated, parts.comment], parts.comment, **_QUIET)


def _answer(
    chat: Chat, request: gr.Request, question: str, turns: Turns, limits: tuple[Any, ...]
) -> Iterator[list[Any]]:
    """Yield the outputs of `Parts.conversation` while the answer grows."""
    language = _language(request)
    turns = turns[-KEPT_TURNS:]
    waiting = {"role": "user", "content": plain_markdown(question)}
    box = gr.Textbox("", submit_btn=False, stop_btn=True)
    yield [turns, [*messages(turns, language), waiting], gr.skip(), box]
    growing = chat.turns(question, turns, Chosen.of(limits), who(request.request), language)
    # one event fewer for every answer: the last state of the answer sets the box free, too
    for turn, is_last in with_last(growing):
        grown = (*turns, turn)
        freed = _box(busy=False) if is_last else gr.skip()
        yield [grown, messages(grown, language), pane(grown, language), freed]


def _box(*, busy: bool) -> gr.Textbox:
    return gr.Textbox(submit_btn=not busy, stop_btn=busy)


def _filter_values(catalogue: Catalogue, limits: Chosen, language: Language) -> list[gr.Dropdown]:
    """Return the filter bar with the values that exist; a list with nothing to choose is hidden."""
    years = [(text("any", language), ""), *((str(year), str(year)) for year in catalogue.years)]
    return [
        *(
            gr.Dropdown(
                list(catalogue.choices[field]), value=list(values), visible=bool(catalogue.choices[field])
            )
            for field, values in zip(FIELDS, limits.values, strict=True)
        ),
        *(
            gr.Dropdown(years, value=year, visible=bool(catalogue.years))
            for year in (limits.since, limits.until)
        ),
    ]


def _opening(chat: Chat, request: gr.Request) -> list[Any]:
    """Return what a page shows when it opens: examples, table and filter values of the store as it is.

    The address may ask for filters; one that nothing meets is left out here and refused by `/embed`.
    """
    language, catalogue = _language(request), chat.catalogue()
    limits = Chosen.named(request.query_params.items())
    return [
        gr.Chatbot(
            feedback_options=[text(verdict, language) for verdict in VERDICTS],
            examples=[{"text": question} for question in chat.examples()],
            placeholder=_welcome(chat, language),
        ),
        pane((), language),
        _scope(chat, limits, language),
        document_table(catalogue, language),
        *_filter_values(catalogue, limits, language),
    ]


def _welcome(chat: Chat, language: Language) -> str:
    if not chat.catalogue().documents:
        return f'<div class="welcome"><p>{escape(text("empty_store", language))}</p></div>'
    return (
        f'<div class="welcome"><p class="title">{escape(text("welcome", language))}</p>'
        f"<p>{escape(text('welcome_more', language))}</p></div>"
    )


def _scope(chat: Chat, limits: Chosen, language: Language) -> str:
    catalogue = chat.catalogue()
    words = limits.words(catalogue, language)
    shown = words or text("all_documents", language, count=len(catalogue.documents))
    return f'<p class="{"scope active" if words else "scope"}">{escape(shown)}</p>'


def _turn_index(message: int | tuple[int, int]) -> int:
    return (message if isinstance(message, int) else message[0]) // 2


def _language(request: gr.Request) -> Language:
    return language_of(request.headers.get("accept-language"))
