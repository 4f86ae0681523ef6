"""Which of several items of one text has most: items told sentence after sentence, each with its number."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from ....types import Answer, Hit, Plan
from ....zh.fold import fold
from ....zh.sentences import paragraph_around, sentences
from ...choose.figures import Figure
from ...choose.score import Scored
from ...evidence.candidates import READ, Candidate, candidates, sibling
from ...evidence.window import quantities_in
from ...sources import Sources
from .parallel import Row
from .tables import ranked

# 哪一类包含的X最多, 排在第二多的是哪一类; 最多 of 最多摆几处 picks nothing
_PLACE = r"(?:最[多少]|第[二三四五六](?:[多少名位]|(?=的))|排(?:名|在)?第[一二三四五六][多少名位]?)"
_WHICH = r"哪一?[类个种项批级档组]"
_ASKED = re.compile(rf"{_WHICH}[^,?]{{0,14}}{_PLACE}|{_PLACE}的?(?:[^,?]{{0,6}}[是为])?{_WHICH}")
# 战略重点类产业集群: opens the sentence of an item
_NAME = re.compile(r"^\s*(?:[(（]?[一二三四五六七八九十\d]{1,2}[)）.、．])?\s*([^,:。;\d]{3,20}):")
_ALIKE = 2  # characters that end the name of each item, where items are of one sort
_FEWEST = 3


def contest(plan: Plan, hits: Sequence[Hit], sources: Sources) -> Answer | None:
    """Return which item has most of what is asked, with the number of each; else None."""
    asked = fold(plan.resolved)
    if len(plan.regions) > 1 or not _ASKED.search(asked):
        return None
    for one in candidates(hits[:READ], sources):
        if _NAME.match(one.folded) and len(rows := list(_items(one, asked))) >= _FEWEST:
            return ranked(plan, rows)
    return None


def _items(one: Candidate, asked: str) -> Iterable[Row]:
    """Yield a row for each sentence of the paragraph that is told of an item like this one."""
    name = _NAME.match(one.folded)
    text = one.document.text
    for span in sentences(text, *paragraph_around(text, one.start, one.end)):
        item = sibling(one, span)
        other = _NAME.match(item.folded)
        if name and other and other[1][-_ALIKE:] == name[1][-_ALIKE:] and (figure := _number(item, asked)):
            label = text[span.start + other.start(1) : span.start + other.end(1)]
            yield Row(label, Scored(item, 1.0, 1.0, (figure,)))


def _number(item: Candidate, asked: str) -> Figure | None:
    """Return how many of what the question counts the sentence of an item says it has."""
    for quantity in quantities_in(item.folded):
        after = item.folded[quantity.end : quantity.end + 8]
        noun = re.match(r"[㐀-鿿]{2,}", after)
        if quantity.dimension == "count" and noun and _shared(noun.group(), asked):
            start, end = item.start + quantity.start, item.start + quantity.end
            return Figure(start, end, item.document.text[start:end], quantity, 1.0)
    return None


def _shared(noun: str, asked: str) -> bool:
    return any(noun[at : at + 2] in asked for at in range(len(noun) - 1))
