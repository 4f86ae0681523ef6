"""The HTML that Gradio's page begins with, in this product's name; as shipped it names another host."""

from __future__ import annotations

import re

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from .markup import escape
from .texts import Language, language_of, text

# what link previews of others show, with a picture on another host; a manifest that belongs to no app here
_FOREIGN = re.compile(rb'<meta\s+(?:property="og:|name="twitter:)[^>]*>\s*|<link rel="manifest"[^>]*>\s*')
# as in chat.css, so that nothing flashes before it is there
_GROUNDS = ((b"--bg: white;", b"--bg: #f6f4ef;"), (b"--bg-dark: #0a0f1e;", b"--bg-dark: #14171c;"))
_CHARSET = b'<meta charset="utf-8" />'


class OwnName:
    """Put the product's name, sign and grounds into the chat's page."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        path = scope["path"].removeprefix(scope.get("root_path", "")) if scope["type"] == "http" else ""
        if path != "/" or scope["method"] != "GET":
            await self.app(scope, receive, send)
            return
        language = language_of(Headers(scope=scope).get("accept-language"))
        # not compressed, or there is nothing to read
        plain = [(name, value) for name, value in scope["headers"] if name != b"accept-encoding"]
        begun: Message = {}
        body = b""

        async def collect(message: Message) -> None:
            nonlocal begun, body
            if message["type"] == "http.response.start":
                begun = message
                return
            if message["type"] != "http.response.body":  # what a server understands beside these two
                await send(message)
                return
            body += message.get("body", b"")
            if message.get("more_body"):
                return
            named = renamed(body, language)
            MutableHeaders(raw=begun["headers"])["content-length"] = str(len(named))
            await send(begun)
            await send({"type": "http.response.body", "body": named})

        await self.app({**scope, "headers": plain}, receive, collect)


def renamed(page: bytes, language: Language) -> bytes:
    """Return Gradio's page with the product's name, its sign, its language and its grounds."""
    head, mark, rest = page.partition(b"</head>")
    head = _FOREIGN.sub(b"", head)
    for theirs, ours in _GROUNDS:
        head = head.replace(theirs, ours)
    spoken = b'lang="zh-CN"' if language == "zh" else b'lang="en"'
    own = f'<title>{escape(text("name", language))}</title><link rel="icon" href="web/icon.svg">'
    head = head.replace(b'lang="en"', spoken, 1).replace(_CHARSET, _CHARSET + own.encode(), 1)
    return head + mark + rest
