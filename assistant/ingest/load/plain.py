"""Plain text and Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...types import Extract
from .base import Limits, Loaded
from .builder import TextBuilder
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
_LONGEST_LINE = 20_000  # characters; a longer line is no Markdown that anybody wrote


def load_text(data: bytes, _limits: Limits) -> Iterator[Loaded]:
    """Yield the text as it stands, its line ends as `\\n`."""
    decoded = decode(data)
    yield Loaded("", Extract(decoded.text, encoding=decoded.encoding, notices=decoded.notices))


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
