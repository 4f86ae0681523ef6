"""What English words stand for in Chinese: two open dictionaries, below a short list of field terms."""

from __future__ import annotations

import gzip
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

FOLDER = Path(__file__).parent
# In order of trust: an expression of the first two is not looked up in the others.
_TERMS = (FOLDER / "english.txt", FOLDER / "english_bodies.txt")
_DICTIONARIES = (FOLDER / "english_ecdict.txt.gz", FOLDER / "english_cedict.txt.gz")
LONGEST = 8  # words of one expression: the longest name of a ministry has seven
LATER = 0.3  # how much less the next name of a dictionary's entry is meant
_SUFFIXES = (
    ("ies", "y"),
    ("es", "e"),
    ("es", ""),
    ("s", ""),
    ("ied", "y"),
    ("ed", "e"),
    ("ed", ""),
    ("ying", "ie"),
    ("ing", "e"),
    ("ing", ""),
)
# of a word that is not known itself: paper is no form of pap
_COMPARED = (("ier", "y"), ("iest", "y"), ("er", "e"), ("est", "e"), ("er", ""), ("est", ""))
_DOUBLED = re.compile(r"([bdfgklmnprt])\1$")


class Expression(NamedTuple):
    """An English expression of a question: how many words it takes, and its Chinese names."""

    words: int
    names: tuple[str, ...]


def base_forms(word: str) -> list[str]:
    """Return the words that `word` may be a plural, past or continuous form of."""
    found = []
    for suffix, ending in _SUFFIXES:
        stem = word.removesuffix(suffix)
        if stem != word and len(stem) > 1:
            found.append(stem + ending)
            if not ending and _DOUBLED.search(stem):
                found.append(stem[:-1])
    return found


@cache
def _terms() -> dict[str, tuple[str, ...]]:
    lines = [line for path in _TERMS for line in path.read_text(encoding="utf-8").splitlines()]
    pairs = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return {english: tuple(names) for english, *names in pairs}


@cache
def _dictionary() -> tuple[dict[str, tuple[str, ...]], dict[str, str]]:
    """Return the Chinese names of each word, and the words of which irregular forms are forms."""
    listed: defaultdict[str, list[list[str]]] = defaultdict(list)
    forms: dict[str, str] = {}
    for path in _DICTIONARIES:
        for line in gzip.decompress(path.read_bytes()).decode().splitlines():
            english, *chinese = line.split("\t")
            if english[0] == "~":
                forms[english[1:]] = chinese[0]
            elif english[0] != "#":
                listed[english].append(chinese)
    return {english: likeliest(lists) for english, lists in listed.items()}, forms


def likeliest(lists: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """Return the names in `lists`, each with the likeliest first; what several have goes before."""
    odds: Counter[str] = Counter()
    for names in lists:
        for place, name in enumerate(names):
            odds[name] += 1 / (1 + LATER * place)  # type: ignore[assignment]
    return tuple(sorted(odds, key=lambda name: -odds[name]))


def expression(words: Sequence[str]) -> Expression | None:
    """Return the longest expression that the lower-case `words` open with, None where none is known."""
    for length in range(min(LONGEST, len(words)), 0, -1):
        if names := _names(words[:length]):
            return Expression(length, names)
    return next((Expression(1, names) for one in _compared(words[0]) if (names := _names([one]))), None)


def _compared(word: str) -> list[str]:
    """Return the words that `word` may compare: large of larger."""
    return [word.removesuffix(suffix) + ending for suffix, ending in _COMPARED if word.endswith(suffix)]


def _names(words: Sequence[str]) -> tuple[str, ...]:
    """Return the Chinese names of an expression, of its last word's base form too.

    A term of several words is what the list says; a word may mean what the dictionaries say besides.
    """
    known, _ = _dictionary()
    inner = [word.removesuffix("s") for word in words[:-1]]  # industrial enterprises above designated size
    spellings = [" ".join((*head, last)) for head in (words[:-1], inner) for last in _forms(words[-1])]
    terms = [name for spelling in spellings for name in _terms().get(spelling, ())]
    if terms and len(words) > 1:
        return tuple(dict.fromkeys(terms))
    # covered is a form of cover before it is a word of its own
    meant = likeliest([known[one] for one in reversed(spellings) if one in known])
    names = tuple(dict.fromkeys((*terms, *meant)))
    # 期 of stadium stands inside many words: only where the list has nothing better
    return tuple(name for name in names if len(name) > 1 or name in terms) if terms else names


def _forms(word: str) -> Iterator[str]:
    _, irregular = _dictionary()
    yield word
    yield from base_forms(word)
    if word in irregular:
        yield irregular[word]
