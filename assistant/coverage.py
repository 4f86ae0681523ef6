"""What a store covers: how many passages of each region speak of each of its topics.

A topic is a noun or a compound of the documents' own titles and headings. Of those it takes the
few that together are in most passages, that many regions share, and that a passage speaks of again
and again once it speaks of them: subject words come in bursts, words of form do not (Katz 1996,
"Distribution of content words and phrases in text and language modelling").
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from math import log1p

from .types import Cell, Coverage, Passage
from .zh import places
from .zh.fold import fold
from .zh.tokens import STOPWORDS, parts_of_speech, rarity, words

TOPICS = 9  # columns that a screen holds and a reader can compare
LEARNT_FROM = 4000  # passages: more change no topic and cost seconds
CANDIDATES = 400  # terms of the headings that are counted, the most frequent ones
ROWS = 30  # regions shown as they are; above, those of one province together
RARE, COMMON = 0.01, 0.25  # share of the passages between which a term tells them apart
BURST = 1.2  # times in a passage that has it; 目标任务 has 1.05, 重点领域 1.13, 科技创新 1.72
LETTERS = 4  # a compound of four characters says what it is about, a longer one not more
AGAIN = 0.2  # what a passage counts that an earlier topic already covers


def cover(passages: Callable[[], Iterable[Passage]], count: int) -> Coverage:
    """Return what a store of `count` passages covers; `passages` yields them all, each time anew."""
    step = max(1, count // LEARNT_FROM)
    learnt_from: list[Passage] = []
    regions: set[str] = set()
    for number, passage in enumerate(passages()):
        regions.add(passage.region)
        if number % step == 0:
            learnt_from.append(passage)
    topics = _topics(learnt_from)
    row_of = {region: _row(region, len(regions)) for region in regions}
    found: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for passage in passages():
        row = row_of[passage.region]
        found[row, ""][passage.document] += 1
        spoken = _text(passage)
        for topic in topics:
            if topic in spoken:
                found[row, topic][passage.document] += 1
    cells = {place: Cell(documents.total(), len(documents)) for place, documents in found.items()}
    totals = {region: cell for (region, topic), cell in cells.items() if not topic}
    rows = sorted(totals, key=lambda region: (not region, -totals[region].passages, region))
    return Coverage(topics, tuple(rows), {place: cells[place] for place in cells if place[1]}, totals)


def _row(region: str, count: int) -> str:
    return region if count <= ROWS or not region else places.levels(region)[0]


def _text(passage: Passage) -> str:
    return fold("\n".join((*passage.section, passage.text)))


def _topics(passages: Sequence[Passage]) -> tuple[str, ...]:
    """Return the topics, the one that most passages speak of first."""
    texts = [_text(passage) for passage in passages]
    holding: dict[str, frozenset[int]] = {}
    worth: dict[str, float] = {}
    for term in _candidates(passages):
        held = frozenset(number for number, spoken in enumerate(texts) if term in spoken)
        if len(held) < 2 or not RARE * len(texts) <= len(held) <= COMMON * len(texts) or places.find(term):
            continue
        burst = sum(texts[number].count(term) for number in held) / len(held)
        regions = len({passages[number].region for number in held})
        holding[term] = held
        worth[term] = max(burst - BURST, 0) * log1p(regions) * min(len(term), LETTERS) * rarity(term) ** 2
    chosen = _chosen(holding, worth)
    return tuple(sorted(chosen, key=lambda term: -len(holding[term])))


def _chosen(holding: Mapping[str, frozenset[int]], worth: Mapping[str, float]) -> list[str]:
    """Choose one after the other the term that adds most; none is part of another."""
    chosen: list[str] = []
    covered: frozenset[int] = frozenset()

    def gain(term: str) -> float:
        return float((len(holding[term] - covered) + AGAIN * len(holding[term])) ** 0.7 * worth[term])

    left = {term for term in worth if worth[term] > 0}
    while left and len(chosen) < TOPICS:
        best = max(sorted(left), key=gain)
        chosen.append(best)
        covered |= holding[best]
        left = {term for term in left if term not in best and best not in term}
    return chosen


def _candidates(passages: Sequence[Passage]) -> list[str]:
    """Return the terms of titles and headings, the most frequent ones."""
    headings = {heading for passage in passages for heading in (*passage.section, passage.title)}
    cuts = [words(heading) for heading in sorted(headings)]
    tags = parts_of_speech({word for cut in cuts for word in cut})
    counts = Counter(term for cut in cuts for term in set(_terms(cut, tags)))
    return [term for term, _ in counts.most_common(CANDIDATES)]


def _terms(cut: Sequence[str], tags: Mapping[str, str]) -> Iterator[str]:
    """Yield the nouns of a heading, and the pairs of words that make a compound."""

    def is_one_of(word: str, kinds: str) -> bool:
        # a word that the dictionary has not is a name or a new noun
        tag = tags.get(word, "n")
        is_name = tag in ("ns", "nr", "nt")
        return len(word) > 1 and word not in STOPWORDS and tag[0] in kinds and not is_name

    def is_chinese(word: str) -> bool:
        return all("一" <= character <= "鿿" for character in word)

    known = [word if is_chinese(word) else "" for word in cut]
    yield from (word for word in known if is_one_of(word, "nj"))
    for first, second in pairwise(known):
        # 科技 + 创新, 绿色 + 转型: what it is about, then what is done with it
        if is_one_of(first, "nj") and is_one_of(second, "njvli"):
            yield first + second
