"""Names that the field uses for one thing: abbreviations of official statistics and offices."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

_FILE = Path(__file__).with_name("glossary.txt")


@cache
def _groups() -> tuple[tuple[str, ...], ...]:
    lines = _FILE.read_text(encoding="utf-8").splitlines()
    return tuple(tuple(line.split()) for line in lines if line.strip() and not line.startswith("#"))


@cache
def _spotter() -> re.Pattern[str]:
    names = sorted({name for group in _groups() for name in group}, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, names)))


def expansions(text: str) -> tuple[tuple[str, str], ...]:
    """Return (name in the folded `text`, another name of the same thing), every pair once."""
    found: dict[tuple[str, str], None] = {}
    for match in _spotter().finditer(text):
        for group in _groups():
            if match.group() in group:
                found |= {(match.group(), other): None for other in group if other != match.group()}
    return tuple(found)
