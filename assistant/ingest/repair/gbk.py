"""The double bytes of GBK and GB18030, and which characters share a first or a second byte."""

from __future__ import annotations

from collections import defaultdict
from functools import cache

from .readings import is_reading

# GB18030 of 2000 keeps these private-use characters at FE50 to FEA0; later editions moved them
_FIRST_PRIVATE, _LAST_PRIVATE = 0xE815, 0xE864


@cache
def _tables() -> tuple[dict[bytes, str], dict[str, bytes]]:
    decode: dict[bytes, str] = {}
    for lead in range(0x81, 0xFF):
        for trail in [*range(0x40, 0x7F), *range(0x80, 0xFF)]:
            pair = bytes((lead, trail))
            character = pair.decode("gb18030", "replace")
            if len(character) == 1 and character != "�":
                decode[pair] = character
    encode = {character: pair for pair, character in decode.items()}
    for offset in range(_LAST_PRIVATE - _FIRST_PRIVATE + 1):
        trail = 0x50 + offset + (offset >= 0x7F - 0x50)
        encode.setdefault(chr(_FIRST_PRIVATE + offset), bytes((0xFE, trail)))
    return decode, encode


def encode(character: str) -> bytes | None:
    """Return the one or two bytes of `character`, None where GBK has it not."""
    if character.isascii():
        return character.encode()
    return _tables()[1].get(character)


def decode(lead: int, trail: int) -> str | None:
    """Return the character of two bytes, None where they are none."""
    return _tables()[0].get(bytes((lead, trail)))


@cache
def _sharing() -> tuple[dict[int, str], dict[int, str]]:
    leads: dict[int, list[str]] = defaultdict(list)
    trails: dict[int, list[str]] = defaultdict(list)
    for pair, character in _tables()[0].items():
        leads[pair[0]].append(character)
        trails[pair[1]].append(character)
    return {b: "".join(c) for b, c in leads.items()}, {b: "".join(c) for b, c in trails.items()}


def second_byte(character: str) -> int:
    """Return the second byte of a character that has two."""
    return _tables()[1][character][1]


@cache
def reading_as(syllable: str) -> str:
    """Return the characters that are read `syllable`."""
    return "".join(c for c in _tables()[1] if is_reading(syllable, c))


def with_lead(lead: int) -> str:
    """Return the characters whose first byte is `lead`."""
    return _sharing()[0].get(lead, "")


def with_trail(trail: int) -> str:
    """Return the characters whose second byte is `trail`."""
    return _sharing()[1].get(trail, "")
