"""Find the main text of a web page by where its prose stands, never losing the body."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import accumulate, takewhile
from typing import TYPE_CHECKING, NamedTuple

from .package import local
from .webblocks import Block, Page

if TYPE_CHECKING:
    from lxml.etree import _Element

# Go down into an element as long as it holds nearly all the prose of the one around it.
_SHARE = 0.85
_FURNITURE_TAGS = frozenset(("nav", "footer", "aside", "header", "form"))
_FURNITURE_NAMES = re.compile(
    r"(?:^|[-_\s])(?:nav|navbar|navigation|menu|foot|footer|footbox|copyright|share|bdshare|social|breadcrumbs?|crumbs?"
    r"|position|location|sidebar|aside|related|recommend|toolbar|search|login|qrcode|ewm|print|advert|ads?|banner"
    r"|pager|pagination|comments?)(?:$|[-_\s\d])",
    re.IGNORECASE,
)
_FURNITURE_WEIGHT = 0.1  # what prose counts for inside an element that is named as furniture
# An element with more of the page's prose than this is never taken for furniture, whatever its name;
# where it says no whole sentence, the limit is higher: a short page may have a long footer.
_FURNITURE_SHARE = 0.3
_FURNITURE_SHARE_WITHOUT_SENTENCE = 0.7
_PROSE = 30  # characters; slogans, menus and addresses are shorter or have no full stop
_MENU = 3  # links one after the other
_SAYS = re.compile(r"[^\W_]")  # a block without letter, digit or character says nothing
_LINKS = 0.6  # a block with more of it in links leads elsewhere


class Main(NamedTuple):
    """The main text of a page."""

    blocks: list[Block]  # title and head first
    hidden: list[str]  # invisible texts in it
    around: list[Block]  # the rest of the page, and what stands before the first sentence


def find_main(page: Page, title: str) -> Main:
    """Return the main text of `page`, with the title and the lines of its head before it."""
    weights = _weights(page)
    first, last = _main_span(page, weights)
    furniture = _furniture_blocks(page, weights, sum(weights[first:last]))
    numbers = sorted(
        {
            *_head(page.blocks, first, title),
            *_without_menus(page.blocks, range(first, last)),
            *(number for number, block in enumerate(page.blocks) if _is_prose(block)),
        }
    )
    kept = [
        number for number in numbers if number not in furniture and _SAYS.search(page.blocks[number].text)
    ]
    opening = takewhile(lambda number: not _is_prose(page.blocks[number]), kept)
    around = set(range(len(page.blocks))) - set(kept) | set(opening)
    return Main(
        [page.blocks[number] for number in kept],
        [text for place, text in page.hidden if first <= place <= last],
        [page.blocks[number] for number in sorted(around)],
    )


def _main_span(page: Page, weights: list[float]) -> tuple[int, int]:
    """Return the range of blocks of the innermost element that holds nearly all the prose."""
    totals = [0.0, *accumulate(weights)]

    def weight(element: _Element) -> float:
        first, last = page.spans.get(element, (0, 0))
        return totals[last] - totals[first]

    element = page.root
    while totals[-1]:
        best = max((child for child in element if child in page.spans), key=weight, default=None)
        if best is None or weight(best) < _SHARE * weight(element):
            break
        element = best
    return page.spans.get(element, (0, len(page.blocks)))


def _weights(page: Page) -> list[float]:
    """Return how much prose each block is: its characters outside links, less where it is furniture."""
    weights = [max(0.0, len(block.text) - 2.0 * block.linked) for block in page.blocks]
    total = sum(weights)
    for element, (first, last) in page.spans.items():
        if _is_furniture(page, element, weights, total):
            for number in range(first, last):
                weights[number] *= _FURNITURE_WEIGHT
    return weights


def _is_furniture(page: Page, element: _Element, weights: list[float], prose: float) -> bool:
    """Tell whether the element is named as a part of the site and says little of the page's prose."""
    if local(element.tag) not in _FURNITURE_TAGS and not any(
        _FURNITURE_NAMES.search(element.get(name, "")) for name in ("class", "id", "role")
    ):
        return False
    first, last = page.spans[element]
    says = any(_is_prose(block) for block in page.blocks[first:last])
    share = _FURNITURE_SHARE if says else _FURNITURE_SHARE_WITHOUT_SENTENCE
    return sum(weights[first:last]) <= share * prose


def _furniture_blocks(page: Page, weights: list[float], prose: float) -> set[int]:
    """Return the blocks that belong to furniture."""
    return {
        number
        for element, span in page.spans.items()
        if _is_furniture(page, element, weights, prose)
        for number in range(*span)
    }


def _is_prose(block: Block) -> bool:
    """Tell whether a block says so much that it is text wherever it stands: an annex beside the body."""
    return len(block.text) >= _PROSE and block.link_share < 1 - _LINKS and "。" in block.text


def _without_menus(blocks: list[Block], numbers: Iterable[int]) -> list[int]:
    """Leave out links at both ends, and runs of three or more of them in between."""
    kept: list[int] = []
    run: list[int] = []
    for number in numbers:
        if blocks[number].link_share > _LINKS:
            run.append(number)
            continue
        if kept and len(run) < _MENU:
            kept += run
        run = []
        kept.append(number)
    return kept


def _head(blocks: list[Block], first: int, title: str) -> list[int]:
    """Return the title's block before block `first`, and what stands between the two."""
    wanted = _compact(title)
    for number in range(first - 1, -1, -1):
        text = _compact(blocks[number].text)
        if (
            wanted
            and len(text) >= 4
            and (text == wanted or (len(text) > 8 and text in wanted) or wanted in text)
        ):
            blocks[number].kind = "title"
            between = range(number + 1, first)
            return [number, *(index for index in between if blocks[index].link_share <= _LINKS)]
    return []


def _compact(text: str) -> str:
    return re.sub(r"\W", "", text)
