"""The web application: one FastAPI app with the chat mounted in it, secured as a whole."""

from __future__ import annotations

import os
from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from secrets import token_urlsafe
from typing import TYPE_CHECKING
from urllib.parse import quote

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, PlainTextResponse
from fastapi.staticfiles import StaticFiles

from .. import __version__
from ..errors import AssistantError, DocumentNotFoundError
from . import api, mcp, upload
from .downloads import Downloads
from .embed import Embedded
from .people import Identity, who
from .reader import STATIC, missing_page, reader_page
from .security import Security
from .shapes import wrong_shape
from .shell import OwnName
from .stores import StoreRefusedError, Stores
from .texts import Language, language_of, text
from .view import View

if TYPE_CHECKING:
    from ..core import Assistant
    from ..settings import Settings

_FILES = Path(__file__).parent / "static"


def create_app(assistant: Assistant | Mapping[str, Assistant], settings: Settings) -> FastAPI:
    """Return the application over an open assistant, or over one for each name in `settings.stores`.

    Raises SettingsError for a setting that cannot be used.
    """
    app = FastAPI(
        title="Policy Assistant",
        version=__version__,
        docs_url=None,
        redoc_url=None,
        openapi_url="/api/openapi.json",
    )
    app.add_exception_handler(AssistantError, api.error_response)
    app.add_exception_handler(RequestValidationError, wrong_shape)
    stores = Stores(assistant if isinstance(assistant, Mapping) else {"": assistant}, settings)
    app.add_middleware(OwnName)  # within the next, which shows the page at another address
    app.add_middleware(Embedded, stores=stores, version=static_version())
    app.add_middleware(Identity, settings=settings, version=static_version())
    app.add_middleware(
        Security, origins=settings.embed_origins, megabytes=settings.upload_mb if settings.upload_users else 0
    )
    _add_health(app, stores if settings.metrics else None)
    _add_reader(app, stores)
    _add_downloads(app, stores.shared.downloads)
    app.include_router(api.router(stores))
    if settings.upload_users:
        app.include_router(upload.router(stores, settings))
    if settings.mcp:
        app.include_router(mcp.router(stores))
    app.mount(f"/{STATIC}", StaticFiles(directory=_FILES))
    _mount_chat(app, stores, settings)
    return app


def _add_health(app: FastAPI, measured: Stores | None) -> None:
    started = token_urlsafe(6)  # a page sees by it that the server it belonged to is no more

    @app.get("/healthz", include_in_schema=False)
    @app.get("/readyz", include_in_schema=False)
    def ready() -> PlainTextResponse:
        return PlainTextResponse("ok", headers={"X-Started": started})

    if measured:
        app.add_api_route("/metrics", lambda: api.metrics_page(measured), include_in_schema=False)


def _add_reader(app: FastAPI, stores: Stores) -> None:
    @app.get("/reader", include_in_schema=False)
    def reader(
        request: Request,
        document: str,
        start: int = 0,
        end: int = 0,
        theme: str = "",
        store: str = "",
        part: bool = False,
    ) -> Response:
        language = language_of(request.headers.get("accept-language"))
        try:
            chat = stores.of(request, store)
            found = chat.assistant.document(document)
        except DocumentNotFoundError:
            return _missing(text("not_found_more", language, document=document), language)
        except StoreRefusedError as error:
            return _missing(str(error), language)
        start = min(max(start, 0), len(found.text))
        end = min(max(end, start), len(found.text))
        shown = theme if theme in ("light", "dark") else ""
        view = View(found, start, end, language, shown, static_version())
        # a part: the paragraphs of another quote, for a reader who has the document open already
        return HTMLResponse(chat.pages.text(view, whole=False) if part else reader_page(view, chat.pages))


def _missing(message: str, language: Language) -> HTMLResponse:
    heading = text("not_found", language)
    return HTMLResponse(missing_page(heading, message, language, static_version()), 404)


def _add_downloads(app: FastAPI, downloads: Downloads) -> None:
    @app.get("/download/{word}", include_in_schema=False)
    def download(request: Request, word: str) -> Response:
        file = downloads.take(word, who(request))
        if file is None:
            return PlainTextResponse("Gone.", 404)
        # a header is ASCII: any other name is written as RFC 5987 has it
        named = f"attachment; filename*=UTF-8''{quote(file.name)}"
        attached = {"Content-Disposition": named, "Cache-Control": "no-store"}
        return Response(file.content, media_type=file.kind, headers=attached)


def _mount_chat(app: FastAPI, stores: Stores, settings: Settings) -> None:
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"  # read when Gradio is imported
    import gradio as gr

    from .page import I18N, THEME, build_page

    uploads = 'data-uploads="on"' if settings.upload_users else ""
    gr.mount_gradio_app(
        app,
        build_page(stores, settings.queue_limit),
        path="/",
        root_path=settings.root_path or None,
        footer_links=[],
        run_history=False,
        show_error=False,
        ssr_mode=False,
        enable_monitoring=False,
        mcp_server=False,
        pwa=False,
        favicon_path=_FILES / "icon.svg",
        i18n=I18N,
        theme=THEME,
        head=(
            f'<link rel="stylesheet" href="{STATIC}/chat.css?{static_version()}">'
            f'<script src="{STATIC}/chat.js?{static_version()}" {uploads} defer></script>'
        ),
    )


def static_version() -> str:
    """Return what the addresses of static files carry, so that a new release fetches new ones."""
    newest = max(file.stat().st_mtime_ns for file in _FILES.iterdir())
    try:
        return f"v={version('policy-assistant')}-{newest:x}"
    except PackageNotFoundError:
        return f"v={newest:x}"
