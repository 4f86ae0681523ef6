"""The chat page in Gradio Blocks. Imported only where it is served: Gradio takes seconds to import."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import gradio as gr

from .catalogue import FIELDS, Catalogue, document_table
from .chat import Chat, with_last
from .conversation import Turn, messages
from .evidence import pane
from .filters import Chosen
from .markup import escape, plain_markdown, typed_text
from .people import who
from .texts import Language, language_of, text, translations

Turns = tuple[Turn, ...]

CONCURRENCY = 16  # answers in the making at once; the assistant is shared and read-only
KEPT_TURNS = 50  # turns of one conversation that stay in the session's memory
SESSION_SECONDS = 12 * 3600  # a conversation left open over a working day is still there

I18N = gr.I18n(**translations())

THEME = gr.themes.Base(
    primary_hue="red",
    neutral_hue="slate",
    radius_size="md",
    # fonts of the system only: the page calls nobody else
    font=["system-ui", "Noto Sans CJK SC", "Microsoft YaHei", "PingFang SC", "sans-serif"],
    font_mono=["ui-monospace", "monospace"],
)


@dataclass(frozen=True, slots=True)
class Parts:
    """The components that events read and write."""

    turns: gr.State
    chat: gr.Chatbot
    evidence: gr.Markdown
    box: gr.Textbox
    scope: gr.Markdown
    table: gr.Markdown
    filters: list[gr.Dropdown]  # in the order of `Chosen.of`

    @property
    def conversation(self) -> list[Any]:
        """Return what an answer writes."""
        return [self.turns, self.chat, self.evidence, self.box]


def build_page(chat: Chat, queue_limit: int) -> gr.Blocks:
    """Return the page over `chat`, not yet mounted."""
    page: gr.Blocks
    with gr.Blocks(
        title=text("name", "zh"), analytics_enabled=False, fill_height=True, fill_width=True
    ) as page:
        parts = _layout()
        _wire(page, parts, chat)
    page.queue(default_concurrency_limit=CONCURRENCY, api_open=False, max_size=queue_limit)
    return page


def _layout() -> Parts:
    with gr.Row(elem_id="masthead"):
        gr.Markdown(I18N("name"), elem_id="name")
        gr.Markdown(I18N("motto"), elem_id="motto")
    with gr.Tabs(elem_id="tabs"):
        with gr.Tab(I18N("ask_tab"), id="ask", scale=1), gr.Row(elem_id="desk", scale=1):
            with gr.Column(scale=3, elem_id="talk", min_width=300):
                turns = gr.State((), time_to_live=SESSION_SECONDS)
                conversation = _conversation()
                scope = gr.Markdown(elem_id="scope")
                filters = _filter_bar()
                box = gr.Textbox(
                    elem_id="question",
                    show_label=False,
                    label=I18N("question"),
                    placeholder=I18N("question_hint"),
                    lines=1,
                    max_lines=6,
                    submit_btn=True,
                    stop_btn=False,
                    autofocus=True,
                )
            with gr.Column(scale=2, elem_id="aside", min_width=300):
                evidence = gr.Markdown(elem_id="evidence", latex_delimiters=[])
        with gr.Tab(I18N("documents_tab"), id="documents"):
            gr.Textbox(
                elem_id="find",
                show_label=False,
                label=I18N("search_documents"),
                placeholder=I18N("search_documents"),
                container=False,
            )
            table = gr.Markdown(elem_id="catalogue", latex_delimiters=[])
    return Parts(turns, conversation, evidence, box, scope, table, filters)


def _conversation() -> gr.Chatbot:
    return gr.Chatbot(
        elem_id="conversation",
        label=I18N("conversation"),
        show_label=False,
        container=False,
        scale=1,
        height="100%",
        layout="bubble",
        editable="user",
        buttons=[],
        feedback_options=None,
        latex_delimiters=[],
        allow_file_downloads=False,
        group_consecutive_messages=False,
    )


def _filter_bar() -> list[gr.Dropdown]:
    # any value passes here and is checked by `Chosen`: Gradio keeps the choices in the session and
    # would refuse every question once the server was restarted under an open page
    free: dict[str, Any] = {"allow_custom_value": True}
    with gr.Accordion(I18N("filters"), open=False, elem_id="filters"), gr.Row():
        return [
            *(gr.Dropdown(label=I18N(field), multiselect=True, min_width=150, **free) for field in FIELDS),
            *(gr.Dropdown(label=I18N(name), min_width=100, **free) for name in ("since", "until")),
        ]


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


def _wire(blocks: gr.Blocks, parts: Parts, chat: Chat) -> None:
    """Bind the events. None is part of an API; answers stream through the queue."""
    quiet: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden", "queue": False}
    answering: dict[str, Any] = {**quiet, "queue": True, "outputs": parts.conversation}

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

    def scope(request: gr.Request, *limits: Any) -> str:
        return _scope(chat, Chosen.of(limits), _language(request))

    def opening(request: gr.Request) -> list[Any]:
        return _opening(chat, request)

    rest = [parts.turns, *parts.filters]
    running: list[Any] = [
        parts.box.submit(ask, [parts.box, *rest], **answering),
        parts.chat.retry(again, rest, **answering),
        parts.chat.edit(edited, rest, **answering),
        parts.chat.example_select(example, rest, **answering),
    ]
    parts.box.stop(stop, parts.turns, parts.conversation, cancels=running, **quiet)
    parts.chat.clear(clear, None, [parts.turns, parts.evidence], **quiet)
    gr.on([dropdown.change for dropdown in parts.filters], scope, parts.filters, parts.scope, **quiet)
    opened = [parts.chat, parts.evidence, parts.scope, parts.table, *parts.filters]
    blocks.load(opening, None, opened, **quiet)


def _answer(
    chat: Chat, request: gr.Request, question: str, turns: Turns, limits: tuple[Any, ...]
) -> Iterator[list[Any]]:
    """Yield the outputs of `Parts.conversation` while the answer grows."""
    language = _language(request)
    turns = turns[-KEPT_TURNS:]
    waiting = {"role": "user", "content": plain_markdown(question)}
    box = gr.Textbox("", submit_btn=False, stop_btn=True)
    yield [turns, [*messages(turns, language), waiting], gr.skip(), box]
    growing = chat.turns(question, turns, Chosen.of(limits), who(request), language)
    # one event fewer for every answer: the last state of the answer sets the box free, too
    for turn, is_last in with_last(growing):
        grown = (*turns, turn)
        freed = _box(busy=False) if is_last else gr.skip()
        yield [grown, messages(grown, language), pane(grown, language), freed]


def _box(*, busy: bool) -> gr.Textbox:
    return gr.Textbox(submit_btn=not busy, stop_btn=busy)


def _opening(chat: Chat, request: gr.Request) -> list[Any]:
    """Return what a page shows when it opens: examples, table and filter values of the store as it is.

    The address may ask for filters; one that nothing meets is left out here and refused by `/embed`.
    """
    language, catalogue = _language(request), chat.catalogue()
    limits = Chosen.named(request.query_params.items())
    return [
        gr.Chatbot(
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
