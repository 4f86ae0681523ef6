"""Conditions, materials, steps: the section or the list that the question asks for, whole and in order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from ...types import Answer, Document, Hit, Plan, Section
from ...zh import places
from ...zh.fold import fold, folded_document, folded_text
from ...zh.numbering import LEVELS, parse
from ...zh.sentences import Span, sentences
from ...zh.tokens import STOPWORDS
from ..draft import Draft
from ..evidence.terms import Term, coverage, softened, terms
from ..sources import Sources
from .facets import CONSEQUENCES, Facet

_DOCUMENTS = 5
# What the heading, its path and title, and the text below it each count for a word of the question.
PATH, _HEADINGS, _BELOW_LEAD, _BELOW_HEADING = 0.95, 0.8, 0.8, 0.5
# and the rest of its document, for what a line leads into, and what is headed as the question asks: 审计建议
_REST, _DOCUMENT = 0.5, 0.7
_TELLING, _HINTED = 0.6, 0.4  # weight of a word that must be hinted at, and how well at least
_LEAST_COVERED, _LEAST_HEADED = 0.62, 0.3
_HEADED, _LED, _FOUND = 0.35, 0.3, 0.35
_ALSO = 0.12  # another section of the same facet is told too where it is rated nearly as well
_CALLED_SO, _NAME = 0.6, 4  # a section whose whole heading, of so many characters, the question has: 受理条件
_OF_LAWS = frozenset({"part", "chapter", "section", "article"})
_THEME = 0.15  # of its lines that a text has a word of its own matter in, though no heading does
_MOST, _MOST_LINES = 3, 16
# of items that may be sentences of their own
_MARKED = re.compile(r"[(（][一二三四五六七八九十]{1,2}[)）]|[一二三四五六七八九十]是(?!否)|[①-⑳]")
LONGEST = 500  # characters of an answer; beyond it each item is cut to its first clause
_LONGEST_ITEM, _SHORT_ITEM = 260, 60
# 可以设定 and 可以不设, 支付 and 不支付: what a list is of must be affirmed or denied as in the question
_DENIED = re.compile(
    r"停(?=[发领办止用])|不(?!同|低于|少于|超过|高于|大于|小于|满|足|动产|论|限于?|服|良|当|符合|断)|无[须需权]|免(?!费)|禁止|严禁|取消"
)
_BULLET = re.compile(r"[-*] ")  # as the text itself has it
_LONGEST_SECTION = 1600  # a longer section is no answer


class Block(NamedTuple):
    """A stretch of whole lines that states one facet of a matter, and how well it fits."""

    rating: float
    document: Document
    lines: tuple[Span, ...]  # the first is its heading or leads into the others
    found: float = 0.0  # more, the higher search ranks a passage of it


def told_section(
    plan: Plan, facet: Facet, topic: str, hits: Sequence[Hit], sources: Sources
) -> Answer | None:
    """Return the section or list that states `facet` of `topic`, else None."""
    asked = softened(terms(topic, plan.expansions))
    if not any(not term.light for term in asked):
        return None
    ids = plan.documents or tuple(dict.fromkeys(hit.passage.document for hit in hits))[:_DOCUMENTS]
    found = [block for id in ids for block in _blocks(plan, facet, asked, sources.document(id), hits)]
    denied = bool(_DENIED.search(fold(plan.resolved)))
    found = [block for block in found if denied == _is_denied(block)]
    best = max(found, key=lambda block: block.rating + block.found, default=None)
    if best is None:
        return None
    chosen = [
        block
        for block in found
        if block.document is best.document and block.rating >= best.rating - _ALSO and _apart(block, best)
    ]
    chosen = sorted(
        [best, *sorted(chosen, key=lambda one: -one.rating)[: _MOST - 1]], key=lambda one: one.lines
    )
    return told_blocks(plan, _disjoint(chosen))


def _is_denied(block: Block) -> bool:
    first = block.lines[0]
    return bool(_DENIED.search(fold(block.document.text[first.start : first.end])))


def _blocks(
    plan: Plan, facet: Facet, asked: Sequence[Term], document: Document, hits: Sequence[Hit]
) -> Iterator[Block]:
    found_at = {hit.passage.start: hit.rank for hit in hits if hit.passage.document == document.id}
    for section in document.sections:
        if section.end - section.start > _LONGEST_SECTION:
            continue
        if not fits(plan, document, section):
            continue
        ranks = [rank for start, rank in found_at.items() if section.start <= start < section.end]
        near = _FOUND / min(ranks) if ranks else 0.0
        # a title is no heading of a section, unless the text below it is but one list
        numbers = section.path or _is_one_list(document)
        headed = _headed(facet, asked, document, section) if numbers else None
        heading = folded_text(unnumbered(section.heading))
        if headed and len(heading) >= _NAME and heading in fold(plan.resolved):
            headed = headed._replace(rating=headed.rating + _CALLED_SO)
        block = headed or _led(facet, asked, document, section)
        if block:
            yield block._replace(found=near)


def _is_one_list(document: Document) -> bool:
    """Tell whether most lines of a text are numbered as the steps of a procedure are, not as articles."""
    lines = lines_of(document, 0, len(document.text))
    numbers = (parse(text_of(document, line)) for line in lines)
    return 2 * sum(number is not None and number.kind not in _OF_LAWS for number in numbers) > len(lines)


def fits(plan: Plan, document: Document, section: Section) -> bool:
    """Tell whether a section is of the place and year asked for."""
    home = section.region or document.metadata.region
    path = folded_text(" ".join((document.title, *section.path)))
    for region in plan.regions:
        if home and not places.contains(region, home) and fold(places.short(region)) not in path:
            return False
    issued = document.metadata.issued
    return not plan.years or any(
        str(year) in path or (issued is not None and issued.year == year) for year in plan.years
    )


def _headed(facet: Facet, asked: Sequence[Term], document: Document, section: Section) -> Block | None:
    """Return the section where its heading names the facet."""
    heading = folded_text(unnumbered(section.heading or document.title))
    if len(heading) > 40 or not facet.heading.search(heading):
        return None
    lines = lines_of(document, section.start, section.end)
    if not section.path:  # a page that is headed so as a whole: what it numbers
        first = next((at for at, line in enumerate(lines) if parse(text_of(document, line))), len(lines))
        lines = (lines[0], *numbered_lines(document, lines[first:]))
    others = folded_text(" ".join(other.heading for other in document.sections))
    others += " ".join(term.text for term in asked if _is_theme(term, document))
    rest = 0.0 if facet.name else _DOCUMENT
    rating = _rating(asked, heading, document, section, _BELOW_HEADING, others, rest)
    if len(lines) < 2 and parse(section.heading) is None:
        return None  # a heading with nothing below it
    return Block(rating + _HEADED, document, lines) if rating else None


def _is_theme(term: Term, document: Document) -> bool:
    lines = folded_document(document.text).split("\n")
    return sum(term.text in line for line in lines) >= _THEME * len(lines)


def text_of(document: Document, line: Span) -> str:
    """Return a line as written."""
    return document.text[line.start : line.end]


def _led(facet: Facet, asked: Sequence[Term], document: Document, section: Section) -> Block | None:
    """Return the list that a line such as 应当符合下列条件： leads into."""
    lines = lines_of(document, section.start, section.end)
    for index, line in enumerate(lines):
        text = folded_text(text_of(document, line))
        last = sentences(text)[-1]
        lead = text[last.start : last.end]
        if lead.endswith(":"):
            items = numbered_lines(document, lines[index + 1 :]) if facet.lead.search(lead) else ()
            found = (Span(line.start + last.start, line.end), *items)
        else:
            found = _led_inside(facet, line, text)
        # what follows an act is told with the act
        apart = facet.name != CONSEQUENCES and coverage(asked, (lead, 1.0)) >= _LEAST_HEADED
        rest = _REST if apart else 0.0
        if not _shows(facet, document, found):
            continue
        if len(found) > 2 and (rating := _rating(asked, text, document, section, _BELOW_LEAD, rest=rest)):
            return Block(rating + _LED, document, found)
    return None


def _shows(facet: Facet, document: Document, lines: Sequence[Span]) -> bool:
    """Tell whether any of `lines` states the facet, where that shows by its words."""
    shown = facet.shown
    return shown is None or any(shown.search(folded_text(text_of(document, line))) for line in lines)


def _led_inside(facet: Facet, line: Span, text: str) -> tuple[Span, ...]:
    """Return what leads into a list and its items, where a sentence of `line` has them or marks them."""
    for told in sentences(text):
        lead, colon, listed = text[told.start : told.end].partition(":")
        if not colon or not facet.lead.search(lead + colon):
            continue
        first = told.start + len(lead) + 1
        start = line.start + first
        if _MARKED.match(listed):
            marks = [mark.start() for mark in _MARKED.finditer(text, first)]
            stops = [*marks[1:], marks[-1] + sentences(text[marks[-1] :])[0].end]
            marked = (Span(line.start + at, line.start + stop) for at, stop in zip(marks, stops, strict=True))
            return (Span(line.start + told.start, start), *marked)
        ends = [start + mark.end() for mark in re.finditer(r";|$", listed)]
        items = [Span(first, end) for first, end in pairwise([start, *ends]) if end > first]
        return (Span(line.start + told.start, start), *items)
    return ()


def _rating(
    asked: Sequence[Term],
    heading: str,
    document: Document,
    section: Section,
    below: float,
    others: str = "",
    rest: float = 0.0,
) -> float:
    """Return how well a heading or lead fits; what stands below it counts for `below`.

    `others` are the other headings of the document, where they say what it is about; the `rest` of the
    document counts for so much.
    """
    path = folded_text(" ".join((document.title, *section.path)))
    body = folded_text(document.text[section.start : section.end])
    whole = folded_document(document.text) if rest else ""
    texts = (heading, 1.0), (path, PATH), (others, _HEADINGS), (body, below), (whole, rest)
    absent = [term for term in asked if term.weight >= _TELLING and coverage([term], *texts) < _HINTED]
    if not all(len(term.text) == 1 or _alluded(term, heading) for term in absent):
        return 0.0  # a single character, such as 掉 of 终止掉, says little
    asked = [term for term in asked if term not in absent]
    around = coverage(asked, *texts)
    if around < _LEAST_COVERED or coverage(asked, *texts[:3]) < _LEAST_HEADED:
        return 0.0
    return around + coverage(asked, (heading, 1.0))


def _alluded(term: Term, heading: str) -> bool:
    """Tell whether a heading has half of a short word: 停止领取 of 停发."""
    return len(term.text) == 2 and any(one in heading for one in term.text if one not in STOPWORDS)


def lines_of(document: Document, start: int, end: int) -> tuple[Span, ...]:
    """Return the lines of `document` between `start` and `end` that hold anything, blanks trimmed off."""
    spans = []
    for match in re.finditer(r"[^\n]+", document.text[start:end]):
        written = match.group()
        if written.strip():
            first = start + match.start() + len(written) - len(written.lstrip())
            spans.append(Span(first, first + len(written.strip())))
    return tuple(spans)


def numbered_lines(document: Document, lines: Sequence[Span]) -> tuple[Span, ...]:
    """Return the numbered lines at the head of `lines`, with what stands below each."""
    kept = 0
    kinds: list[str] = []
    for index, line in enumerate(lines):
        numbering = parse(text_of(document, line))
        if numbering is None:
            continue
        if kinds and numbering.level < LEVELS[kinds[0]]:
            break
        if not kinds and index:
            break
        kinds.append(numbering.kind)
        kept = index + 1
    return tuple(lines[:kept])


def unnumbered(heading: str) -> str:
    """Return a heading without its number."""
    numbering = parse(heading)
    return heading[numbering.end :] if numbering else heading


def _apart(one: Block, other: Block) -> bool:
    return one.lines[-1].end <= other.lines[0].start or other.lines[-1].end <= one.lines[0].start


def _disjoint(blocks: Sequence[Block]) -> list[Block]:
    kept: list[Block] = []
    for block in blocks:
        if all(_apart(block, other) for other in kept):
            kept.append(block)
    return kept


def told_blocks(plan: Plan, blocks: Sequence[Block]) -> Answer:
    """Return the answer that tells `blocks`, each by its lines, long ones cut."""
    draft = Draft(plan)
    length = sum(line.end - line.start for block in blocks for line in block.lines)
    longest = _LONGEST_ITEM if length <= LONGEST else _SHORT_ITEM
    cut = any(len(block.lines) > _MOST_LINES for block in blocks)
    told = [
        "\n".join(
            ("- " if place and not _BULLET.match(text_of(block.document, line)) else "")
            + _line(draft, block.document, line, longest)
            for place, line in enumerate(block.lines[:_MOST_LINES])
        )
        for block in blocks
    ]
    if cut:
        told.append(draft.say("（以下从略，见原文。）"))
    return draft.answer("\n\n".join(told))


def _line(draft: Draft, document: Document, line: Span, longest: int) -> str:
    text, end = text_of(document, line), line.end
    if len(text) > longest:
        cut = max(text.rfind(mark, 0, longest) for mark in "，,、；。：:")
        cut = cut if cut > longest // 3 else longest
        text, end = text[:cut] + "…", line.start + cut
    return draft.state(text, document, line.start, end)
