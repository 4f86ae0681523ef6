"""What tells whether a statement answers a question, as numbers that mean the same in every store.

Beside the parts of the score by rule: which of the question's words is missing and how far off the others
stand, pairs of characters by how rare they are among the statements found, how much the statement says that
the question does not, whether it can say what the interrogative asks for, and its lead over the others.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from statistics import median
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ...trees import Matrix
from ...types import Hit, Kind, Plan
from ...zh.fold import folded_document
from ..evidence.candidates import RUN_IN, Candidate
from . import demand, pairs
from .held import Held, Holding
from .interrogative import CLASSES, SAYS, Interrogative, interrogative
from .pairs import Numbers
from .unmeasured import unmeasured

if TYPE_CHECKING:
    from .score import Scored

_KINDS = (Kind.FIGURE, Kind.DATE, Kind.BODY, Kind.DEFINITION, Kind.LIST, Kind.YES_NO, Kind.PASSAGE)
_SAYS = {kind: re.compile(pattern) for kind, pattern in SAYS.items()}
_ENUMERATION = re.compile(r"[、;]|以及|和|与|及")
_SIGNS = re.compile(r"[\W_]+")
_LONG = 500
_NEXT_TO_NOTHING = 0.05  # weight of the words that the title has not
_THEME = 0.1  # of the lines of a document: what so many have besides one is what it is about
# The passages that a passage is measured against: those ranked fifth to fourteenth.
_LEADERS, _FOLLOWERS = 4, 10
_BESIDE = ("inside", "in its sentence", "headed", "anywhere")

# of the question and of all that was found for it
_OF_QUESTION = (
    *(f"asks {name}" for name in CLASSES),
    *(f"kind {kind.value}" for kind in _KINDS),
    *("length of the question", "terms", "heaviest term found nowhere", "bigrams found nowhere"),
    *("rare bigrams found nowhere", "quoted"),
)
# of a statement
_OF_WORDS = (
    *("score", "around", "inside", "sentence", "headed", "anywhere", "title", "beyond the title"),
    *("heaviest missing inside", "heaviest missing in its sentence", "heaviest missing anywhere"),
    *(f"before the interrogative, {place}" for place in _BESIDE),
    *(f"behind the interrogative, {place}" for place in _BESIDE),
    # without the words that may stand for others
    *("inside, literally", "around, literally", "heaviest missing around, literally"),
)
_OF_FORM = (
    *("says what is asked", "new characters", "share of new characters", "length", "heading", "run in"),
    *("enumeration", "rank", "keywords", "standing", "before it", "figure", "fit of the figure"),
    *("own figure", "region fits", "year fits", "unmeasured"),
)
# of the whole document: what it is about need not be said again in each of its statements
_OF_DOCUMENT = (
    *("document", "heaviest missing in the document", "theme of the document"),
    *("beyond the theme", "heaviest missing beyond the theme"),
)
_OF_STATEMENT = (*_OF_WORDS, *pairs.NAMES, *_OF_FORM, *_OF_DOCUMENT)
# and how far it leads in these over all others, and over all of other passages
_LEADS = (
    *("score", "anywhere", "inside", "sentence", "beyond the title", "bigrams", "rare bigrams"),
    *("rare bigrams nearby", "rare bigrams in the passage", "document", "beyond the theme"),
    "around, literally",
)
NAMES = (
    *_OF_QUESTION,
    *_OF_STATEMENT,
    *(f"{name}, lead" for name in _LEADS),
    *(f"{name}, lead over other passages" for name in _LEADS),
    *demand.NAMES,
)


def signals(
    plan: Plan, holding: Holding, held: Sequence[Held], found: Sequence[Candidate], ranked: Sequence[Scored]
) -> Matrix:
    """Return the signals of each of the `ranked` statements, a row each, columns as NAMES has them.

    `held` is how each of them holds the terms of `holding`; `found` are all statements found.
    """
    if not ranked:
        return np.zeros((0, len(NAMES)), dtype=np.float32)
    asked = interrogative(plan, holding.terms)
    paired = pairs.Pairs(asked.bigrams, found)
    looked_at = [one.candidate for one in ranked]
    own = np.hstack(
        [
            _words(asked, holding, held, ranked),
            paired.of(looked_at),
            _forms(plan, asked, ranked, _followers([candidate.hit for candidate in found])),
            _documents(holding, held, looked_at),
        ]
    )
    passages = np.unique([one.candidate.hit.passage.id for one in ranked], return_inverse=True)[1]
    leads = _leads(own[:, [_OF_STATEMENT.index(name) for name in _LEADS]], passages)
    question = np.array(_of_question(plan, asked, holding, held, paired))
    return np.hstack(
        [np.tile(question, (len(own), 1)), own, *leads, demand.signals(asked, holding, held, looked_at)]
    ).astype(np.float32)


def _leads(values: Numbers, passages: NDArray[np.intp]) -> tuple[Numbers, Numbers]:
    """Return how far each value is above the best other one, and above the best one of other passages."""
    of_passage = np.full((int(passages.max()) + 1, values.shape[1]), -np.inf)
    np.maximum.at(of_passage, passages, values)
    best, second = _best_two(values)
    first, other = _best_two(of_passage)
    elsewhere = np.where(of_passage[passages] < first, first, other)
    return values - np.where(values < best, best, second), values - elsewhere


def _best_two(values: Numbers) -> tuple[Numbers, Numbers]:
    ordered = np.sort(values, axis=0)
    return ordered[-1], ordered[-2] if len(ordered) > 1 else np.zeros(values.shape[1])


def _of_question(
    plan: Plan, asked: Interrogative, holding: Holding, held: Sequence[Held], paired: pairs.Pairs
) -> list[float]:
    best = np.array([its.anywhere for its in held]).max(axis=0)
    missing = (np.array(holding.weights) * (1 - best)).max(initial=0.0)
    nowhere = np.array([[not count for count in paired.counts]], dtype=bool)
    return [
        *(float(asked.kind == name) for name in CLASSES),
        *(float(plan.kind is kind) for kind in _KINDS),
        len(asked.text),
        sum(not term.light for term in holding.terms),
        float(missing),
        float(pairs.share(nowhere)[0]),
        float(paired.rare_share(nowhere)[0]),
        float(any(term.quoted for term in holding.terms)),
    ]


def _words(asked: Interrogative, holding: Holding, held: Sequence[Held], ranked: Sequence[Scored]) -> Numbers:
    """Return the signals of the question's words, as _OF_WORDS names them."""
    weights = np.array(holding.weights)
    title = np.array([holding.frame(one.candidate.frame) for one in ranked])
    clause = np.array([holding.literally(one.candidate.folded) for one in ranked])
    around = np.array([holding.literally(one.candidate.around) for one in ranked])
    inside, sentence, headed, anywhere = (
        np.array([its[place] for its in held]) for place in range(len(_BESIDE))
    )
    beyond = weights * (1 - title)
    left = beyond.sum(axis=1)
    total = weights.sum() or 1.0
    asked_for = [
        its[:, beside] if beside >= 0 else np.full(len(ranked), -1.0)
        for beside in (asked.left, asked.right)
        for its in (inside, sentence, headed, anywhere)
    ]
    return np.column_stack(
        [
            [one.score for one in ranked],
            [one.coverage for one in ranked],
            [one.inside for one in ranked],
            *(its @ weights / total for its in (sentence, headed, anywhere, title)),
            np.where(left > _NEXT_TO_NOTHING, (beyond * inside).sum(axis=1) / np.maximum(left, 1e-9), 1.0),
            *((weights * (1 - its)).max(axis=1, initial=0.0) for its in (inside, sentence, anywhere)),
            *asked_for,
            *(its @ weights / total for its in (clause, around)),
            (weights * (1 - around)).max(axis=1, initial=0.0),
        ]
    )


def _forms(plan: Plan, asked: Interrogative, ranked: Sequence[Scored], followers: float) -> Numbers:
    """Return the signals of what a statement is, whatever words it has, as _OF_FORM names them."""
    known = dict.fromkeys(map(ord, asked.text))
    says = _SAYS.get(asked.kind)
    rows = []
    for one in ranked:
        candidate, figure = one.candidate, one.figure
        clause = candidate.folded
        characters = _SIGNS.sub("", clause)
        new = len(characters.translate(known))
        keywords = candidate.hit.signals.get("keywords", 0.0)
        rows.append(
            (
                (1.0 if says.search(clause) else 0.0) if says else -1.0,
                new,
                new / max(len(characters), 1),
                len(clause),
                candidate.is_heading,
                RUN_IN.match(clause) is not None,
                len(_ENUMERATION.findall(clause)),
                math.log(candidate.hit.rank),
                keywords,
                keywords - followers,
                min(len(candidate.before), _LONG),
                figure is not None,
                figure.fit if figure else -1.0,
                figure.own if figure else -1.0,
                one.region_fits,
                one.year_fits,
                bool(unmeasured(plan, one)),
            )
        )
    return np.array(rows, dtype=float)


def _documents(holding: Holding, held: Sequence[Held], looked_at: Sequence[Candidate]) -> Numbers:
    """Return the signals of the documents that statements stand in, as _OF_DOCUMENT names them."""
    weights = np.array(holding.weights)
    total = weights.sum() or 1.0
    whole = {one.document.id: folded_document(one.document.text) for one in looked_at}
    often = {id: np.array(holding.often(text)) for id, text in whole.items()}
    lines = {id: text.count("\n") + 1 for id, text in whole.items()}
    rows = []
    for one, its in zip(looked_at, held, strict=True):
        there = often[one.document.id]
        theme = np.clip((there - 1) / (_THEME * lines[one.document.id]), 0.0, 1.0)
        beyond = weights * (1 - theme)
        left = beyond.sum()
        inside = np.array(its.sentence)
        rows.append(
            (
                (weights * (there > 0)).sum() / total,
                (weights * (there == 0)).max(initial=0.0),
                (weights * theme).sum() / total,
                (beyond * inside).sum() / left if left > _NEXT_TO_NOTHING else 1.0,
                (beyond * (1 - inside)).max(initial=0.0),
            )
        )
    return np.array(rows, dtype=float)


def _followers(hits: Sequence[Hit]) -> float:
    """Return the middle keyword score of the passages ranked fifth to fourteenth."""
    by_rank = sorted({hit.rank: hit for hit in hits}.items())[_LEADERS : _LEADERS + _FOLLOWERS]
    return median(hit.signals.get("keywords", 0.0) for _, hit in by_rank) if by_rank else 0.0
