"""Learn from a desk's own questions: `python -m assistant tune questions.jsonl`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

import numpy as np

from ..errors import UsageError
from ..index.embed import StaticEmbedder, load_embedder
from ..index.store import Store
from ..search import tuned as saved
from ..search.rank import Weights, dealt, standardised
from ..search.ranker import Integers
from ..search.retrieve import REREAD
from ..search.wording import wording
from ..settings import Settings
from .asked import read_known
from .material import Material
from .measures import Interval, Values, interval, measure
from .passages import Passages
from .ranking import FOLDS, fold_of, rank, study

_FEWEST = 50  # questions: with fewer a fold holds ten, and no gain stands out of the noise
_GUARDS = 300  # passages of the store that must still be found by their own words
_JUDGED_BY = "recall@10"


@dataclass(frozen=True, slots=True)
class TuneReport:
    """What tuning found out by cross-validation, and whether it was kept."""

    questions: int
    unresolved: tuple[str, ...]  # questions whose documents or quotes are not in the store
    before: dict[str, Interval]  # measure by measure, the untuned ranking
    after: dict[str, Interval]
    difference: dict[str, Interval]  # paired
    unseen: int  # questions none of whose passages answers a question of the other folds
    unseen_difference: dict[str, Interval]
    own_words: Interval  # difference in finding a passage first by a clause of it
    path: Path | None  # of what was learnt; None: it was not kept
    seconds: float

    @property
    def kept(self) -> bool:
        """Tell whether the store uses what was learnt."""
        return self.path is not None


def tune(file: Path, settings: Settings, progress: Callable[[str], None]) -> TuneReport:
    """Learn from the questions in `file`, and keep what was learnt if it helps beyond noise.

    The store is the settings'. Raises UsageError for a file or a model that cannot be learnt from
    and for a missing store, StoreError for one that cannot be used.
    """
    started = perf_counter()
    passages = _passages(settings)
    asked, unresolved = passages.resolve(read_known(file))
    if len(asked) < _FEWEST:
        raise UsageError(
            f"{file} 里有 {len(asked)} 个问题的依据在文件库中，另有 {len(unresolved)} 个不在。",
            f"至少要 {_FEWEST} 个，请补充问题或文件。",
        )
    material = passages.material(asked)
    before = _measured(material, _untuned(material, passages, settings.dense_weight))
    clauses = passages.own_words(2 * _GUARDS)  # every second one guards what the others teach
    studied = study(material, passages.material(clauses[1::2]), progress)
    after = _measured(material, studied.rankings)
    progress("")
    probes = passages.material(clauses[::2])
    own_words = _difference(
        _measured(probes, _untuned(probes, passages, settings.dense_weight)),
        _measured(probes, rank(probes, studied.learned)),
    )["recall@1"]
    difference = _difference(before, after)
    helps = difference[_JUDGED_BY].low > 0 and own_words.high >= 0
    unseen = _unseen(material)
    return TuneReport(
        questions=len(asked),
        unresolved=tuple(unresolved),
        before={name: interval(values) for name, values in before.items()},
        after={name: interval(values) for name, values in after.items()},
        difference=difference,
        unseen=int(unseen.sum()),
        unseen_difference=_difference(before, after, unseen) if unseen.any() else {},
        own_words=own_words,
        path=saved.save(settings.store, passages.tuned(studied.learned)) if helps else None,
        seconds=perf_counter() - started,
    )


def undo(store: Path) -> Path | None:
    """Take the newest tuning of `store` away; return the one that counts now, None for none.

    Raises UsageError when there is none to take away.
    """
    path = saved.newest(store)
    if path is None:
        raise UsageError(f"文件库 {store} 没有训练过。", "先运行 `tune questions.jsonl`。")
    path.unlink()
    return saved.newest(store)


def _passages(settings: Settings) -> Passages:
    Store.require(settings.store)
    embedder = load_embedder(settings.embedding)
    if not isinstance(embedder, StaticEmbedder):
        raise UsageError(
            f"模型 {embedder.name} 不能用问题来训练。", "请把设置 embedding 改为 bundled 或另一个静态模型。"
        )
    return Passages(Store(settings.store, embedder.name, embedder.dimensions).reader(), embedder)


def _untuned(material: Material, passages: Passages, dense_weight: float) -> list[Integers]:
    """Rank the candidates of each question by weighted sum and wording, as a search does without tuning."""
    rankings = []
    everything = material.candidates(np.arange(len(material.asked)), material.base)
    for asked, (positions, candidates) in zip(material.asked, everything, strict=True):
        total = standardised(candidates.keywords) + dense_weight * standardised(candidates.base)
        first = np.argsort(-total, kind="stable")[:REREAD]
        worded = Weights().wording * wording(asked.question, passages.read(positions[first]))
        total[first] = dealt(total[first], total[first] + worded)
        rankings.append(positions[np.argsort(-total, kind="stable")])
    return rankings


def _measured(material: Material, rankings: Sequence[Integers]) -> dict[str, Values]:
    gold = [question.right.tolist() for question in material.asked]
    return measure([ranking.tolist() for ranking in rankings], gold)


def _difference(
    before: dict[str, Values], after: dict[str, Values], chosen: Values | slice = slice(None)
) -> dict[str, Interval]:
    return {name: interval((after[name] - before[name])[chosen]) for name in before}


def _unseen(material: Material) -> Values:
    """Tell of each question whether its passages answer no question of another fold."""
    folds = fold_of(material)
    seen = [
        set(
            np.concatenate(
                [a.right for a, f in zip(material.asked, folds, strict=True) if f != fold]
            ).tolist()
        )
        for fold in range(FOLDS)
    ]
    return np.array(
        [seen[f].isdisjoint(a.right.tolist()) for a, f in zip(material.asked, folds, strict=True)]
    )
