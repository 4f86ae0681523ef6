"""The product's own store over a question set, and three ways to rank its records."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from assistant import Assistant
from assistant.index.embed import load_embedder
from assistant.index.reader import Reader
from assistant.index.store import Store
from assistant.settings import Settings
from assistant.types import Filters
from assistant.zh.tokens import tokenize

from .sets import QuestionSet

DEPTH = 100  # as deep as the measures look

Rank = Callable[[str], list[str]]  # a question to record ids, best first


def build(questions: QuestionSet, folder: Path, settings: Settings) -> Assistant:
    """Return the assistant over all records of a set, indexed by the product itself."""
    folder.mkdir(parents=True, exist_ok=True)
    source = folder / f"{questions.name}.jsonl"
    if not source.exists():
        lines = (json.dumps(record, ensure_ascii=False) for record in questions.records)
        source.write_text("\n".join(lines) + "\n", encoding="utf-8")
    assistant = Assistant.open(folder / questions.name, settings, rebuild=True)
    report = assistant.index([source])
    if report.count("failed"):
        raise ValueError(f"{questions.name}: {next(report.failures()).reason}")
    return assistant


def systems(assistant: Assistant) -> dict[str, Rank]:
    """Return BM25 alone, vectors alone and the product's search, over the same store."""
    embedder = load_embedder(assistant.settings.embedding)
    reader = Store(assistant.store, embedder.name, embedder.dimensions).reader()

    def keywords(question: str) -> list[str]:
        found = reader.search_keywords(tokenize(question), 2 * DEPTH, Filters())
        return _records(reader, found.positions.tolist())

    def vectors(question: str) -> list[str]:
        found = reader.search_vectors(embedder.question(question), 2 * DEPTH, Filters())
        return _records(reader, found.positions.tolist())

    def product(question: str) -> list[str]:
        return _first(hit.passage.document for hit in assistant.search(question, k=2 * DEPTH))

    return {"BM25": keywords, "vectors": vectors, "search": product}


def _records(reader: Reader, positions: Sequence[int]) -> list[str]:
    column = reader.columns.document
    return _first(column.values[column.codes[position]] for position in positions)


def _first(ids: Iterable[str]) -> list[str]:
    """Return each record once, where its best passage stands."""
    return list(dict.fromkeys(ids))[:DEPTH]
