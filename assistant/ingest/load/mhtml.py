"""Saved web pages in one file (.mht, .mhtml) and mails with a page in them."""

from __future__ import annotations

from collections.abc import Iterator
from email import message_from_bytes, policy

from .base import Limits, Loaded, damaged
from .html import load_html


def load_mhtml(data: bytes, limits: Limits) -> Iterator[Loaded]:
    """Yield the first page in the message. Raises LoadError where there is none."""
    message = message_from_bytes(data, policy=policy.compat32)
    for part in message.walk():
        if part.get_content_type() == "text/html":
            body = part.get_payload(decode=True)
            if isinstance(body, bytes) and body.strip():
                yield from load_html(body, limits)
                return
    raise damaged("mhtml", "没有网页")
