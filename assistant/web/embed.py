"""The compact chat at `/embed`: the same page, its options in the address, each of them checked."""

from __future__ import annotations

from urllib.parse import parse_qsl

from starlette.datastructures import Headers
from starlette.requests import HTTPConnection
from starlette.responses import HTMLResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from ..errors import UsageError
from .filters import Chosen
from .reader import missing_page
from .stores import Stores
from .texts import Language, language_of, text

TITLE_LIMIT = 40  # characters: one line of a narrow frame
_OPTIONS = {
    "title",
    "theme",
    "store",
    "region",
    "document",
    "kind",
    "validity",
    "since",
    "until",
    "question",
    "draft",
    "token",
}


def check_options(query: str, stores: Stores, request: HTTPConnection, language: Language) -> None:
    """Raise UsageError naming the first option or value of an address that does not exist."""
    options = parse_qsl(query, keep_blank_values=True)
    for name, value in options:
        # Gradio's own options begin with two underscores
        if name not in _OPTIONS and not name.startswith("__"):
            raise UsageError(text("bad_option", language, name=name[:40]))
        if name == "theme" and value not in ("light", "dark"):
            raise UsageError(text("bad_theme", language, value=value[:40]))
        if name == "title" and len(value) > TITLE_LIMIT:
            raise UsageError(text("long_title", language, limit=TITLE_LIMIT))
    stores.of(request, dict(options).get("store")).check(Chosen.named(options))


class Embedded:
    """Serve `/embed` as the chat's page, and no page for options that do not exist."""

    def __init__(self, app: ASGIApp, stores: Stores, version: str) -> None:
        self.app = app
        self._stores = stores
        self._version = version

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        prefix = scope.get("root_path", "")
        path = scope["path"].removeprefix(prefix) if scope["type"] == "http" else ""
        if path not in ("/embed", "/embed/"):
            await self.app(scope, receive, send)
            return
        language = language_of(Headers(scope=scope).get("accept-language"))
        try:
            query = scope["query_string"].decode("utf-8", "replace")
            check_options(query, self._stores, HTTPConnection(scope), language)
        except UsageError as error:
            page = missing_page(text("bad_address", language), str(error), language, self._version)
            await HTMLResponse(page, 400)(scope, receive, send)
            return
        inner = dict(scope, path=f"{prefix}/", raw_path=f"{prefix}/".encode())
        await self.app(inner, receive, send)
