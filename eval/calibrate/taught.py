"""Questions written to teach: a question, the words of a document that answer it, or what is not told.

A file a collection in `eval/taught/`, three columns between tabs: the question; the words that answer it,
several apart by ` | `, or `-`; the shortest answer in them (none: all of it), or why nothing answers.
"""

from __future__ import annotations

import re
from pathlib import Path

from .cases import Case, plain

TAUGHT = Path(__file__).parent.parent / "taught"
APART = " | "
_SEGMENT = re.compile(r"[,，;；:：。\n]")
_NOTHING = "-"


def taught(name: str) -> list[Case]:
    """Return the cases of the collection `name`."""
    lines = (TAUGHT / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    return [_case(*line.split("\t")) for line in lines]


def _case(question: str, quotes: str, answer: str) -> Case:
    if quotes == _NOTHING:
        return Case(question, False, f"taught, {answer}")
    told = tuple(quotes.split(APART))
    # a long quote may stand in several clauses: any of them that says its longest part will do
    answers = answer.split(APART) if answer else [max(_SEGMENT.split(one), key=len) for one in told]
    return Case(question, True, "taught", tuple(answers), evidence=tuple(map(plain, told)))
