"""The lines of a document as the search for headings sees them, and which of them are items of lists."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ..types import Mark
from ..zh.fold import fold
from ..zh.numbering import LEVELS, Numbering, parse

_LINE = re.compile(r"[^\n]+")
SENTENCE_INSIDE = re.compile(r"[。；;！!？?]")
# The standard sections of plans and programmes: a number and one of these, with the text run on behind it.
STANDARD = re.compile(
    r"(?:指导思想|总体要求|总体思路|总体目标|基本原则|工作原则|发展目标|工作目标|主要目标|主要任务|重点任务|工作任务"
    r"|保障措施|组织领导|组织保障|实施步骤|工作要求|适用范围|编制依据|发展基础|发展现状|存在问题|工作机制|政策措施)"
    r"(?=[\u4e00-\u9fff\d])(?![的和与及是为上中下方等])"
)
_ANNEXES = re.compile(r"附件?\s*[:：]")  # what is attached is listed behind it


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not blank, with what its number, the format and a table say of it."""

    start: int
    end: int
    text: str
    number: Numbering | None
    mark_level: int  # 0 where the format marks no heading
    in_table: bool
    bold_to: int  # where the bold type ends that begins the line; its start where none does


def read_lines(text: str, marks: Sequence[Mark]) -> list[Line]:
    """Return the lines of `text`, blanks at their ends left out."""
    levels = {
        mark.start: int(mark.value) if mark.value.isdigit() else 1 for mark in marks if mark.kind == "heading"
    }
    starts = sorted(levels)
    tables = sorted((mark.start, mark.end) for mark in marks if mark.kind == "table")
    bold = {mark.start: mark.end for mark in marks if mark.kind == "bold"}
    lines = []
    for match in _LINE.finditer(text):
        line = match.group()
        start = match.start() + len(line) - len(line.lstrip())
        end = match.start() + len(line.rstrip())
        if start >= end:
            continue
        nearest = bisect_right(starts, start) - 1
        level = levels[starts[nearest]] if nearest >= 0 and starts[nearest] >= match.start() else 0
        in_table = any(first <= start < last for first, last in tables)
        number = parse(text[start:end])
        lines.append(Line(start, end, text[start:end], number, level, in_table, bold.get(start, start)))
    return lines


def siblings(lines: Sequence[Line]) -> Iterator[list[int]]:
    """Yield the groups of lines numbered on in one way, with no number of an outer level between."""
    groups: dict[str, list[int]] = {}
    for index, line in enumerate(lines):
        number = line.number
        if number is None:
            continue
        for kind in [kind for kind in groups if LEVELS[kind] > number.level]:
            yield groups.pop(kind)
        group = groups.get(number.kind)
        if group and not _continues(lines[group[-1]].number, number):
            yield groups.pop(number.kind)
        groups.setdefault(number.kind, []).append(index)
    yield from groups.values()


def list_items(lines: Sequence[Line]) -> set[int]:
    """Return the lines that are items of a list: siblings ending in ；or with nothing under them."""
    return {index for group in siblings(lines) for index in _items_of(lines, group)}


def annex_names(lines: Sequence[Line]) -> set[int]:
    """Return the lines that name what is attached: 附件：1.… and the numbers that follow."""
    names: set[int] = set()
    listing = False
    for index, line in enumerate(lines):
        listing = bool(_ANNEXES.match(line.text)) or (listing and line.number is not None)
        if listing and line.number:
            names.add(index)
    return names


def _continues(before: Numbering | None, number: Numbering) -> bool:
    return before is not None and before.kind == number.kind and number.value > before.value


def _items_of(lines: Sequence[Line], group: Sequence[int]) -> list[int]:
    if not group:
        return []
    kind = lines[group[0]].number
    if kind is None or kind.level <= LEVELS["article"]:
        return []
    if any(re.search(r"[；;]$", lines[index].text) for index in group):
        return list(group)
    consecutive = [index for index in group if index + 1 in group]
    bare = [index for index in consecutive if not _has_body(lines[index])]
    return list(group) if bare else []


def _has_body(line: Line) -> bool:
    # more than a heading on the same line
    if line.number and STANDARD.match(fold(line.text[line.number.end :])):
        return True
    sentence = SENTENCE_INSIDE.search(line.text)
    return sentence is not None and sentence.end() < len(line.text)
