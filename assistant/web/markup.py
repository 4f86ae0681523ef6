"""Turn text that nobody vouches for into HTML and Markdown that can do nothing but be read."""

from __future__ import annotations

import html
import re
from urllib.parse import urlencode

_MARKER = re.compile(r"\[(\d{1,3})\]")

# what Markdown or the sanitiser would read as a link, an image, a tag, code or a strike-through
_INERT = str.maketrans(
    {
        "&": "&amp;",
        "<": "&lt;",
        ">": "&gt;",
        "[": "&#91;",
        "]": "&#93;",
        "`": "&#96;",
        "~": "&#126;",
        "\\": "&#92;",
        "!": "&#33;",  # before a marker it would make a picture of the link
        "@": "&#64;",  # no address turns into a mailto link
    }
)
_PLAIN = _INERT | str.maketrans({"*": "&#42;", "_": "&#95;", "#": "&#35;", "|": "&#124;"})
# the same for a file that people read as it is, too
_PORTABLE = str.maketrans({"&": "&amp;", "<": "&lt;", **{sign: f"\\{sign}" for sign in "[]`~!\\"}})
_LIST_ITEM = re.compile(r"^([-+=]|\d+[.)])")  # at the beginning of a message
_CODE = re.compile(r"(?m)^(?: {4,}| {0,3}\t)[ \t]*")  # so much indentation begins a block of code
_AUTOLINK = re.compile(r"(?i)(https?|ftp)(:)(?=//)|(www)(\.)")


def escape(text: str) -> str:
    """Return `text` as HTML on one line: a blank line would end an HTML block in Markdown."""
    return html.escape(text, quote=True).replace("\r", "").replace("\n", "&#10;")


def inert_markdown(text: str) -> str:
    """Return Markdown in which emphasis, lists and tables work and nothing links, loads or embeds."""
    lines = re.sub(r"\r\n?", "\n", text.translate(_INERT))
    return _AUTOLINK.sub(_break_autolink, _CODE.sub("   ", lines))


def portable_markdown(text: str) -> str:
    """Return Markdown for a file, in which nothing links, loads or embeds, with few signs of that."""
    lines = _CODE.sub("   ", re.sub(r"\r\n?", "\n", text.translate(_PORTABLE)))
    return _AUTOLINK.sub(lambda link: rf"{link[1]}\:" if link[1] else rf"{link[3]}\.", lines)


def plain_markdown(text: str) -> str:
    """Return Markdown that shows `text` exactly as typed, but for blanks around it."""
    shown = _AUTOLINK.sub(_break_autolink, text.strip().translate(_PLAIN))
    shown = _LIST_ITEM.sub(lambda item: f"{item[1][:-1]}&#{ord(item[1][-1])};", shown)
    return re.sub(r"\r\n|[\r\n]", "<br>", shown)


def typed_text(shown: str) -> str:
    """Return what `plain_markdown` was given, from what it returned."""
    return html.unescape(shown.replace("<br>", "\n"))


def link_markers(text: str, turn: int, known: frozenset[int]) -> str:
    """Return inert Markdown whose markers [n] link to the citations of turn number `turn`.

    Only the numbers in `known` become links; any other bracketed number is text.
    """
    pieces: list[str] = []
    position = 0
    for match in _MARKER.finditer(text):
        number = int(match[1])
        if number not in known:
            continue
        pieces.append(inert_markdown(text[position : match.start()]))
        pieces.append(f"[&#91;{number}&#93;](#cite-{turn}-{number})")
        position = match.end()
    pieces.append(inert_markdown(text[position:]))
    return "".join(pieces)


def reader_link(document: str, start: int, end: int, store: str = "") -> str:
    """Return the address of the reader at a span, relative to the page."""
    where = {"store": store} if store else {}
    query = urlencode({**where, "document": document, "start": start, "end": end})
    return f"reader?{query}#quote"


def _break_autolink(match: re.Match[str]) -> str:
    if match[1]:
        return f"{match[1]}&#58;"
    return f"{match[3]}&#46;"
