"""A retrieval-augmented assistant for Chinese policy documents, cited and verified."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .core import Assistant

__version__ = "0.1.0"
__all__ = ["Assistant", "__version__"]


def __getattr__(name: str) -> object:
    # `python -m assistant --help` must not pay for the engines
    if name == "Assistant":
        from .core import Assistant

        return Assistant
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
