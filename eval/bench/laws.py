"""The large corpus: tens of thousands of law articles indexed, indexed again, and searched."""

from __future__ import annotations

import json
import lzma
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from assistant import Assistant

from .figures import Figure
from .processes import watched

_QUESTIONS = 200
_BATCH = 4_000  # vectors that Chroma takes at once


def measure_laws(folder: Path, data: Path) -> Iterator[Figure]:
    """Yield the figures of `law_articles.jsonl.xz` and `law_questions_train.jsonl` in `data`."""
    articles = folder / "laws.jsonl"
    articles.write_bytes(lzma.decompress((data / "law_articles.jsonl.xz").read_bytes()))
    count = articles.read_bytes().count(b"\n")
    store = folder / "laws"
    index = ("index", str(articles), "--store", str(store))
    seconds, peak = watched(*index)
    yield Figure(f"index {count:,} law articles", (seconds,), "s", 90, "files to a store that answers")
    yield Figure("memory of that, at most", (peak,), "MB", 1200, "all its processes together")
    yield Figure("bare Chroma inserts of the same vectors", (_bare_chroma(folder, articles),), "s")
    yield Figure("index them again, unchanged", (watched(*index)[0],), "s", 6)
    added = folder / "added.txt"
    added.write_text("关于加强档案管理的通知\n各单位应当在三十日内完成归档。\n", encoding="utf-8")
    assistant = Assistant.open(store)
    try:
        seconds = assistant.index([added]).seconds
        yield Figure("index one more document", (seconds,), "s", 1, "without the start of a process")
        yield from _searching(assistant, data)
    finally:
        assistant.close()


def _bare_chroma(folder: Path, articles: Path) -> float:
    import chromadb
    from chromadb.config import Settings

    from assistant.index.embed import load_embedder

    texts = [json.loads(line)["text"] for line in articles.read_text(encoding="utf-8").splitlines()]
    vectors = load_embedder("bundled").passages(texts)
    client = chromadb.PersistentClient(str(folder / "bare"), Settings(anonymized_telemetry=False))
    collection = client.create_collection("bare", embedding_function=None)
    start = time.perf_counter()
    for first in range(0, len(texts), _BATCH):
        batch = vectors[first : first + _BATCH]
        collection.add([str(first + number) for number in range(len(batch))], embeddings=batch)
    return time.perf_counter() - start


def _searching(assistant: Assistant, data: Path) -> Iterator[Figure]:
    lines = (data / "law_questions_train.jsonl").read_text(encoding="utf-8").splitlines()
    questions = [json.loads(line)["question"] for line in lines[:_QUESTIONS]]
    document = assistant.documents()[0].id
    assistant.ask(questions[0])  # the first one loads the indexes
    roads: dict[str, tuple[Callable[[str], object], float | None, float]] = {
        "search": (assistant.search, 25, 40),
        "search in one document": (lambda question: assistant.search(question, document=document), 25, 40),
        "answer": (assistant.ask, None, 120),
    }
    for name, (road, median, slowest) in roads.items():
        times = sorted(_milliseconds(road, question) for question in questions)
        yield Figure(f"{name} among them, median", tuple(times), "ms", median)
        yield Figure(f"{name} among them, p95", (times[int(len(times) * 0.95)],), "ms", slowest)


def _milliseconds(road: Callable[[str], object], question: str) -> float:
    start = time.perf_counter()
    road(question)
    return (time.perf_counter() - start) * 1000
