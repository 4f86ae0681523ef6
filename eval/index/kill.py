"""Kill indexing runs at random moments and look at what is left.

Before each run some files are changed, added, renamed and deleted. Each run is killed with SIGKILL
at a random moment between its first change and the time a whole run takes. After each kill the store
must open, hold whole documents only and answer from them; after the last one a run is let finish,
and manifest, Chroma and tantivy must hold each passage of each file exactly once.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from multiprocessing import get_all_start_methods, get_context
from multiprocessing.process import BaseProcess
from pathlib import Path

from assistant.index.writer import Writer
from assistant.zh.tokens import tokenize

from .library import agree, index, open_store, write

FILES = 60
LINES = 8
_LONGER = 4.0  # a run behind a killed one opens Chroma and clears up first; a third may end
COMMIT_EVERY = 10  # files: a batch of the product's own size would hold the whole library


@dataclass(frozen=True)
class Outcome:
    """How many runs were killed, how many of those in the middle of work, and what was wrong."""

    kills: int
    midway: int
    faults: tuple[str, ...]


def run(
    directory: Path, kills: int, seed: int = 0, report: Callable[[int, int, int], None] | None = None
) -> Outcome:
    """Kill `kills` runs over a library in `directory`; return what was found.

    `report` is told after each kill how many there were, how many midway, how many faults.
    """
    choose = random.Random(seed)
    folder, store = directory / "documents", directory / "store"
    texts = {f"{number:03}.txt": 0 for number in range(FILES)}
    for name in texts:
        _write(folder, name, 0)
    _start(store, folder).join()  # the first one also starts the server
    written = set(_texts(folder))  # all that a file ever said: killed runs may never come to a change
    midway, faults = 0, _faults(store, written)
    _change(folder, choose)
    process, started = _start(store, folder), time.monotonic()
    process.join()
    lasting = time.monotonic() - started
    written.update(_texts(folder))
    for killed in range(1, kills + 1):
        _change(folder, choose)
        written.update(_texts(folder))
        process = _start(store, folder)
        time.sleep(choose.uniform(0, _LONGER * lasting))
        midway += process.is_alive()
        process.kill()
        process.join()
        faults += _faults(store, written)
        if report:
            report(killed, midway, len(faults))
    _start(store, folder).join()
    faults += _final(store, folder)
    return Outcome(kills, midway, tuple(faults))


def _start(store: Path, folder: Path) -> BaseProcess:
    """Start a run; forked from a process that has imported everything, it is at work at once."""
    context = get_context("forkserver" if "forkserver" in get_all_start_methods() else "spawn")
    context.set_forkserver_preload(["eval.index.warm", __name__])
    process = context.Process(target=_index, args=(store, folder))
    process.start()
    return process


def _index(store: Path, folder: Path) -> None:
    """Index `folder` into `store`, a commit every few files."""
    opened = open_store(store)
    numbers = count(1)

    def commit(writer: Writer) -> None:
        if next(numbers) % COMMIT_EVERY == 0:
            writer.commit()

    index(opened, folder, after=commit)
    opened.close()


def _write(folder: Path, name: str, version: int) -> None:
    lines = [f"{name}第{line}段第{version}版：关于粮食生产与城镇就业的安排" for line in range(LINES)]
    write(folder, name, f"# {name}通知", *lines)


def _change(folder: Path, choose: random.Random) -> None:
    """Rewrite, delete, rename and add a few files each."""
    files = sorted(folder.iterdir())
    for file in choose.sample(files, 12):
        _write(folder, file.name, choose.randrange(10**6))
    for file in choose.sample(files, 3):
        file.unlink()
        _write(folder, f"{choose.randrange(10**6):06}.txt", 0)
    renamed = choose.choice(sorted(folder.iterdir()))
    renamed.rename(folder / f"r{choose.randrange(10**6):06}.txt")


def _texts(folder: Path) -> list[str]:
    return [
        line
        for file in folder.iterdir()
        for line in file.read_text(encoding="utf-8").splitlines()
        if not line.startswith("#")
    ]


def _faults(directory: Path, written: set[str]) -> list[str]:
    """Return what is wrong with what a searcher sees after a kill."""
    faults = []
    store = open_store(directory)
    reader = store.reader()
    passages = reader.passages(range(len(reader.columns)))
    texts = [passage.text for passage in passages]
    if len(set(texts)) != len(texts):
        faults.append("a passage is doubled")
    if not set(texts) <= written:
        faults.append("a passage is of no version of its file")
    if any(document.passages != LINES for document in reader.documents()):
        faults.append("a document is not whole")
    found = reader.search_keywords(tokenize("粮食生产"), len(texts) + 10)
    if len(found.positions) != len(texts):
        faults.append(f"keywords find {len(found.positions)} of {len(texts)} passages")
    store.close()
    return faults


def _final(directory: Path, folder: Path) -> list[str]:
    """Return what is wrong after a run that was let finish."""
    store = open_store(directory)
    reader = store.reader()
    faults = [] if agree(store) else ["manifest, Chroma and tantivy do not hold the same"]
    texts = sorted(passage.text for passage in reader.passages(range(len(reader.columns))))
    if texts != sorted(_texts(folder)):
        faults.append("what is indexed is not what the files say")
    store.close()
    return faults
