"""One indexing run: what was prepared goes into the store, and every file's end is told."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from ..index.embed import Embedder
from ..index.fields import embedding_text
from ..index.sources import Scan, Source, State
from ..index.writer import Writer
from ..types import FileResult
from .reading import End, Failure, Prepared

Progress = Callable[[int, int, str], None]  # files done, files in all, the file at hand

_COMMIT = 4_000  # passages after which what was done counts: some ten seconds of work


class Run:
    """Writes what comes, counts it, reports it."""

    def __init__(
        self, writer: Writer, embedder: Embedder, found: Scan, progress: Progress | None, again: bool
    ) -> None:
        """Take the scan that the run works off; `again` stores documents that did not change, too."""
        self.results: list[FileResult] = []
        self._writer = writer
        self._embedder = embedder
        self._found = found
        self._progress = progress
        self._again = again
        self._passages: Counter[str] = Counter()
        self._repairs: Counter[str] = Counter()
        self._failures: defaultdict[str, list[str]] = defaultdict(list)
        self._uncommitted = 0

    def take(self, chunks: Iterable[Sequence[Prepared | Failure | End]]) -> None:
        """Store the documents of each chunk; close each file when its end comes."""
        for chunk in chunks:
            documents = [item for item in chunk if isinstance(item, Prepared)]
            fresh = [item for item in documents if self._again or not self._has(item)]
            vectors = self._embed(fresh)
            for item in chunk:
                if isinstance(item, Prepared):
                    self._count(item)
                elif isinstance(item, Failure):
                    self._failures[item.source.path].append(item.reason)
            for item, rows in zip(fresh, vectors, strict=True):
                self._writer.put(item.source, item.document, item.passages, rows, item.fields)
                self._uncommitted += len(item.passages)
            for item in chunk:
                if isinstance(item, End):
                    self._close(item.source)
            if self._uncommitted >= _COMMIT:
                self._writer.commit()
                self._uncommitted = 0

    def settle(self) -> None:
        """Settle the files that needed no reading, and forget those that are gone."""
        for source in self._found.sources:
            if source.state is State.UNCHANGED:
                self._writer.keep(source)
                self._tell(source.path, "unchanged")
            elif source.state is State.COPY:
                self._copy(source)
        for path in self._found.vanished:
            self._writer.remove([path])
            self._tell(path, "removed")
        for path in self._found.unreadable:
            self._tell(path, "failed", "文件夹打不开。请检查读取权限。")
        for path, why in self._found.passed:
            self._tell(path, "skipped", why)

    def _has(self, item: Prepared) -> bool:
        return self._writer.has(item.source, item.document)

    def _embed(self, items: Sequence[Prepared]) -> list[NDArray[np.float32]]:
        texts = [embedding_text(passage) for item in items for passage in item.passages]
        vectors = self._embedder.passages(texts)
        ends = np.cumsum([len(item.passages) for item in items])
        return np.split(vectors, ends[:-1]) if items else []

    def _count(self, item: Prepared) -> None:
        self._passages[item.source.path] += len(item.passages)
        self._repairs[item.source.path] += len(item.document.repairs)

    def _close(self, source: Source) -> None:
        reasons = self._failures.get(source.path)
        if reasons:
            # not finished: what it held before stays, and the next run reads it again
            more = f"（另有 {len(reasons) - 1} 处）" if len(reasons) > 1 else ""
            self._tell(source.path, "failed", reasons[0] + more)
            return
        self._writer.finish(source)
        if self._passages[source.path]:
            self._tell(source.path, "indexed")
        else:
            self._tell(source.path, "skipped", "没有可检索的文字。")

    def _copy(self, source: Source) -> None:
        if self._writer.copy(source):
            self._tell(source.path, "indexed", f"内容与 {source.original} 相同。")
        else:
            self._tell(source.path, "failed", f"内容与读不了的 {source.original} 相同。")

    def _tell(self, path: str, status: str, reason: str = "") -> None:
        self.results.append(FileResult(path, status, reason, self._passages[path], self._repairs[path]))
        if self._progress:
            found = self._found
            total = sum(map(len, (found.sources, found.vanished, found.unreadable, found.passed)))
            self._progress(len(self.results), total, path)
