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
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from enum import IntEnum
from itertools import pairwise, takewhile
from typing import NamedTuple

from ...types import DAMAGE_MARK
from ...zh.fold import is_traditional
from .bytestream import Token, tokens
from .edits import Edit
from .gloss import GLOSS, fitting_and_failing
from .language import is_common, rare_characters
from .readings import SYLLABLE
from .search import Item, Reading, Search

SURE = 5.0  # how much likelier than any other an unknown character has to be: 150 to 1
RIVALS = 4  # other characters tried until one makes a word
GAIN = 8.0  # how much likelier the whole has to become before anything is changed
REACH = 14  # tokens beside the damage that help to decide; signs nearer than that are one stretch
SURPRISING = -12.0  # the score of a character that hardly stands there in sound text
SUSPICIOUS = 16.0  # of a sign that may be sound: what is below SURPRISING around it, summed
LEAD = 4  # tokens of a run that look sound before the first odd one
AROUND = 4  # tokens on each side of such a sign

# What no sound text holds: half a gloss, the sign for undecodable bytes, GBK's private-use characters,
# a question mark before a comma.
_CERTAIN = re.compile(rf"[?？]{SYLLABLE}[)）]|[\ue000-\ue864\ufffd]|(?<=[㐀-鿿])[?？](?=[，,、；;])")
# Signs of other scripts among characters, a question mark at the end of a line.
_ODD = re.compile(
    r"(?<=[㐀-鿿])[?？](?=[^\S\n]*(?:\n|$))"
    r"|(?<=[㐀-鿿])[Ͱ-ϿЀ-ӿ⁰-⏿①-⓿─-◿☀-⟿ぁ-ヿㄅ-ㄯ㈀-㏿ⅰ-ⅻ]"
)
# A single letter: the second byte of many a traditional character, and of hardly a simplified one.
_LETTER = re.compile(r"(?<=[㐀-鿿])[A-Za-z\\|{}~^`@\[\]](?=[㐀-鿿。，、；,])")
# A question mark before more text; nothing else need be lost there.
_QUESTION = re.compile(r"(?<=[㐀-鿿)）])[?？](?=[^\s”’」』）)》\"'])")


class _Sign(IntEnum):
    """A sign of damage by the losses beside it that nothing shows."""

    QUESTION = 0
    ODD = 1
    CERTAIN = 2


class _Stretch(NamedTuple):
    """Tokens to look at, from the first to before the last."""

    first: int
    last: int
    losses: int
    odd: tuple[int, ...]  # the odd tokens in it


def torn(text: str) -> Iterator[Edit]:
    """Yield the restoration of every stretch of `text` whose bytes were torn apart."""
    signs = _signs(text)
    if not signs:
        return
    search = Search(GLOSS.sub("", text))
    for start, end in _lines(text, signs):
        found = list(tokens(text, start, end))
        scores = search.as_it_stands(found)
        for stretch in _stretches(found, scores, signs):
            case = _case(found, stretch, search)
            yield from _restore(case, sum(scores[stretch.first : stretch.last]), stretch.losses)


def _signs(text: str) -> dict[int, _Sign]:
    """Return where signs of damage stand, and of which kind."""
    signs = dict.fromkeys(rare_characters(text), _Sign.ODD)
    for pattern, sign in (
        (_ODD, _Sign.ODD),
        *([(_LETTER, _Sign.CERTAIN)] if _LETTER.search(text) and is_traditional(text) else []),
        (_QUESTION, _Sign.QUESTION),
        (_CERTAIN, _Sign.CERTAIN),
    ):
        signs |= {match.start(): sign for match in pattern.finditer(text)}
    signs |= {match.start(): _Sign.CERTAIN for match in fitting_and_failing(text)[1]}
    return signs


def _lines(text: str, signs: dict[int, _Sign]) -> list[tuple[int, int]]:
    """Return the lines that hold signs."""
    lines: list[tuple[int, int]] = []
    for place in sorted(signs):
        if not lines or place >= lines[-1][1]:
            end = text.find("\n", place)
            lines.append((text.rfind("\n", 0, place) + 1, len(text) if end < 0 else end))
    return lines


def _stretches(found: Sequence[Token], scores: Sequence[float], signs: dict[int, _Sign]) -> list[_Stretch]:
    """Return the stretches of one line to look at, each with its neighbourhood."""
    surprise = [max(0.0, SURPRISING - score) for score in scores]
    places = {index: signs[token.start] for index, token in enumerate(found) if token.start in signs}
    for index, sign in list(places.items()):
        around = surprise[max(0, index - AROUND) : index + AROUND + 1]
        if sign is _Sign.ODD and sum(around) < SUSPICIOUS:
            del places[index]
    # what is odd beside a sign belongs to it
    odd = sorted({*places, *(index for index, much in enumerate(surprise) if much)})
    breaks = [i for i, (a, b) in enumerate(pairwise(odd), 1) if b - a > REACH // 2]
    stretches: list[_Stretch] = []
    for start, end in pairwise([0, *breaks, len(odd)]):
        group = odd[start:end]
        losses = max((int(places[index]) for index in group if index in places), default=-1)
        if losses < 0:
            continue
        first, last = max(0, group[0] - REACH), min(len(found), group[-1] + REACH)
        while first and found[first].is_gloss:
            first -= 1
        if stretches and first < stretches[-1].last:
            known = stretches.pop()
            first, losses, group = known.first, max(losses, known.losses), [*known.odd, *group]
        stretches.append(_Stretch(first, last, losses, tuple(group)))
    return stretches


@dataclass(frozen=True)
class _Case:
    """A stretch of tokens as the search takes it."""

    found: Sequence[Token]
    lossy: Set[int]  # the tokens at which a byte may have been lost without a sign
    before: str
    at_line_end: bool
    search: Search

    def best(self, losses: int, forbidden: Set[tuple[int, str]] = frozenset()) -> Reading | None:
        return self.search.best(
            self.found,
            losses=losses,
            at=self.lossy,
            before=self.before,
            at_line_end=self.at_line_end,
            forbidden=forbidden,
        )

    def keeps(self, item: Item) -> bool:
        """Tell whether the item is what stood there."""
        return not item.unknown and item.first == item.last and self.found[item.first].text == item.character


def _case(found: Sequence[Token], stretch: _Stretch, search: Search) -> _Case:
    first, last, losses, odd = stretch
    # what was lost stands shortly before what is odd, and a run without a certain sign has one beginning
    begins = odd if losses == _Sign.CERTAIN else odd[:1]
    lossy = {index - first for place in begins for index in range(place - LEAD, place + 2)}
    before = "".join(token.text for token in found[max(0, first - 6) : first] if not token.is_gloss)
    return _Case(found[first:last], lossy, "\n" + before, last == len(found), search)


def _restore(case: _Case, as_found: float, losses: int) -> Iterator[Edit]:
    best: Reading | None = None
    for supposed in range(losses + 1):
        reading = case.best(supposed)
        if reading and (best is None or reading.score > best.score):
            best = reading
        if best and best.score - as_found > GAIN and _is_sound(best, case):
            break
    if best and best.score - as_found > GAIN:
        yield from _edits(best, case)


def _is_sound(reading: Reading, case: _Case) -> bool:
    items = reading.items()
    return all(case.keeps(item) or is_common(item.character) for item in items) and not any(
        _CERTAIN.search(item.character) for item in items
    )


def _edits(reading: Reading, case: _Case) -> Iterator[Edit]:
    doubtful = _doubtful(reading, case)
    run: list[Item] = []
    for item in [*reading.items(), None]:
        if item and (item in doubtful or not case.keeps(item)):
            run.append(item)
        elif run:
            yield _edit(run, doubtful, case)
            run = []


def _doubtful(reading: Reading, case: _Case) -> set[Item]:
    """Return the characters for which another reading comes near.

    The other reading may lose the byte at another place: what differs around it is as doubtful.
    """
    items = reading.items()
    doubtful: set[Item] = set()
    for item in items:
        if not item.unknown or item in doubtful:
            continue
        other = _rival(item, reading, case)
        if other and reading.score - other.score <= SURE:
            doubtful |= {item, *_beside(items, item, set(other.items()))}
    return doubtful


def _rival(item: Item, reading: Reading, case: _Case) -> Reading | None:
    """Return the likeliest reading that has another character there, one that makes a word."""
    forbidden = {(item.last, item.character)}
    other = None
    for _ in range(RIVALS):
        other = case.best(reading.losses, frozenset(forbidden))
        there = next((i for i in other.items() if i.unknown and i.last == item.last), None) if other else None
        if other is None or there is None or other.makes_word(there):
            return other
        forbidden.add((there.last, there.character))
    return other


def _beside(items: Sequence[Item], item: Item, others: Set[Item]) -> Iterator[Item]:
    """Yield the neighbours of `item`, on both sides, that the other reading has not."""
    place = items.index(item)
    yield from takewhile(lambda neighbour: neighbour not in others, items[place + 1 :])
    yield from takewhile(lambda neighbour: neighbour not in others, reversed(items[:place]))


def _edit(run: Sequence[Item], doubtful: Set[Item], case: _Case) -> Edit:
    found, last = case.found, run[-1].last
    while last + 1 < len(found) and found[last + 1].is_gloss:
        last += 1
    after = "".join(DAMAGE_MARK if item in doubtful else item.character for item in run)
    after = re.sub(f"{DAMAGE_MARK}+", DAMAGE_MARK, after)
    start, end = found[run[0].first].start, found[last].end
    lost = ",□ 处无从恢复" if DAMAGE_MARK in after else ""
    kind = "lost character" if all(found[item.last].syllable for item in run) else "shifted bytes"
    reason = "注音拆散了汉字的两个字节" if kind == "lost character" else "丢失一个字节后错位解码"
    return Edit(start, end, after, kind, f"{reason},按 GBK 字节复原{lost}")
