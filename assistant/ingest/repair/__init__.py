"""Make a damaged text readable, record every change, and never guess."""

from __future__ import annotations

from ...types import Extract
from .edits import Edit, Repaired, apply, merge
from .furniture import furniture
from .gloss import glosses

__all__ = ["Edit", "Repaired", "repair"]


def repair(extract: Extract) -> Repaired:
    """Return the readable text of `extract` with its alignment, repairs and marks."""
    text = extract.text
    characters = list(glosses(text))
    lines = furniture(apply(text, characters))
    return apply(text, merge(lines, characters), extract.marks)
