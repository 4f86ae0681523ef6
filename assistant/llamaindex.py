"""The assistant as components of LlamaIndex: a retriever, a query engine, a node parser."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any

from llama_index.core.base.base_query_engine import BaseQueryEngine
from llama_index.core.base.base_retriever import BaseRetriever
from llama_index.core.base.response.schema import Response
from llama_index.core.node_parser import NodeParser
from llama_index.core.prompts.mixin import PromptMixinType
from llama_index.core.schema import BaseNode, NodeRelationship, NodeWithScore, QueryBundle, TextNode
from pydantic import Field

from .core import Assistant
from .ingest.load.base import Loaded
from .ingest.read import documents
from .ingest.split import split
from .present import answer_json, citation_json
from .types import Extract, Passage

_OFFSETS = ["start", "end"]  # for citing, not for embedding or prompting


class PolicyRetriever(BaseRetriever):
    """Retrieve passages from an assistant's store."""

    def __init__(self, assistant: Assistant, k: int = 10, **filters: Any) -> None:
        """Search `assistant` for `k` passages within `filters` (region, document, since, until)."""
        super().__init__()
        self._assistant = assistant
        self._k = k
        self._filters = filters

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        hits = self._assistant.search(query_bundle.query_str, k=self._k, **self._filters)
        return [NodeWithScore(node=_passage_node(hit.passage), score=hit.score) for hit in hits]

    async def _aretrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        return await asyncio.to_thread(self._retrieve, query_bundle)


class PolicyQueryEngine(BaseQueryEngine):
    """Answer through an assistant; every citation is a source node, the whole answer the metadata."""

    def __init__(self, assistant: Assistant, **filters: Any) -> None:
        """Ask `assistant` within `filters` (region, document, since, until)."""
        super().__init__(callback_manager=None)
        self._assistant = assistant
        self._filters = filters

    def _query(self, query_bundle: QueryBundle) -> Response:
        answer = self._assistant.ask(query_bundle.query_str, **self._filters)
        nodes = [
            NodeWithScore(node=_node(citation.quote, citation_json(citation)))
            for citation in answer.citations
        ]
        return Response(response=answer.text, source_nodes=nodes, metadata=answer_json(answer))

    async def _aquery(self, query_bundle: QueryBundle) -> Response:
        return await asyncio.to_thread(self._query, query_bundle)

    def _get_prompt_modules(self) -> PromptMixinType:
        return {}


class OutlineNodeParser(NodeParser):
    """Repair documents and split them along their outline, for an `IngestionPipeline`.

    Each node is a passage with its title, section path, region and offsets in the repaired text.
    """

    budget: int = Field(default=320, description="The cl100k tokens that a node may have.")

    def _parse_nodes(
        self, nodes: Sequence[BaseNode], show_progress: bool = False, **kwargs: Any
    ) -> list[BaseNode]:
        return [child for node in nodes for child in self._split(node)]

    def _split(self, node: BaseNode) -> list[TextNode]:
        record = {name: value for name, value in node.metadata.items() if isinstance(value, str)}
        loaded = Loaded(node.metadata.get("file_name", ""), Extract(node.get_content()), record)
        document = documents(loaded, id=node.id_, path=node.metadata.get("file_path", ""))
        children = [_passage_node(passage) for passage in split(document, self.budget)]
        for child in children:
            child.metadata = {**node.metadata, **child.metadata}
            child.relationships[NodeRelationship.SOURCE] = node.as_related_node_info()
        return children


def _passage_node(passage: Passage) -> TextNode:
    found = {
        "document": passage.document,
        "title": passage.title,
        "section": " › ".join(passage.section),
        "region": passage.region,
        "start": passage.start,
        "end": passage.end,
    }
    node = _node(passage.text, found)
    node.id_ = passage.id
    return node


def _node(text: str, metadata: dict[str, Any]) -> TextNode:
    return TextNode(
        text=text,
        metadata=metadata,
        excluded_embed_metadata_keys=_OFFSETS,
        excluded_llm_metadata_keys=_OFFSETS,
    )
