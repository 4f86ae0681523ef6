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
    rated: gr.State  # the number of the feedback that a comment would belong to
    comment: gr.Textbox
    find: gr.Textbox
    table: gr.Markdown
    filters: list[gr.Dropdown]  # in the order of `Chosen.of`

    @property
    def conversation(self) -> list[Any]:
        """Return what an answer writes."""
        return [self.turns, self.chat, self.evidence, self.box]
