"""The shipped ranking: trees learnt in several fields, which correct the weighted sum of BM25 and cosine.

What they look at is relative to the other candidates or to the question, so that it means the same in
a field that nobody taught; and a better value never lowers a passage (monotone constraints), so that
what was peculiar to a field that taught can do little harm in another.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, cached_property
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple, Protocol

import numpy as np

from ..errors import SettingsError
from ..types import Passage
from ..zh.fold import fold
from ..zh.tokens import content_words, rarity
from .rank import Pool, Positions, Query, Scores
from .ranker import Matrix, Trees, share, standardised, title_features, title_numbers
from .wording import best_sentence, covered, folded, holds, telling

SHIPPED = Path(__file__).parent.parent / "models" / "policy-ranker.npz"

# Candidates whose text is read, the best by the weighted sum: what stands behind them is rarely right,
# and reading takes half of the ranker's time.
READ = 50
_UNREAD = -1.0  # stands for every feature of a text that was not read

_TITLE_PARTS = tuple(
    f"{scores}, {part} of the title"
    for scores in ("keywords", "dense", "both")
    for part in ("best", "behind the best", "sum", "mean")
)
FEATURES = (
    *(f"{scores}, {part}" for scores in ("keywords", "dense") for part in ("deviations", "share")),
    *_TITLE_PARTS,
    "candidates of the title",
    *("rare words", "telling words", "rare words with title and section"),
    *("pairs", "telling pairs"),
    *("longest run", "longest run to the longest of all"),
    *("rare words of the best sentence", "telling pairs of the best sentence"),
)

# 1: a greater value never ranks a passage lower, -1: never higher, 0: either
MONOTONE = tuple(
    -1 if "behind" in name else 0 if name == "candidates of the title" else 1 for name in FEATURES
)

_RUN = re.compile(r"[㐀-䶿一-鿿a-z0-9]+")


class Index(Protocol):
    """One state of a store."""

    def document_codes(self) -> tuple[Sequence[str], Positions]:
        """Return the ids of the documents, and for each passage the number of its document among them."""

    def titles(self) -> Sequence[str]:
        """Return the title of each of those documents."""

    def passages(self, positions: Sequence[int]) -> list[Passage]:
        """Return the passages at `positions`, in that order."""


class General(NamedTuple):
    """Trees and the embedding model whose cosines they learnt from."""

    model: str
    trees: Trees


class Features:
    """What the ranking looks at, over one state of a store."""

    def __init__(self, index: Index) -> None:
        """Read passages of `index`."""
        self._index = index

    @cached_property
    def _titles(self) -> Positions:
        """Return the number of each passage's title, at the first question: 58,637 titles take a while."""
        return title_numbers(self._index.titles())[self._index.document_codes()[1]]

    def of(self, query: Query, pool: Pool) -> Matrix:
        """Return the features of each candidate as FEATURES names them, shape (candidates, features)."""
        positions, keywords, dense, weighted = pool
        scores = standardised(keywords), standardised(dense)
        columns = [scores[0], share(keywords), scores[1], share(dense)]
        columns += title_features((*scores, weighted), self._titles[positions])
        first = np.argsort(-weighted, kind="stable")[:READ]
        read = text_features(query.question, self._index.passages(positions[first].tolist()))
        texts = np.full((len(positions), read.shape[1]), _UNREAD, dtype=np.float32)
        texts[first] = read
        return np.hstack([np.stack(columns, axis=1), texts]).astype(np.float32)


class GeneralRanker:
    """The shipped ranking over one state of a store."""

    def __init__(self, trees: Trees, index: Index) -> None:
        """Rank passages of `index`."""
        self._trees, self._features = trees, Features(index)

    def topic(self, query: Query, pool: Pool) -> Scores:
        """Return how well each candidate fits the question: the weighted sum, corrected."""
        return pool.weighted + self._trees.score(self._features.of(query, pool))


def text_features(question: str, passages: Sequence[Passage]) -> Matrix:
    """Return how much of `question` each passage holds: its words, its pairs of characters, its runs.

    A word weighs what it is rare in Chinese, or how well it tells these passages apart.
    """
    asked = fold(question)
    texts = [folded(passage) for passage in passages]
    words = list(dict.fromkeys(content_words(asked)))
    pairs = list(dict.fromkeys(a + b for run in _RUN.findall(asked) for a, b in pairwise(run)))
    rare = np.array([rarity(word) for word in words])
    in_text, pairs_in_text = holds(words, texts), holds(pairs, texts)
    above = holds(words, [fold(" ".join((passage.title, *passage.section))) for passage in passages])
    telling_words, telling_pairs = telling(in_text), telling(pairs_in_text)
    runs = np.array([_longest_run(asked, text) for text in texts], dtype=np.float32)
    return np.stack(
        [
            covered(in_text, rare),
            covered(in_text, telling_words),
            covered(in_text | above, rare),
            covered(pairs_in_text, np.ones(len(pairs))),
            covered(pairs_in_text, telling_pairs),
            np.minimum(runs / max(sum(map(len, _RUN.findall(asked))), 1), 1),  # signs may run along
            runs / max(float(runs.max(initial=0.0)), 1.0),
            best_sentence(words, rare, texts),
            best_sentence(pairs, telling_pairs, texts),
        ],
        axis=1,
    ).astype(np.float32)


def _longest_run(asked: str, text: str) -> int:
    """Return the length of the longest stretch of `asked` that stands in `text`."""
    longest = start = 0
    while start + longest < len(asked):
        if asked[start : start + longest + 1] in text:
            longest += 1
        else:
            start += 1
    return longest


def ranker_for(model: str, index: Index) -> GeneralRanker:
    """Return the shipped ranking over `index`, whose embedding model is named `model`.

    Raises SettingsError where the ranking did not learn from that model.
    """
    shipped = load()
    if shipped.model != model:
        raise SettingsError(
            f"learnt_ranking 是按自带的向量模型 {shipped.model} 学的，不适用于 {model}。",
            '请去掉 learnt_ranking，或设 embedding = "bundled"。',
        )
    return GeneralRanker(shipped.trees, index)


@cache
def load(path: Path = SHIPPED) -> General:
    """Read the trees at `path`."""
    with np.load(path, allow_pickle=False) as arrays:
        return General(str(arrays["model"]), Trees.of(arrays))


def save(general: General, path: Path) -> None:
    """Write the trees to `path`."""
    np.savez_compressed(path, model=np.array(general.model), **general.trees.arrays())
