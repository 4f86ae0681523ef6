"""A web page as a flat list of blocks in reading order, and the blocks that each element holds."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from .builder import squeeze
from .package import local
from .webstyle import WebStyle
from .webtable import is_data_table, table_rows

if TYPE_CHECKING:
    from lxml.etree import _Element

_DROPPED = frozenset(
    "script style noscript template iframe object embed svg math head select button input textarea "
    "canvas audio video map datalist dialog".split()
)
_INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i img ins kbd label mark o:p q rp rt ruby "
    "s samp small span strike strong sub sup time tt u var wbr st1:chsdate".split()
)
_BOLD = frozenset(("b", "strong", "h1", "h2", "h3", "h4", "h5", "h6"))
# a link to a file is an attachment, not a way to another page
_ATTACHMENT = re.compile(r"\.(?:docx?|xlsx?|pptx?|pdf|wps|et|ofd|rtf|zip|rar)(?:[?#].*)?$", re.IGNORECASE)

_UNVEILED = 0.8  # of the page's text


@dataclass(slots=True)
class Block:
    """One line of the page, or one table."""

    text: str
    linked: int = 0  # characters that are links to other pages
    level: int = 0  # of a heading
    bold: int = 0  # how many leading characters are bold
    kind: str = ""
    rows: list[list[str]] = field(default_factory=list)
    header_rows: int = 0

    @property
    def link_share(self) -> float:
        """Return which part of the block is links."""
        return self.linked / max(len(self.text), 1)


class Page:
    """The visible blocks of a page and, for each element, the range of blocks in it."""

    def __init__(self, root: _Element) -> None:
        """Walk the page once."""
        self.hidden: list[tuple[int, str]] = []  # invisible texts, with the number of blocks before each
        self.blocks: list[Block] = []
        self.spans: dict[_Element, tuple[int, int]] = {}
        self.root = root
        self._style = WebStyle(root)
        self._words: list[tuple[str, bool, bool]] = []  # text, linked, bold
        self._levels: list[int] = []
        self._links = self._bolds = self._preformatted = 0
        self._walk()

    def _walk(self) -> None:
        from lxml import etree

        begins: dict[_Element, int] = {}
        walker = etree.iterwalk(self.root, events=("start", "end"))
        for event, element in walker:
            tag = local(element.tag).lower()
            if event == "start":
                skipped = tag in _DROPPED or self._hidden(element) or self._tabulated(element, tag)
                if skipped:
                    walker.skip_subtree()
                    begins[element] = -1
                    continue
                self._start(element, tag)
                begins[element] = len(self.blocks)
                self._say(element.text)
            else:
                begin = begins.pop(element)
                if begin >= 0:
                    self._end(element, tag)
                    self.spans[element] = (begin, len(self.blocks))
                self._say(element.tail)
        self._flush()

    def _hidden(self, element: _Element) -> bool:
        if not self._style.hides(element):
            return False
        text = _words_in(element)
        # a page that hides nearly all of itself shows it again by script when it has loaded
        if len(text) > _UNVEILED * len(_words_in(self.root)):
            return False
        self._hide(text)
        return True

    def _hide(self, text: str) -> None:
        self.hidden.append((len(self.blocks), text))

    def _tabulated(self, element: _Element, tag: str) -> bool:
        if tag != "table" or not is_data_table(element):
            return False
        self._flush()
        rows, header_rows = table_rows(element, self._style, self._hide)
        text = " ".join(cell for row in rows for cell in row)
        linked = sum(len(squeeze("".join(link.itertext()))) for link in element.iter("a") if is_link(link))
        if text.strip():
            self.blocks.append(Block(text, linked, rows=rows, header_rows=header_rows))
        return True

    def _start(self, element: _Element, tag: str) -> None:
        if tag not in _INLINE:
            self._flush()
        if len(tag) == 2 and tag[0] == "h" and tag[1].isdigit():
            self._levels.append(int(tag[1]))
        self._links += is_link(element)
        self._bolds += self._is_bold(element, tag)
        self._preformatted += tag == "pre"

    def _end(self, element: _Element, tag: str) -> None:
        if tag not in _INLINE:
            self._flush()
        if len(tag) == 2 and tag[0] == "h" and tag[1].isdigit():
            self._levels.pop()
        self._links -= is_link(element)
        self._bolds -= self._is_bold(element, tag)
        self._preformatted -= tag == "pre"

    def _is_bold(self, element: _Element, tag: str) -> bool:
        return tag in _BOLD or self._style.of(element).get("font-weight") in (
            "bold",
            "bolder",
            "600",
            "700",
            "800",
            "900",
        )

    def _say(self, text: str | None) -> None:
        if not text:
            return
        if self._preformatted and "\n" in text:
            for line in text.split("\n"):
                self._words.append((line, self._links > 0, self._bolds > 0))
                self._flush()
        else:
            self._words.append((text, self._links > 0, self._bolds > 0))

    def _flush(self) -> None:
        """End the current line."""
        words, self._words = self._words, []
        text = squeeze("".join(part for part, _, _ in words))
        if not text:
            return
        leading = ""
        for part, _, bold in words:
            if part.strip() and not bold:
                break
            leading += part
        self.blocks.append(
            Block(
                text,
                len(squeeze("".join(part for part, linked, _ in words if linked))),
                self._levels[-1] if self._levels else 0,
                min(len(squeeze(leading)), len(text)),
            )
        )


def _words_in(element: _Element) -> str:
    """Return the text in `element`, scripts and styles left out."""
    return squeeze(" ".join(element.xpath(".//text()[not(ancestor::script or ancestor::style)]")))


def is_link(element: _Element) -> bool:
    """Tell whether `element` leads to another page; an attachment does not."""
    if local(element.tag).lower() != "a":
        return False
    address = element.get("href", "")
    return (
        bool(address)
        and not _ATTACHMENT.search(address)
        and not _ATTACHMENT.search("".join(element.itertext()).strip())
    )
