"""A language model's client finds the tools `ask` and `search` at `/mcp`, where the setting is on."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
from fastapi.testclient import TestClient

from assistant import Assistant
from assistant.settings import Settings
from assistant.web import create_app

QUESTION = "天津累计创建了多少家国家级企业技术中心？"


@pytest.fixture(scope="module")
def client(assistant: Assistant) -> TestClient:
    return TestClient(create_app(assistant, Settings(mcp=True)))


def call(client: TestClient, method: str, **parameters: Any) -> dict[str, Any]:
    message = {"jsonrpc": "2.0", "id": 7, "method": method, "params": parameters}
    response = client.post("/mcp", json=message, headers={"Accept": "application/json, text/event-stream"})
    assert response.status_code == 200
    answer: dict[str, Any] = response.json()
    assert (answer["jsonrpc"], answer["id"]) == ("2.0", 7)
    return answer


def test_it_is_off_unless_asked_for(site: str) -> None:
    assert httpx.post(f"{site}/mcp", json={}).status_code in (404, 405)


@pytest.mark.parametrize("version", ["2025-06-18", "2025-03-26", "1999-01-01"])
def test_a_client_can_begin(client: TestClient, version: str) -> None:
    result = call(client, "initialize", protocolVersion=version, capabilities={}, clientInfo={})["result"]
    assert result["capabilities"] == {"tools": {}}
    assert result["protocolVersion"] == version or version == "1999-01-01"
    notification = {"jsonrpc": "2.0", "method": "notifications/initialized"}
    assert client.post("/mcp", json=notification).status_code == 202


def test_the_tools_describe_themselves(client: TestClient) -> None:
    tools = {tool["name"]: tool for tool in call(client, "tools/list")["result"]["tools"]}
    assert set(tools) == {"ask", "search"}
    assert tools["ask"]["inputSchema"]["required"] == ["question"]
    assert "region" in tools["search"]["inputSchema"]["properties"]


def test_the_tools_answer_as_the_assistant_does(client: TestClient, assistant: Assistant) -> None:
    result = call(client, "tools/call", name="ask", arguments={"question": QUESTION})["result"]
    assert result["isError"] is False
    assert result["structuredContent"]["answer"] == assistant.ask(QUESTION).text
    found = call(client, "tools/call", name="search", arguments={"question": "创新平台", "k": 3})["result"]
    assert len(found["structuredContent"]["hits"]) == 3


def test_what_the_model_did_wrong_it_is_told(client: TestClient) -> None:
    arguments = {"question": QUESTION, "region": "火星省"}
    result = call(client, "tools/call", name="ask", arguments=arguments)["result"]
    assert result["isError"] is True
    assert "火星省" in result["content"][0]["text"]
    assert call(client, "tools/call", name="ask", arguments={})["error"]["code"] == -32602
    assert call(client, "tools/call", name="delete", arguments={})["error"]["code"] == -32602
    assert call(client, "resources/list")["error"]["code"] == -32601
