"""The large corpus: tens of thousands of law articles indexed, indexed again, and searched."""

from __future__ import annotations

import json
import lzma
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import numpy as np

from assistant import Assistant
from assistant.index.local import load_vectors
from assistant.index.manifest import connect, read_meta
from assistant.index.vectors import HNSW

from .figures import Figure
from .processes import Timing, timed, watched

_QUESTIONS = 200
_BATCH = 4_000  # vectors that Chroma takes at once, as many as the product gives it
_MORE = 5  # documents added one after the other, each by a new process


def measure_laws(folder: Path, data: Path) -> Iterator[Figure]:
    """Yield the figures of `law_articles.jsonl.xz` and `law_questions_train.jsonl` in `data`."""
    articles = folder / "laws.jsonl"
    articles.write_bytes(lzma.decompress((data / "law_articles.jsonl.xz").read_bytes()))
    count = articles.read_bytes().count(b"\n")
    store = folder / "laws"
    index = ("index", str(articles), "--store", str(store))
    timing, peak = watched(*index)
    yield Figure.timed(f"index {count:,} law articles", [timing], 90, "a file to a store that answers")
    yield Figure("memory of that, at most", (peak,), "MB", 1200, "all its processes, shared pages once")
    yield from _bare_chroma(folder, store)
    yield Figure.timed("index them again, unchanged", [timed(*index)], 6)
    more = [timed("index", str(_one_more(folder, n)), "--store", str(store)) for n in range(_MORE)]
    yield Figure.timed("index one more document beside them", more, 1, f"{_MORE} times, a new process each")
    assistant = Assistant.open(store)
    try:
        yield from _searching(assistant, data)
    finally:
        assistant.close()


def _one_more(folder: Path, number: int) -> Path:
    path = folder / f"more-{number}.txt"
    lines = [f"关于加强第{number}批档案管理的通知", "各乡镇人民政府、县直各单位:"]
    lines += [f"{n}、各单位应当在{n}个工作日内完成第{number}批归档,逾期的说明理由。" for n in range(1, 40)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def _bare_chroma(folder: Path, store: Path) -> Iterator[Figure]:
    """Yield what Chroma alone takes for the vectors of `store`, in this process."""
    import chromadb
    from chromadb.config import Settings

    with closing(connect(store / "manifest.sqlite")) as manifest:
        vectors = load_vectors(manifest, int(read_meta(manifest, "dimensions"))).astype(np.float32)
    client = chromadb.PersistentClient(str(folder / "bare"), Settings(anonymized_telemetry=False))
    collection = client.create_collection("bare", embedding_function=None, configuration=HNSW)
    start, used = time.perf_counter(), time.process_time()
    for first in range(0, len(vectors), _BATCH):
        batch = vectors[first : first + _BATCH]
        collection.add([str(first + number) for number in range(len(batch))], embeddings=batch)
    collection.query(query_embeddings=vectors[:1], n_results=1)  # until then some are only noted
    timing = Timing(time.perf_counter() - start, time.process_time() - used)
    yield Figure.timed("bare Chroma inserts of the same vectors", [timing], None, f"{len(vectors):,} of them")
    yield Figure("bare Chroma, inserts a second", (len(vectors) / timing.clock,), "")


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
