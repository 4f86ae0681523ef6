"""Cut Chinese text into sentences and clauses, as spans that lose no character of content."""

from __future__ import annotations

import re
from typing import NamedTuple


class Span(NamedTuple):
    """A stretch of a text, [start, end)."""

    start: int
    end: int


# A sentence ends at 。！？ (and the closing quotes or brackets after it), at … and at a line end.
# Half-width ? and ! end one too; a half-width full stop only when it is not inside a number or name.
_SENTENCE_END = re.compile(r"[。！？!?…]+[”’」』）)》\"']*|(?<=[㐀-鿿”’)）])\.(?![0-9A-Za-z.])|\n+")
_CLAUSE_END = re.compile(r"[；;]+[”’」』）)》\"']*")
_OPEN = "“‘「『（(《"
_CLOSE = "”’」』）)》"


def sentences(text: str, start: int = 0, end: int | None = None) -> list[Span]:
    """Return the sentences of `text` between `start` and `end`, blanks trimmed off each."""
    return _cut(text, start, len(text) if end is None else end, _SENTENCE_END)


def clauses(text: str, start: int = 0, end: int | None = None) -> list[Span]:
    """Return the clauses, up to ；, of `text` between `start` and `end`.

    A semicolon inside quotation marks or brackets ends no clause.
    """
    return [
        clause
        for sentence in sentences(text, start, end)
        for clause in _cut(text, sentence.start, sentence.end, _CLAUSE_END, outside_brackets=True)
    ]


def _cut(
    text: str, start: int, end: int, ends: re.Pattern[str], *, outside_brackets: bool = False
) -> list[Span]:
    spans = []
    begin = start
    for match in ends.finditer(text, start, end):
        if outside_brackets and _depth(text[begin : match.start()]) > 0:
            continue
        spans.append(_trim(text, begin, match.end()))
        begin = match.end()
    spans.append(_trim(text, begin, end))
    return [span for span in spans if span.start < span.end]


def _depth(text: str) -> int:
    return sum((c in _OPEN) - (c in _CLOSE) for c in text)


def _trim(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)


def paragraph_around(text: str, start: int, end: int) -> Span:
    """Return the line or lines of `text` that hold [start, end), without the line break."""
    stop = text.find("\n", end)
    return Span(text.rfind("\n", 0, start) + 1, stop if stop >= 0 else len(text))


# of a folded question
_SENTENCE = re.compile(r"([^。;!?\n]*)([。;!?\n])")


def asking(question: str) -> str:
    """Return the sentences of a folded question that ask; all of it where none does or none tells."""
    sentences = [(said, end) for said, end in _SENTENCE.findall(question + "。") if said.strip()]
    asked = [said for said, end in sentences if end == "?"]
    return "?".join(asked) if 0 < len(asked) < len(sentences) else question
