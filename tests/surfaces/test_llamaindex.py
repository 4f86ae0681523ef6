"""LlamaIndex users take the assistant as a retriever, a query engine or a node parser."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor

import pytest

from assistant import Assistant

pytest.importorskip("llama_index.core")
from llama_index.core import Document
from llama_index.core.ingestion import IngestionPipeline
from llama_index.core.query_engine import RetrieverQueryEngine
from llama_index.core.schema import MetadataMode, NodeRelationship

from assistant.llamaindex import OutlineNodeParser, PolicyQueryEngine, PolicyRetriever

QUESTION = "什么是新质生产力？"


def test_the_retriever_returns_what_search_returns(assistant: Assistant) -> None:
    nodes = PolicyRetriever(assistant, k=5).retrieve(QUESTION)
    hits = assistant.search(QUESTION, k=5)
    assert [node.node.id_ for node in nodes] == [hit.passage.id for hit in hits]
    assert [node.get_content() for node in nodes] == [hit.passage.text for hit in hits]
    assert [node.score for node in nodes] == [hit.score for hit in hits]


def test_the_retriever_keeps_to_its_filters(assistant: Assistant) -> None:
    only = assistant.documents()[0].id
    nodes = PolicyRetriever(assistant, k=5, document=only).retrieve(QUESTION)
    assert {node.metadata["document"] for node in nodes} == {only}


def test_the_query_engine_returns_the_answer_with_its_citations(assistant: Assistant) -> None:
    engine = PolicyQueryEngine(assistant)
    answer = assistant.ask(QUESTION)
    # in a thread of its own: Playwright leaves its event loop running in the thread of the tests
    with ThreadPoolExecutor(1) as thread:
        awaited = thread.submit(lambda: asyncio.run(engine.aquery(QUESTION))).result()
    for response in (engine.query(QUESTION), awaited):
        assert str(response) == answer.text
        assert [node.get_content() for node in response.source_nodes] == [c.quote for c in answer.citations]
        assert response.metadata is not None
        assert response.metadata["status"] == answer.status


def test_the_retriever_fits_into_a_query_engine_of_llama_index(assistant: Assistant) -> None:
    from llama_index.core.llms.mock import MockLLM

    engine = RetrieverQueryEngine.from_args(PolicyRetriever(assistant, k=3), llm=MockLLM())
    assert len(engine.query(QUESTION).source_nodes) == 3


def test_the_node_parser_splits_along_the_outline_in_a_pipeline() -> None:
    text = "产业发展的通知\n一、总体要求\n创新。\n二、任务\n(一)培育企业\n到2027年，企业达到1200家。\n"
    document = Document(text=text, metadata={"file_name": "通知.txt", "department": "工信局"})
    nodes = IngestionPipeline(transformations=[OutlineNodeParser()]).run(documents=[document])
    sections = [node.metadata["section"] for node in nodes]
    assert any("二、任务 › (一)培育企业" in section for section in sections)
    for node in nodes:
        assert node.get_content(MetadataMode.NONE) == text[node.metadata["start"] : node.metadata["end"]]
        assert node.metadata["department"] == "工信局"
        assert node.relationships[NodeRelationship.SOURCE].node_id == document.id_


def test_the_node_parser_repairs_what_it_splits() -> None:
    document = Document(text="高質(zhì)量發(fā)展的若干措施\n一、加快建設(shè)\n推動高質(zhì)量發(fā)展。")
    nodes = OutlineNodeParser().get_nodes_from_documents([document])
    joined = "".join(node.get_content(MetadataMode.NONE) for node in nodes)
    assert "高質量發展" in joined
    assert "(" not in joined
