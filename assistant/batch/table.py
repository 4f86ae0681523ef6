"""Answers as rows of a table, beside the columns that came in."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from ..plain import visible
from .questions import Questions, Row

Answer = Mapping[str, Any]  # the contract's JSON object

# What starts a formula in a spreadsheet; a tab or carriage return before it does not stop it.
FORMULA = ("=", "+", "-", "@", "\t", "\r")

_OWN = ("answer", "status", "citations", "notes")
_CHINESE = {
    "answer": "回答",
    "status": "状态",
    "citations": "依据",
    "notes": "说明",
    "answered": "已回答",
    "partial": "部分回答",
    "refused": "无依据",
    "error": "出错",
}


class Table:
    """The columns that came in, then our own, named in the language of the questions' column."""

    def __init__(self, questions: Questions) -> None:
        chinese = any("一" <= character <= "鿿" for character in questions.column)
        self._words = _CHINESE if chinese else {}
        own = [self._word(name) for name in _OWN]
        self.kept = questions.columns
        self.header = [*(free_name(name, own) for name in self.kept), *own]
        self.status = len(self.kept) + _OWN.index("status")  # the place of that column, from 0

    def cells(self, row: Row, answer: Answer) -> list[Any]:
        """Return the cells of one row."""
        citations = "\n".join(map(_citation, answer["citations"]))
        notes = "\n".join(filter(None, (answer["error"], *answer["notices"])))
        kept = [row.record.get(name) for name in self.kept]
        text = answer["answer"].replace("**", "")  # a cell shows the signs of Markdown as they are
        return [*kept, text, self._word(answer["status"]), citations, notes]

    def _word(self, word: str) -> str:
        return self._words.get(word, word)


def free_name(name: str, taken: Collection[str]) -> str:
    """Return a name for a column that came in, where an answer's own column has that name already."""
    return f"{name} (input)" if name in taken else name


def _citation(citation: Mapping[str, Any]) -> str:
    place = " › ".join((citation["title"], *citation["section"]))
    return f"[{citation['n']}] {place}：「{visible(citation['quote'])}」"
