"""Names that the documents themselves shorten: 长期护理保险(以下简称长护险)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

from ...zh.fold import fold
from ...zh.tokens import rarity
from .glossary import Group

# what every such passage has: it is searched for
MARKS = ("简称", "下称")
_DEFINED = re.compile(
    r"([^,。;:、\n]{3,40})\((?:以下|下文)?(?:统|简|下)称(?:为|:)?[“\"'《]?([㐀-鿿a-z0-9]{2,8})[”\"'》]?[),]"
)
_QUOTES = "“”\"'《》() "
_LONGEST = 20  # characters of a name; what is longer describes
_MEANINGS = 2  # 办法 is another one in each document: a short name of more meanings is none
_NO_WORD = 0.95  # 参保 is a word of its own, whatever it stands for somewhere


def abbreviations(texts: Iterable[str]) -> tuple[Group, ...]:
    """Return the short names that `texts` give, each with what it stands for; nobody need be told."""
    found: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for text in texts:
        for before, short in _DEFINED.findall(fold(text)):
            if name := _spelt_out(short, before.strip(_QUOTES)):
                found[short][name] = None
    return tuple(
        Group((short, *names), told=False) for short, names in found.items() if len(names) <= _MEANINGS
    )


def _spelt_out(short: str, before: str) -> str:
    """Return the end of `before` that `short` abbreviates by its characters in order, else empty."""
    if len(short) < 3 and rarity(short) < _NO_WORD:
        return ""
    for start in range(len(before) - len(short), -1, -1):
        name = before[start:]
        if name[0] == short[0] and _in_order(short, name):
            return name if len(short) < len(name) <= _LONGEST and short not in name else ""
    return ""


def _in_order(short: str, name: str) -> bool:
    rest = iter(name)
    return all(character in rest for character in short)
