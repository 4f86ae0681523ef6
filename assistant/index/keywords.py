"""Keywords: a tantivy index over text that `zh.tokens` has cut."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from .engine import Entry

if TYPE_CHECKING:
    from tantivy import Index, IndexWriter, Query, Schema, Searcher

_BLANKS = "blanks"  # the tokeniser's name; a reader must register it too
_MEMORY = 64_000_000  # bytes that tantivy may use before it writes a segment

FIELDS = ("title", "section", "body")


def schema() -> Schema:
    """Return the schema: the row and three fields of tokens, without positions."""
    from tantivy import SchemaBuilder

    builder = SchemaBuilder().add_unsigned_field("row", indexed=True, fast=True)
    for field in FIELDS:
        builder = builder.add_text_field(field, tokenizer_name=_BLANKS, index_option="freq")
    return builder.build()


def open_index(directory: Path) -> Index:
    """Open the keyword index in `directory`, made if missing."""
    from tantivy import Index, TextAnalyzerBuilder, Tokenizer

    directory.mkdir(parents=True, exist_ok=True)
    index = Index(schema(), path=str(directory))
    index.register_tokenizer(_BLANKS, TextAnalyzerBuilder(Tokenizer.whitespace()).build())
    return index


class KeywordWriter:
    """Adds and removes passages; what a method has done survives a killed process."""

    def __init__(self, directory: Path) -> None:
        """Open the index in `directory` for writing."""
        self._index = open_index(directory)

    @cached_property
    def _writer(self) -> IndexWriter:
        # one thread: two would only make twice as many segments to merge
        return self._index.writer(heap_size=_MEMORY, num_threads=1)

    def add(self, entries: Sequence[Entry]) -> None:
        """Add passages and commit."""
        from tantivy import Document

        for entry in entries:
            document = Document()
            document.add_unsigned("row", entry.row)
            document.add_text("title", entry.title)
            document.add_text("section", entry.section)
            document.add_text("body", entry.body)
            self._writer.add_document(document)
        self._writer.commit()

    def remove(self, rows: Sequence[int]) -> None:
        """Remove passages and commit."""
        from tantivy import Query

        # not delete_documents_by_term: it takes a number for a signed one and deletes nothing
        self._writer.delete_documents_by_query(Query.term_set_query(self._index.schema, "row", list(rows)))
        self._writer.commit()

    def rows(self) -> list[int]:
        """Return the row of every passage."""
        from tantivy import Query

        searcher = self._searcher()
        if not searcher.num_docs:
            return []
        found = searcher.search(Query.all_query(), limit=searcher.num_docs, count=False)
        return [int(row or 0) for row in searcher.fast_field_values("row", [at for _, at in found.hits])]

    def count(self) -> int:
        """Return how many passages there are."""
        return self._searcher().num_docs

    def close(self) -> None:
        """Wait for merges and give the writer's lock back."""
        if "_writer" in self.__dict__:
            self._writer.wait_merging_threads()
            del self.__dict__["_writer"]

    def _searcher(self) -> Searcher:
        self._index.reload()
        return self._index.searcher()


class KeywordSearcher:
    """Searches one state of the index."""

    def __init__(self, directory: Path, weights: Sequence[float]) -> None:
        """Open the index in `directory`; `weights` are those of FIELDS."""
        index = open_index(directory)
        self._schema = index.schema
        self._searcher = index.searcher()
        self._weights = dict(zip(FIELDS, weights, strict=True))

    def count(self) -> int:
        """Return how many passages there are."""
        return self._searcher.num_docs

    def search(
        self, tokens: Sequence[str], k: int, rows: NDArray[np.int64] | None = None
    ) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """Return rows and BM25 scores of the k best passages, among `rows` where given."""
        from tantivy import Occur, Query

        query = self._query(tokens)
        if rows is not None:
            chosen = Query.const_score_query(Query.term_set_query(self._schema, "row", rows.tolist()), 0.0)
            query = Query.boolean_query([(Occur.Must, query), (Occur.Must, chosen)])
        found = self._searcher.search(query, limit=max(k, 1), count=False).hits
        addresses = [address for _, address in found]
        return (
            np.array(self._searcher.fast_field_values("row", addresses), dtype=np.int64),
            np.array([score for score, _ in found], dtype=np.float32),
        )

    def _query(self, tokens: Sequence[str]) -> Query:
        from tantivy import Occur, Query

        parts = []
        for token, count in Counter(tokens).items():
            for field, weight in self._weights.items():
                if weight > 0:
                    term = Query.term_query(self._schema, field, token, index_option="freq")
                    parts.append((Occur.Should, Query.boost_query(term, weight * count)))
        return Query.boolean_query(parts)
