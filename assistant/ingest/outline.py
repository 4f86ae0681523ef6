"""Find the headings of a Chinese official document and nest what stands under them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ..types import Mark, Section
from ..zh.fold import fold
from ..zh.numbering import LEVELS, Numbering, parse
from ..zh.places import find

# A heading as official documents write them; nine in ten stay under 30 characters.
LONGEST_HEADING = 50
LONGEST_UNNUMBERED = 40

_LINE = re.compile(r"[^\n]+")
_SENTENCE_INSIDE = re.compile(r"[。；;！!？?]")
_ENDS_LIKE_ITEM = re.compile(r"[；;，,、：:]$")
_ARTICLE_NAME = re.compile(r"[【(（](?P<name>[^】)）]{2,20})[】)）]")
# a numbered heading inside a paragraph: …促进发展。1.战略性新兴产业集群。根据…
_INSIDE = re.compile(r"(?<=[。：:])(?=\d{1,2}[.．、](?!\d)[^。；\n]{2,30}。(?=[^\n]))")
_NO_HEADING = re.compile(
    r"^(?:图|表|附图|注|附|来源|作者|供稿|编辑|记者|摘自|单位|时间|地点|日期|联系人?|电话|抄送|主题词)\s*[:为\d]"
    r"|^\d{4}年(?:\d{1,2}月(?:\d{1,2}日)?)?$|^[\d\W]+$|\d{4}[-/年]\d{1,2}[-/月]\d{1,2}"
)
_REGION_HEADING = re.compile(r"\s*[:：]|\s*$")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading found in the text: its span, where its body begins, its depth among the others."""

    start: int
    body_start: int
    title: str
    rank: float
    label: str = ""


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    text: str
    number: Numbering | None
    mark_level: int  # 0 where the format marks no heading
    in_table: bool


def outline(text: str, marks: Sequence[Mark] = ()) -> tuple[Section, ...]:
    """Return the sections of `text` in reading order, the root first.

    A section ends where the next of its own or an outer level begins, so it covers its parts.
    """
    lines = _lines(text, marks)
    headings = sorted(
        [*_numbered(text, lines), *_marked(lines), *_unnumbered(lines)], key=lambda heading: heading.start
    )
    return _nest(text, headings)


def _lines(text: str, marks: Sequence[Mark]) -> list[_Line]:
    levels = {
        mark.start: int(mark.value) if mark.value.isdigit() else 1 for mark in marks if mark.kind == "heading"
    }
    starts = sorted(levels)
    tables = sorted((mark.start, mark.end) for mark in marks if mark.kind == "table")
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
        lines.append(_Line(start, end, text[start:end], parse(text[start:end]), level, in_table))
    return lines


def _numbered(text: str, lines: Sequence[_Line]) -> list[Heading]:
    found: list[Heading] = []
    listed = _list_items(lines)
    for index, line in enumerate(lines):
        number = line.number
        if line.in_table:
            continue
        if number is None or index in listed:
            found += _inside(text, line)
            continue
        if number.kind == "article":
            found.append(_article(line, number))
            continue
        heading = _heading_line(line, number)
        if heading:
            found.append(heading)
        found += _inside(text, line)
    return _without_contents(found)


def _list_items(lines: Sequence[_Line]) -> set[int]:
    """Return the numbered lines that are items of a list: siblings ending in ；or with nothing under them."""
    items: set[int] = set()
    group: list[int] = []
    for index, line in [*enumerate(lines), (len(lines), None)]:
        number = line.number if line else None
        if line and number and group and _continues(lines[group[-1]].number, number):
            group.append(index)
            continue
        if line and number is None:
            continue
        items.update(_items_of(lines, group))
        group = [index] if number else []
    return items


def _continues(before: Numbering | None, number: Numbering) -> bool:
    return before is not None and before.kind == number.kind and number.value > before.value


def _items_of(lines: Sequence[_Line], group: Sequence[int]) -> list[int]:
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


def _has_body(line: _Line) -> bool:
    # more than a heading on the same line
    sentence = _SENTENCE_INSIDE.search(line.text)
    return sentence is not None and sentence.end() < len(line.text)


def _heading_line(line: _Line, number: Numbering) -> Heading | None:
    rest = line.text[number.end :]
    stop = _SENTENCE_INSIDE.search(rest)
    title = rest[: stop.start()] if stop else rest
    if not title or len(title) > LONGEST_HEADING or (stop and stop.group() not in "。"):
        return None
    if stop is None and _ENDS_LIKE_ITEM.search(title):
        return None
    body = line.start + number.end + (stop.end() if stop else len(rest))
    return Heading(line.start, body, _title(number.label, title), number.level, number.label)


def _title(label: str, title: str) -> str:
    blank = " " if label[-1:] not in "、.．)）" else ""
    return f"{label}{blank}{title.strip()}"


def _article(line: _Line, number: Numbering) -> Heading:
    name = _ARTICLE_NAME.match(line.text, number.end)
    title = _title(number.label, name["name"]) if name else number.label
    body = line.start + (name.end() if name else number.end)
    return Heading(line.start, body, title, number.level, number.label)


def _inside(text: str, line: _Line) -> list[Heading]:
    found = []
    for match in _INSIDE.finditer(text, line.start, line.end):
        number = parse(text[match.start() : line.end])
        if number:
            stop = text.index("。", match.start())
            title = _title(number.label, text[match.start() + number.end : stop])
            found.append(Heading(match.start(), stop + 1, title, number.level, number.label))
    return found


def _without_contents(headings: list[Heading]) -> list[Heading]:
    # a table of contents says every chapter twice; the later one heads the text
    last = {heading.title: heading.start for heading in headings}
    outer = LEVELS["article"]
    return [heading for heading in headings if heading.rank >= outer or last[heading.title] == heading.start]


def _marked(lines: Sequence[_Line]) -> list[Heading]:
    """Return the unnumbered headings that the file format marks, save the first: the title."""
    ranks: dict[int, float] = {}
    for line in lines:
        if line.mark_level and line.number:
            ranks.setdefault(line.mark_level, line.number.level)
    found = [line for line in lines if line.mark_level and line.number is None and not line.in_table]
    if found and found[0] is next((line for line in lines if line.mark_level), None):
        found = found[1:]
    return [
        Heading(line.start, line.end, line.text, _mark_rank(line.mark_level, ranks))
        for line in found
        if len(line.text) <= LONGEST_HEADING and not _SENTENCE_INSIDE.search(line.text)
    ]


def _mark_rank(level: int, ranks: dict[int, float]) -> float:
    if level in ranks:
        return ranks[level]
    outer = [known for known in ranks if known < level]
    return ranks[max(outer)] + 0.5 if outer else level / 10


def _unnumbered(lines: Sequence[_Line]) -> list[Heading]:
    """Return the short lines that head the paragraphs after them."""
    if any(line.mark_level for line in lines):
        return []  # the format says what is a heading
    has_numbers = any(line.number and line.number.level <= LEVELS["second"] for line in lines)
    found = []
    for before, line, after in zip(lines, lines[1:], lines[2:], strict=False):
        if line.number or line.in_table or not _heads(before, line, after):
            continue
        rank = LEVELS["fifth"] + 0.5 if has_numbers else 0.5
        found.append(Heading(line.start, line.end, line.text, rank))
    return found


def _heads(before: _Line, line: _Line, after: _Line) -> bool:
    folded = fold(line.text)
    if (
        len(folded) > LONGEST_UNNUMBERED
        or _NO_HEADING.search(folded)
        or re.search(r"[。；;，,：:、！？…)）]$", folded)
    ):
        return False
    if _SENTENCE_INSIDE.search(folded) or folded.count(",") > 1:
        return False
    return _is_prose(after) and _is_prose(before) and after.number is None


def _is_prose(line: _Line) -> bool:
    return "。" in line.text and len(line.text) > LONGEST_UNNUMBERED


def _nest(text: str, headings: Sequence[Heading]) -> tuple[Section, ...]:
    sections = [Section((), 0, 0, len(text))]
    ranks = [-1.0]
    open_ = [0]  # indices of the sections that hold the current place, outermost first
    for heading in headings:
        while len(open_) > 1 and ranks[open_[-1]] >= heading.rank:
            sections[open_[-1]] = replace(sections[open_[-1]], end=heading.start)
            open_.pop()
        parent = open_[-1]
        sections.append(
            Section(
                path=(*sections[parent].path, heading.title),
                start=heading.start,
                body_start=heading.body_start,
                end=len(text),
                level=len(open_),
                label=heading.label,
                region=_region(heading.title.removeprefix(heading.label)) or sections[parent].region,
                parent=parent,
            )
        )
        ranks.append(heading.rank)
        open_.append(len(sections) - 1)
    return tuple(sections)


def _region(title: str) -> str:
    """Return the region that a roundup's heading names, as in 天津:发挥优势."""
    bare = title.strip()
    places = find(bare[:LONGEST_HEADING])
    if places and places[0].start == 0 and _REGION_HEADING.match(bare, places[0].end):
        return places[0].region
    return ""
