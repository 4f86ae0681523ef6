"""The passages of a store, as learning reads them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np

from ..errors import DocumentNotFoundError
from ..index.embed import StaticEmbedder
from ..index.fields import embedding_text
from ..index.reader import Reader
from ..search.ranker import Integers, Matrix, title_numbers
from ..search.tuned import Tuned
from ..types import Filters, Passage
from ..zh.sentences import clauses
from ..zh.tokens import tokenize
from .asked import Evidence, Known
from .material import CANDIDATES, Asked, Material, Vectors
from .ranking import Learned

_SHORTEST = 12  # characters of a clause that is told from others


class Passages:
    """Everything that learning asks of one state of a store and its model."""

    def __init__(self, reader: Reader, embedder: StaticEmbedder) -> None:
        """Read passages through `reader`, which was made with `embedder`."""
        self._reader = reader
        self._embedder = embedder

    def resolve(self, known: Sequence[Known]) -> tuple[list[Asked], list[str]]:
        """Return the questions with the positions of their passages, and those that have none here."""
        found, lost = [], []
        for question in known:
            positions = [
                p for evidence in question.evidence for p in self._right(question.question, evidence)
            ]
            if positions:
                found.append(Asked(question.question, np.unique(positions), question.answer))
            else:
                lost.append(question.question)
        return found, lost

    def read(self, positions: Integers) -> list[Passage]:
        """Return the passages at `positions`."""
        return self._reader.passages(positions.tolist())

    def own_words(self, count: int) -> list[Asked]:
        """Return up to `count` clauses of the store, spread over it, each with its own passage."""
        positions = list(range(0, len(self._documents), max(len(self._documents) // count, 1)))
        asked = []
        for position, passage in zip(positions, self._reader.passages(positions), strict=True):
            spans = [span for span in clauses(passage.text) if span.end - span.start >= _SHORTEST]
            if spans:
                middle = spans[len(spans) // 2]
                asked.append(Asked(passage.text[middle.start : middle.end], np.array([position])))
        return asked

    def material(self, asked: Sequence[Asked]) -> Material:
        """Return `asked` with all that a ranking is learnt from."""
        questions = [question.question for question in asked]
        return Material(
            tuple(asked),
            self._embedder.question_table(),
            self._embedder.table,
            Vectors(np.stack([self._embedder.question(question) for question in questions]), self._vectors),
            tuple(self._embedder.tokens(question) for question in questions),
            tuple(self._embedder.tokens(question.answer) for question in asked),
            self._words,
            tuple(
                self._reader.search_keywords(tokenize(question), CANDIDATES, Filters()).positions
                for question in questions
            ),
            self._reader,
            self._documents,
            self._titles,
        )

    def tuned(self, learned: Learned) -> Tuned:
        """Return what was learnt in the form that a store keeps: documents by id."""
        memory = learned.memory
        names = np.array(self._reader.document_codes()[0])
        return Tuned(
            self._embedder.name,
            learned.tokens,
            learned.vectors.astype(np.float16),
            learned.passage_tokens,
            learned.passage_vectors.astype(np.float16),
            self._reader.columns.rows,
            learned.passages,
            learned.trees,
            memory.base,
            memory.tuned,
            memory.bigrams.pairs,
            memory.bigrams.owners,
            memory.questions,
            names[memory.documents],
        )

    def _right(self, question: str, evidence: Evidence) -> list[int]:
        """Return the passages that `evidence` means; of a whole document the one nearest to the question."""
        positions = self._of_document.get(evidence.document, np.zeros(0, dtype=np.int64))
        if evidence.quote:
            return self._holding(evidence, positions)
        if len(positions) > 1:
            scores = self._reader.score_keywords(tokenize(question), positions)
            return [int(positions[np.argmax(scores)])]
        return [int(position) for position in positions]

    def _holding(self, evidence: Evidence, positions: Integers) -> list[int]:
        try:
            start = self._reader.document(evidence.document).text.find(evidence.quote)
        except DocumentNotFoundError:
            return []
        passages = self._reader.passages(positions.tolist())
        return [
            position
            for position, passage in zip(positions.tolist(), passages, strict=True)
            if start >= 0 and passage.start < start + len(evidence.quote) and start < passage.end
        ]

    @cached_property
    def _vectors(self) -> Matrix:
        return self._reader.vectors().astype(np.float32)

    @cached_property
    def _words(self) -> list[Integers]:
        """Return the model's tokens of each passage."""
        return self._embedder.token_rows([embedding_text(one) for one in self._reader.every_passage()])

    @cached_property
    def _documents(self) -> Integers:
        return self._reader.document_codes()[1]

    @cached_property
    def _of_document(self) -> dict[str, Integers]:
        names, codes = self._reader.document_codes()
        order = np.argsort(codes, kind="stable")
        bounds = np.searchsorted(codes[order], np.arange(len(names) + 1))
        return {name: order[bounds[i] : bounds[i + 1]] for i, name in enumerate(names)}

    @cached_property
    def _titles(self) -> Integers:
        return title_numbers(self._reader.titles())[self._documents]
