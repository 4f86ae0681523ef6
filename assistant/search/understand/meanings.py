"""Which of its Chinese names an English word means: the documents decide."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from ...zh.fold import fold
from ...zh.tokens import rarity

_folded = lru_cache(maxsize=4096)(fold)  # passages come back question after question
_CLAUSE = re.compile(r"[。;!?\n]")
_FIGURE = re.compile(r"\d(?!\d*年)|[一二三四五六七八九十][个家项条大类倍成]")
_FLOOR = 0.15  # even the commonest word counts for something, as in answers
_IN_CLAUSE, _IN_PASSAGE = 0.6, 0.4
_BESIDE = 0.3  # 技术 right before 合同 is a technology contract
_COMMON = 0.5  # a name that stands everywhere says half as much by standing here
_NO_FIGURE = 0.6  # of a clause without a figure, where one is asked for
# A word this common that the documents lack is a way of putting it, not what the question is about.
_WORDING = 0.55
_PLAIN = 2  # names: a word of more may mean what no dictionary says, 膳食 for a board of the exchange
_LATER = 0.1  # how much less each later name of an expression is meant
_ALSO = 0.85  # passages nearly as good as the best one show other names that are meant


class Slot(NamedTuple):
    """An English expression of a question and what it may mean; nothing for a name or figure."""

    english: str
    names: tuple[str, ...]
    leads: bool = False  # a place or year, written first in Chinese

    def value(self, name: str) -> float:
        """Return how much it says that `name`, one of `names`, stands in a text."""
        return _telling(name) / (1 + _LATER * self.names.index(name))


class Meant(NamedTuple):
    """The name that an expression means, and others that documents use for it."""

    name: str
    others: tuple[str, ...] = ()
    absent: bool = False  # no passage has it, though nothing says more of what is asked


class _Read(NamedTuple):
    score: float
    names: dict[Slot, str]
    told: frozenset[Slot] = (
        frozenset()
    )  # those that stand where an answer may: beside a figure if one is asked


def chosen(slots: Sequence[Slot], texts: Sequence[tuple[str, str]], figure: bool) -> dict[Slot, Meant]:
    """Return what each of `slots` means: its name in the passage that holds most of them together.

    `texts` are passages as (headings, text); with `figure` a figure is asked for, which they must give.
    Each slot counts once, however many names it has.
    """
    open_slots = [slot for slot in slots if slot.names]
    weights = {slot: _FLOOR + min(map(rarity, slot.names[:3])) for slot in open_slots}
    read = [_read(open_slots, weights, _folded(frame), _folded(text), figure) for frame, text in texts]
    read.sort(key=lambda one: -one.score)
    missing = _missing(weights, read)
    meant = {}
    for slot in slots:
        good = [one.names[slot] for one in read if slot in one.names and one.score >= _ALSO * read[0].score]
        if good and slot in read[0].names:
            good.insert(0, read[0].names[slot])
        if texts and not good and weights.get(slot, 1.0) < _WORDING:
            meant[slot] = Meant("")
            continue
        first, *others = dict.fromkeys(good or slot.names[:1] or (slot.english,))
        meant[slot] = Meant(first, tuple(others), absent=slot in missing)
    return meant


def _missing(weights: dict[Slot, float], read: Sequence[_Read]) -> list[Slot]:
    """Return the word that says most of what is asked, where it means one thing and no answer has it."""
    if not read:
        return []
    heaviest = max(weights.values())
    plain = [
        slot
        for slot in weights
        # nationally is how something is said
        if " " not in slot.english and not slot.english.endswith("ly") and len(slot.names) <= _PLAIN
    ]
    return [slot for slot in plain if weights[slot] == heaviest and not any(slot in one.told for one in read)]


def _read(slots: Sequence[Slot], weights: dict[Slot, float], frame: str, text: str, figure: bool) -> _Read:
    """Return how well a passage reads as the question: by its best clause and as a whole."""
    around = {slot: [name for name in slot.names if name in text or name in frame] for slot in slots}
    whole = sum(
        weights[slot] * max((slot.value(name) for name in names), default=0) for slot, names in around.items()
    )
    best = _Read(-1.0, {})
    told: set[Slot] = set()
    for clause in _CLAUSE.split(text):
        held = {slot: [name for name in names if name in clause] for slot, names in around.items()}
        found = _in_clause(slots, weights, held, clause)
        if figure and not _FIGURE.search(clause):
            found = found._replace(score=_NO_FIGURE * found.score)
        else:
            told |= found.names.keys()
        best = max(best, found, key=lambda one: one.score)
    names = {slot: max(names, key=slot.value) for slot, names in around.items() if names}
    return _Read(_IN_PASSAGE * whole + _IN_CLAUSE * max(best.score, 0), names | best.names, frozenset(told))


def _in_clause(
    slots: Sequence[Slot], weights: dict[Slot, float], held: dict[Slot, list[str]], clause: str
) -> _Read:
    score = 0.0
    names: dict[Slot, str] = {}
    before = ""
    for slot in slots:
        value, name = 0.0, ""
        for one in held[slot]:
            own = slot.value(one) + (_BESIDE if before and before + one in clause else 0)
            if own > value:
                value, name = own, one
        if name:
            names[slot] = name
            score += weights[slot] * value
        before = name
    return _Read(score, names)


def _telling(name: str) -> float:
    """Return how much it says that `name` stands in a text."""
    return _COMMON + (1 - _COMMON) * rarity(name)
