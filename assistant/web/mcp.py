"""The Model Context Protocol at `/mcp`: the tools `ask` and `search` for a language model's client.

Streamable HTTP without sessions: every POST is one JSON-RPC message and gets one JSON answer, which is
all that two tools without notifications need. https://modelcontextprotocol.io/specification
"""

from __future__ import annotations

import json
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel, ValidationError

from .. import __version__
from ..errors import AssistantError
from ..present import answer_json, hit_json
from .api import Asked, Searched, answers_to, hits_for
from .stores import Stores

VERSIONS = ("2025-06-18", "2025-03-26")  # newest first; both work the same for what is offered here

_TOOLS: dict[str, tuple[type[BaseModel], str]] = {
    "ask": (
        Asked,
        "Answer a question from the Chinese policy documents of this desk. Every statement carries the "
        "quote it stands on; status `refused` means that the documents do not say it.",
    ),
    "search": (Searched, "Find the passages of the policy documents that fit a question best."),
}


class _ProtocolError(Exception):
    """A message that JSON-RPC answers with an error; `code` is one of its numbers."""

    def __init__(self, code: int, message: str) -> None:
        super().__init__(message)
        self.code = code


def router(stores: Stores) -> APIRouter:
    """Return the protocol's endpoint over `stores`, under the same limits as the page."""
    mcp = APIRouter(include_in_schema=False)

    @mcp.post("/mcp")
    def message(request: Request, body: dict[str, Any]) -> Response:
        if "id" not in body:  # a notification
            return Response(status_code=202)
        try:
            answer: dict[str, Any] = {"result": _result(stores, request, body)}
        except _ProtocolError as error:
            answer = {"error": {"code": error.code, "message": str(error)}}
        return JSONResponse({"jsonrpc": "2.0", "id": body["id"], **answer})

    return mcp


def _result(stores: Stores, request: Request, body: dict[str, Any]) -> dict[str, Any]:
    parameters = body.get("params") or {}
    match body.get("method"):
        case "initialize":
            asked = parameters.get("protocolVersion")
            return {
                "protocolVersion": asked if asked in VERSIONS else VERSIONS[0],
                "capabilities": {"tools": {}},
                "serverInfo": {"name": "policy-assistant", "version": __version__},
            }
        case "ping":
            return {}
        case "tools/list":
            return {"tools": [_described(name) for name in _TOOLS]}
        case "tools/call":
            return _call(stores, request, parameters)
        case method:
            raise _ProtocolError(-32601, f"no method {method!r}")


def _described(name: str) -> dict[str, Any]:
    model, description = _TOOLS[name]
    return {
        "name": name,
        "description": description,
        "inputSchema": model.model_json_schema(),
        "annotations": {"readOnlyHint": True, "openWorldHint": False},
    }


def _call(stores: Stores, request: Request, parameters: dict[str, Any]) -> dict[str, Any]:
    name = parameters.get("name")
    if name not in _TOOLS:
        raise _ProtocolError(-32602, f"no tool {name!r}; there are {', '.join(_TOOLS)}")
    try:
        given = _TOOLS[name][0].model_validate(parameters.get("arguments") or {})
        content = _used(stores, request, given)
    except ValidationError as error:
        raise _ProtocolError(-32602, str(error)) from None
    except AssistantError as error:  # for the model to read and do better
        return {"content": [{"type": "text", "text": str(error)}], "isError": True}
    text = json.dumps(content, ensure_ascii=False)
    return {"content": [{"type": "text", "text": text}], "structuredContent": content, "isError": False}


def _used(stores: Stores, request: Request, given: BaseModel) -> dict[str, Any]:
    if isinstance(given, Asked):
        *_, answer = answers_to(stores, request, given)
        return answer_json(answer)
    assert isinstance(given, Searched)
    return {"hits": [hit_json(hit) for hit in hits_for(stores, request, given)]}
