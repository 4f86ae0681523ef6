"""Serve the web app: the port answers at once, the chat as soon as the store is open."""

from __future__ import annotations

import asyncio
import logging
import socket
from collections.abc import Callable
from contextlib import AsyncExitStack

from fastapi import FastAPI
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from ..errors import SettingsError
from ..settings import Settings
from .security import Security, checked_origins
from .texts import text

log = logging.getLogger(__name__)

_STARTING = (
    '<!doctype html><html lang="zh"><meta charset="utf-8"><meta http-equiv="refresh" content="1">'
    f"<title>{text('name', 'zh')}</title><p>{text('starting', 'zh')}</p>"
    f"<p>{text('starting', 'en')}</p></html>"
)


class Starting:
    """Answer for an application that is still being built in the background, then be that application.

    `/healthz` is 200 from the first moment, `/readyz` 503 until questions can be asked. A build that
    fails is raised to `failed`, which ends the server: a port that never gets ready helps nobody.
    """

    def __init__(self, build: Callable[[], FastAPI], failed: Callable[[BaseException], None]) -> None:
        self._build = build
        self._failed = failed
        self._app: ASGIApp | None = None
        self._waiting = Security(self._answer_while_starting)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or run from start to shutdown."""
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        else:
            await (self._app or self._waiting)(scope, receive, send)

    async def _live(self, receive: Receive, send: Send) -> None:
        await receive()
        async with AsyncExitStack() as stack:
            # startup and shutdown of the built application run in one task, as its context needs
            stop = asyncio.Event()
            task = asyncio.create_task(self._run(stop))
            stack.push_async_callback(_finished, task, stop)
            await send({"type": "lifespan.startup.complete"})
            await receive()
        await send({"type": "lifespan.shutdown.complete"})

    async def _run(self, stop: asyncio.Event) -> None:
        try:
            app = await asyncio.to_thread(self._build)
            async with app.router.lifespan_context(app):
                self._app = app
                await stop.wait()
                self._app = None
        except Exception as error:
            self._failed(error)

    async def _answer_while_starting(self, scope: Scope, receive: Receive, send: Send) -> None:
        response: Response
        if scope["path"] == "/healthz":
            response = PlainTextResponse("ok")
        elif scope["path"] == "/readyz":
            response = PlainTextResponse("starting", 503, {"Retry-After": "1"})
        else:
            response = HTMLResponse(_STARTING, 503, {"Retry-After": "1"})
        await response(scope, receive, send)


async def _finished(task: asyncio.Task[None], stop: asyncio.Event) -> None:
    stop.set()
    await task


def serve(settings: Settings | None = None) -> None:
    """Serve the chat until interrupted, and print its address once questions can be asked.

    Raises SettingsError, StoreError or ModelError when it cannot start.
    """
    import uvicorn

    settings = settings or Settings.load()
    checked_origins(settings.embed_origins)  # before anything slow
    failures: list[BaseException] = []

    def failed(error: BaseException) -> None:
        failures.append(error)
        server.should_exit = True

    def build() -> FastAPI:
        app = build_app(settings)
        print(f"http://{_shown_host(settings.host)}:{settings.port}", flush=True)
        return app

    config = uvicorn.Config(
        Starting(build, failed),
        log_level="warning",
        server_header=False,
        timeout_graceful_shutdown=5,  # an open conversation's stream must not hold the end up
    )
    server = uvicorn.Server(config)
    with _listening(settings) as listening:
        server.run(sockets=[listening])
    if failures:
        raise failures[0]


def build_app(settings: Settings) -> FastAPI:
    """Return the application over the store of `settings`, or over all of its named ones."""
    from ..core import Assistant
    from .application import create_app

    if not settings.stores:
        return create_app(Assistant.open(settings=settings), settings)
    paths = {name: store.path for name, store in settings.stores.items()}
    return create_app(Assistant.open_all(paths, settings), settings)


def _listening(settings: Settings) -> socket.socket:
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    try:
        return socket.create_server((settings.host, settings.port), family=family, backlog=128)
    except OSError as error:
        raise SettingsError(
            f"无法使用 {settings.host}:{settings.port}：{error.strerror}。",
            "请换一个端口，例如 --port 7861 (choose another address or port).",
        ) from None


def _shown_host(host: str) -> str:
    if host in ("0.0.0.0", "::"):
        return "127.0.0.1"
    return f"[{host}]" if ":" in host else host
