"""Make a damaged text readable, record every change, and never guess."""

from __future__ import annotations

from ...types import Extract
from .edits import Edit, Repaired, apply, merge
from .furniture import furniture
from .gloss import glosses
from .lost import garbage, missing_figures
from .shifted import torn

__all__ = ["Edit", "Repaired", "repair"]


def repair(extract: Extract) -> Repaired:
    """Return the readable text of `extract` with its alignment, repairs and marks."""
    text = extract.text
    edits: list[Edit] = []
    for found in (torn(text), glosses(text), garbage(text)):  # a wider view before a narrower one
        edits = merge(edits, found)
    readable = apply(text, edits, extract.marks)
    edits = merge(edits, missing_figures(readable))
    edits = merge(furniture(readable), edits)
    return apply(text, edits, extract.marks)
