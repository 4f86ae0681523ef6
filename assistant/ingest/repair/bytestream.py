"""See a damaged text as the bytes it was read from, with unknown bytes where some were lost."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from . import gbk
from .readings import SYLLABLE

UNKNOWN = None  # a byte that nothing shows any more

# a question mark for a lost byte, with the rest of the gloss whose bracket went with it
_PIECE = re.compile(
    rf"(?P<torn>[?？]({SYLLABLE})[)）])|(?P<gloss>[(（](?P<syllable>{SYLLABLE})[)）])|(?P<other>.)", re.DOTALL
)
# Where the reader of the bytes first cut the text at these signs, a lost byte before one has
# swallowed nothing; before any other sign it has taken the next one with it: 梳理?00家 was 梳理200家.
_CUTS = re.compile(r"[，,。；;！!？?：:、…“”‘’()（）《》\s]|$")


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of the text and the byte strings it may stand for."""

    start: int
    end: int
    text: str
    choices: tuple[tuple[int | None, ...], ...] = ()
    syllable: str = ""  # of a gloss, whole or torn
    is_gloss: bool = False
    swallowed: bool = False  # the lost byte took the sign after it

    @property
    def is_torn(self) -> bool:
        """Tell whether this is a gloss whose opening bracket went with a lost byte."""
        return bool(self.syllable) and not self.is_gloss


def tokens(text: str, start: int, end: int) -> Iterator[Token]:
    """Yield the tokens of `text` from `start` to `end`."""
    for match in _PIECE.finditer(text, start, end):
        if match["torn"]:
            yield Token(match.start(), match.end(), match["torn"], ((UNKNOWN,),), match[2])
        elif match["gloss"]:
            yield Token(match.start(), match.end(), match["gloss"], syllable=match["syllable"], is_gloss=True)
        else:
            yield _single(text, match.start())


def _single(text: str, start: int) -> Token:
    character = text[start]
    if character == "\ufffd":
        return Token(start, start + 1, character, ((UNKNOWN,),))
    if character in "?？":
        swallowed = not _CUTS.match(text, start + 1)
        whole = tuple(gbk.encode("？") or ())
        return Token(start, start + 1, character, ((UNKNOWN,), whole), swallowed=swallowed)
    pair = gbk.encode(character)
    if pair is None:
        return Token(start, start + 1, character)
    if len(pair) == 1 and (wide := gbk.encode(chr(ord(character) + 0xFEE0))):
        return Token(start, start + 1, character, (tuple(pair), tuple(wide)))  # it may have been narrowed
    return Token(start, start + 1, character, (tuple(pair),))
