"""Measure what a user waits for; print a table and write `docs/bench.md`."""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from assistant import Assistant
from assistant.console import print_table

from .figures import HEADERS, Figure, load, machine, markdown
from .processes import imported, memory, served, timed

CHECKOUT = Path(__file__).parents[2]
RUNS = 5
QUESTIONS = 30  # the figure questions, asked twice: the second time everything is warm
# a fixed question of the corpus: the road it takes is what is measured, not what it finds
QUESTION = "工业增加值目标是多少？"


def main() -> int:
    """Measure everything and return 1 when a figure misses its bar."""
    parser = argparse.ArgumentParser(prog="python -m eval.bench", description=__doc__)
    parser.add_argument("--data", type=Path, metavar="DIR", help="also index the law articles found there")
    parser.add_argument("--output", type=Path, default=CHECKOUT / "docs" / "bench.md")
    options = parser.parse_args()
    busy = load()
    figures: list[Figure] = []
    with tempfile.TemporaryDirectory() as folder:
        for figure in _measure(Path(folder), options.data):
            print(f"{figure.name}: {figure.cells()[1]}", file=sys.stderr, flush=True)
            figures.append(figure)
    print_table(HEADERS, [figure.cells() for figure in figures])
    options.output.write_text(_page(figures, busy), encoding="utf-8")
    return 0 if all(figure.reached for figure in figures) else 1


def _measure(folder: Path, data: Path | None) -> Iterator[Figure]:
    store = folder / "store"
    yield from _indexing(folder, store)
    yield Figure("`--help`", tuple(timed("--help") for _ in range(RUNS)), "s", 0.5)
    yield _cold(store)
    yield from _serving(store)
    yield from _warm(store)
    if data:
        from .laws import measure_laws

        yield from measure_laws(folder, data)


def _indexing(folder: Path, store: Path) -> Iterator[Figure]:
    corpus = str(CHECKOUT / "corpus")
    fresh = [timed("index", corpus, "--store", str(folder / f"fresh-{run}")) for run in range(RUNS - 1)]
    fresh.append(timed("index", corpus, "--store", str(store)))
    yield Figure("index the five documents", tuple(fresh), "s", 5, "a new process and a new store")
    again = tuple(timed("index", corpus, "--store", str(store)) for _ in range(RUNS))
    yield Figure("index them again, unchanged", again, "s")


def _cold(store: Path) -> Figure:
    ask = ("ask", QUESTION, "--store", str(store))
    heavy = {name.split(".")[0] for name in imported(*ask)} & {"torch", "llama_index", "gradio"}
    if heavy:
        raise RuntimeError(f"The road of a question imports {', '.join(sorted(heavy))}.")
    note = "imports neither torch nor LlamaIndex"
    return Figure("`ask` from a cold process", tuple(timed(*ask) for _ in range(RUNS)), "s", 4, note)


def _serving(store: Path) -> Iterator[Figure]:
    ready, resident = [], []
    for _ in range(RUNS):
        with served(store) as (process, address, seconds):
            ready.append(seconds)
            for question in _questions():
                _post(f"{address}/api/ask", {"question": question})
            resident.append(memory(process.pid))
    yield Figure("web app ready", tuple(ready), "s", 15, "from the command to 200 from `/readyz`")
    yield Figure("memory of the serving process", tuple(resident), "MB", 900, f"after {QUESTIONS} answers")


def _post(address: str, body: dict[str, str]) -> None:
    request = urllib.request.Request(address, json.dumps(body).encode(), {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=30) as response:
        response.read()


def _warm(store: Path) -> Iterator[Figure]:
    assistant = Assistant.open(store)
    try:
        for question in _questions():
            assistant.ask(question)
        seconds = tuple(_seconds(assistant, question) * 1000 for question in _questions())
    finally:
        assistant.close()
    yield Figure("an answer, once warm", seconds, "ms", 50, f"{len(seconds)} gold questions")


def _seconds(assistant: Assistant, question: str) -> float:
    start = time.perf_counter()
    assistant.ask(question)
    return time.perf_counter() - start


def _questions() -> list[str]:
    lines = (CHECKOUT / "eval" / "gold" / "spine.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line)["question"] for line in lines][:QUESTIONS]


def _page(figures: list[Figure], busy: str) -> str:
    day = datetime.now(UTC).date().isoformat()
    return f"""# How fast, how big

Measured by `make bench` on {day}: {machine()}. Medians of {RUNS} runs, every run a new process
unless it says warm.{f" The machine's load was {busy} when the run began." if busy else ""}

{markdown(figures)}
"""


if __name__ == "__main__":
    sys.exit(main())
