"""Groups of one matter told side by side: 4个未来产业,5至10年内…;4个未来产业,10至15年内….

A question names them by a figure of each (1.5倍以内和1.5倍至3倍), or only says how many there are (两批).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from math import inf

from ....types import Answer, Hit, Kind, Plan
from ....zh.fold import fold
from ....zh.quantities import Quantity
from ...choose.score import Scored
from ...draft import Draft
from ...evidence.candidates import RUN_IN, Candidate
from ...evidence.terms import Term, softened, terms_of
from ...evidence.window import quantities_in
from ...sources import Sources
from .parallel import Row
from .statements import held, of_paragraph, statements
from .tables import compared

_JOINED = re.compile(r"\s*[内下上外]?的?[㐀-鿿]{0,6}?(?:和|与|跟|同|以及|及|、)[㐀-鿿]{0,6}?\s*")
_ASKED = re.compile(
    r"区别|不同|不一样|差别|差异|分别|各自?(?=[是有为要怎如多几按]|$)|区分|两样|怎么|如何|多少|几"
)
_GROUPS = re.compile(r"[两二三四](?:大?[批类组档])|那[批类组档种]|前者|后者")
_APART = re.compile(r"区别|不同|不一样|差别|差异|分别|各自?|区分|两样|前者|后者|那[批类组档种]")
_NUMBERED = re.compile(r"\d+个([㐀-鿿]{2,8})")
# Of what is asked, by the statement of each group and what stands around it: at least, and where the
# statements begin alike or are as many as the question says.
_LEAST_SAID, _LEAST_ALIKE = 0.4, 0.2
_ALIKE = 6  # characters that two statements of groups begin with
_SAID_TO_BE = re.compile(r"([两二三四])(?:大?[批类组档种])")
_COUNT = {"两": 2, "二": 2, "三": 3, "四": 4}


def grouped(plan: Plan, hits: Sequence[Hit], sources: Sources) -> Answer | None:
    """Return what is told of each group that the question sets apart; else None."""
    asked = fold(plan.resolved)
    named = _named_by_figures(asked)
    if not named and not (_GROUPS.search(asked) and _APART.search(asked)):
        return None
    listed = statements(plan, hits, sources)
    terms = softened(terms_of(plan))
    return _by_figures(plan, terms, named, listed) if named else _numbered(plan, terms, listed)


def _named_by_figures(asked: str) -> list[Quantity]:
    """Return the figures of the question that name a group each: of one unit, joined by 和."""
    found = quantities_in(asked)
    for first, second in pairwise(found):
        of_one_unit = first.unit == second.unit and first.dimension == second.dimension
        if of_one_unit and first.unit and _JOINED.fullmatch(asked[first.end : second.start]):
            return [first, second] if _ASKED.search(asked[second.end :]) else []
    return []


def _by_figures(
    plan: Plan, terms: Sequence[Term], named: Sequence[Quantity], listed: Sequence[Candidate]
) -> Answer | None:
    chosen: list[Candidate] = []
    for quantity in named:
        fitting = [one for one in listed if not one.is_heading and _opens_with(quantity, one)]
        best = max(fitting, key=lambda one: held(terms, one), default=None)
        if best is None:
            return None
        chosen.append(best)
    alike = _begin_alike(*chosen) or bool(_GROUPS.search(fold(plan.resolved)))
    least = _LEAST_ALIKE if alike else _LEAST_SAID
    if min(held(terms, one) for one in chosen) < least:
        return None
    if len({one.document.id for one in chosen}) > 1 or chosen[0].start == chosen[1].start:
        return None
    rows = [Row(quantity.text, Scored(one, 1.0, 1.0)) for quantity, one in zip(named, chosen, strict=True)]
    return compared(replace(plan, kind=Kind.COMPARISON), rows, False)


def _begin_alike(first: Candidate, second: Candidate) -> bool:
    openings = [RUN_IN.sub("", one.folded).lstrip()[:_ALIKE] for one in (first, second)]
    return openings[0] == openings[1]


def _opens_with(quantity: Quantity, one: Candidate) -> bool:
    """Tell whether a statement is of the group: its first figure of that unit is the same, or holds it."""
    same = [other for other in quantities_in(one.folded) if other.unit == quantity.unit]
    if not same or quantity.low is None:
        return False
    if (same[0].low, same[0].high) == (quantity.low, quantity.high):
        return True
    low, high = _bounds(one.folded, same)
    return quantity.low == quantity.high and not quantity.approximate and low <= quantity.low < high


def _bounds(folded: str, same: Sequence[Quantity]) -> tuple[float, float]:
    """Return what 1000人以上5000人以下, 5000人以上 and 1000人以下 bound; nothing without a bound."""
    first, *others = same
    low = first.low or 0.0
    if first.approximate == "below":
        return 0.0, low
    if first.approximate != "above":
        return 0.0, 0.0
    joined = others and not re.search(r"[,;。的]", folded[first.end : others[0].start])
    high = others[0].low if joined and others[0].approximate == "below" else None
    return low, high if high is not None else inf


def _numbered(plan: Plan, terms: Sequence[Term], listed: Sequence[Candidate]) -> Answer | None:
    """Return the clauses of one sentence that number one noun each, a noun that is asked about."""
    asked = fold(plan.resolved)
    groups = _SAID_TO_BE.search(asked)
    best: tuple[float, list[Candidate]] = (0.0, [])
    for one in listed:
        noun = _noun(one, asked)
        alike = [other for other in of_paragraph(one) if _noun(other, asked) == noun] if noun else []
        least = _LEAST_ALIKE if groups and _COUNT[groups[1]] == len(alike) else _LEAST_SAID
        if len(alike) == len(_in_a_row(alike)) > 1 and (said := held(terms, one)) > max(best[0], least):
            best = said, alike
    if not best[1]:
        return None
    draft = Draft(plan)
    stated = [draft.state(one.text, one.document, one.start, one.end) for one in best[1]]
    return draft.answer("\n".join(f"- {text}" for text in stated))


def _noun(one: Candidate, asked: str) -> str:
    found = _NUMBERED.search(one.folded)
    names = [found[1][:size] for size in range(len(found[1]), 1, -1)] if found else []
    return next((name for name in names if name in asked), "")


def _in_a_row(alike: Sequence[Candidate]) -> list[Candidate]:
    """Return the candidates that follow one another with nothing but blanks between."""
    kept = list(alike[:1])
    for one in alike[1:]:
        if one.document.text[kept[-1].end : one.start].strip():
            break
        kept.append(one)
    return kept
