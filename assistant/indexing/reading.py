"""Files to prepared documents: loaded here, read and split in as many processes as pay."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context
from pathlib import Path

from ..errors import AssistantError
from ..index.fields import Fields, keyword_fields
from ..index.sources import Scan, Source, State
from ..ingest import read
from ..ingest.catalogue import CatalogueEntry
from ..ingest.load import Loaded, load_file
from ..ingest.split import split
from ..types import Document, Passage
from .context import Context

_CHUNK = 128  # documents that go to a reading process, and to the embedding model, at once
# Starting processes costs two seconds; one process reads this much in about five.
_WORTH_PROCESSES = 2_000_000  # bytes
_AHEAD = 4  # chunks prepared before the store takes them: bounds the memory


@dataclass(frozen=True, slots=True)
class Task:
    """A loaded document on its way to become passages."""

    source: Source
    loaded: Loaded
    id: str
    entry: CatalogueEntry | None


@dataclass(frozen=True, slots=True)
class Prepared:
    """A document, its passages and their keyword fields."""

    source: Source
    document: Document
    passages: list[Passage]
    fields: list[Fields]


@dataclass(frozen=True, slots=True)
class Failure:
    """A file or one of its documents could not be read, and why."""

    source: Source
    reason: str


@dataclass(frozen=True, slots=True)
class End:
    """Nothing more comes from this file."""

    source: Source


def prepared(found: Scan, context: Context) -> Iterator[list[Prepared | Failure | End]]:
    """Yield the new and changed documents in chunks, file after file, each file closed by its end."""
    changed = [source for source in found.sources if source.state in (State.NEW, State.CHANGED)]
    chunks = _chunks(_tasks(changed, context))
    work = partial(_prepare, context.budget)
    processes = os.cpu_count() or 1
    if processes == 1 or sum(source.size for source in changed) < _WORTH_PROCESSES:
        yield from map(work, chunks)
        return
    # spawned and not forked: the engines of this process run threads
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        waiting: deque[Future[list[Prepared | Failure | End]]] = deque()
        for chunk in chunks:
            waiting.append(pool.submit(work, chunk))
            if len(waiting) > _AHEAD:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def _tasks(sources: Iterable[Source], context: Context) -> Iterator[Task | Failure | End]:
    for source in sources:
        try:
            entry = context.entry(Path(source.path))
            for loaded in load_file(Path(source.path)):
                yield Task(source, loaded, _document_id(source, loaded, entry), entry)
        except Exception as error:  # one bad file must not cost the others
            yield Failure(source, _reason(error))
        yield End(source)


def _document_id(source: Source, loaded: Loaded, entry: CatalogueEntry | None) -> str:
    if loaded.record:
        return loaded.name or source.name
    id = entry.id if entry and entry.id else source.name
    return f"{id}/{loaded.name}" if loaded.name else id


def _chunks(tasks: Iterable[Task | Failure | End]) -> Iterator[list[Task | Failure | End]]:
    chunk = []
    for task in tasks:
        chunk.append(task)
        if len(chunk) == _CHUNK:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def _prepare(budget: int, tasks: Sequence[Task | Failure | End]) -> list[Prepared | Failure | End]:
    return [_read(task, budget) if isinstance(task, Task) else task for task in tasks]


def _read(task: Task, budget: int) -> Prepared | Failure:
    try:
        document = read.documents(task.loaded, id=task.id, path=task.source.path, entry=task.entry)
        passages = split(document, budget)
        return Prepared(task.source, document, passages, keyword_fields(passages))
    except Exception as error:  # one bad document must not cost the others
        return Failure(task.source, f"{task.id}: {_reason(error)}")


def _reason(error: Exception) -> str:
    return str(error) if isinstance(error, AssistantError) else f"{type(error).__name__}: {error}"
