"""The components of the page that events read and write."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import gradio as gr


@dataclass(frozen=True, slots=True)
class Parts:
    """The components that events read and write."""

    turns: gr.State
    chat: gr.Chatbot
    evidence: gr.Markdown
    box: gr.Textbox
    scope: gr.Markdown
    take: list[gr.Button]  # Word, Markdown
    taken: gr.Markdown  # the link to the file just made, which the page follows
    coverage: gr.Markdown
    store: gr.Dropdown
    documents: gr.Tab
    fresh: gr.Button
    limit_to: gr.Textbox  # signals: what a link of the page asks for, written here by its script
    rate: gr.Textbox
    rated: gr.State  # the number of the feedback that a comment would belong to
    comment: gr.Textbox
    find: gr.Textbox
    table: gr.Markdown
    filters: list[gr.Dropdown]  # in the order of `Chosen.of`

    @property
    def opened(self) -> list[Any]:
        """Return what opening the page writes, and changing the store."""
        return [self.chat, self.scope, self.table, self.coverage, self.store, *self.filters]

    @property
    def conversation(self) -> list[Any]:
        """Return what an answer writes."""
        return [self.turns, self.chat, self.evidence, self.box]
