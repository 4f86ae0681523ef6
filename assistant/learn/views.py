"""Pairs that belong together, mined without labels: a sentence and the rest of its text, and others.

Texts are kept as token numbers, sentence by sentence, so that every epoch can draw new pairs at no
cost: a side of a pair is a list of sentence numbers.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ..zh.sentences import sentences
from .texts import Text

if TYPE_CHECKING:
    from tokenizers import Tokenizer

Integers = NDArray[np.int64]

WINDOW = 8  # sentences on the passage side: about 300 characters, as passages are in use


@dataclass(frozen=True, slots=True)
class Row:
    """One text as sentence numbers: [first, last) is its body; -1 stands for none."""

    source: str
    title: int
    question: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class TokenTexts:
    """Texts as token numbers: sentence `i` is `tokens[starts[i]:starts[i + 1]]`."""

    tokens: Integers
    starts: Integers
    rows: tuple[Row, ...]

    def join(self, numbers: Sequence[int]) -> Integers:
        """Return the tokens of the sentences `numbers`, one after the other."""
        return np.concatenate([self.tokens[self.starts[i] : self.starts[i + 1]] for i in numbers])


@dataclass(frozen=True, slots=True)
class Pair:
    """Two sides that belong together; pairs of one `key` belong together crosswise too."""

    question: tuple[int, ...]
    passage: tuple[int, ...]
    key: int


def tokenize_texts(texts: Sequence[Text], tokenizer: Tokenizer) -> TokenTexts:
    """Return `texts` cut into sentences and tokens."""
    found: list[str] = []
    rows = []
    for text in texts:
        marks = []
        for single in (text.title, text.question):
            marks.append(len(found) if single else -1)
            found += [single] if single else []
        first = len(found)
        found += [text.body[span.start : span.end] for span in sentences(text.body)]
        rows.append(Row(text.source, marks[0], marks[1], first, len(found)))
    encodings = tokenizer.encode_batch_fast(found, add_special_tokens=False)
    lengths = np.fromiter((len(e.ids) for e in encodings), dtype=np.int64, count=len(found))
    tokens = np.fromiter(chain.from_iterable(e.ids for e in encodings), np.int64, int(lengths.sum()))
    return TokenTexts(tokens, np.concatenate([[0], np.cumsum(lengths)]), tuple(rows))


def draw_epoch(texts: TokenTexts, rng: np.random.Generator, batch: int, block: int) -> Iterator[list[Pair]]:
    """Yield shuffled batches of pairs, each from one source and one kind of pair.

    Shuffling moves `block` pairs as one: above 1 a batch holds pairs of the same text and of its
    neighbours, which are hard to tell apart.
    """
    kinds: dict[tuple[str, str], list[Pair]] = {}
    titles: dict[bytes, int] = {}
    for row in texts.rows:
        for kind, pair in _pairs(row, rng, texts, titles):
            kinds.setdefault((row.source, kind), []).append(pair)
    batches = []
    for pairs in kinds.values():
        order = _shuffled(len(pairs), block, rng)
        for start in range(0, len(pairs), batch):
            chosen = order[start : start + batch]
            if len(chosen) >= batch // 4:  # a small batch has few negatives
                batches.append([pairs[i] for i in chosen])
    for number in rng.permutation(len(batches)):
        yield batches[number]


def _shuffled(length: int, block: int, rng: np.random.Generator) -> Integers:
    blocks = rng.permutation(-(-length // block))
    order = (blocks[:, None] * block + np.arange(block)).ravel()
    return order[order < length]


def _pairs(
    row: Row, rng: np.random.Generator, texts: TokenTexts, titles: dict[bytes, int]
) -> Iterator[tuple[str, Pair]]:
    length = row.last - row.first
    title = (row.title,) if row.title >= 0 else ()
    body = tuple(range(row.first, row.last))
    if row.question >= 0:
        if length:
            yield "question", Pair((row.question,), body, row.question)
        return
    if title and length:
        key = titles.setdefault(texts.join(title).tobytes(), row.title)
        start = int(rng.integers(max(length - WINDOW, 0) + 1))
        yield "title", Pair(title, body[start : start + WINDOW], key)
    if length < 2:
        return
    yield "lead", Pair(body[:1], body[1 : 1 + WINDOW], row.first)
    for start in range(0, length, WINDOW):
        window = body[start : start + WINDOW]
        if len(window) < 2:
            continue
        for chosen in rng.permutation(len(window))[:3]:
            rest = tuple(i for i in window if i != window[chosen])
            with_title = title if rng.random() < 0.5 else ()
            yield "rest", Pair((window[chosen],), with_title + rest, window[chosen])
        following = body[start + WINDOW : start + 2 * WINDOW]
        if following:
            yield "neighbour", Pair(window, following, window[0])
