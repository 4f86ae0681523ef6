"""The chat page in Gradio Blocks. Imported only where it is served: Gradio takes seconds to import."""

from __future__ import annotations

from typing import Any

import gradio as gr

from .catalogue import FIELDS
from .events import CONCURRENCY, wire
from .parts import Parts
from .stores import Stores
from .texts import text, translations

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


def build_page(stores: Stores, queue_limit: int) -> gr.Blocks:
    """Return the page over `stores`, not yet mounted."""
    page: gr.Blocks
    with gr.Blocks(
        title=text("name", "zh"), analytics_enabled=False, fill_height=True, fill_width=True
    ) as page:
        parts = _layout()
        wire(page, parts, stores)
    page.queue(default_concurrency_limit=CONCURRENCY, api_open=False, max_size=queue_limit)
    return page


def _layout() -> Parts:
    with gr.Row(elem_id="masthead"):
        gr.Markdown(I18N("name"), elem_id="name")
        gr.Markdown(I18N("motto"), elem_id="motto")
        store = _store()
    with gr.Tabs(elem_id="tabs"):
        with gr.Tab(I18N("ask_tab"), id="ask", scale=1), gr.Row(elem_id="desk", scale=1):
            with gr.Column(scale=3, elem_id="talk", min_width=300):
                turns = gr.State((), time_to_live=SESSION_SECONDS)
                conversation = _conversation()
                rated = gr.State(0)
                comment = _field(
                    "comment", "comment", "comment", max_length=2000, visible=False, container=False
                )
                with gr.Row(elem_id="above-question"):
                    scope = gr.Markdown(elem_id="scope")
                    filters = _filter_bar()
                    word, markdown, fresh = (
                        gr.Button(I18N(key), size="sm", elem_classes=["take", key], min_width=0)
                        for key in ("take_word", "take_markdown", "new_conversation")
                    )
                taken = gr.Markdown(elem_id="taken")
                box = _question()
            with gr.Column(scale=2, elem_id="aside", min_width=300):
                evidence = gr.Markdown(elem_id="evidence", latex_delimiters=[])
        with gr.Tab(I18N("documents_tab"), id="documents") as documents:
            find = _field("find", "search_documents", "search_documents", container=False)
            table = gr.Markdown(elem_id="catalogue", latex_delimiters=[])
            coverage = gr.Markdown(elem_id="coverage", latex_delimiters=[])
    return Parts(
        turns=turns,
        chat=conversation,
        evidence=evidence,
        box=box,
        scope=scope,
        take=[word, markdown],
        fresh=fresh,
        store=store,
        documents=documents,
        coverage=coverage,
        limit_to=_signal("limit-to"),
        rate=_signal("rate"),
        taken=taken,
        rated=rated,
        comment=comment,
        find=find,
        table=table,
        filters=filters,
    )


def _field(name: str, label: str, hint: str, **more: Any) -> gr.Textbox:
    """Return a field whose label is told to a screen reader alone."""
    return gr.Textbox(elem_id=name, show_label=False, label=I18N(label), placeholder=I18N(hint), **more)


def _question() -> gr.Textbox:
    return _field(
        "question",
        "question",
        "question_hint",
        lines=1,
        max_lines=6,
        submit_btn=True,
        stop_btn=False,
        autofocus=True,
    )


def _signal(name: str) -> gr.Textbox:
    """Return a field that nobody sees: the page's script writes into it, and its event follows."""
    return gr.Textbox(elem_id=name, elem_classes="signal", show_label=False, container=False)


def _store() -> gr.Dropdown:
    # free like the filters, and checked by `Stores.of`
    return gr.Dropdown(
        elem_id="store",
        label=I18N("store"),
        show_label=False,
        container=False,
        visible=False,
        allow_custom_value=True,
    )


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
        latex_delimiters=[],
        allow_file_downloads=False,
        group_consecutive_messages=False,
        autoscroll=False,  # to the end of a long answer; the page's script shows its beginning
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
