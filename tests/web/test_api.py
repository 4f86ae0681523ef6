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
        ("/api/ask", {"question": QUESTION, "since": "昨天"}, 400, "since 的值 '昨天' 不是日期"),
        ("/api/search", {"question": QUESTION, "k": 0}, 422, "k 的值 0 太小"),
        ("/api/search", {"question": QUESTION, "k": "许多"}, 422, "k 的值 '许多' 不是整数"),
        ("/api/ask", {"question": 7}, 422, "question 的值 7 不是文字"),
        ("/api/ask", {"question": QUESTION, "region": 5}, 422, "region 的值 5 不是文字"),
        ("/api/ask", {"question": QUESTION, "history": ["问"] * 6}, 422, "history 有 6 项"),
        ("/api/ask", {}, 422, "缺少 question"),
        ("/api/ask", ["问题"], 422, "body 的值 ['问题'] 不能用"),
    ],
)
def test_bad_input_is_named(
    client: httpx.Client, path: str, body: dict[str, object], status: int, named: str
) -> None:
    response = client.post(path, json=body)
    assert response.status_code == status
    problem = response.json()
    assert set(problem) == {"error", "advice"}
    assert named in problem["error"]
    assert problem["advice"]


def test_what_is_no_json_is_told(client: httpx.Client) -> None:
    response = client.post("/api/ask", content="问题？", headers={"Content-Type": "application/json"})
    assert response.status_code == 422
    assert "不是 JSON" in response.json()["error"]


def test_a_limit_by_day_may_be_a_year_or_a_month(client: httpx.Client, assistant: Assistant) -> None:
    for limits in ({"since": "2023", "until": "2023"}, {"since": "2023-12", "until": "2023-12-31"}):
        hits = client.post("/api/search", json={"question": "产业", "k": 50, **limits}).json()
        listed = client.get("/api/documents", params=limits).json()
        assert {hit["document"] for hit in hits} == {each["id"] for each in listed} == {"changxing-jiqun"}
        assert client.post("/api/ask", json={"question": QUESTION, **limits}).status_code == 200


def test_documents_are_listed_within_limits_and_an_unknown_one_is_told(client: httpx.Client) -> None:
    every = client.get("/api/documents").json()
    some = client.get("/api/documents?region=浙江&region=江苏").json()
    assert 0 < len(some) < len(every)
    wrong = client.get("/api/documents?regoin=浙江")
    assert (wrong.status_code, "regoin" in wrong.json()["error"]) == (422, True)
    assert client.get("/api/documents?region=火星省").status_code == 400


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
