"""Who may frame the page, what every response carries, what no request may do."""

from __future__ import annotations

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant import Assistant
from assistant.errors import SettingsError
from assistant.settings import Settings
from assistant.web import create_app
from assistant.web.security import checked_origins

PATHS = [
    "/",
    "/healthz",
    "/readyz",
    "/reader?document=none",
    "/web/chat.js",
    "/theme.css",
    "/config",
    "/nowhere",
]


@pytest.mark.parametrize(
    ("given_origin", "normal"),
    [
        ("https://oa.example.cn", "https://oa.example.cn"),
        ("https://OA.example.cn/", "https://oa.example.cn"),
        ("https://oa.example.cn:443", "https://oa.example.cn"),
        ("http://10.1.2.3:8080", "http://10.1.2.3:8080"),
        ("http://[::1]:81", "http://[::1]:81"),
        ("http://portal", "http://portal"),
    ],
)
def test_an_origin_is_taken_in_its_normal_form(given_origin: str, normal: str) -> None:
    assert checked_origins([given_origin]) == (normal,)


@pytest.mark.parametrize(
    "origin",
    [
        "",
        "*",
        "oa.example.cn",
        "https://*.example.cn",
        "https://oa.example.cn/portal",
        "https://user@oa.example.cn",
        "https://oa.example.cn; script-src *",
        "https://oa.example.cn 'unsafe-inline'",
        "https://oa.example.cn\r\nX: y",
        "https://oa.example.cn:99999",
        "https://",
        "javascript:alert(1)",
        "data:text/html,x",
        "null",
        "'self'",
    ],
)
def test_anything_but_a_bare_origin_stops_the_start_naming_it(origin: str) -> None:
    with pytest.raises(SettingsError) as error:
        checked_origins([origin])
    assert repr(origin) in str(error.value)


@given(st.text(max_size=40))
def test_no_text_breaks_out_of_the_header(text: str) -> None:
    try:
        (origin,) = checked_origins([f"https://{text}"])
    except SettingsError:
        return
    assert not set(origin) & set(" ;,'\"*\r\n\t")


@pytest.mark.parametrize("path", PATHS)
def test_every_response_carries_the_headers(site: str, path: str) -> None:
    headers = httpx.get(site + path).headers
    policy = dict(part.split(" ", 1) for part in headers["content-security-policy"].split("; "))
    assert policy["frame-ancestors"] == "'self'"
    assert policy["connect-src"] == "'self'"
    assert "unsafe-eval" not in headers["content-security-policy"]
    assert "http" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert "x-frame-options" not in headers


def test_own_pages_run_no_inline_script(site: str) -> None:
    policy = httpx.get(f"{site}/reader?document=none").headers["content-security-policy"]
    assert "unsafe-inline" not in policy
    assert "default-src 'none'" in policy


def test_listed_sites_may_frame_the_page_and_no_other(assistant: Assistant) -> None:
    from fastapi.testclient import TestClient

    app = create_app(assistant, Settings(embed_origins=("https://oa.example.cn", "http://10.0.0.8:8080")))
    policy = TestClient(app).get("/").headers["content-security-policy"]
    assert policy.endswith("frame-ancestors 'self' https://oa.example.cn http://10.0.0.8:8080")


@pytest.mark.parametrize("method", ["GET", "POST", "OPTIONS"])
@pytest.mark.parametrize("path", ["/", "/config", "/gradio_api/queue/join", "/reader"])
def test_no_other_site_may_read_an_answer(site: str, method: str, path: str) -> None:
    response = httpx.request(
        method,
        site + path,
        headers={
            "Origin": "https://evil.example",
            "Access-Control-Request-Method": "POST",
            "Cookie": "a=b",
        },
    )
    assert not [name for name in response.headers if name.startswith("access-control-")]


def test_a_listed_site_may_call_the_interface_and_nothing_else(assistant: Assistant) -> None:
    from fastapi.testclient import TestClient

    listed = "https://oa.example.cn"
    client = TestClient(create_app(assistant, Settings(embed_origins=(listed,))))
    from_portal = {"Origin": listed, "Sec-Fetch-Site": "cross-site"}
    preflight = client.options("/api/ask", headers={**from_portal, "Access-Control-Request-Method": "POST"})
    assert preflight.status_code == 204
    answer = client.post("/api/search", json={"question": "创新平台"}, headers=from_portal)
    assert answer.status_code == 200
    for response in (preflight, answer):
        assert response.headers["access-control-allow-origin"] == listed
        assert "access-control-allow-credentials" not in response.headers
    stranger = {"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"}
    assert client.post("/api/search", json={"question": "创新平台"}, headers=stranger).status_code == 403
    refused = client.post("/gradio_api/queue/join", json={}, headers=from_portal)
    assert refused.status_code == 403
    assert "access-control-allow-origin" not in refused.headers


def test_a_request_that_another_site_causes_does_nothing(site: str) -> None:
    response = httpx.post(f"{site}/gradio_api/queue/join", json={}, headers={"Sec-Fetch-Site": "cross-site"})
    assert response.status_code == 403


def test_nobody_can_upload(site: str) -> None:
    response = httpx.post(f"{site}/gradio_api/upload", files={"files": ("x.txt", b"x")})
    assert response.status_code == 403
    assert "tmp" not in response.text


@pytest.mark.parametrize(
    "path",
    [
        "/gradio_api/info",
        "/gradio_api/openapi.json",
        "/gradio_api/proxy=http://127.0.0.1:1/",
        "/gradio_api/vibe-code",
        "/gradio_api/run-history/buckets",
        "/gradio_api/profiling/traces",
        "/monitoring",
        "/monitoring/summary",
        "/dev/reload",
        "/docs",
        "/openapi.json",
    ],
)
def test_what_gradio_offers_beside_the_page_is_off(site: str, path: str) -> None:
    assert httpx.get(site + path).status_code == 404


def test_no_event_can_be_called_by_name(site: str) -> None:
    assert httpx.post(f"{site}/gradio_api/call/ask", json={"data": ["问"]}).status_code == 403
    assert httpx.post(f"{site}/gradio_api/run/ask", json={"data": ["问"]}).status_code == 403


@pytest.mark.parametrize("path", ["/etc/passwd", "pyproject.toml", "../../pyproject.toml"])
def test_no_file_of_the_machine_is_served(site: str, path: str) -> None:
    for address in (f"/gradio_api/file={path}", f"/web/{path}", f"/static/{path}", f"/assets/{path}"):
        assert httpx.get(site + address).status_code in (400, 403, 404)
