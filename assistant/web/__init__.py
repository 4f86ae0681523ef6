"""The web surface: a chat with its evidence beside it, in a browser or in a portal's frame."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .serve import serve

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fastapi import FastAPI

    from ..core import Assistant
    from ..settings import Settings

__all__ = ["create_app", "serve"]


def create_app(assistant: Assistant | Mapping[str, Assistant], settings: Settings) -> FastAPI:
    """Return the web application over an open assistant, or one by name for each of `settings.stores`.

    Imports Gradio, which takes seconds.
    """
    from .application import create_app as create

    return create(assistant, settings)
