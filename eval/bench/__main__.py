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
from .processes import Timing, imported, memory, served, timed

CHECKOUT = Path(__file__).parents[2]
RUNS = 3
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
    yield Figure.timed("`--help`", [timed("--help") for _ in range(RUNS)], 0.5)
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
    yield Figure.timed("index the five documents", fresh, 5, "a new process and a new store")
    again = [timed("index", corpus, "--store", str(store)) for _ in range(RUNS)]
    yield Figure.timed("index them again, unchanged", again)


def _cold(store: Path) -> Figure:
    ask = ("ask", QUESTION, "--store", str(store))
    heavy = {name.split(".")[0] for name in imported(*ask)} & {"torch", "llama_index", "gradio"}
    if heavy:
        raise RuntimeError(f"The road of a question imports {', '.join(sorted(heavy))}.")
    note = "imports neither torch nor LlamaIndex"
    return Figure.timed("`ask` from a cold process", [timed(*ask) for _ in range(RUNS)], 4, note)


def _serving(store: Path) -> Iterator[Figure]:
    ready: list[Timing] = []
    resident: list[float] = []
    for _ in range(RUNS):
        with served(store) as (process, address, timing):
            ready.append(timing)
            for question in _questions():
                _post(f"{address}/api/ask", {"question": question})
            resident.append(memory(process.pid))
    yield Figure.timed("web app ready", ready, 15, "from the command to 200 from `/readyz`")
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
        timings = [_answer(assistant, question) for question in _questions()]
    finally:
        assistant.close()
    clock, processor = zip(*timings, strict=True)
    yield Figure("an answer, once warm", clock, "ms", 30, f"{len(clock)} gold questions", processor)


def _answer(assistant: Assistant, question: str) -> tuple[float, float]:
    """Ask and return the milliseconds of the clock and of the processor."""
    start, used = time.perf_counter(), time.process_time()
    assistant.ask(question)
    return (time.perf_counter() - start) * 1000, (time.process_time() - used) * 1000


def _questions() -> list[str]:
    lines = (CHECKOUT / "eval" / "gold" / "spine.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line)["question"] for line in lines][:QUESTIONS]


def _page(figures: list[Figure], busy: str) -> str:
    day = datetime.now(UTC).date().isoformat()
    return f"""# How fast, how big

Measured by `make bench` on {day}: {machine()}. Medians where a range is given, every run
a new process unless it says warm. The load was {busy or "unknown"} when the run began: where that is
above the number of cores, the clock counts others' work and the processor's seconds do not.

{markdown(figures)}
"""


if __name__ == "__main__":
    sys.exit(main())
