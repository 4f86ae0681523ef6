"""Web pages: the main text with its headings, lists and tables; menus and footers left out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from ...errors import LoadError
from .base import Limits, Loaded, damaged
from .builder import TextBuilder
from .encoding import declared_encoding, decode
from .webblocks import Block, Page
from .webfacts import facts, properties
from .webmain import find_main

if TYPE_CHECKING:
    from lxml.etree import _Element

_ATTRIBUTES = 5_000  # of one element: 20 ms; 300,000 take minutes
_TAG = re.compile(r"<[a-zA-Z][^\s/>]*")
_ATTRIBUTE = re.compile(r"""[\s/]+[^\s=>/]+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s>]*))?""")


def load_html(data: bytes, _limits: Limits) -> Iterator[Loaded]:
    """Yield the page's main text; its title and date as properties."""
    decoded = decode(data, declared_encoding(data))
    root = parse_html(decoded.text)
    page = Page(root)
    known = properties(root)
    main = find_main(page, known.get("title", ""))
    builder = TextBuilder()
    for text in main.hidden:
        builder.hide(text)
    for block in main.blocks:
        _append(builder, block)
    if not builder.length:
        raise LoadError("网页里没有正文(可能由脚本生成)。", "请在浏览器打开后另存为完整网页或打印成 pdf。")
    yield Loaded("", builder.extract(facts(main.around) | known, decoded.encoding, decoded.notices))


def parse_html(text: str) -> _Element:
    """Parse a page however broken; raises LoadError when it nests deeper than any page does."""
    from lxml import etree

    if _is_overloaded(text):
        raise LoadError(
            f"网页里有元素带着超过 {_ATTRIBUTES} 个属性,已拒绝。", "请在浏览器打开后复制正文到 docx 或 txt。"
        )
    parser = etree.HTMLParser(huge_tree=True, encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise damaged("html", str(error)[:120]) from None
    if "Excessive depth" in str(parser.error_log):
        raise LoadError("网页嵌套超过 2048 层,已拒绝。", "请在浏览器打开后复制正文到 docx 或 txt。")
    if root is None:
        raise damaged("html", "没有任何元素")
    return root


def _is_overloaded(text: str) -> bool:
    """Tell whether an element has more attributes than any page's: libxml2 takes their number squared."""
    if text.count("=") < _ATTRIBUTES and max(map(len, text.split(">"))) < _ATTRIBUTES:
        return False
    for tag in _TAG.finditer(text):
        place, count = tag.end(), 0
        while attribute := _ATTRIBUTE.match(text, place):
            place, count = attribute.end(), count + 1
            if count > _ATTRIBUTES:
                return True
    return False


def _append(builder: TextBuilder, block: Block) -> None:
    if block.rows:
        builder.table(block.rows, block.header_rows)
    elif block.level:
        builder.line(block.text, "heading", str(block.level), block.bold)
    else:
        builder.line(block.text, block.kind, "", block.bold)
