"""What a web page says of its document: in its `<meta>` tags and in the box of facts above the text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from .builder import squeeze
from .package import local
from .webblocks import Block

if TYPE_CHECKING:
    from lxml.etree import _Element

# <meta name=...> of Chinese government and news sites, and the common ones
_META = {
    "articletitle": "title",
    "og:title": "title",
    "pubdate": "date",
    "publishdate": "date",
    "og:published_time": "date",
    "article:published_time": "date",
    "contentsource": "source",
    "author": "author",
    "sitename": "site",
    "url": "url",
}
# labels of the box of facts on pages of government information, simplified and traditional
_LABELS = {
    label: name
    for name, labels in {
        "document_number": "文号 文號 发文字号 發文字號",
        "issuer": "发布机构 发布机关 发文机关 制定机关 發文機關",
        "issued": "成文日期 发文日期 印发日期 發文日期",
        "effective": "实施日期 施行日期 生效日期 實施日期",
        "expires": "失效日期 废止日期",
        "index_number": "索引号 统一编号",
        "validity": "有效性 时效性 效力状态",
    }.items()
    for label in labels.split()
}
_FACT = re.compile(r"\s*([一-鿿](?:\s*[一-鿿]){1,5})\s*[:：]\s*(\S.*)")
_SITE_SUFFIX = re.compile(r"\s*(?:[_|–—]|\s-\s|-(?=[^-]*(?:网|網|网站|门户|政府|局|委|厅|部)$)).*$")


def properties(root: _Element) -> dict[str, str]:
    """Return what the head of the page says: title, date, source, author, site."""
    found: dict[str, str] = {}
    full = ""
    for element in root.iter("meta", "title"):
        if local(element.tag) == "title":
            full = full or squeeze(element.text or "")
            continue
        name = _META.get((element.get("name") or element.get("property") or "").lower())
        content = squeeze(element.get("content") or "")
        if name and content:
            found.setdefault(name, content)
    if full:
        found.setdefault("title", _SITE_SUFFIX.sub("", full) or full)
    return found


def facts(blocks: Iterable[Block]) -> dict[str, str]:
    """Return the labelled facts in blocks and in cells of tables, the first of each label."""
    found: dict[str, str] = {}
    for block in blocks:
        for text in _pieces(block):
            match = _FACT.match(text)
            name = _LABELS.get(re.sub(r"\s", "", match.group(1))) if match else None
            if match and name:
                found.setdefault(name, match.group(2).strip())
    return found


def _pieces(block: Block) -> list[str]:
    """Return the stretches that may be one fact: a line, a cell, or a label's cell and the next."""
    if not block.rows:
        return [block.text]
    pieces: list[str] = []
    for row in block.rows:
        for cell in row:
            if cell and pieces and pieces[-1].endswith((":", "：")) and not _FACT.match(cell + "x"):
                pieces[-1] += cell
            else:
                pieces.append(cell)
    return pieces
