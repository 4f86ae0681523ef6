"""Damage clean text in the ways that real files were damaged; each returns what is left of the text."""

from __future__ import annotations

import re
from functools import cache
from random import Random

from pypinyin.pinyin_dict import pinyin_dict

from assistant.ingest.repair.language import is_common
from assistant.zh.fold import fold

_FIRST_HAN, _LAST_HAN = 0x4E00, 0x9FA5  # the characters of GBK
_STOPS = re.compile(rb"\xa3[\xa1\xac\xbb\xbf]")  # ！，；？ as bytes


def drop_byte(text: str, random: Random) -> str:
    """Lose one byte of a character and read on, one byte off, till the decoder finds its feet."""
    return _without_one(text, random).decode("gb18030", "replace")


def drop_byte_of_page(text: str, random: Random) -> str:
    """Lose one byte of a page that is cut at its stops before it is decoded; ? stands for bytes of none."""
    data = _without_one(text, random)
    pieces, position = [], 0
    for stop in _STOPS.finditer(data):
        pieces += [_decode(data[position : stop.start()]), _decode(stop.group())]
        position = stop.end()
    return "".join([*pieces, _decode(data[position:])])


def gloss(text: str, _random: Random) -> str:
    """Put its reading behind every traditional character."""
    return "".join(f"{c}({_reading(c)})" if _is_glossed(c) else c for c in text)


def gloss_bytes(text: str, _random: Random) -> str:
    """Put the readings in byte by byte, so that some fall between the bytes of other characters."""
    data = text.encode("gb18030")
    for pair, reading in _glosses():
        data = data.replace(pair, pair + b"(" + reading + b")")
    return _decode(data)


def drop_glossed(text: str, random: Random) -> str:
    """Put readings behind the traditional characters and lose one of those characters."""
    places = [i for i, c in enumerate(text) if _is_glossed(c)]
    if not places:
        return text
    place = random.choice(places)
    return gloss(text[:place], random) + f"({_reading(text[place])})" + gloss(text[place + 1 :], random)


def _without_one(text: str, random: Random) -> bytes:
    data = text.encode("gb18030")
    place = random.choice([i for i, byte in enumerate(data) if byte >= 0x80])
    return data[:place] + data[place + 1 :]


def _decode(data: bytes) -> str:
    """Decode as the damaged pages were: bytes of no character become ?, with the sign after them."""
    shown, position = [], 0
    while position < len(data):
        size = 1 if data[position] < 0x80 else 2
        piece = data[position : position + size].decode("gb18030", "replace")
        shown.append("?" if "�" in piece else piece)
        position += size
    return "".join(shown)


def _is_glossed(character: str) -> bool:
    # converters list the characters in use; a rare one would match bytes that they leave alone
    return _FIRST_HAN <= ord(character) <= _LAST_HAN and fold(character) != character and is_common(character)


@cache
def _reading(character: str) -> str:
    return pinyin_dict.get(ord(character), "").split(",")[0]


@cache
def _glosses() -> list[tuple[bytes, bytes]]:
    found = []
    for code in range(_FIRST_HAN, _LAST_HAN + 1):
        character = chr(code)
        if _is_glossed(character) and _reading(character):
            try:
                found.append((character.encode("gbk"), _reading(character).encode("gbk")))
            except UnicodeEncodeError:
                continue  # GBK lacks the character or a letter of its reading
    # the order of readings decides which of two glosses that meet comes first; the original's is unknown
    return sorted(found, key=lambda pair: pair[1])
