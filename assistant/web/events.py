"""What the page does when somebody does something. Imported only where the chat is served."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from threading import Event
from typing import Any
from urllib.parse import parse_qsl

import gradio as gr

from ..errors import AssistantError
from .catalogue import document_table
from .chat import failed_turn
from .conversation import Turn, messages
from .coverage import coverage_table
from .downloads import Download
from .evidence import pane
from .export import as_markdown, as_word
from .filters import Chosen
from .markup import escape, plain_markdown, typed_text
from .opening import opening, scope_line
from .parts import Parts
from .people import user_of, who
from .records import VERDICTS
from .stores import Stores
from .texts import Language, language_of, text

Turns = tuple[Turn, ...]

CONCURRENCY = 16  # answers in the making at once; the assistant is shared and read-only
KEPT_TURNS = 50  # turns of one conversation that stay in the session's memory
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

# none is part of an API; only answers go through the queue
_QUIET: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden", "queue": False}


def wire(blocks: gr.Blocks, parts: Parts, stores: Stores) -> None:
    """Bind all events of the page."""
    _wire_answers(parts, stores)
    _wire_downloads(parts, stores)
    _wire_feedback(parts, stores)
    _wire_documents(parts, stores)

    def opened(request: gr.Request) -> list[Any]:
        language = _language(request)
        shown = opening(stores, request.request, request.query_params.items(), language)
        return [pane((), language), *shown]

    def changed(request: gr.Request, store: str) -> list[Any]:
        return opening(stores, request.request, [("store", store)], _language(request))

    def scope(request: gr.Request, store: str, *limits: Any) -> str:
        chat = stores.of(request.request, store)
        return scope_line(chat, Chosen.of(limits), _language(request))

    def limit(asked: str) -> list[Any]:
        chosen = Chosen.named(parse_qsl(asked))
        return [gr.Dropdown(value=value) for value in chosen.bar]

    def left(request: gr.Request) -> None:
        stores.running.stop(str(request.session_hash))  # nobody reads on: the model may rest

    blocks.unload(left)
    blocks.load(opened, None, [parts.evidence, *parts.opened], **_QUIET)
    parts.store.input(changed, parts.store, parts.opened, **_QUIET)
    changes = [dropdown.change for dropdown in parts.filters]
    gr.on(changes, scope, [parts.store, *parts.filters], parts.scope, **_QUIET)
    parts.limit_to.change(limit, parts.limit_to, parts.filters, **_QUIET)


def _wire_documents(parts: Parts, stores: Stores) -> None:
    def find(request: gr.Request, words: str, store: str) -> str:
        chat = stores.of(request.request, store)
        return document_table(chat.catalogue(), _language(request), words, store=chat.name)

    def cover(request: gr.Request, store: str) -> str:
        chat = stores.of(request.request, store)
        return coverage_table(chat.coverage(), _language(request), chat.name)

    parts.find.submit(find, [parts.find, parts.store], parts.table, **_QUIET)
    parts.documents.select(cover, parts.store, parts.coverage, **_QUIET)


def _wire_answers(parts: Parts, stores: Stores) -> None:
    answering: dict[str, Any] = {**_QUIET, "queue": True, "outputs": parts.conversation}

    def ask(request: gr.Request, question: str, turns: Turns, *where: Any) -> Iterator[list[Any]]:
        yield from _answer(stores, request, question, turns, where)

    def again(request: gr.Request, event: gr.RetryData, turns: Turns, *where: Any) -> Iterator[list[Any]]:
        index = _turn_index(event.index)
        yield from _answer(stores, request, turns[index].question, turns[:index], where)

    def edited(request: gr.Request, event: gr.EditData, turns: Turns, *where: Any) -> Iterator[list[Any]]:
        index = _turn_index(event.index)
        yield from _answer(stores, request, typed_text(str(event.value)), turns[:index], where)

    def example(request: gr.Request, event: gr.SelectData, turns: Turns, *where: Any) -> Iterator[list[Any]]:
        yield from _answer(stores, request, event.value["text"], turns, where)

    def stop(request: gr.Request) -> None:
        stores.running.stop(str(request.session_hash))

    def clear(request: gr.Request) -> list[Any]:
        stores.running.drop(str(request.session_hash))
        return [*_shown(stores, request, ()), _box(busy=False)]

    rest = [parts.turns, parts.store, *parts.filters]
    # what is sent while an answer comes to its end is asked after it
    parts.box.submit(ask, [parts.box, *rest], trigger_mode="always_last", **answering)
    parts.chat.retry(again, rest, **answering)
    parts.chat.edit(edited, rest, **answering)
    parts.chat.example_select(example, rest, **answering)
    parts.box.stop(stop, None, None, **_QUIET)
    # through the queue, so that it comes after all that was sent of the answer it ends
    parts.fresh.click(clear, None, **answering)


def _answer(
    stores: Stores, request: gr.Request, question: str, turns: Turns, where: tuple[Any, ...]
) -> Iterator[list[Any]]:
    """Yield the outputs of `Parts.conversation` while the answer grows; `where`: the store, the limits."""
    if not question:  # Enter was pressed twice, and the box emptied in between
        yield [gr.skip()] * 4
        return
    with stores.running.answering(str(request.session_hash)) as answering:
        language = _language(request)
        turns = stores.readable(request.request, turns[-KEPT_TURNS:])
        waiting = {"role": "user", "content": plain_markdown(question)}
        yield [turns, [*messages(turns, language), waiting], gr.skip(), _box(busy=True, value="")]
        streams = stores.streams
        for turn in _turns(stores, request, question, turns, where, answering.stop):
            if answering.is_wanted:
                # an answer that comes as a whole sets the box free, too: one event fewer
                box = gr.skip() if streams else _box(busy=False)
                yield [*_shown(stores, request, (*turns, turn)), box]
        if streams:
            yield [gr.skip(), gr.skip(), gr.skip(), _box(busy=False)]


def _turns(
    stores: Stores,
    request: gr.Request,
    question: str,
    turns: Turns,
    where: tuple[Any, ...],
    stop: Event,
) -> Iterator[Turn]:
    store, *limits = where
    language = _language(request)
    try:
        chat = stores.of(request.request, store)
    except AssistantError as error:
        return iter([failed_turn(question, str(error))])
    return chat.turns(question, turns, Chosen.of(tuple(limits)), who(request.request), language, stop)


def _shown(stores: Stores, request: gr.Request, turns: Turns) -> list[Any]:
    """Return a conversation as state, as messages and as evidence."""
    language = _language(request)
    turns = stores.readable(request.request, turns)
    return [turns, messages(turns, language), pane(turns, language)]


def _box(*, busy: bool, **more: Any) -> gr.Textbox:
    return gr.Textbox(submit_btn=not busy, stop_btn=busy, **more)


def _wire_downloads(parts: Parts, stores: Stores) -> None:
    def offer(request: gr.Request, name: str, kind: str, content: bytes) -> str:
        owner = who(request.request) if user_of(request.request) else ""
        word = stores.shared.downloads.add(Download(name, kind, content, owner))
        return f'<a class="take-now" href="download/{word}">{escape(name)}</a>'

    def name(language: Language, suffix: str) -> str:
        return f"{text('name', language)}-{date.today().isoformat()}.{suffix}"

    def word(request: gr.Request, turns: Turns) -> str:
        language = _language(request)
        content = as_word(stores.readable(request.request, turns), language)
        return offer(request, name(language, "docx"), WORD, content)

    def markdown(request: gr.Request, turns: Turns) -> str:
        language = _language(request)
        content = as_markdown(stores.readable(request.request, turns), language)
        return offer(request, name(language, "md"), "text/markdown; charset=utf-8", content.encode())

    for button, make in zip(parts.take, (word, markdown), strict=True):
        button.click(make, parts.turns, parts.taken, **_QUIET)


def _wire_feedback(parts: Parts, stores: Stores) -> None:
    def rate(request: gr.Request, asked: str, turns: Turns) -> list[Any]:
        number, _, verdict = asked.partition("-")
        turns = stores.readable(request.request, turns)
        if not number.isdecimal() or int(number) >= len(turns) or verdict not in VERDICTS:
            return [gr.skip()] * 4
        index = int(number)
        turn = turns[index]
        place = f"{request.session_hash}/{index}/{turn.question}"
        rated = stores.shared.records.add_feedback(
            who(request.request), place, verdict, turn.question, turn.answer, turn.store
        )
        turns = (*turns[:index], replace(turn, verdict=verdict), *turns[index + 1 :])
        language = _language(request)
        asked_for = gr.Textbox("", visible=True, interactive=True, placeholder=text("comment", language))
        return [turns, messages(turns, language), rated, asked_for]

    def comment(request: gr.Request, number: int, words: str) -> gr.Textbox:
        if not number or not words.strip():
            return gr.Textbox("", visible=False)
        stores.shared.records.add_comment(number, words.strip())
        return gr.Textbox("", interactive=False, placeholder=text("commented", _language(request)))

    rated = [parts.turns, parts.chat, parts.rated, parts.comment]
    parts.rate.change(rate, [parts.rate, parts.turns], rated, **_QUIET)
    parts.comment.submit(comment, [parts.rated, parts.comment], parts.comment, **_QUIET)


def _turn_index(message: int | tuple[int, int]) -> int:
    return (message if isinstance(message, int) else message[0]) // 2


def _language(request: gr.Request) -> Language:
    return language_of(request.headers.get("accept-language"))
