"""Web pages: the main text with its headings, lists and tables; menus and footers left out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from ...errors import LoadError
from .base import Limits, Loaded, damaged
from .builder import TextBuilder, squeeze
from .encoding import declared_encoding, decode
from .package import local
from .webblocks import Block, Page
from .webmain import main_blocks

if TYPE_CHECKING:
    from lxml.etree import _Element

# <meta name=...> of Chinese government and news sites, and the common ones
_META = {
    "articletitle": "title", "og:title": "title",
    "pubdate": "date", "publishdate": "date", "og:published_time": "date", "article:published_time": "date",
    "contentsource": "source", "author": "author", "sitename": "site", "url": "url",
}  # fmt: skip
_SITE_SUFFIX = re.compile(r"\s*(?:[_|–—]|\s-\s|-(?=[^-]*(?:网|網|网站|门户|政府|局|委|厅|部)$)).*$")


def load_html(data: bytes, _limits: Limits) -> Iterator[Loaded]:
    """Yield the page's main text; its title and date as properties."""
    decoded = decode(data, declared_encoding(data))
    root = parse_html(decoded.text)
    builder = TextBuilder()
    page = Page(root, builder.hide)
    properties = _properties(root)
    for block in main_blocks(page, properties.get("title", "")):
        _append(builder, block)
    if not builder.length:
        raise LoadError("网页里没有正文(可能由脚本生成)。", "请在浏览器打开后另存为完整网页或打印成 pdf。")
    yield Loaded("", builder.extract(properties, decoded.encoding, decoded.notices))


def parse_html(text: str) -> _Element:
    """Parse a page however broken; raises LoadError when it nests deeper than any page does."""
    from lxml import etree

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


def _append(builder: TextBuilder, block: Block) -> None:
    if block.rows:
        builder.table(block.rows, block.header_rows)
    elif block.level:
        builder.line(block.text, "heading", str(block.level), block.bold)
    else:
        builder.line(block.text, block.kind, "", block.bold)


def _properties(root: _Element) -> dict[str, str]:
    found: dict[str, str] = {}
    for element in root.iter():
        tag = local(element.tag)
        if tag == "meta":
            name = _META.get((element.get("name") or element.get("property") or "").lower())
            content = squeeze(element.get("content") or "")
            if name and content:
                found.setdefault(name, content)
        elif tag == "title" and "title" not in found and element.text:
            found["page title"] = squeeze(element.text)
    if "title" not in found and "page title" in found:
        full = found["page title"]
        found["title"] = _SITE_SUFFIX.sub("", full) or full
    found.pop("page title", None)
    return found
