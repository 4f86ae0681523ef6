"""Which lists answer as a whole: told by the questions whose answer stands in several items of one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING

from assistant.answer.choose.score import scored
from assistant.answer.forms.headings.likely import LISTED, lists_near, said_whole
from assistant.answer.forms.headings.structure import Structure
from assistant.zh.fold import fold

from ..cases import Case, plain
from ..lists import retrieved
from .pairs import Pair

if TYPE_CHECKING:
    from assistant import Assistant

_NEAR, _WRONG = 24, 8  # lists looked at; of these that do not answer
_TELLING = 4  # characters of a quote that is found in one place alone
_MOST_TOLD = 0.6  # of the quotes, by a list that answers, and of its items, by the quotes
_HALF = 0.5  # of the characters of a list, by one quote
_OFTEN, _COUNTS = 5, 0.6  # few lists answer: how often these are learnt, and what the others count


def of_lists(assistant: Assistant, cases: Sequence[Case]) -> Iterator[Pair]:
    """Yield, of the `cases` that ask for a list, the lists near them that answer, and those that do not."""
    for case, plan, found in retrieved(assistant, cases):
        several = case.answerable and len(case.evidence) > 1
        if plan.kind not in LISTED and not several:
            continue
        near = [one.structure for one in islice(lists_near(scored(plan, found), found), _NEAR)]
        told = [(one, answers(case, one)) for one in near]
        right = min((one for one, label in told if label), key=_size, default=None)
        wrong = [said_whole(one) for one, label in told if label is False][:_WRONG]
        question = fold(plan.resolved)
        if right:  # of lists within one another the inner one
            yield from [Pair(question, (said_whole(right),), 1.0, 1.0)] * _OFTEN
        if wrong:
            yield Pair(question, tuple(wrong), 0.0, _COUNTS)


def answers(case: Case, structure: Structure) -> bool | None:
    """Tell whether a list as a whole answers a case; None where that cannot be told."""
    text = structure.document.text
    items = [plain(text[item.start : item.stop]) for item in structure.extents]
    whole = "".join(items)
    if not case.answerable:
        return None if any(quote in whole for quote in case.quotes) else False
    quotes = [quote for quote in case.evidence if len(quote) >= _TELLING]
    inside = [quote for quote in quotes if quote in whole]
    if not inside:
        return False if quotes else None
    met = sum(any(quote in item for quote in inside) for item in items)
    across = any(all(quote not in item for item in items) for quote in inside)
    if len(quotes) == 1:
        if across:
            return True if len(quotes[0]) >= _HALF * len(whole) else None
        return False if len(quotes[0]) < _HALF * len(whole) else None
    if len(inside) >= _MOST_TOLD * len(quotes) and met >= max(2, _MOST_TOLD * len(items)):
        return True
    return False if len(inside) == len(quotes) and met == 1 else None


def _size(structure: Structure) -> int:
    return structure.extents[-1].stop - structure.extents[0].start
