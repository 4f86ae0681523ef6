"""Nothing that a document or a user writes becomes more than text."""

from __future__ import annotations

import html
import re
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from assistant.web.markup import (
    escape,
    inert_markdown,
    link_markers,
    plain_markdown,
    portable_markdown,
    reader_link,
    typed_text,
)

from .payloads import PAYLOADS

HOSTILE = st.lists(
    st.one_of(
        st.sampled_from(
            [
                "<",
                ">",
                "[",
                "](",
                ")",
                "!",
                "`",
                "~~",
                "*",
                "_",
                "\\",
                "\n",
                "\n\n",
                "&lt;",
                "https://",
                "www.",
            ]
        ),
        st.sampled_from(PAYLOADS),
        st.text(max_size=6),
    ),
    max_size=12,
).map("".join)

READER = MarkdownIt("commonmark", {"html": True, "linkify": False}).enable(["table", "strikethrough"])
HARMLESS = {"text", "softbreak", "hardbreak", "strong_open", "strong_close", "em_open", "em_close"}


def inline(tokens: list[Token]) -> list[Token]:
    return [child for token in tokens for child in token.children or ()]


@given(HOSTILE, st.sampled_from([inert_markdown, portable_markdown]))
def test_markdown_links_loads_and_embeds_nothing(text: str, disarmed: Callable[[str], str]) -> None:
    tokens = READER.parse(disarmed(text))
    assert not [token for token in tokens if token.type in ("html_block", "fence", "code_block")]
    assert {token.type for token in inline(tokens)} <= HARMLESS


@given(HOSTILE)
def test_only_a_known_marker_becomes_a_link_and_only_to_its_card(text: str) -> None:
    links = [
        token.attrGet("href")
        for token in inline(READER.parse(link_markers(f"{text} 结论[1][2]", 3, frozenset({1}))))
        if token.type == "link_open"
    ]
    assert set(links) == {"#cite-3-1"}


@pytest.mark.parametrize("before", ["!", "<!", "研发强度为3%!", "\\", "]", "`"])
def test_a_marker_is_a_link_whatever_sign_stands_before_it(before: str) -> None:
    kinds = [token.type for token in inline(READER.parse(link_markers(f"{before}[1]", 0, frozenset({1}))))]
    assert "link_open" in kinds
    assert "image" not in kinds


@given(HOSTILE)
def test_what_a_user_typed_can_be_edited_again_unchanged(text: str) -> None:
    shown = plain_markdown(text)
    assert {token.type for token in READER.parse(shown)} <= {"paragraph_open", "inline", "paragraph_close"}
    assert typed_text(shown).split() == text.split()


@given(HOSTILE)
def test_escaped_text_is_one_line_without_markup_and_reads_as_before(text: str) -> None:
    escaped = escape(text)
    assert not re.search(r"[<>\"'\n]", escaped)
    assert html.unescape(escaped) == text.replace("\r", "")


@pytest.mark.parametrize(
    "document", ["a b/c.txt", "x\"y'z", "<i>", "../../etc/passwd", "a&start=9#b", "长兴.txt"]
)
def test_a_reader_link_carries_any_id_and_stays_on_the_reader(document: str) -> None:
    link = reader_link(document, 1, 2)
    assert re.fullmatch(r"reader\?document=[\w.%+-]+&start=1&end=2#quote", link)
