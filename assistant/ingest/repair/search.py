"""Search the likeliest reading of a string of bytes some of which are unknown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, replace
from heapq import nlargest

from ...types import DAMAGE_MARK
from ...zh.fold import fold, is_traditional
from . import gbk
from .bytestream import UNKNOWN, Token
from .language import Language, folded, is_common, makes_word, traditional
from .readings import is_reading

# Natural logarithms, beside those of the language.
LOSS = 9.0  # a byte lost where nothing shows it: one in some thousand
SHOWN_LOSS = 1.0  # a byte lost where a sign of it stands
SWALLOWED = 4.0  # a sign taken along: any of some fifty
LITERAL = 30.0  # half a gloss or a � that belongs there
GLOSS_FITS, GLOSS_FAILS = 4.0, 24.0  # a converter reads right; only a lost character explains a failure
BEAM = 40  # readings kept after each token
CANDIDATES = 60  # characters tried for one with an unknown byte, the likeliest after the one before

_WAITING_UNKNOWN = -1  # a first byte of which nothing is known


@dataclass(frozen=True, slots=True)
class Item:
    """A character of a reading, the tokens it was made from, and whether a byte of it was unknown."""

    character: str
    first: int
    last: int
    unknown: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """A reading of the tokens so far."""

    score: float
    before: str  # the last two characters, folded
    waiting: int | None = None  # a first byte that waits for its second
    waiting_from: int = 0
    waiting_was_unknown: bool = False
    last_byte: int = 0
    item: Item | None = None
    rest: Reading | None = None  # the reading up to the item before
    losses: int = 0

    def items(self) -> list[Item]:
        """Return the characters in reading order."""
        found: list[Item] = []
        step: Reading | None = self
        while step is not None and step.item is not None:
            found.append(step.item)
            step = step.rest
        return found[::-1]

    def makes_word(self, item: Item) -> bool:
        """Tell whether one of its characters is part of a word there."""
        items = self.items()
        before = "".join(earlier.character for earlier in items[: items.index(item)])
        return makes_word("".join(each.character for each in items), len(before))


class Search:
    """The search over one document: its language, its script, its glosses."""

    def __init__(self, text: str) -> None:
        self.language = Language(text)
        self._traditional = is_traditional(text)
        self._signs = set(text)
        self._narrow = "," in text and "，" not in text
        self._standing: dict[str, str] = {}  # of characters that share a byte, those that may stand
        self._candidates: dict[tuple[str, str], list[str]] = {}
        self._forbidden: Set[tuple[int, str]] = frozenset()

    def best(
        self,
        tokens: Sequence[Token],
        *,
        losses: int,
        at: Set[int],
        before: str = "\n",
        at_line_end: bool = False,
        forbidden: Set[tuple[int, str]] = frozenset(),
    ) -> Reading | None:
        """Return the likeliest whole reading with at most so many `losses` that nothing shows.

        Such a loss may be `at` these tokens only. `before` are the characters in front of the tokens,
        `forbidden` are characters with an unknown byte that may not come from a token.
        """
        self._forbidden = forbidden
        readings = [Reading(0.0, fold(before)[-2:])]
        for index, token in enumerate(tokens):
            readings = _prune(
                step
                for reading in readings
                for step in self._take(reading, token, index, losses if index in at else 0)
            )
        if at_line_end:
            readings = [replace(r, score=r.score + self.language.log(r.before, "\n")) for r in readings]
        whole = [reading for reading in readings if reading.waiting is None]
        return max(whole, key=lambda reading: reading.score, default=None)

    def as_it_stands(self, tokens: Sequence[Token]) -> list[float]:
        """Return the score of each token as it was found."""
        scores, before, character = [], "\n", "\n"
        for token in tokens:
            if token.is_gloss:
                scores.append(GLOSS_FITS if is_reading(token.syllable, character) else -GLOSS_FAILS)
            elif token.is_torn or token.text == "\ufffd":
                scores.append(-LITERAL)
            else:
                plain = folded(token.text)
                scores.append(self.language.log(before, plain))
                before, character = before[-1] + plain, token.text
        return scores

    def _take(self, reading: Reading, token: Token, index: int, losses: int) -> Iterator[Reading]:
        if token.is_gloss:
            yield from self._gloss(reading, token, index)
            return
        if not token.choices:
            yield from self._literal(reading, token, index, 0.0)
        elif token.is_torn or token.text == "\ufffd":
            yield from self._literal(reading, token, index, LITERAL)
        for choice in token.choices:
            steps: Iterable[Reading] = [reading]
            for byte in choice:
                steps = [
                    after
                    for step in steps
                    for ready in (step, *self._lose(step, index, losses))
                    for after in self._byte(ready, byte, token, index)
                ]
            yield from steps

    def _gloss(self, reading: Reading, token: Token, index: int) -> Iterator[Reading]:
        if reading.waiting is not None:
            return
        if is_reading(token.syllable, reading.before[-1]):
            yield replace(reading, score=reading.score + GLOSS_FITS)
            return
        yield replace(reading, score=reading.score - GLOSS_FAILS)
        yield from self._lost_before(reading, token, index, LOSS)

    def _lost_before(self, reading: Reading, token: Token, index: int, cost: float) -> Iterator[Reading]:
        """Yield the readings in which the whole character before a gloss was lost."""
        for character in self._allowed(gbk.reading_as(token.syllable), index):
            yield self._emit(reading, character, index, index, unknown=True, cost=cost)

    def _literal(self, reading: Reading, token: Token, index: int, cost: float) -> Iterator[Reading]:
        if reading.waiting is None:
            yield self._emit(reading, token.text, index, index, cost=cost)

    def _lose(self, reading: Reading, index: int, losses: int) -> Iterator[Reading]:
        """Yield the readings in which a byte went missing here and nothing shows it."""
        if reading.losses >= losses:
            return
        poorer = replace(reading, score=reading.score - LOSS, losses=reading.losses + 1)
        yield from self._unknown(poorer, index)

    def _byte(self, reading: Reading, byte: int | None, token: Token, index: int) -> Iterator[Reading]:
        if byte is UNKNOWN:
            if token.text in "?？":  # as it stands
                yield from self._literal(reading, token, index, 0.0)
            poorer = replace(reading, score=reading.score - SHOWN_LOSS)
            yield from self._shown_loss(poorer, token, index)
        elif reading.waiting is None:
            if byte < 0x80:
                shown = token.text if token.text.isascii() else chr(byte)
                yield self._emit(reading, shown, index, index, byte=byte)
            else:
                yield replace(reading, waiting=byte, waiting_from=index, last_byte=byte)
        elif reading.waiting == _WAITING_UNKNOWN:
            for character in self._likely(reading.before, gbk.with_trail(byte), index):
                yield self._emit(reading, character, reading.waiting_from, index, unknown=True, byte=byte)
        else:
            known = gbk.decode(reading.waiting, byte)
            if known and not (reading.waiting_was_unknown and (index, known) in self._forbidden):
                whole = token.text if reading.waiting_from == index else self._shown(known)
                yield self._emit(
                    reading,
                    whole,
                    reading.waiting_from,
                    index,
                    unknown=reading.waiting_was_unknown,
                    byte=byte,
                )

    def _shown_loss(self, reading: Reading, token: Token, index: int) -> Iterator[Reading]:
        if token.is_torn and reading.waiting is None:  # the byte before it is lost as well
            yield from self._lost_before(reading, token, index, LOSS)
        if not token.swallowed or token.is_torn:
            yield from self._unknown(reading, index, token.syllable)
        elif reading.waiting is not None:  # what took a sign along was a second byte
            for step in self._unknown(reading, index):
                yield _mark(step, index)

    def _unknown(self, reading: Reading, index: int, syllable: str = "") -> Iterator[Reading]:
        """Yield the readings that take one unknown byte; `syllable` reads it with the byte before."""
        allowed = _second_bytes(reading.last_byte, syllable) if syllable else None
        if reading.waiting is None:
            firsts = [_WAITING_UNKNOWN] if allowed is None else sorted(b for b in allowed if b >= 0x81)
            for byte in firsts:
                yield replace(
                    reading, waiting=byte, waiting_from=index, waiting_was_unknown=True, last_byte=byte
                )
        elif reading.waiting != _WAITING_UNKNOWN:
            sharing = gbk.with_lead(reading.waiting)
            if allowed is None:
                likely = self._likely(reading.before, sharing, index)
            else:
                likely = self._allowed((c for c in sharing if gbk.second_byte(c) in allowed), index)
            for character in likely:
                yield self._emit(
                    reading,
                    character,
                    reading.waiting_from,
                    index,
                    unknown=True,
                    byte=gbk.second_byte(character),
                )

    def _likely(self, before: str, sharing: str, index: int) -> list[str]:
        """Return the characters of `sharing` that most likely come after `before`."""
        key = (before, sharing)
        if key not in self._candidates:
            if sharing not in self._standing:
                self._standing[sharing] = "".join(filter(self._may_stand, sharing))
            self._candidates[key] = nlargest(
                CANDIDATES, self._standing[sharing], key=lambda c: self.language.log(before, folded(c))
            )
        return [c for c in self._candidates[key] if (index, c) not in self._forbidden]

    def _allowed(self, characters: Iterable[str], index: int) -> list[str]:
        return [c for c in characters if (index, c) not in self._forbidden and self._may_stand(c)]

    def _may_stand(self, character: str) -> bool:
        """Tell whether running text in the document's script uses `character`."""
        if not is_common(character):
            return False
        if not "一" <= character <= "鿿":  # of signs that mean the same, the usual one
            return character in self._signs or folded(character) == character or "！" <= character <= "～"
        other = traditional(character) if self._traditional else folded(character)
        return other == character

    def _shown(self, character: str) -> str:
        # a document with narrow commas has narrow signs throughout
        narrow = ord(character) - 0xFEE0
        return chr(narrow) if self._narrow and 0x21 <= narrow <= 0x7E else character

    def _emit(
        self,
        reading: Reading,
        character: str,
        first: int,
        last: int,
        *,
        unknown: bool = False,
        byte: int = 0,
        cost: float = 0.0,
    ) -> Reading:
        plain = folded(character[-1])
        return Reading(
            reading.score + self.language.log(reading.before, plain) - cost,
            reading.before[-1] + plain,
            last_byte=byte,
            item=Item(character, first, last, unknown),
            rest=reading,
            losses=reading.losses,
        )


def _mark(reading: Reading, index: int) -> Reading:
    """Return the reading with □ for a sign that went with a lost byte."""
    item = Item(DAMAGE_MARK, index, index)
    before = reading.before[-1] + DAMAGE_MARK
    return replace(
        reading, score=reading.score - SWALLOWED, before=before, last_byte=0, item=item, rest=reading
    )


def _second_bytes(first: int, syllable: str) -> frozenset[int]:
    """Return the second bytes with which `first` makes a character that reads `syllable`."""
    return frozenset(
        gbk.second_byte(character) for character in gbk.with_lead(first) if is_reading(syllable, character)
    )


def _prune(readings: Iterable[Reading]) -> list[Reading]:
    best: dict[tuple[object, ...], Reading] = {}
    for reading in readings:
        key = (reading.waiting, reading.before, reading.last_byte, reading.losses)
        known = best.get(key)
        if known is None or known.score < reading.score:
            best[key] = reading
    return nlargest(BEAM, best.values(), key=lambda reading: reading.score)
