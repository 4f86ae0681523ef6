"""The product's own store over a question set, and the ways to rank its records."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future
from functools import cache
from pathlib import Path

import numpy as np

from assistant import Assistant
from assistant.index.embed import BUNDLED, Embedder, StaticEmbedder, load_embedder
from assistant.index.reader import Reader
from assistant.index.store import Store
from assistant.learn import train_questions
from assistant.learn.asked import read_known
from assistant.learn.passages import Passages
from assistant.learn.ranking import FOLDS, study
from assistant.search import known as search_known
from assistant.search.plan import make_plan
from assistant.search.rank import Weights
from assistant.search.retrieve import retrieve
from assistant.settings import Settings
from assistant.types import Filters
from assistant.zh.tokens import tokenize

from .sets import LAW_QUESTIONS, QuestionSet

DEPTH = 100  # as deep as the measures look

Rank = Callable[[int], list[str]]  # the number of a question to record ids, best first
Rankings = list[list[str]]  # of every question


def build(questions: QuestionSet, folder: Path, settings: Settings) -> Reader:
    """Return the store over all records of a set, indexed by the product itself."""
    folder.mkdir(parents=True, exist_ok=True)
    source = folder / f"{questions.name}.jsonl"
    if not source.exists():
        lines = (json.dumps(record, ensure_ascii=False) for record in questions.records)
        source.write_text("\n".join(lines) + "\n", encoding="utf-8")
    assistant = Assistant.open(folder / questions.name, settings, rebuild=True)
    report = assistant.index([source])
    assistant.close()
    if report.count("failed"):
        raise ValueError(f"{questions.name}: {next(report.failures()).reason}")
    embedder = load_embedder(settings.embedding)
    return Store(folder / questions.name, embedder.name, embedder.dimensions).reader()


def systems(
    questions: QuestionSet, reader: Reader, settings: Settings, data: Path, tuned: Future[Rankings] | None
) -> dict[str, Rank]:
    """Return BM25 alone, vectors alone and the product's search, over the same store.

    The bundled model has read the law questions: on them it is judged as it was before, without any
    label, and as it is shipped, each question by a model that read the questions of the other folds;
    tuning, where `tuned` brings its rankings, in the same way.
    """
    embedder = load_embedder(settings.embedding)
    if questions.name != "law" or settings.embedding != "bundled":
        return _three(questions, reader, settings, embedder, "search")
    unlabelled = StaticEmbedder(BUNDLED)
    found = _three(questions, reader, settings, unlabelled, "search, no label read")
    found["search untaught: as shipped, out of fold"] = _taught(questions, reader, settings, unlabelled, data)
    if tuned:
        found["search tuned, out of fold"] = lambda number: tuned.result()[number]
    return found


def _three(
    questions: QuestionSet, reader: Reader, settings: Settings, embedder: Embedder, name: str
) -> dict[str, Rank]:
    def keywords(number: int) -> list[str]:
        found = reader.search_keywords(tokenize(questions.questions[number]), 2 * DEPTH, Filters())
        return _records(reader, found.positions.tolist())

    def vectors(number: int) -> list[str]:
        vector = embedder.question(questions.questions[number])
        return _records(reader, reader.search_vectors(vector, 2 * DEPTH, Filters()).positions.tolist())

    return {
        "BM25": keywords,
        "vectors": vectors,
        name: _search(questions, reader, settings, lambda _: embedder),
    }


def _search(
    questions: QuestionSet, reader: Reader, settings: Settings, embedder_for: Callable[[int], Embedder]
) -> Rank:
    """Search as the product does, question `number` with the model `embedder_for(number)`."""
    known = search_known.Known.of(reader.documents(), reader.regions())
    weights = Weights(dense=settings.dense_weight)

    def search(number: int) -> list[str]:
        plan = make_plan(questions.questions[number], (), known)
        hits = retrieve(plan, Filters(), 2 * DEPTH, reader, embedder_for(number), weights)
        return _first(hit.passage.document for hit in hits)

    return search


def _taught(
    questions: QuestionSet, reader: Reader, settings: Settings, unlabelled: StaticEmbedder, data: Path
) -> Rank:
    lessons = train_questions.read_lessons(data, unlabelled)
    folds = np.random.default_rng(0).permutation(len(lessons.laws)) % FOLDS

    @cache
    def taught(fold: int) -> StaticEmbedder:
        others = [lesson for lesson, own in zip(lessons.laws, folds, strict=True) if own != fold]
        return unlabelled.taught(*train_questions.teach_questions(lessons, others, unlabelled))

    return _search(questions, reader, settings, lambda number: taught(int(folds[number])))


def tuned_rankings(store: Path, data: Path) -> Rankings:
    """Return the records of each law question as tuning by the other folds ranks them: ten minutes."""
    unlabelled = StaticEmbedder(BUNDLED)
    reader = Store(store, unlabelled.name, unlabelled.dimensions).reader()
    passages = Passages(reader, unlabelled)
    resolved, lost = passages.resolve(read_known(data / LAW_QUESTIONS))
    if lost:
        raise ValueError(f"{len(lost)} questions have no passage in the store, such as {lost[0]!r}")
    clauses = passages.material(passages.own_words(300))
    rankings = study(passages.material(resolved), clauses, lambda _: None).rankings
    return [_records(reader, ranking.tolist()) for ranking in rankings]


def _records(reader: Reader, positions: Sequence[int]) -> list[str]:
    column = reader.columns.document
    return _first(column.values[column.codes[position]] for position in positions)


def _first(ids: Iterable[str]) -> list[str]:
    """Return each record once, where its best passage stands."""
    return list(dict.fromkeys(ids))[:DEPTH]
