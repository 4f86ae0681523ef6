"""The REST interface gives other systems what the page gives people."""

from __future__ import annotations

import json
from collections.abc import Iterator

import httpx
import pytest
from fastapi.testclient import TestClient

from assistant import Assistant
from assistant.settings import Settings
from assistant.web import create_app
from assistant.web.limits import RateLimit, TooManyQuestionsError

QUESTION = "天津累计创建了多少家国家级企业技术中心？"


@pytest.fixture
def client(site: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=site, timeout=60) as opened:
        yield opened


def without_time(answer: dict[str, object]) -> dict[str, object]:
    return {name: value for name, value in answer.items() if name not in ("seconds", "id")}


def test_an_answer_is_the_contracts_json(client: httpx.Client, assistant: Assistant) -> None:
    from assistant.present import answer_json

    response = client.post("/api/ask", json={"question": QUESTION})
    assert response.status_code == 200
    assert without_time(response.json()) == without_time(answer_json(assistant.ask(QUESTION)))


def test_an_answer_can_be_streamed(client: httpx.Client) -> None:
    whole = client.post("/api/ask", json={"question": QUESTION}).json()
    with client.stream(
        "POST", "/api/ask", json={"question": QUESTION}, headers={"Accept": "text/event-stream"}
    ) as stream:
        assert stream.headers["content-type"].startswith("text/event-stream")
        events = [line for line in stream.iter_lines() if line]
    assert events[-2:] == ["event: end", "data: {}"]
    assert without_time(json.loads(events[-3].removeprefix("data: "))) == without_time(whole)


def test_filters_hold(client: httpx.Client) -> None:
    hits = client.post("/api/search", json={"question": "创新平台", "region": "天津", "k": 5}).json()
    assert hits
    assert all(hit["region"].startswith("天津市") for hit in hits)


def test_an_earlier_question_is_remembered(client: httpx.Client) -> None:
    answer = client.post("/api/ask", json={"question": "那重庆呢？", "history": [QUESTION]}).json()
    assert "重庆" in answer["resolved"]


def test_documents_are_listed_and_can_be_read(client: httpx.Client, assistant: Assistant) -> None:
    listed = client.get("/api/documents").json()
    assert {each["id"] for each in listed} == {document.id for document in assistant.documents()}
    first = client.get(f"/api/documents/{listed[0]['id']}").json()
    assert first["text"] == assistant.document(listed[0]["id"]).text


@pytest.mark.parametrize(
    ("path", "body", "status", "named"),
    [
        ("/api/ask", {"question": " "}, 400, "问题是空的"),
        ("/api/ask", {"question": "长" * 100_000}, 400, "100000"),
        ("/api/ask", {"question": QUESTION, "region": "火星省"}, 400, "火星省"),
        ("/api/search", {"question": QUESTION, "kind": ["没有这种"]}, 400, "没有这种"),
        ("/api/ask", {"question": QUESTION, "regoin": "天津"}, 422, "regoin"),
        ("/api/ask", {"question": QUESTION, "since": "昨天"}, 422, "since"),
        ("/api/search", {"question": QUESTION, "k": 0}, 422, "k"),
    ],
)
def test_bad_input_is_named(
    client: httpx.Client, path: str, body: dict[str, object], status: int, named: str
) -> None:
    response = client.post(path, json=body)
    assert response.status_code == status
    assert named in response.text


def test_an_unknown_document_is_not_found(client: httpx.Client) -> None:
    response = client.get("/api/documents/none")
    assert response.status_code == 404
    assert "none" in response.json()["error"]


def test_the_interface_describes_itself(client: httpx.Client) -> None:
    described = client.get("/api/openapi.json").json()["paths"]
    assert set(described) == {"/api/ask", "/api/search", "/api/documents", "/api/documents/{document}"}
    asking = described["/api/ask"]["post"]["responses"]
    assert {"200", "400", "403", "422", "429"} <= set(asking)
    assert "text/event-stream" in asking["200"]["content"]


def test_one_user_cannot_use_it_all_up(assistant: Assistant) -> None:
    client = TestClient(create_app(assistant, Settings(questions_per_minute=3)))
    statuses = [client.post("/api/ask", json={"question": QUESTION}).status_code for _ in range(4)]
    assert statuses == [200, 200, 200, 429]


def test_earlier_questions_count_as_they_are_answered_anew(assistant: Assistant) -> None:
    limited = TestClient(create_app(assistant, Settings(questions_per_minute=1)))
    assert limited.post("/api/ask", json={"question": QUESTION, "history": [QUESTION]}).status_code == 429


def test_the_limit_fills_again_and_is_each_users_own() -> None:
    clock = [0.0]
    limit = RateLimit(2, now=lambda: clock[0])
    limit.take("甲")
    limit.take("甲")
    with pytest.raises(TooManyQuestionsError, match="30 秒"):
        limit.take("甲")
    limit.take("乙")
    clock[0] = 31
    limit.take("甲")


def test_metrics_are_off_unless_asked_for(client: httpx.Client, assistant: Assistant) -> None:
    assert client.get("/metrics").status_code == 404
    measured = TestClient(create_app(assistant, Settings(metrics=True)))
    measured.post("/api/ask", json={"question": QUESTION})
    text = measured.get("/metrics").text
    assert 'policy_questions_total{status="answered"} 1' in text
    assert "policy_answer_seconds_count 1" in text
