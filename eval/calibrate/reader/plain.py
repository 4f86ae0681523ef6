"""Questions in the words of a text: its clauses asked for, its headings followed by 怎么做 or 有哪些要求.

Near topics teach the reader to distrust a statement that has the words of a question; these teach it that
such a statement answers all the same, and that another beside it does not.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator

from ..lists import Listed
from ..literal import asked_in
from .contrast import Asked

_HEAD = re.compile(r"(?:[(（]?[一二三四五六七八九十\d]{1,3}[)）、.是])?([㐀-鿿]{6,16})[,。;:]")
_ASKED = ("", "怎么做", "有哪些要求", "是什么")
_SHORT, _SHARE = 60, 0.06  # characters of a statement whose opening is asked for; share of those asked for
_OPENING = 6  # characters: a statement that has these of the question answers it perhaps
_OTHERS = 4


def plainly(one: Listed, chance: random.Random, seen: set[str]) -> Iterator[Asked]:
    """Yield questions about the statements of `one` that were not `seen`, each with one that answers not."""
    for clause, around in one.said:
        if clause in seen or not (question := _question(clause, chance)):
            continue
        seen.add(clause)
        yield Asked(question, (clause, around), True)
        others = [said for said in one.said if said[0] != clause and question[:_OPENING] not in said[0]]
        if others:
            yield Asked(question, chance.choice(others[:_OTHERS]), False)


def _question(clause: str, chance: random.Random) -> str | None:
    """Return a question that `clause` answers by its form; None for most."""
    if asked := next(asked_in(clause), None):
        return asked.question
    if len(clause) < _SHORT and chance.random() < _SHARE and (head := _HEAD.match(clause)):
        return head[1] + chance.choice(_ASKED)
    return None
