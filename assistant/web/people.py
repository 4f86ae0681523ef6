"""Who is asking: nobody in particular, or the user whom a trusted proxy or a signed token names."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Callable
from http.cookies import SimpleCookie
from ipaddress import ip_address, ip_network
from threading import Lock
from time import time
from typing import Any
from urllib.parse import parse_qsl, urlencode

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import HTTPConnection
from starlette.responses import HTMLResponse, RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from ..errors import SettingsError
from ..settings import Settings
from .reader import missing_page
from .texts import language_of, text

COOKIE = "policy_user"
SESSION_SECONDS = 8 * 3600  # a working day; then the portal gives a new token
TOKEN_SECONDS = 300  # a token lies in addresses and logs: a longer life is refused
_OPEN = ("/healthz", "/readyz", "/metrics", "/web/", "/theme.css", "/assets/", "/static/", "/favicon.ico")


def who(request: HTTPConnection | None) -> str:
    """Return a name for limits and logs: `user:...` where one is known, else `address:...`."""
    user = user_of(request)
    if user:
        return f"user:{user}"
    client = request.scope.get("client") if request else None
    return f"address:{client[0] if client else 'unknown'}"


def user_of(request: HTTPConnection | None) -> str:
    """Return the user whom `Identity` found, empty where nobody is asked for a name."""
    return str(request.scope.get("state", {}).get("user", "")) if request else ""


def sign(secret: str, user: str, seconds: int, nonce: str, now: float | None = None) -> str:
    """Return a token that names `user` for `seconds`: what a portal puts into the frame's address.

    It is base64url(JSON) + "." + base64url(HMAC-SHA256 of that), without padding.
    """
    claims = {"user": user, "until": int((now or time()) + seconds), "nonce": nonce}
    body = _encode(json.dumps(claims, ensure_ascii=False).encode())
    return f"{body}.{_signature(secret, body)}"


def verified(secret: str, token: str, now: float | None = None) -> dict[str, Any] | None:
    """Return the claims of a token, None where it is forged, damaged or too old."""
    body, _, signature = token.partition(".")
    if not hmac.compare_digest(signature.encode(), _signature(secret, body).encode()):
        return None
    claims: dict[str, Any] = json.loads(base64.urlsafe_b64decode(body + "=" * (-len(body) % 4)))
    return claims if claims["until"] > (now or time()) and claims["user"] else None


def _signature(secret: str, body: str) -> str:
    return _encode(hmac.new(secret.encode(), body.encode(), hashlib.sha256).digest())


def _encode(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


class Identity:
    """Establish the user of every request, and refuse those without one where identity is asked for.

    The header counts only from the listed proxies, a token only once; it is exchanged for a cookie.
    Raises SettingsError for a proxy that is no address.
    """

    def __init__(self, app: ASGIApp, settings: Settings, version: str) -> None:
        self.app = app
        self._header = settings.identity_header.lower()
        self._secret = settings.token_secret.get_secret_value()
        self._proxies = [_network(proxy) for proxy in settings.trusted_proxies]
        self._used = _Once()
        self._path = settings.root_path or "/"
        self._version = version
        if self._secret and len(self._secret) < 32:
            raise SettingsError("设置 token_secret 太短。", "请用至少 32 个随机字符 (32 characters or more).")
        if self._header and not self._proxies:
            raise SettingsError(
                "设置 identity_header 需要 trusted_proxies。",
                "请列出代理的地址，例如 127.0.0.1 (list the addresses of the proxy).",
            )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http" or not (self._header or self._secret):
            await self.app(scope, receive, send)
            return
        options = parse_qsl(scope["query_string"].decode("utf-8", "replace"), keep_blank_values=True)
        token = dict(options).get("token")
        if token and self._secret and scope["method"] == "GET":
            await self._exchange(token, options, scope)(scope, receive, send)
            return
        user = self._user(scope)
        path = scope["path"].removeprefix(scope.get("root_path", ""))
        if not user and not path.startswith(_OPEN):
            await self._refusal(scope)(scope, receive, send)
            return
        scope.setdefault("state", {})["user"] = user
        await self.app(scope, receive, send)

    def _user(self, scope: Scope) -> str:
        headers = Headers(scope=scope)
        if self._header and self._is_proxy(scope) and headers.get(self._header):
            return headers[self._header][:200]
        if not self._secret:
            return ""
        cookie = SimpleCookie(headers.get("cookie", "")).get(COOKIE)
        claims = verified(self._secret, cookie.value) if cookie else None
        return str(claims["user"]) if claims else ""

    def _is_proxy(self, scope: Scope) -> bool:
        try:
            address = ip_address((scope.get("client") or ("",))[0])
        except ValueError:
            return False
        return any(address in proxy for proxy in self._proxies)

    def _exchange(self, token: str, options: list[tuple[str, str]], scope: Scope) -> ASGIApp:
        claims = verified(self._secret, token)
        if not claims or claims["until"] > time() + TOKEN_SECONDS or not self._used.first(claims):
            return self._refusal(scope)
        rest = urlencode([(name, value) for name, value in options if name != "token"])
        # relative, so that a proxy's sub-path stays
        name = scope["path"].rpartition("/")[2] or "."
        response = RedirectResponse(f"{name}?{rest}" if rest else name, 303)
        session = sign(self._secret, str(claims["user"]), SESSION_SECONDS, str(claims["nonce"]))
        # written by hand: Python's cookies know no Partitioned before 3.14
        MutableHeaders(raw=response.raw_headers).append(
            "set-cookie",
            f"{COOKIE}={session}; Path={self._path}; Max-Age={SESSION_SECONDS}; "
            "HttpOnly; Secure; SameSite=None; Partitioned",
        )
        response.headers["Cache-Control"] = "no-store"
        return response

    def _refusal(self, scope: Scope) -> ASGIApp:
        language = language_of(Headers(scope=scope).get("accept-language"))
        page = missing_page(
            text("unknown_user", language), text("unknown_user_more", language), language, self._version
        )
        return HTMLResponse(page, 401)


class _Once:
    """The tokens already exchanged, until they would be too old anyway."""

    def __init__(self, now: Callable[[], float] = time) -> None:
        self._seen: dict[str, float] = {}
        self._now = now
        self._lock = Lock()

    def first(self, claims: dict[str, Any]) -> bool:
        """Tell whether a token comes for the first time."""
        identity = f"{claims['user']}\0{claims['nonce']}\0{claims['until']}"
        with self._lock:
            now = self._now()
            self._seen = {known: until for known, until in self._seen.items() if until > now}
            is_new = identity not in self._seen
            self._seen[identity] = float(claims["until"])
        return is_new


def _network(proxy: str) -> Any:
    try:
        return ip_network(proxy)
    except ValueError:
        raise SettingsError(
            f"设置 trusted_proxies：{proxy!r} 不是地址或网段。",
            "例如 127.0.0.1 或 10.0.0.0/8 (an address or a network).",
        ) from None
