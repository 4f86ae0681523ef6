"""Make a damaged text readable, record every change, and never guess."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from ...types import Extract
from .edits import Edit, Repaired, apply, merge
from .furniture import furniture
from .gloss import glosses
from .lost import garbage, missing_figures
from .shifted import torn

__all__ = ["Edit", "Repaired", "repair"]

# given the text as the machine repaired it and the original, what a person says instead
Correct = Callable[[Repaired, str], Iterable[Edit]]


def repair(extract: Extract, correct: Correct | None = None) -> Repaired:
    """Return the readable text of `extract` with its alignment, repairs and marks.

    What a person corrects takes the place of all that was found there.
    """
    text = extract.text
    edits: list[Edit] = []
    for found in (torn(text), glosses(text), garbage(text)):  # a wider view before a narrower one
        edits = merge(edits, found)
    readable = apply(text, edits, extract.marks)
    edits = merge(edits, missing_figures(readable))
    edits = merge(furniture(readable), edits)
    if correct:
        edits = merge(correct(apply(text, edits), text), edits)
    return apply(text, edits, extract.marks)
