"""A small library of documents, for the kill test and the tests: real files, a real store."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from assistant.index.sources import Scan, Source, State, scan
from assistant.index.store import Store
from assistant.index.writer import Writer
from assistant.types import Alignment, Document, Filters, Metadata, Passage, Section
from assistant.zh.tokens import tokenize

DIMENSIONS = 64


class HashedTokens:
    """Vectors of hashed token counts: simple, but near texts are near."""

    name = "hashed-tokens-1"
    dimensions = DIMENSIONS

    def passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return one vector of length 1 for each text."""
        return np.stack([self.question(text) for text in texts]) if texts else np.zeros((0, DIMENSIONS), "f4")

    def question(self, text: str) -> NDArray[np.float32]:
        """Return the vector of a question."""
        vector = np.zeros(DIMENSIONS, dtype=np.float32)
        for token in tokenize(text):
            vector[crc32(token.encode()) % DIMENSIONS] += 1
        return vector / max(float(np.linalg.norm(vector)), 1e-9)


EMBEDDER = HashedTokens()


def open_store(directory: Path, embedder: str = EMBEDDER.name) -> Store:
    """Open or make a store for the vectors of EMBEDDER."""
    return Store(directory, embedder, DIMENSIONS)


def read(source: Source, id: str = "") -> tuple[Document, list[Passage]]:
    """Read a file: `# title`, `@ region date kind`, then a passage a line."""
    text = Path(source.path).read_text(encoding="utf-8")
    title = re.search(r"^# (.+)$", text, re.M)
    about = re.search(r"^@ (\S+) (\S+) (\S+)$", text, re.M)
    metadata = Metadata(
        title=title[1] if title else source.name,
        region=about[1] if about else "",
        issued=date.fromisoformat(about[2]) if about else None,
        kind=about[3] if about else "",
        found_in={} if title else {"title": "file name"},
    )
    id_ = id or source.name
    document = Document(
        id_, text, text, Alignment.identity(len(text)), metadata, (Section((), 0, 0, len(text)),)
    )
    passages = [
        Passage(
            f"{id_}#{number}",
            id_,
            document.title,
            (),
            line.start(),
            line.end(),
            line[0],
            region=metadata.region,
            issued=metadata.issued,
            kind=metadata.kind,
        )
        for number, line in enumerate(re.finditer(r"^[^#@\n].*$", text, re.M))
    ]
    return document, passages


def put(writer: Writer, source: Source) -> None:
    """Read a file and store it."""
    document, passages = read(source)
    if not writer.has(source, document):
        writer.put(source, document, passages, EMBEDDER.passages([passage.text for passage in passages]))
    writer.finish(source)


def index(store: Store, *paths: Path, after: Callable[[Writer], None] = lambda _: None) -> Scan:
    """Bring the store up to date with `paths`; call `after` after each file."""
    found = scan(paths, store.known())
    with store.writer() as writer:
        for source in found.sources:
            if source.state is State.UNCHANGED:
                writer.keep(source)
            elif source.state is State.COPY:
                writer.copy(source)
            else:
                put(writer, source)
            after(writer)
        writer.remove(found.vanished)
    return found


@dataclass(frozen=True)
class Contents:
    """What each part of a store holds."""

    manifest: list[str]  # texts
    keywords: list[int]  # rows
    vectors: list[int]


def contents(store: Store) -> Contents:
    """Read all three parts of a store from disk."""
    from assistant.index.keywords import KeywordWriter
    from assistant.index.vectors import VectorIndex

    reader = store.reader()
    keywords = KeywordWriter(store.directory / "keywords")
    vectors = VectorIndex(store.directory / "vectors")
    try:
        return Contents(
            sorted(passage.text for passage in reader.passages(range(len(reader.columns)))),
            sorted(keywords.rows()),
            sorted(vectors.rows()),
        )
    finally:
        keywords.close()
        vectors.close()


def agree(store: Store) -> bool:
    """Tell whether manifest, Chroma and tantivy hold the same passages, each once.

    What Chroma has yet to be told is told first: that it waits is no fault.
    """
    store.agrees()
    found = contents(store)
    rows = store.reader().columns.rows.tolist()
    return rows == found.keywords == found.vectors


def search(store: Store, question: str, k: int = 10, filters: Filters = Filters()) -> list[str]:  # noqa: B008
    """Return the texts that the keywords of `question` find."""
    reader = store.reader()
    return [p.text for p in reader.passages(reader.search_keywords(tokenize(question), k, filters).positions)]


def nearest(store: Store, question: str, k: int = 10, filters: Filters = Filters()) -> list[str]:  # noqa: B008
    """Return the texts nearest to `question`."""
    reader = store.reader()
    found = reader.search_vectors(EMBEDDER.question(question), k, filters)
    return [p.text for p in reader.passages(found.positions)]


def write(folder: Path, name: str, *lines: str) -> Path:
    """Write a file of the library."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path
