"""What every response carries and what no request may do: one pure-ASGI middleware."""

from __future__ import annotations

import re
from collections.abc import Iterable
from ipaddress import ip_address
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ..errors import SettingsError

# Gradio's own page starts from inline scripts and sets inline styles; it needs no eval as used here
_GRADIO = {
    "default-src": "'self'",
    "script-src": "'self' 'unsafe-inline'",
    "style-src": "'self' 'unsafe-inline'",
    "img-src": "'self' data: blob:",
    "font-src": "'self' data:",
    "media-src": "'self' blob:",
    "connect-src": "'self'",
    "worker-src": "'self' blob:",
    "frame-src": "'self'",
    "object-src": "'none'",
    "base-uri": "'self'",
    "form-action": "'self'",
}
# pages rendered here need nothing but their own files
_OWN = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self'",
    "connect-src": "'self'",
    "base-uri": "'none'",
    "form-action": "'none'",
}
_OWN_PATHS = ("/reader", "/web/", "/api/", "/mcp", "/download/", "/healthz", "/readyz", "/metrics")
# Gradio offers these whether or not a component needs them: uploads without limit, listings of the
# API, tools for development, and a proxy
_REFUSED = re.compile(
    r"^/(gradio_api/(upload|upload_progress|info|openapi\.json|process_recording|vibe-|undo-vibe-edit|"
    r"profiling|run-history|runs|dev/|proxy=|stream/|component_server|call/|api/|run/(?!predict))|monitoring|proxy=|"
    r"gradio_api/deep_link|dev/|openapi\.json|docs|redoc)"
)
_BODY = 2**20  # bytes of any request but an upload: a question of 100,000 characters and its conversation
_HOST = re.compile(r"(?=.{1,253}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*")


def checked_origins(origins: Iterable[str]) -> tuple[str, ...]:
    """Return the origins in their normal form.

    Raises SettingsError naming the first that is no bare http(s) origin: a wildcard, a path or a
    quote would open the frame to more sites than meant, or break out of the header.
    """
    return tuple(dict.fromkeys(_checked(origin) for origin in origins))


def _checked(origin: str) -> str:
    try:
        parts = urlsplit(origin)
        port, host = parts.port, parts.hostname or ""
    except ValueError:
        raise _bad_origin(origin) from None
    if parts.scheme not in ("http", "https") or not _is_host(host):
        raise _bad_origin(origin)
    shown_host = f"[{host}]" if ":" in host else host
    default = {"http": 80, "https": 443}[parts.scheme]
    normal = f"{parts.scheme}://{shown_host}" + (f":{port}" if port not in (None, default) else "")
    accepted = {normal, f"{parts.scheme}://{shown_host}:{default}"}
    if origin.lower().removesuffix("/") not in accepted:
        raise _bad_origin(origin)
    return normal


def _is_host(host: str) -> bool:
    if _HOST.fullmatch(host):
        return True
    try:
        return bool(ip_address(host))
    except ValueError:
        return False


def _bad_origin(origin: str) -> SettingsError:
    return SettingsError(
        f"设置 embed_origins：{origin!r} 不是一个网站的来源。",
        "只写协议、主机和端口，例如 https://oa.example.cn，不带路径和通配符"
        " (scheme, host and port only; no path, no wildcard).",
    )


class Security:
    """Set the security headers on every response, refuse what Gradio offers and nobody needs.

    `megabytes` is what one upload may hold, 0 where uploading is off;
    `origins` are the sites, beside the own one, that may show the pages in a frame and call `/api/`.
    """

    def __init__(self, app: ASGIApp, origins: tuple[str, ...] = (), megabytes: int = 0) -> None:
        self.app = app
        self._upload = megabytes * 2**20
        self._origins = checked_origins(origins)
        ancestors = {"frame-ancestors": " ".join(("'self'", *self._origins))}
        self._gradio = _policy(_GRADIO | ancestors)
        self._own = _policy(_OWN | ancestors)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        path = scope["path"].removeprefix(scope.get("root_path", "")) or "/"
        policy = self._own if path.startswith(_OWN_PATHS) else self._gradio
        origin = Headers(scope=scope).get("origin", "")
        caller = origin if origin in self._origins and path.startswith("/api/") else ""

        async def send_secured(message: Message) -> None:
            if message["type"] == "http.response.start":
                _secure(MutableHeaders(scope=message), policy, path, caller)
            await send(message)

        answer = self._preflight(scope, caller) or self._refusal(scope, path, caller)
        await (answer or self.app)(scope, receive, send_secured)

    def _preflight(self, scope: Scope, caller: str) -> ASGIApp | None:
        return Response(status_code=204) if caller and scope["method"] == "OPTIONS" else None

    def _refusal(self, scope: Scope, path: str, caller: str) -> ASGIApp | None:
        if _REFUSED.match(path):
            return PlainTextResponse("Not offered here.", 404 if scope["method"] in ("GET", "HEAD") else 403)
        if scope["method"] in ("GET", "HEAD"):
            return None
        headers = Headers(scope=scope)
        length = headers.get("content-length", "" if "transfer-encoding" in headers else "0")
        if not length.isdecimal():
            return PlainTextResponse("Say how long the request is.", 411)
        if int(length) > (max(self._upload, _BODY) if path == "/api/documents" else _BODY):
            return PlainTextResponse("The request is too large.", 413)
        # a page of another site may make the browser send a request; it must do nothing
        if not caller and headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
            return PlainTextResponse("Requests from other sites are refused.", 403)
        return None


def _policy(directives: dict[str, str]) -> str:
    return "; ".join(f"{name} {value}" for name, value in directives.items())


def _secure(headers: MutableHeaders, policy: str, path: str, caller: str) -> None:
    for name in [n for n in headers if n.startswith("access-control-")] + ["x-frame-options", "server"]:
        del headers[name]
    if caller:  # never with credentials: a listed site asks as itself, not as its visitor
        headers["Access-Control-Allow-Origin"] = caller
        headers["Access-Control-Allow-Headers"] = "content-type"
        headers["Access-Control-Allow-Methods"] = "GET, POST"
        headers.add_vary_header("Origin")
    headers["Content-Security-Policy"] = policy
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Referrer-Policy"] = "same-origin"
    headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()"
    if path.startswith("/web/"):
        headers["Cache-Control"] = "public, max-age=31536000, immutable"  # addressed by version
