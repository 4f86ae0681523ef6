"""Replace stretches of an original text and keep the map between both texts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ...types import Alignment, Mark, Repair


@dataclass(frozen=True, slots=True)
class Edit:
    """One replacement in the original text, [start, end) -> after."""

    start: int
    end: int
    after: str
    kind: str
    reason: str


@dataclass(frozen=True, slots=True)
class Repaired:
    """The readable text with its map to the original, its repairs, and the marks in its offsets."""

    text: str
    alignment: Alignment
    repairs: tuple[Repair, ...]
    marks: tuple[Mark, ...]


def merge(wide: Iterable[Edit], narrow: Iterable[Edit]) -> list[Edit]:
    """Return both sets of edits in order, without those of `narrow` that touch one of `wide`."""
    kept = sorted(wide, key=lambda edit: edit.start)
    result: list[Edit] = []
    position = 0
    for edit in sorted(narrow, key=lambda edit: (edit.start, edit.end)):
        while position < len(kept) and kept[position].end <= edit.start:
            position += 1
        if position == len(kept) or edit.end <= kept[position].start:
            result.append(edit)
    return sorted(kept + result, key=lambda edit: (edit.start, edit.end))


def apply(original: str, edits: Sequence[Edit], marks: Sequence[Mark] = ()) -> Repaired:
    """Return `original` with the edits made, which are in order and do not overlap."""
    pieces: list[str] = []
    boundaries = [(0, 0)]
    repairs: list[Repair] = []
    length = position = 0
    for edit in edits:
        pieces.append(original[position : edit.start])
        length += edit.start - position
        _bound(boundaries, length, edit.start)
        before = original[edit.start : edit.end]
        end = length + len(edit.after)
        repairs.append(Repair(length, end, edit.start, edit.end, before, edit.after, edit.kind, edit.reason))
        pieces.append(edit.after)
        length, position = end, edit.end
        _bound(boundaries, length, position)
    pieces.append(original[position:])
    _bound(boundaries, length + len(original) - position, len(original))
    if len(boundaries) == 1:
        boundaries.append((0, 0))
    alignment = Alignment(tuple(boundaries))
    return Repaired("".join(pieces), alignment, tuple(repairs), tuple(_move(marks, alignment)))


def _bound(boundaries: list[tuple[int, int]], readable: int, original: int) -> None:
    if boundaries[-1] != (readable, original):
        boundaries.append((readable, original))


def _move(marks: Sequence[Mark], alignment: Alignment) -> Iterable[Mark]:
    for mark in marks:
        start, end = alignment.to_readable(mark.start, mark.end)
        if start < end or mark.start == mark.end:  # what lost all its text marks nothing
            yield Mark(mark.kind, start, end, mark.value)
