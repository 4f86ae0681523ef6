"""Plain text and Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile

from ...types import CELL_SEPARATOR, Extract, Mark
from .base import Limits, Loaded
from .builder import TextBuilder, squeeze
from .encoding import decode

_HEADING = re.compile(r" {0,3}(#{1,6})\s+(.*?)\s*#*$")
_QUOTED = re.compile(r"^(?: {0,3}> ?)+")
_FENCE = re.compile(r" {0,3}(```|~~~)")
_ROW = re.compile(r"\s*\|.*\|\s*$")
_RULE = re.compile(r"\s*\|?(?:\s*:?-{2,}:?\s*\|)+\s*(?::?-{2,}:?)?\s*$")
# Links and pictures to their words, **bold** and *italic* to the words between. Lengths are limited
# where an end is looked for: a file of beginnings without ends must not take time by its square.
_INLINE = (
    (re.compile(r"!?\[([^\]\[\n]{0,500})\]\([^)\n]{0,2000}\)"), r"\1"),
    (re.compile(r"(\*\*|__)(?=\S)([^\n]{1,500}?)(?<=\S)\1"), r"\2"),
    (re.compile(r"(?<![\w*])\*(?=\S)([^*\n]{1,500}?)(?<=\S)\*(?![\w*])"), r"\1"),
    (re.compile(r"\\([\\`*_{}\[\]()#+.!|-])"), r"\1"),
)
_BLANKS = re.compile(r"[ \u3000]{2,}")
_LONGEST_CELL, _SENTENCE = 30, re.compile(r"[。；！？]")
_CAPTION = re.compile(r"\s*(?:附?[表图]|专栏)\s*[\d一二三四五六七八九十]")
_FIGURE = re.compile(r"[-+—约]?\d")
_FEWEST = 2  # columns of a table in plain text, and rows below its header
_LONGEST_LINE = 20_000  # characters; a longer line is no Markdown that anybody wrote


def load_text(data: bytes, _limits: Limits) -> Iterator[Loaded]:
    """Yield the text as it stands, its line ends as `\\n`; tables parted by tabs or blanks, as marks."""
    decoded = decode(data)
    text, marks = _with_tables(decoded.text)
    yield Loaded("", Extract(text, marks, encoding=decoded.encoding, notices=decoded.notices))


def _with_tables(text: str) -> tuple[str, tuple[Mark, ...]]:
    """Return `text` with the cells of its tables joined as those of other formats, and the marks of these.

    A table is a run of lines of as many cells; one cell more or less is what a merged one leaves.
    """
    lines = text.split("\n")
    rows = [_cells(line) for line in lines]
    marks: list[Mark] = []
    start = at = 0
    while at < len(lines):
        size = _table_size(rows, at, by_tabs="\t" in lines[at])
        first = start
        for number in range(at, at + (size or 1)):
            if size:
                lines[number] = CELL_SEPARATOR.join(rows[number]).rstrip(" |")
                end = start + len(lines[number])
                marks.append(Mark("row", start, end, "header" if number == at else ""))
            start += len(lines[number]) + 1
        if size:
            marks.append(Mark("table", first, start - 1))
        at += size or 1
    return "\n".join(lines), tuple(sorted(marks, key=lambda mark: (mark.start, -mark.end)))


def _cells(line: str) -> list[str]:
    """Return the cells of a line, parted by tabs or by runs of blanks as in 轨道交通里程    41    63."""
    if "\t" in line:
        return [squeeze(cell) for cell in line.strip(" ").split("\t")]
    cells = _BLANKS.split(line.strip())
    short = not _CAPTION.match(line) and all(
        cell and len(cell) <= _LONGEST_CELL and not _SENTENCE.search(cell) for cell in cells
    )
    return [squeeze(cell) for cell in cells] if short else [line]


def _table_size(rows: Sequence[Sequence[str]], at: int, *, by_tabs: bool) -> int:
    """Return how many rows the table has that begins at `at`, 0 where none does."""
    columns = len(rows[at])
    if columns < _FEWEST or not all(rows[at]):
        return 0
    table = list(takewhile(lambda row: len(row) > 1 and abs(len(row) - columns) <= 1, rows[at:]))
    # names and headings may stand in columns of blanks too: a table has figures
    figures = sum(any(_FIGURE.match(cell) for cell in row[1:]) for row in table)
    return len(table) if len(table) > _FEWEST and (by_tabs or 2 * figures >= len(table)) else 0


def load_markdown(data: bytes, _limits: Limits) -> Iterator[Loaded]:
    """Yield the words of a Markdown file, its headings and tables as marks."""
    decoded = decode(data)
    builder = TextBuilder()
    text = _without_comments(decoded.text, builder)
    rows: list[list[str]] = []
    fenced = False
    for line in text.split("\n"):
        if len(line) > _LONGEST_LINE:
            builder.line(line)
            continue
        line = line if fenced else _QUOTED.sub("", line)
        fenced ^= bool(_FENCE.match(line))
        if _ROW.match(line) and not fenced:
            if not _RULE.match(line):
                rows.append([_inline(cell) for cell in re.split(r"(?<!\\)\|", line.strip().strip("|"))])
            continue
        builder.table(rows)
        rows = []
        _line(builder, line, fenced)
    builder.table(rows)
    yield Loaded("", builder.extract(encoding=decoded.encoding, notices=decoded.notices))


def _without_comments(text: str, builder: TextBuilder) -> str:
    """Return `text` without `<!-- comments -->`, which no reader sees."""
    kept = []
    position = 0
    while (start := text.find("<!--", position)) >= 0 and (end := text.find("-->", start)) >= 0:
        kept.append(text[position:start])
        builder.hide(text[start + 4 : end])
        position = end + 3
    return "".join(kept) + text[position:]


def _line(builder: TextBuilder, line: str, fenced: bool) -> None:
    heading = None if fenced else _HEADING.match(line)
    if heading:
        builder.line(_inline(heading.group(2)), "heading", str(len(heading.group(1))))
    elif not _FENCE.match(line):
        builder.line(line if fenced else _inline(line))


def _inline(text: str) -> str:
    for pattern, words in _INLINE:
        text = pattern.sub(words, text)
    return text
