"""The terms of a question, how much each weighs, and how far a text holds them."""

from __future__ import annotations

import lzma
import re
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from ...types import Plan
from ...zh.dates import dates
from ...zh.fold import fold
from ...zh.quantities import quantities
from ...zh.sentences import asking
from ...zh.street import formal_words, joined
from ...zh.tokens import STOPWORDS, begins_word, canonical, cut, rarity
from .near import near_words

# A term of rarity r weighs FLOOR + r: even the commonest content word counts for something.
_FLOOR = 0.15
# A longer term of which only a part is found counts by its bigrams, discounted:
# 科技创新 and 制度创新 share half their bigrams and mean two things.
_PARTIAL = 0.6
_ABBREVIATED = 0.7
# What may be an abbreviation: rarer words of few characters; and so much may stand between two of them.
_RARE, _SHORT, _SPELT_OUT = 0.7, re.compile(r"[㐀-鿿]{2,4}"), 3
_OF_SEVERAL = 0.6  # characters that may be no word: each counts its part of this
_LIGHT = frozenset(
    word
    for line in Path(__file__).with_name("light_words.txt").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
    for word in line.split()
)
_LIGHT_WEIGHT = 0.04
_DIGITAL = "数字"  # a light word, but of 数字经济 half the name
# Verbs, adverbs and idioms of talk that policy does not use: of those in laypeople's questions the laws that
# answer hold 15%, of what policy uses more than others 55% (learn/wording.py).
_WORDING = 0.3

_QUOTED = re.compile(r"[“\"'‘《]([^“”\"'‘’《》]{2,40})[”\"'’》]")
_ONE_OF_BOTH = re.compile("^(?:农村|城镇)")  # 城乡居民 are those of the country too
_PIECE = re.compile(r"[㐀-鿿]+|[ⅰ-ⅿ]+|[a-z0-9]+(?:[.+&%/-][a-z0-9]+)*%?")

# what is told before the question proper names its matter or is a story: half of the development ones each
_TOLD = 0.5
_RUN = re.compile(r"[㐀-鿿]{2,}")
# 第3, 五千: a number names nothing
_NUMBER = re.compile(r"\d{1,3}|第|[零一二三四五六七八九十百千万亿两]{1,6}")


class Term(NamedTuple):
    """A word of the question, its other names, and its weight."""

    text: str
    names: tuple[str, ...]  # the word itself first, all folded
    weight: float
    quoted: bool = False  # in quotation marks or 《》, or a name in Latin letters: must stand there literally
    short: bool = False  # perhaps an abbreviation, to be met spelt out
    near: tuple[tuple[str, float], ...] = ()  # words that may stand for it, with what each counts

    @property
    def light(self) -> bool:
        """Tell whether a text may say the same without it."""
        return self.weight <= _LIGHT_WEIGHT


@lru_cache(maxsize=256)
def terms_of(plan: Plan) -> tuple[Term, ...]:
    """Return the terms of what `plan` asks about, each once, in reading order.

    What is told before the sentence that asks counts less: it may be a story that no document tells.
    """
    known = terms(plan.topic or fold(plan.resolved), plan.expansions)
    asked = asking(fold(plan.resolved))
    return tuple(
        term
        if term.text in asked or term.text not in plan.topic
        else term._replace(weight=term.weight * _TOLD)
        for term in known
    )


@lru_cache(maxsize=4096)
def terms(text: str, expansions: tuple[tuple[str, str], ...] = ()) -> tuple[Term, ...]:
    """Return the terms of the folded `text`; its figures and dates are compared elsewhere."""
    # in quotation marks stands a name, or a word of everyday talk: “结对子”
    quoted = [phrase for phrase in _QUOTED.findall(text) if not formal_words(phrase)]
    for phrase in quoted:
        text = text.replace(phrase, " ")
    figures = [(quantity.start, quantity.end) for quantity in quantities(text)]
    for start, end in sorted([*figures, *((date.start, date.end) for date in dates(text))], reverse=True):
        text = text[:start] + " " + text[end:]
    found: dict[str, Term] = {phrase: Term(phrase, (phrase,), 1 + _FLOOR, True) for phrase in quoted}
    for word in _words(text, tuple(dict.fromkeys(written for written, _ in expansions))):
        others = (other for written, other in expansions if written == word)
        names = tuple(dict.fromkeys((word, canonical(word), _ONE_OF_BOTH.sub("城乡", word), *others)))
        found.setdefault(
            word,
            Term(word, names, _weight(word), bool(re.fullmatch(r"[a-z0-9.+&-]*[a-z][a-z0-9.+&-]*", word))),
        )
    return tuple(found.values())


def _weight(word: str) -> float:
    if word in _LIGHT:
        return _LIGHT_WEIGHT
    pieces = cut(word)
    if len(pieces) > 1 and near_words(word) and any(len(piece) > 1 for piece in pieces):
        return max(map(_weight, pieces))  # 找工作 says as much as 工作
    if _RUN.fullmatch(word) and _is_chance(word):
        return sum(map(_weight, word)) / len(word)
    return (_FLOOR + rarity(word)) * (_WORDING if word in _talk() else 1.0)


def _is_chance(word: str) -> bool:
    """Tell whether single characters stand side by side by chance, as in 来挑; 绿电 is a name."""
    common = any(one in _LIGHT or one in _talk() for one in word)
    return rarity(word) >= 1 and common and all(len(one) == 1 for one in cut(word))


@cache
def _talk() -> frozenset[str]:
    text = lzma.decompress(Path(__file__).with_name("wording.txt.xz").read_bytes())
    return frozenset(text.decode("utf-8").split())


def _words(text: str, whole: Sequence[str]) -> Iterable[str]:
    """Yield the content words of `text`; names in `whole` and runs of single characters stay whole."""
    splitter = "|".join(map(re.escape, sorted(whole, key=len, reverse=True)))
    for piece in re.split(f"({splitter})", text) if whole else [text]:
        if piece in whole:
            yield piece
            continue
        for run in _PIECE.findall(piece):
            yield from _content(run)


def _content(run: str) -> Iterable[str]:
    singles = ""
    for word in [*_compounds(joined(cut(run))), ""]:
        if len(word) == 1 and word not in STOPWORDS and "一" <= word <= "鿿":
            singles += word
            continue
        if singles and singles not in STOPWORDS:
            yield singles
        singles = ""
        if word and word not in STOPWORDS and not _NUMBER.fullmatch(word):
            yield word


def _compounds(words: Sequence[str]) -> list[str]:
    """Return `words`, 数字 put together with the noun that it stands right before."""
    found: list[str] = []
    for word in words:
        if found and found[-1] == _DIGITAL and len(word) > 1 and word not in STOPWORDS | _LIGHT:
            word = found.pop() + word
        found.append(word)
    return found


@lru_cache(maxsize=4096)
def softened(terms: tuple[Term, ...]) -> tuple[Term, ...]:
    """Return `terms` with the words that may stand for each: 出售 for 卖."""
    return tuple(
        term if term.quoted else term._replace(short=_is_short(term.text), near=_near(term.text))
        for term in terms
    )


def _is_short(word: str) -> bool:
    return bool(_SHORT.fullmatch(word)) and rarity(word) >= _RARE


def _near(word: str) -> tuple[tuple[str, float], ...]:
    known = near_words(word)
    if known and len(pieces := cut(word)) > 1:  # 申请 says much of 递申请
        own = ((one, _PARTIAL) for one in pieces if len(one) > 1 and one not in _LIGHT)
        known = tuple(sorted((*known, *own), key=lambda pair: -pair[1]))
    if known or len(word) == 1 or rarity(word) < 1:
        return known
    # no word: single characters that jieba could not join, 钱涨 of 赚的钱涨了多少
    each = _OF_SEVERAL / len(word)
    single = [(one, each) for one in word if one not in STOPWORDS]
    return (*single, *((other, each * likeness) for one, _ in single for other, likeness in near_words(one)))


def match(term: Term, text: str) -> float:
    """Return how far the folded `text` holds `term`, from 0 to 1."""
    for name in term.names:
        if name in text and (len(name) != 2 or not _runs_over(name, text)):
            return 1.0
    if term.quoted:
        bare = re.sub(r"[^\w]", "", term.text)
        return 1.0 if bare and bare in re.sub(r"[^\w]", "", text) else 0.0
    near = 0.0
    for word, likeness in term.near:  # the nearest first
        if word in text:
            near = likeness
            break
    if near < _ABBREVIATED and term.short and _abbreviates(term.text, text):
        return _ABBREVIATED
    size = len(term.text) - 1
    if size < 2 or near >= _PARTIAL:
        return near
    found = sum(term.text[index : index + 2] in text for index in range(size))
    return max(near, _PARTIAL * found / size)


def _runs_over(name: str, text: str) -> bool:
    """Tell whether `text` has a name of two characters only where two words meet: 门特 in 澳门特别."""
    if rarity(name) < 1:
        return False
    found = [match.start() for match in re.finditer(re.escape(name), text)]
    return all(at and rarity(text[at - 1 : at + 1]) < 1 > rarity(text[at + 1 : at + 3]) for at in found)


def _abbreviates(word: str, text: str) -> bool:
    """Tell whether `text` spells out `word`: 规模以上 for 规上, 最低生活保障 for 低保.

    Its characters stand in order, close together and, but for the first and last of several, where words
    begin.
    """
    for character in word:  # no generator: this is asked hundreds of times for an answer
        if character not in text:
            return False
    inner = word[1:] if len(word) == 2 else word[1:-1]
    pattern = (
        rf"{word[0]}[㐀-鿿]{{{int(len(word) == 2)},{_SPELT_OUT}}}?"
        + rf"[㐀-鿿]{{0,{_SPELT_OUT}}}?".join(word[1:])
    )
    return any(
        all(begins_word(text, at) for at in _places(inner, text, found.start() + 1))
        for found in re.finditer(f"(?={pattern})", text)
    )


def _places(characters: str, text: str, start: int) -> Iterable[int]:
    for character in characters:
        yield (start := text.index(character, start))
        start += 1


def coverage(terms: Sequence[Term], *texts: tuple[str, float]) -> float:
    """Return the weighted share of `terms` found in folded `texts`, each with its discount."""
    total = sum(term.weight for term in terms)
    if not total:
        return 0.0
    found = 0.0
    for term in terms:
        best = 0.0
        for text, discount in texts:
            if discount > best and text and (held := discount * match(term, text)) > best:
                best = held
        found += term.weight * best
    return found / total
