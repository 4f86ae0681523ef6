"""What a document lists: headings under a heading, 一是…二是… and headings that run in a paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ....types import Document, Section
from ....zh.fold import folded_text
from ....zh.numbering import parse, to_int
from ....zh.sentences import Span, clauses, paragraph_around, sentences
from ...evidence.candidates import behind_head
from ..sections import lines_of
from .structure import Item, Structure, heading_span

_LEAST = 2
_MARK = re.compile(
    r"(?<=[\n。；;:：,，])\s*(?:(?P<is>[一二三四五六七八九十]{1,3})(?:是要?|要)(?!否|个|年|线|点)|(?P<circled>[①-⑳])|"
    r"(?P<move>[一二三四五六七八九十])招|(?<!\n)[(（](?P<bracketed>[一二三四五六七八九十])[)）]|第(?P<nth>[一二三四五六七八九十])[,，、])"
)
_FIRST, _SECOND = re.compile(r"^一是.*[^\s。]", re.M), re.compile(r"二是")
# 战略重点类产业集群：…: a heading that runs in, and the colon behind it
_COLON = re.compile(r"^[^。；，,：:\n]{2,20}[：:]")
_SIDE = re.compile(r"(?:^|(?<=[\n。；]))[ \u3000]*(?P<side>从[㐀-鿿]{1,8}?(?:上|来|方面)?看[，,])")
_AFTER_COLON = re.compile(r"[：:](?P<items>[^。：:\n]*?；[^。：:\n]*；[^。：:\n]*)")
_UP_TO_COLON = re.compile(r"[^。；！？：:\n]{2,60}$")
_LONGEST_LEAD = 200
_LONGEST_HEAD = 60
_BARE = 20  # characters below a heading that only leads into the next one
_APPENDIX = re.compile(r"^(?:附件|附录|附:|名词解释|名词注释|注释)")


def structures(document: Document) -> Iterator[Structure]:
    """Yield every list of `document` of two items or more, headings first."""
    for index, section in enumerate(document.sections):
        items = [_headed(document, child) for child in children(document, index)]
        items = [*_unheaded_first(document, section, items), *items]
        if len(items) >= _LEAST:
            yield Structure(
                document,
                section,
                heading_span(document, section),
                items,
                "headings",
                _led_by(document, index),
            )
    yield from _series(document)
    yield from _sides(document)
    yield from _in_a_sentence(document)
    yield from _lines(document)
    yield from _run_in(document)


def _unheaded_first(document: Document, section: Section, items: Sequence[Item]) -> list[Item]:
    """Return the line 一是… right before the heading 二是…, where it stands as a line and is no heading."""
    if not items or not _SECOND.match(document.text, items[0].head.start):
        return []
    first = _FIRST.search(document.text, section.body_start, items[0].head.start)
    return [Item(Span(*first.span()), None)] if first else []


def children(document: Document, index: int) -> list[Section]:
    """Return the sections right under that of `index`, without what only leads into them."""
    below = [section for section in document.sections if section.parent == index]
    leads = _leading(document, below) if index else []
    return [
        section
        for section in below
        if section not in leads and not (index == 0 and _APPENDIX.match(folded_text(section.heading)))
    ]


def _leading(document: Document, below: Sequence[Section]) -> list[Section]:
    """Return the headings without number and text among numbered ones: 重点做好八方面工作."""
    if 2 * sum(bool(section.label) for section in below) <= len(below):
        return []
    bare = (section for section in below if not section.label)
    return [
        section for section in bare if len(document.text[section.body_start : section.end].strip()) < _BARE
    ]


def _led_by(document: Document, index: int) -> str:
    below = [section for section in document.sections if section.parent == index]
    return " ".join(section.heading for section in _leading(document, below)) if index else ""


def _headed(document: Document, section: Section) -> Item:
    head = heading_span(document, section) or Span(section.start, section.body_start)
    return Item(head, Span(section.body_start, section.end))


def _series(document: Document) -> Iterator[Structure]:
    """Yield the items marked 一是, ① or 第一 that count up from one within a section."""
    open_marks: dict[str, list[int]] = {}
    for mark in _MARK.finditer("\n" + document.text):
        kind = mark.lastgroup or ""
        number, start = _value(mark[kind]), mark.start(kind) - 1 - (kind in ("nth", "bracketed"))
        marks = open_marks.get(kind, [])
        if number == 1 or (marks and document.section_at(start) is not document.section_at(marks[0])):
            yield from _serial(document, open_marks.pop(kind, []))
            marks = []
        if number == len(marks) + 1:
            open_marks[kind] = [*marks, start]
    for marks in open_marks.values():
        yield from _serial(document, marks)


def _sides(document: Document) -> Iterator[Structure]:
    """Yield the sentences of a section that each look from another side: 从投入看，…。从机制看，…."""
    sides: dict[int, list[int]] = {}
    for side in _SIDE.finditer(document.text):
        section = document.section_at(side.start("side"))
        if side.start("side") >= section.body_start:
            sides.setdefault(section.start, []).append(side.start("side"))
    for starts in sides.values():
        yield from _serial(document, starts)


def _in_a_sentence(document: Document) -> Iterator[Structure]:
    """Yield the clauses between ； behind the colon of one sentence: 共同点有四个：都…；都…；都…；都…."""
    text, free = document.text, 0
    for listed in _AFTER_COLON.finditer(text):  # from the colon on: most sentences have none
        lead = _UP_TO_COLON.search(text, max(free, listed.start() - _LONGEST_HEAD), listed.start())
        if lead is None:
            continue
        free = listed.end()
        told = clauses(text, listed.start("items"), listed.end("items"))
        if len(told) > _LEAST and not _MARK.search(listed["items"]):
            section, span = document.section_at(lead.start()), Span(lead.start(), listed.start("items"))
            yield Structure(document, section, span, [Item(one, None) for one in told], "series")


def _lines(document: Document) -> Iterator[Structure]:
    """Yield the lines of a section that are numbered from one, where they are no sections themselves."""
    for section, after in zip(document.sections, [*document.sections[1:], None], strict=True):
        end = min(section.end, after.start) if after else section.end
        lines = lines_of(document, section.body_start, end)
        values = [_numbered(document, line) for line in lines]
        first = next((at for at, value in enumerate(values) if value == 1), len(lines))
        items: list[Item] = []
        for line, value in zip(lines[first:], values[first:], strict=True):
            if value == len(items) + 1:
                items.append(Item(line, None))
            elif value == 1:
                break  # another list begins
        if len(items) >= _LEAST:
            lead = lines[first - 1] if first else None
            yield Structure(document, section, lead, items, "series")


def _numbered(document: Document, line: Span) -> int:
    numbering = parse(document.text[line.start : line.end])
    return numbering.value if numbering else 0


def _value(numeral: str) -> int:
    return ord(numeral) - ord("①") + 1 if "①" <= numeral <= "⑳" else to_int(numeral)


def _serial(document: Document, marks: Sequence[int]) -> Iterator[Structure]:
    if len(marks) < _LEAST:
        return
    section = document.section_at(marks[0])
    if any(document.section_at(mark) is not section for mark in marks) or marks[0] < section.body_start:
        return
    text = document.text
    ends = [*marks[1:], paragraph_around(text, marks[-1], marks[-1]).end]
    items = [_cut(document, start, end) for start, end in zip(marks, ends, strict=True)]
    before = [span for span in sentences(text, section.body_start, marks[0]) if text[span.start : span.end]]
    lead = before[-1] if before and marks[0] - before[-1].end <= 1 else None
    if lead and lead.end - lead.start > _LONGEST_LEAD:
        lead = None
    yield Structure(document, section, lead, items, "series")


def _cut(document: Document, start: int, end: int) -> Item:
    """Return the item in [start, end), up to the first stop, with what a bare heading is followed by."""
    end = min(end, start + 4 * _LONGEST_HEAD)
    head = Span(start, clauses(document.text, start, end)[0].end)
    return Item(head, behind_head(document.text, head, end))


def _run_in(document: Document) -> Iterator[Structure]:
    """Yield sentences side by side in one paragraph that each open with a heading and a colon.

    Their headings end in one word, as 甲类产业集群：…。乙类产业集群：… do: what stands before a colon
    may be anything else.
    """
    for paragraph in re.finditer(r"[^\n]+", document.text):
        if sum(paragraph.group().count(sign) for sign in "：:") < _LEAST:
            continue
        told = sentences(document.text, paragraph.start(), paragraph.end())
        heads = [_COLON.match(document.text[span.start : span.end]) for span in told]
        first = next((at for at, head in enumerate(heads) if head), len(told))
        last = next((at for at in range(first, len(told)) if not heads[at]), len(told))
        names = [head.group()[:-1] for head in heads[first:last] if head]
        if len(names) < _LEAST or len({name[-2:] for name in names}) > 1:
            continue
        items = [
            Item(Span(span.start, span.start + len(name)), Span(span.start + len(name) + 1, span.end))
            for span, name in zip(told[first:last], names, strict=True)
        ]
        lead = told[first - 1] if first else None
        yield Structure(document, document.section_at(items[0].head.start), lead, items, "run-in")


def last_part(document: Document) -> Section | None:
    """Return the last section right under the whole document that is no appendix."""
    return next(iter(reversed(children(document, 0))), None)


def part(document: Document, number: int) -> Section | None:
    """Return the section right under the whole document that is numbered so, or is the so-manieth."""
    parts = children(document, 0)
    numbered = [(parse(section.heading), section) for section in parts]
    named = next((section for number_, section in numbered if number_ and number_.value == number), None)
    return named or (parts[number - 1] if 0 < number <= len(parts) else None)
