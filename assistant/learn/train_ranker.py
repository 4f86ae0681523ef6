"""Learn the shipped ranking: `python -m assistant.learn.train_ranker DATA STORES`.

Run after `train_questions`. It learns from two fields, law questions and encyclopedia questions, each
counting the same, and prints out of fold what it adds to the weighted sum in each. The law questions
are read by models that were not taught their fold; the encyclopedia questions are the development set
of CMRC, since the embedding has read the questions of the training split and looks surer on them than
on any new question.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ..core import Assistant
from ..index.embed import BUNDLED, Embedder, StaticEmbedder, load_embedder
from ..index.reader import Reader
from ..index.store import Store
from ..search.general import MONOTONE, SHIPPED, Features, General, save
from ..search.known import Known
from ..search.plan import make_plan
from ..search.rank import Pool, Query
from ..search.ranker import Integers, Matrix, Scores, Trees
from ..search.retrieve import retrieve
from ..settings import Settings
from ..types import Filters
from . import train_questions
from .measures import Values, interval, measure
from .ranking import FOLDS
from .texts import read_records
from .trees import grow

# Small and slow trees that start from the weighted sum: 250 rounds of the tuning's parameters find more on
# the law questions and lose places in the other fields.
_ROUNDS = 80
_PARAMETERS = {"num_leaves": 8, "max_depth": 4, "min_data_in_leaf": 100, "learning_rate": 0.08}

_BEST, _DRAWN = 100, 40  # candidates of a question that are learnt from: the best, and some of the others

EmbedderFor = Callable[[int], Embedder]


@dataclass(frozen=True, slots=True)
class Field:
    """Records to be searched and questions on them; `right[i]` are records, `answers[i]` words of them."""

    name: str
    records: list[dict[str, str]]
    questions: list[str]
    right: list[frozenset[str]]
    answers: list[tuple[str, ...]]  # a right passage holds one of them; empty: every passage is right
    folds: Integers  # of each question


@dataclass(frozen=True, slots=True)
class Row:
    """The candidates of one question."""

    weighted: Scores
    features: Matrix
    records: Integers
    right: NDArray[np.bool_]  # is of a right record
    best: NDArray[np.bool_]  # and holds the answer


def laws(data: Path) -> Field:
    """Return the law questions over all articles."""
    asked = list(read_records(data / "law_questions_train.jsonl"))
    folds = law_folds(len(asked))
    questions = [record["question"] for record in asked]
    right = [frozenset(record["gold"]) for record in asked]
    records = list(read_records(data / "law_articles.jsonl.xz"))
    return Field("law", records, questions, right, [()] * len(asked), folds)


def law_folds(count: int) -> Integers:
    """Return the fold of each law question, the same wherever one is judged by what others taught."""
    return np.random.default_rng(0).permutation(count) % FOLDS


def encyclopedia(data: Path, every: int = 2) -> Field:
    """Return every second question of CMRC's development set; paragraphs of a fold lie in no other."""
    numbers: dict[str, int] = {}
    asked = [
        (question["question"], numbers.setdefault(record["context"], len(numbers)), question["answers"])
        for record in read_records(data / "cmrc2018_dev.jsonl.xz")
        for question in record["questions"]
    ][::every]
    return Field(
        "cmrc2018_dev",
        [{"id": str(number), "title": "", "text": text} for text, number in numbers.items()],
        [question for question, _, _ in asked],
        [frozenset([str(number)]) for _, number, _ in asked],
        [tuple(answers) for _, _, answers in asked],
        np.array([number for _, number, _ in asked]) * FOLDS // max(len(numbers), 1),
    )


def read_rows(field: Field, reader: Reader, embedder_for: EmbedderFor) -> list[Row]:
    """Return the candidates of each question as a search finds them; `embedder_for` its number reads it."""
    known = Known.of(reader.documents(), reader.regions())
    noting = _Noting(Features(reader))
    found = []
    for number, question in enumerate(field.questions):
        plan = make_plan(question, (), known)
        retrieve(plan, Filters(), 1, reader, embedder_for(number), ranker=noting)
        found.append(_row(field, number, noting, reader))
    return found


class _Noting:
    """Notes the candidates of the last question and leaves them in the order of the weighted sum."""

    def __init__(self, features: Features) -> None:
        self._features = features

    def topic(self, query: Query, pool: Pool) -> Scores:
        self.pool, self.features = pool, self._features.of(query, pool)
        return pool.weighted


def _row(field: Field, number: int, noted: _Noting, reader: Reader) -> Row:
    positions = noted.pool.positions
    names, codes = reader.document_codes()
    records = codes[positions]
    right = np.array([names[record] in field.right[number] for record in records.tolist()])
    best = right.copy()
    if field.answers[number]:
        for place in np.flatnonzero(right).tolist():
            [passage] = reader.passages([int(positions[place])])
            best[place] = any(answer in passage.text for answer in field.answers[number])
    return Row(noted.pool.weighted, noted.features, records, right, best if best.any() else right)


def learn(fields: Sequence[Sequence[Row]]) -> Trees:
    """Return the trees that all of `fields` teach, each counting the same."""
    rng = np.random.default_rng(0)
    lessons = [
        (row, _chosen(row, rng), 1000 / len(rows)) for rows in fields for row in rows if row.best.any()
    ]
    return grow(
        [row.features[chosen] for row, chosen, _ in lessons],
        [row.best[chosen] for row, chosen, _ in lessons],
        start=[row.weighted[chosen] for row, chosen, _ in lessons],
        weights=[weight for _, _, weight in lessons],
        rounds=_ROUNDS,
        monotone_constraints=list(MONOTONE),
        **_PARAMETERS,
    )


def _chosen(row: Row, rng: np.random.Generator) -> Integers:
    order = np.argsort(-row.weighted, kind="stable")
    drawn = rng.permutation(order[_BEST:])[:_DRAWN]
    return np.unique(np.concatenate([order[:_BEST], drawn, np.flatnonzero(row.best)]))


def judge(fields: Sequence[tuple[Field, list[Row]]]) -> Iterator[str]:
    """Yield a line for each field: what the trees of the other folds add to the weighted sum."""
    scores: list[dict[int, Scores]] = [{} for _ in fields]
    for fold in range(FOLDS):
        others = [
            [row for row, own in zip(rows, field.folds, strict=True) if own != fold] for field, rows in fields
        ]
        trees = learn(others)
        for judged, (field, rows) in zip(scores, fields, strict=True):
            for number in np.flatnonzero(field.folds == fold).tolist():
                judged[number] = rows[number].weighted + trees.score(rows[number].features)
    for judged, (field, rows) in zip(scores, fields, strict=True):
        before = _measured(field, rows, [row.weighted for row in rows])
        after = _measured(field, rows, [judged[number] for number in range(len(rows))])
        gains = [f"{name} {interval(after[name] - values)}" for name, values in before.items()]
        yield f"{field.name}, {len(rows):,} questions, out of fold, more than without: {'; '.join(gains)}"


def _measured(field: Field, rows: list[Row], scores: list[Scores]) -> dict[str, Values]:
    rankings, gold = [], []
    for row, own, right in zip(rows, scores, field.right, strict=True):
        records = row.records[np.argsort(-own, kind="stable")]
        rankings.append(list(dict.fromkeys(records.tolist())))
        found = set(row.records[row.right].tolist())
        # a right record that is no candidate counts as never found
        gold.append(found | {-1 - missing for missing in range(len(right) - len(found))})
    return measure(rankings, gold)


def open_field(field: Field, stores: Path, settings: Settings) -> Reader:
    """Return the store of a field's records in the folder `stores`, indexed by the product itself."""
    source = stores / f"{field.name}.jsonl"
    if not source.exists():
        stores.mkdir(parents=True, exist_ok=True)
        lines = (json.dumps(record, ensure_ascii=False) for record in field.records)
        source.write_text("\n".join(lines) + "\n", encoding="utf-8")
    assistant = Assistant.open(stores / field.name, settings, rebuild=True)
    report = assistant.index([source])
    assistant.close()
    if report.count("failed"):
        raise ValueError(f"{field.name}: {next(report.failures()).reason}")
    embedder = load_embedder(settings.embedding)
    return Store(stores / field.name, embedder.name, embedder.dimensions).reader()


def taught_by_other_folds(data: Path, untaught: StaticEmbedder) -> EmbedderFor:
    """Return what gives each law question a model that was not taught its fold."""
    lessons = train_questions.read_lessons(data, untaught)
    folds = law_folds(len(lessons.laws))

    @cache
    def taught(fold: int) -> StaticEmbedder:
        others = [lesson for lesson, own in zip(lessons.laws, folds, strict=True) if own != fold]
        return untaught.taught(*train_questions.teach_questions(lessons, others, untaught))

    return lambda number: taught(int(folds[number]))


def main(arguments: list[str] | None = None) -> None:
    """Learn from the questions of DATA, print what it adds out of fold, and write the shipped trees."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("stores", type=Path, help="a folder where the records of each field are indexed")
    parser.add_argument("--to", type=Path, default=SHIPPED, help="where the trees are written")
    options = parser.parse_args(arguments)
    settings = Settings.load(embedding="bundled")
    taught, untaught = load_embedder("bundled"), StaticEmbedder(BUNDLED)
    readers: list[tuple[Field, EmbedderFor]] = [
        (laws(options.data), taught_by_other_folds(options.data, untaught)),
        (encyclopedia(options.data), lambda _: taught),
    ]
    fields = [
        (field, read_rows(field, open_field(field, options.stores, settings), embedder_for))
        for field, embedder_for in readers
    ]
    print("\n".join(judge(fields)), flush=True)
    save(General(taught.name, learn([rows for _, rows in fields])), options.to)


if __name__ == "__main__":
    main()
