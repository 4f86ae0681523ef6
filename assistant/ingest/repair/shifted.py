"""Restore characters whose GBK bytes were torn apart.

Two accidents leave the same traces. A byte was lost, and all that follows is read one byte off until
the next sign stops it: 石墨規模化 became 石墨規?;. Or a converter put a gloss between the two bytes of
a character: 日報 became 日?qǐng)?bào), since the second byte of 日 and the first of 報 are those of 請.

Both are undone by one search: the damaged stretch becomes bytes again, unknown ones where some were
lost, and the reading is sought that running text and the glosses inside make likeliest. A character
with an unknown byte is kept only where no other comes near it, and stays □ otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ...types import DAMAGE_MARK
from .bytestream import Token, tokens
from .edits import Edit
from .readings import SYLLABLE
from .search import Item, Reading, Search

SURE = 4.0  # how much likelier than any other an unknown character has to be: 50 to 1
GAIN = 12.0  # how much likelier the whole has to become before anything is changed
REACH = 14  # characters beside the damage that help to decide
MOST_LOSSES = 2  # bytes lost in one stretch that nothing shows

# What no sound text holds: half a gloss, the sign for undecodable bytes, GBK's private-use characters.
_CERTAIN = re.compile(rf"[?？]{SYLLABLE}[)）]|[\ue000-\ue864\ufffd]")
# A question mark before more text, and characters of scripts that Chinese text has no use for.
_POSSIBLE = re.compile(r"(?<=[㐀-鿿)）])[?？](?=[^\s”’」』）)》\"'])|(?<=[㐀-鿿])[Ѐ-ӿ぀-ヿㄅ-ㄯ─-╿ⅰ-ⅻ]")
_UNIT = re.compile(rf"[\s\S](?:[(（]{SYLLABLE}[)）])?")  # a character with its gloss


class _Window(NamedTuple):
    start: int
    end: int
    certain: bool


def torn(text: str) -> Iterator[Edit]:
    """Yield the restoration of every stretch of `text` whose bytes were torn apart."""
    windows = _windows(text)
    if not windows:
        return
    search = Search(text)
    for window in windows:
        yield from _restore(text, window, search)


def _windows(text: str) -> list[_Window]:
    """Return the stretches with signs of damage, each with its neighbourhood in the same line."""
    signs = sorted(
        [(m.start(), m.end(), True) for m in _CERTAIN.finditer(text)]
        + [(m.start(), m.end(), False) for m in _POSSIBLE.finditer(text)]
    )
    windows: list[_Window] = []
    for start, end, certain in signs:
        first, last = _reach(text, start, end)
        if windows and first < windows[-1].end:
            known = windows.pop()
            first, last, certain = known.start, max(last, known.end), certain or known.certain
        windows.append(_Window(first, last, certain))
    return windows


def _reach(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the stretch with REACH characters on each side, in the same line, glosses not counted."""
    line_start, line_end = text.rfind("\n", 0, start) + 1, text.find("\n", end)
    line_end = len(text) if line_end < 0 else line_end
    before = _UNIT.findall(text[max(line_start, start - 12 * REACH) : start])[-REACH:]
    after = _UNIT.findall(text[end : min(line_end, end + 12 * REACH)])[:REACH]
    return start - sum(map(len, before)), end + sum(map(len, after))


def _restore(text: str, window: _Window, search: Search) -> Iterator[Edit]:
    found = list(tokens(text, window.start, window.end))
    before = search.as_it_stands(found)
    best: Reading | None = None
    for losses in range(MOST_LOSSES + 1 if window.certain else 1):
        reading = search.best(found, losses=losses)
        if reading and (best is None or reading.score > best.score + GAIN):
            best = reading
        if best and _is_sound(best):
            break
    if best and best.score - before > GAIN:
        yield from _edits(best, found, search)


def _is_sound(reading: Reading) -> bool:
    return not any(_CERTAIN.search(item.character) for item in reading.items())


def _edits(reading: Reading, found: Sequence[Token], search: Search) -> Iterator[Edit]:
    run: list[Item] = []
    for item in [*reading.items(), None]:
        if item and not _is_kept(item, found):
            run.append(item)
        elif run:
            yield _edit(run, reading, found, search)
            run = []


def _is_kept(item: Item, found: Sequence[Token]) -> bool:
    return not item.unknown and item.first == item.last and found[item.first].text == item.character


def _edit(run: Sequence[Item], reading: Reading, found: Sequence[Token], search: Search) -> Edit:
    last = run[-1].last
    while last + 1 < len(found) and found[last + 1].is_gloss:
        last += 1
    after = "".join(
        item.character if not item.unknown or _is_sure(item, reading, found, search) else DAMAGE_MARK
        for item in run
    )
    start, end = found[run[0].first].start, found[last].end
    kind = "lost character" if all(found[item.last].is_torn for item in run) else "shifted bytes"
    lost = ",□ 处无从恢复" if DAMAGE_MARK in after else ""
    reason = "注音拆散了汉字的两个字节" if kind == "lost character" else "丢失一个字节后错位解码"
    return Edit(start, end, after, kind, f"{reason},按 GBK 字节复原{lost}")


def _is_sure(item: Item, reading: Reading, found: Sequence[Token], search: Search) -> bool:
    other = search.best(found, losses=reading.losses, forbidden=frozenset({(item.last, item.character)}))
    return other is None or reading.score - other.score > SURE
