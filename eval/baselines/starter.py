"""LlamaIndex as its starter shows it: files read as they are, default splitter, BM25, top passage."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.zh.tokens import words

from ..questions import Question
from ..reply import Found
from ..systems import HITS
from .quoting import asked, quoting

if TYPE_CHECKING:
    from llama_index.core.schema import BaseNode, NodeWithScore

    from assistant.types import Document


class Starter:
    """SimpleDirectoryReader, SentenceSplitter and BM25Retriever, all with their defaults."""

    name = "llamaindex-bm25"

    def __init__(self, documents: Sequence[Document], corpus: Path) -> None:
        from llama_index.core import SimpleDirectoryReader
        from llama_index.core.node_parser import SentenceSplitter

        self._documents = {Path(document.path).name: document for document in documents}
        read = SimpleDirectoryReader(str(corpus), exclude=["*.toml"]).load_data()
        self._nodes = SentenceSplitter().get_nodes_from_documents(read)
        self._retriever = self._make(self._nodes)

    def _make(self, nodes: list[BaseNode]) -> Any:
        from llama_index.retrievers.bm25 import BM25Retriever

        return BM25Retriever.from_defaults(nodes=nodes, similarity_top_k=min(HITS, len(nodes)))

    def settings(self) -> Mapping[str, Any]:
        """Return the number of its nodes."""
        return {"nodes": len(self._nodes)}

    def reply(self, question: Question) -> dict[str, Any]:
        """Return the text of the best node as the answer."""
        begun = time.perf_counter()
        nodes = self._retriever.retrieve(self._question(question))
        ranked = [self._found(node) for node in nodes]
        best = [(ranked[0], nodes[0].node.get_content())] if nodes else []
        texts = {document.id: document.text for document in self._documents.values()}
        return quoting(question, begun, ranked, best, texts)

    def _question(self, question: Question) -> str:
        return asked(question)

    def _found(self, node: NodeWithScore) -> Found:
        """Return the readable span behind a node, which is cut from the file as it is."""
        document = self._documents[Path(node.node.metadata["file_name"]).name]
        start, end = node.node.start_char_idx or 0, node.node.end_char_idx or 0
        first, last = document.alignment.to_readable(start, end)
        return Found(document.id, first, last)


class StarterJieba(Starter):
    """The same with jieba words in place of the default tokens."""

    name = "llamaindex-bm25-jieba"

    def _make(self, nodes: list[BaseNode]) -> Any:
        import copy

        from llama_index.retrievers.bm25 import BM25Retriever

        # the retriever takes no tokenizer: its texts are split before it sees them
        split = [copy.deepcopy(node) for node in nodes]
        for node in split:
            node.metadata["said"] = node.get_content()
            node.set_content(" ".join(words(node.get_content())))
            node.excluded_embed_metadata_keys = list(node.metadata)
        return BM25Retriever.from_defaults(
            nodes=split, similarity_top_k=min(HITS, len(split)), token_pattern=r"(?u)\S+"
        )

    def _question(self, question: Question) -> str:
        return " ".join(words(asked(question)))

    def reply(self, question: Question) -> dict[str, Any]:
        """Return the text of the best node, as it was before it was split into words."""
        begun = time.perf_counter()
        nodes = self._retriever.retrieve(self._question(question))
        ranked = [self._found(node) for node in nodes]
        best = [(ranked[0], nodes[0].node.metadata["said"])] if nodes else []
        texts = {document.id: document.text for document in self._documents.values()}
        return quoting(question, begun, ranked, best, texts)
