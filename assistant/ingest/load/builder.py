"""Collect the lines, tables, pages and hidden text of a document into one Extract."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from ...types import CELL_SEPARATOR, Extract, Mark

# characters that no text file may carry: control characters and lone halves of surrogate pairs
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_BLANKS = re.compile(r"[ \t\r\n\f\v\xa0\u3000\u200b]+")
# what programs write as the title of a document that nobody gave one
_NO_TITLE = re.compile(
    r"(?:microsoft \w+ - .*|(?:powerpoint )?(?:presentation|演示文稿|簡報)\d*"
    r"|(?:word )?(?:document|文档|文件)\s*\d*|untitled|无标题|未命名|(?:幻灯片|slide|工作簿)\s*\d*"
    r"|.*\.(?:docx?|wps|xlsx?|et|pptx?|pdf|ofd|cdr|indd))",
    re.IGNORECASE,
)
_HIDDEN_SHOWN = 40  # characters of hidden text quoted in the notice


def squeeze(text: str) -> str:
    """Return `text` as one line: runs of blanks as one space, none at the ends."""
    return _BLANKS.sub(" ", text).strip()


class TextBuilder:
    """Build the text of a document line by line, with the marks that its format knows."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._length = 0
        self._hidden: list[str] = []
        self.marks: list[Mark] = []

    @property
    def length(self) -> int:
        """Return the offset at which the next line begins."""
        return self._length

    def line(self, text: str, kind: str = "", value: str = "", bold: int = 0) -> None:
        """Append `text` (one line or several), marked as `kind` with `value`.

        The first `bold` characters, where the format sets them apart, are marked too. A text
        without any visible character appends nothing.
        """
        cleaned = _FORBIDDEN.sub("", text)
        stripped = cleaned.strip()
        if not stripped:
            return
        start = self._length
        self._lines.append(stripped)
        self._length += len(stripped) + 1
        if kind:
            self.mark(kind, start, start + len(stripped), value)
        bold -= len(cleaned) - len(cleaned.lstrip())
        if bold > 0:
            self.mark("bold", start, start + min(bold, len(stripped)))

    def mark(self, kind: str, start: int, end: int, value: str = "") -> None:
        """Mark the span [start, end) of the text."""
        self.marks.append(Mark(kind, start, end, value))

    def title(self) -> None:
        """Mark the first line as the title, unless the format has marked it as something."""
        if self._lines and not any(mark.start == 0 and mark.end for mark in self.marks):
            self.mark("title", 0, len(self._lines[0].split("\n")[0]))

    def page(self, number: str) -> None:
        """Mark that a page begins here."""
        self.mark("page", self._length, self._length, number)

    def table(
        self, rows: Sequence[Sequence[str]], header_rows: int = 1, pages: Mapping[int, str] | None = None
    ) -> None:
        """Append a table: one row a line, cells joined, every row and the whole marked.

        `pages` names the rows with which a page begins.
        """
        start = self._length
        several = sum(any(cell.strip() for cell in row) for row in rows) > header_rows
        for number, row in enumerate(rows):
            if pages and number in pages:
                self.page(pages[number])
            text = CELL_SEPARATOR.join(squeeze(cell) for cell in row).rstrip(" |")
            self.line(text, "row", "header" if number < header_rows and several else "")
        if self._length > start:
            self.mark("table", start, self._length - 1)

    def hide(self, text: str) -> None:
        """Leave out `text`, which no reader of the document sees, and remember that it was there."""
        if squeezed := squeeze(text):
            self._hidden.append(squeezed)

    def extract(
        self, properties: Mapping[str, str] | None = None, encoding: str = "", notices: Sequence[str] = ()
    ) -> Extract:
        """Return what was collected."""
        text = "\n".join(self._lines)
        return Extract(
            text=text,
            marks=tuple(
                # a last page without any text begins where the text ends, not at a line that never came
                replace(mark, start=len(text), end=len(text)) if mark.start > len(text) else mark
                for mark in sorted(self.marks, key=lambda mark: (mark.start, mark.kind != "page", -mark.end))
            ),
            properties={
                key: value
                for key, value in (properties or {}).items()
                if value and not (key == "title" and _NO_TITLE.fullmatch(value))
            },
            encoding=encoding,
            notices=(*notices, *self._hidden_notice()),
        )

    def _hidden_notice(self) -> tuple[str, ...]:
        if not self._hidden:
            return ()
        shown = " ".join(self._hidden)
        quoted = shown[:_HIDDEN_SHOWN] + ("…" if len(shown) > _HIDDEN_SHOWN else "")
        return (f"有 {len(shown)} 字的隐藏文字没有收入:「{quoted}」。",)
