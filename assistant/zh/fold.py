"""Fold text for comparison: one width, one case, one script, never changing its length.

The original is what is shown; the folded form is what is searched and compared. Because folding
keeps every offset, a span found in the folded text is the same span of the text itself.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from opencc import OpenCC

_ENDS = re.compile(r"[?。!,;\s]+$")

_HAN = re.compile(r"[㐀-䶿一-鿿𠀀-𪛟]+")

# full-width ASCII, the ideographic space, and punctuation that exists in several shapes
_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_WIDTH |= str.maketrans("\u3000\xa0「」『』〔〕【】–－‑‒～﹪", "  “”‘’[][]————~%")


@cache
def converter(name: str) -> OpenCC:
    """Return the OpenCC converter `name`, such as `tw2s`."""
    from opencc import OpenCC

    return OpenCC(name)


def _simplify(text: str) -> str:
    if converter("t2s").convert(text) == text:
        return text
    return _HAN.sub(_simplify_run, text)


def _simplify_run(match: re.Match[str]) -> str:
    run = match.group()
    # tw2s and not t2s, which leaves 著力; not tw2sp, which reads 執行程序 as 執 + 行程 + 序; and only
    # where the run is traditional: tw2s turns the simplified 显著 into 显着
    if converter("t2s").convert(run) == run:
        return run
    simplified: str = converter("tw2s").convert(run)
    if len(simplified) == len(run):
        return simplified
    return "".join(_simplify_one(character) for character in run)


@cache
def _simplify_one(character: str) -> str:
    simplified: str = converter("t2s").convert(character)
    return simplified if len(simplified) == 1 else character


@lru_cache(maxsize=128)  # repair, outline, metadata and answers fold the same text in turn
def fold(text: str) -> str:
    """Return `text` in half width, lower case and simplified characters, equally long."""
    narrow = text.translate(_WIDTH)
    lowered = narrow.lower()
    if len(lowered) != len(narrow):  # a few letters, such as İ, grow when lowered
        lowered = "".join(c.lower() if len(c.lower()) == 1 else c for c in narrow)
    return _simplify(lowered)


folded_text = lru_cache(maxsize=8192)(fold)  # of passages and clauses: they come back question after question
folded_document = lru_cache(maxsize=64)(fold)  # of whole documents: 100,000 characters take 0.2 MB and 20 ms


def is_traditional(text: str) -> bool:
    """Tell whether `text` is written in traditional characters."""
    han = "".join(_HAN.findall(text))
    changed = sum(character != _simplify_one(character) for character in han)
    # simplified text holds a stray traditional form (a name, 著) but never one in ten
    return changed > 0 and changed * 10 >= len(han)


def to_traditional(text: str) -> str:
    """Return `text` in traditional characters: for the words around a quote, never for a quote."""
    converted: str = converter("s2t").convert(text)
    return converted


def unended(question: str) -> str:
    """Return a question folded, without the signs and blanks at its end."""
    return _ENDS.sub("", fold(question))
