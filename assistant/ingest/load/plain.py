"""Plain text and Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...types import Extract
from .base import Limits, Loaded
from .builder import TextBuilder
from .encoding import decode

_HEADING = re.compile(r" {0,3}(#{1,6})\s+(.*?)\s*#*$")
_FENCE = re.compile(r" {0,3}(```|~~~)")
_ROW = re.compile(r"\s*\|.*\|\s*$")
_RULE = re.compile(r"\s*\|?(?:\s*:?-{2,}:?\s*\|)+\s*(?::?-{2,}:?)?\s*$")
_COMMENT = re.compile(r"<!--(.*?)-->", re.DOTALL)
# links and pictures to their words, **bold** and *italic* to the words between
_INLINE = (
    (re.compile(r"!?\[([^\]\n]*)\]\([^)\n]*\)"), r"\1"),
    (re.compile(r"(\*\*|__)(?=\S)([^\n]+?)(?<=\S)\1"), r"\2"),
    (re.compile(r"(?<![\w*])\*(?=\S)([^*\n]+?)(?<=\S)\*(?![\w*])"), r"\1"),
    (re.compile(r"\\([\\`*_{}\[\]()#+.!|-])"), r"\1"),
)
_LONGEST_LINE = 10_000  # characters; looking for pairs of marks takes time by the square of a line


def load_text(data: bytes, _limits: Limits) -> Iterator[Loaded]:
    """Yield the text as it stands, its line ends as `\\n`."""
    decoded = decode(data)
    yield Loaded("", Extract(decoded.text, encoding=decoded.encoding, notices=decoded.notices))


def load_markdown(data: bytes, _limits: Limits) -> Iterator[Loaded]:
    """Yield the words of a Markdown file, its headings and tables as marks."""
    decoded = decode(data)
    builder = TextBuilder()
    for comment in _COMMENT.findall(decoded.text):
        builder.hide(comment)
    text = _COMMENT.sub("", decoded.text)
    rows: list[list[str]] = []
    fenced = False
    for line in text.split("\n"):
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


def _line(builder: TextBuilder, line: str, fenced: bool) -> None:
    heading = None if fenced else _HEADING.match(line)
    if heading:
        builder.line(_inline(heading.group(2)), "heading", str(len(heading.group(1))))
    elif not _FENCE.match(line):
        builder.line(line if fenced else _inline(line))


def _inline(text: str) -> str:
    if len(text) > _LONGEST_LINE:
        return text
    for pattern, words in _INLINE:
        text = pattern.sub(words, text)
    return text
