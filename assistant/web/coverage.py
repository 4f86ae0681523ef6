"""The picture of what a store covers: regions down, topics across, every cell a way into the chat."""

from __future__ import annotations

from collections.abc import Sequence
from math import log
from urllib.parse import urlencode

from ..types import Coverage
from ..zh import places
from .markup import escape
from .texts import Language, text

SHOWN = 40  # rows: the provinces and the passages without a region; more than that is no picture
NAMED = 3  # regions named of those that are not shown
SHADES = 5  # of a cell, from a single passage to the most that any cell has


def coverage_table(coverage: Coverage, language: Language, store: str = "") -> str:
    """Return the HTML of the picture on one line; empty where the documents share no topic."""
    if not coverage.topics:
        return ""
    most = max(cell.passages for cell in coverage.cells.values())
    head = "".join(
        f'<th scope="col">{_link(topic, "", topic, language, store)}</th>' for topic in coverage.topics
    )
    corner = f'<th scope="col">{escape(text("region", language))}</th>'
    total = f'<th scope="col" class="total">{escape(text("length", language))}</th>'
    named = [region for region in coverage.regions if region]
    shown = [*named[:SHOWN], *(region for region in coverage.regions if not region)]
    rows = "".join(_row(coverage, region, most, language, store) for region in shown)
    return (
        f'<section class="coverage"><h2>{escape(text("coverage", language))}</h2>'
        f'<p class="count">{escape(text("coverage_more", language))}</p>'
        f'<div class="table-scroll"><table><thead><tr>{corner}{head}{total}</tr></thead>'
        f"<tbody>{rows}</tbody></table></div>{_rest(coverage, named[SHOWN:], language)}</section>"
    )


def _rest(coverage: Coverage, regions: Sequence[str], language: Language) -> str:
    """Return the line that counts the regions without a row."""
    if not regions:
        return ""
    names = "、".join(places.short(region) for region in regions[:NAMED])
    passages = sum(coverage.totals[region].passages for region in regions)
    more = text("more_regions", language, names=names, count=len(regions), passages=passages)
    return f'<p class="count">{escape(more)}</p>'


def _row(coverage: Coverage, region: str, most: int, language: Language, store: str) -> str:
    name = places.short(region) if region else text("no_region", language)
    header = _link(name, region, "", language, store) if region else escape(name)
    cells = "".join(_cell(coverage, region, topic, most, language, store) for topic in coverage.topics)
    total = coverage.totals[region].passages
    return f'<tr><th scope="row">{header}</th>{cells}<td class="total">{total}</td></tr>'


def _cell(coverage: Coverage, region: str, topic: str, most: int, language: Language, store: str) -> str:
    cell = coverage.cells.get((region, topic))
    if cell is None:
        return '<td class="none">·</td>'
    link = _link(str(cell.passages), region, topic, language, store)
    return f'<td class="shade-{_shade(cell.passages, most)}">{link}</td>'


def _shade(count: int, most: int) -> int:
    """Return the shade of a cell: by the logarithm, or one long document would pale all others."""
    return 1 + round((SHADES - 1) * log(count) / log(most)) if most > 1 else 1


def _link(shown: str, region: str, topic: str, language: Language, store: str) -> str:
    """Return the link that limits the chat to a region and proposes the question after a topic."""
    place = places.short(region)
    draft = text("topic_question", "zh", place=place, topic=topic) if topic else ""
    options = [("store", store), ("region", region), ("draft", draft)]
    query = urlencode([(name, value) for name, value in options if value])
    means = text("cell_means", language, place=place or text("everywhere", language), topic=topic or "")
    return f'<a href="?{escape(query)}" title="{escape(means)}">{escape(shown)}</a>'
