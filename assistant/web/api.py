"""The REST interface for other systems: ask, search, documents; described at `/api/openapi.json`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import JSONResponse, PlainTextResponse, Response, StreamingResponse
from pydantic import BaseModel, ConfigDict, Field

from ..errors import AssistantError, DocumentNotFoundError, UsageError
from ..present import answer_json, document_json, hit_json, repair_json
from ..types import Answer, Hit
from .chat import coalesced
from .limits import TooManyQuestionsError
from .people import who
from .stores import StoreRefusedError, Stores

HISTORY = 5  # earlier questions looked at: a follow-up refers to the last ones
HITS = 100  # passages of one search: more is a download, not a search

Values = str | list[str] | None


class Listed(BaseModel):
    """Which documents are meant; days as 2024, 2024-05 or 2024-05-01."""

    model_config = ConfigDict(extra="forbid")

    store: str = ""
    region: Values = None
    document: Values = None
    kind: Values = None
    validity: Values = None
    since: str | None = None
    until: str | None = None

    def filters(self) -> dict[str, Any]:
        """Return the filters as keyword arguments of `Assistant.ask`."""
        return self.model_dump(include={"region", "document", "kind", "validity", "since", "until"})


class Limited(Listed):
    """What is asked or searched for, and within which limits."""

    question: str


class Asked(Limited):
    """A question, and the earlier ones that it may refer to."""

    history: list[str] = Field(default=[], max_length=HISTORY)


class Searched(Limited):
    """A search."""

    k: int = Field(default=10, ge=1, le=HITS)


class Problem(BaseModel):
    """What went wrong, and what to do next."""

    error: str
    advice: str


_PROBLEMS: dict[int | str, dict[str, Any]] = {
    400: {"model": Problem, "description": "A question or filter that cannot be used"},
    403: {"model": Problem, "description": "A store that is not offered to whoever asks"},
    404: {"model": Problem, "description": "No such document"},
    422: {"model": Problem, "description": "Input of the wrong shape: which field, which value"},
    429: {"model": Problem, "description": "Too many questions; `advice` says when to ask again"},
}
_ANSWER = {
    "description": "The answer, as the command `ask --json` writes it",
    "content": {"application/json": {}, "text/event-stream": {}},
}


def router(stores: Stores) -> APIRouter:
    """Return the interface over `stores`, under the same limits as the page."""
    api = APIRouter(prefix="/api", tags=["policy assistant"], responses=_PROBLEMS)

    @api.post("/ask", response_model=None, responses={200: _ANSWER})
    def ask(request: Request, asked: Asked) -> Response:
        """Answer a question; with `Accept: text/event-stream` as growing answers, the last one final."""
        answers = answers_to(stores, request, asked)
        if "text/event-stream" in request.headers.get("accept", ""):
            first = next(answers)  # what can fail fails before the stream begins
            return StreamingResponse(_events(first, coalesced(answers)), media_type="text/event-stream")
        *_, answer = answers
        return JSONResponse(answer_json(answer))

    @api.post("/search", response_model=None)
    def search(request: Request, searched: Searched) -> Response:
        """Return the passages that fit best."""
        return JSONResponse([hit_json(hit) for hit in hits_for(stores, request, searched)])

    @api.get("/documents", response_model=None)
    def documents(request: Request, listed: Annotated[Listed, Query()]) -> Response:
        """Return the catalogue, or the documents of it within the limits."""
        found = stores.of(request, listed.store).assistant.documents(**listed.filters())
        return JSONResponse([document_json(document) for document in found])

    @api.get("/documents/{document:path}", response_model=None)
    def document(request: Request, document: str, store: str = "") -> Response:
        """Return one document with its readable text, its sections and its repairs."""
        found = stores.of(request, store).assistant.document(document)
        sections = [{"path": list(s.path), "start": s.start, "end": s.end} for s in found.sections]
        repairs = [repair_json(repair) for repair in found.repairs]
        return JSONResponse(
            {**document_json(found), "text": found.text, "sections": sections, "repairs": repairs}
        )

    return api


def answers_to(stores: Stores, request: Request, asked: Asked) -> Iterator[Answer]:
    """Yield the growing answer to a question of another system."""
    chat = stores.of(request, asked.store)
    filters = asked.filters()
    earlier: list[tuple[str, Answer]] = []
    for question in asked.history:
        chat.shared.limit.take(who(request))  # it is answered anew, and costs what any question costs
        earlier.append((question, chat.assistant.ask(question, earlier, **filters)))
    return chat.ask(asked.question, earlier, filters, who(request))


def hits_for(stores: Stores, request: Request, searched: Searched) -> list[Hit]:
    """Return the hits of a search of another system."""
    chat = stores.of(request, searched.store)
    chat.shared.limit.take(who(request))
    return chat.assistant.search(searched.question, searched.k, **searched.filters())


def metrics_page(stores: Stores) -> Response:
    """Return the figures for Prometheus; no store is named, for whoever reads them may not read it."""
    content = stores.shared.metrics.text(stores.document_count())
    return PlainTextResponse(content, media_type="text/plain; version=0.0.4")


async def error_response(request: Request, error: Exception) -> Response:
    """Return an error of the assistant as JSON: what is wrong and what to do next."""
    del request  # the signature is the framework's
    status = 500
    if isinstance(error, TooManyQuestionsError):
        status = 429
    elif isinstance(error, StoreRefusedError):
        status = 403
    elif isinstance(error, DocumentNotFoundError):
        status = 404
    elif isinstance(error, UsageError):
        status = 400
    what, advice = (error.what, error.advice) if isinstance(error, AssistantError) else ("", "")
    return JSONResponse({"error": what, "advice": advice}, status)


def _events(first: Answer, rest: Iterator[Answer]) -> Iterator[str]:
    for answer in (first, *rest):
        yield f"event: answer\ndata: {json.dumps(answer_json(answer), ensure_ascii=False)}\n\n"
    yield "event: end\ndata: {}\n\n"
