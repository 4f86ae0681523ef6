"""Check a statement against the spans that it cites: an independent reading of both.

What is held against the source: every figure with its unit and what it measures, dates, regions,
names, 文号, polarity, the items of a list, and the content words. The first that fails is the reason.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from ...types import Answer, Citation, Statement
from ...zh import places
from ...zh.dates import dates, years
from ...zh.fold import fold
from ...zh.quantities import Quantity
from ..evidence.terms import Term, coverage, match, terms
from ..evidence.window import quantities_in, window
from .polarity import polarity_differs, trend

# Least weighted share of the content words that one citation with its context must hold, and the
# weight from which on a single missing word makes another statement. Set by `python -m eval.verify`.
_LEAST_COVERAGE = 0.8
_TELLING = 0.7
# Least share of the words beside a figure that stand beside the same figure in the source.
_SAME_MEASURE = 0.5
_TREND_REACH = 8  # characters before a figure in which 增长 or 下降 says what it is
_FURTHER = 0.3  # what a word counts that stands further off in the sentence
_SEGMENT = re.compile(r"[,;:。!?…\n]+")
_NUMBER = re.compile(r"\[\d{4}\]\d{1,4}号")
_NAMED = re.compile(r"[《“\"‘']([^》”\"’']{2,40})[》”\"’']")
_LATIN = re.compile(r"[a-z0-9]+(?:[.+&-][a-z0-9]+)*")


class Evidence(NamedTuple):
    """One cited span, folded: the quote itself and everything that stands around it."""

    quote: str
    around: str  # context, headings, title, region and date
    region: str
    year: int | None


def verified(answer: Answer) -> Answer:
    """Return `answer` with every statement checked and marked; its text is left as it is."""
    by_number = {citation.n: citation for citation in answer.citations}
    checked = []
    for statement in answer.statements:
        reason = verify(statement.text, [by_number[n] for n in statement.citations if n in by_number])
        checked.append(replace(statement, supported=not reason, reason=reason))
    return replace(answer, statements=tuple(checked))


def unsupported(answer: Answer) -> list[Statement]:
    """Return the statements that failed."""
    return [statement for statement in answer.statements if not statement.supported]


def verify(text: str, citations: Sequence[Citation]) -> str:
    """Return why `citations` do not carry the statement `text`; empty where one of them does."""
    if not citations:
        return "没有引用"
    said = fold(text)
    found = [_against(said, _evidence(citation)) for citation in citations]
    if "" in found:
        return ""
    if len(citations) > 1 and (parts := _each_part(said, [_evidence(citation) for citation in citations])):
        return "" if parts == "supported" else parts
    return found[0]


def _each_part(said: str, evidence: Sequence[Evidence]) -> str:
    """Return "supported" where every sentence of a statement has a citation that carries it."""
    parts = [part for part in re.split(r"[。;!?]", said) if len(part) > 3]
    if len(parts) < 2:
        return ""
    for part in parts:
        reasons = [_against(part, one) for one in evidence]
        if "" not in reasons:
            return reasons[0]
    return "supported"


@lru_cache(maxsize=512)
def _evidence(citation: Citation) -> Evidence:
    date = citation.date.isoformat() if citation.date else ""
    around = " ".join((citation.context, *citation.section, citation.title, citation.region, date))
    year = citation.date.year if citation.date else None
    return Evidence(fold(citation.quote), fold(around), citation.region, year)


def _against(said: str, evidence: Evidence) -> str:
    if _verbatim(said, evidence.quote):
        return ""
    reasons: Iterator[str] = (check(said, evidence) for check in _CHECKS)
    return next((reason for reason in reasons if reason), "")


def _verbatim(said: str, quote: str) -> bool:
    """Tell whether `said` is the quote, or segments of it in whatever order."""
    segments = [segment.strip() for segment in _SEGMENT.split(said) if segment.strip()]
    whole = {segment.strip() for segment in _SEGMENT.split(quote)}
    return bool(segments) and all(
        segment in whole or (len(segment) > 8 and segment in quote and _same_edges(segment, quote))
        for segment in segments
    )


def _same_edges(segment: str, quote: str) -> bool:
    # cut inside a segment a figure or a negation may be lost: 不 of 不低于, 1 of 1.5万
    start = quote.find(segment)
    before, after = quote[:start][-1:], quote[start + len(segment) :][:1]
    return not re.match(r"[\d.不未无非没]", before or " ") and not re.match(r"[\d.%万亿]", after or " ")


def _figures(said: str, evidence: Evidence) -> str:
    everywhere = f"{evidence.quote}\n{evidence.around}"
    in_quote, in_all = quantities_in(evidence.quote), quantities_in(everywhere)
    for quantity in quantities_in(said):
        equal = [(evidence.quote, other) for other in in_quote if _equal(quantity, other)]
        equal += [(everywhere, other) for other in in_all if not equal and _equal(quantity, other)]
        if not equal:
            return f"原文没有“{quantity.text}”"
        if not any(_same_measure(said, quantity, text, other) for text, other in equal):
            return f"“{quantity.text}”在原文中说的不是同一件事"
    return ""


def _equal(one: Quantity, other: Quantity) -> bool:
    opposed = {one.approximate, other.approximate} == {"above", "below"}
    return one.low is not None and one.key == other.key and one.unit == other.unit and not opposed


def _same_measure(said: str, quantity: Quantity, source: str, other: Quantity) -> bool:
    """Tell whether the words right beside a figure stand right beside the equal figure of the source."""
    if quantity.dimension in ("percent", "points") and trend(_lead(said, quantity)) != trend(
        _lead(source, other)
    ):
        return False
    own = [term for term in _terms(places.left_out(_beside(said, quantity))) if not term.light]
    if not own:
        return True
    left = re.split(r"[;。!?\n]", source[: other.start])[-1]
    return coverage(own, (_beside(source, other), 1.0), (left, _FURTHER)) >= _SAME_MEASURE


def _beside(text: str, quantity: Quantity) -> str:
    found = quantities_in(text)
    start, end = window(text, found, found.index(quantity))
    return text[start:end]


def _lead(text: str, quantity: Quantity) -> str:
    """Return the words between a figure and the last sign before it."""
    return re.split(r"[,、;:。()]", text[: quantity.start])[-1][-_TREND_REACH:]


def _dates(said: str, evidence: Evidence) -> str:
    everywhere = f"{evidence.quote}\n{evidence.around}"
    known = {year.year for year in years(everywhere, evidence.year)} | {evidence.year}
    for year in years(said, evidence.year):
        if year.year not in known:
            return f"原文没有“{year.year}年”"
    written = {(date.month, date.day) for date in dates(everywhere)}
    for date in dates(said):
        if date.month and not any(date.month == m and date.day in (0, d) for m, d in written):
            return f"原文没有“{said[date.start : date.end]}”"
    return _governing_year(said, evidence)


def _governing_year(said: str, evidence: Evidence) -> str:
    """Return a reason where a figure stands under another year than in the quote."""
    for quantity in quantities_in(said):
        own = _year_before(said, quantity.start, evidence.year)
        others = [
            _year_before(evidence.quote, o.start, evidence.year)
            for o in quantities_in(evidence.quote)
            if _equal(quantity, o)
        ]
        if own and others and all(other and other != own for other in others):
            return f"“{quantity.text}”在原文中不属于{own}年"
    return ""


def _year_before(text: str, position: int, reference: int | None) -> int | None:
    found = [y for y in years(text[:position], reference) if not re.search(r"[较比]$", text[: y.start])]
    return found[-1].year if found else None


def _regions(said: str, evidence: Evidence) -> str:
    in_quote = {place.region for place in places.find(evidence.quote)}
    allowed = in_quote | ({evidence.region} if evidence.region else set())
    if not in_quote:  # the quote lost its referent: its context and headings name it
        allowed |= {place.region for place in places.find(evidence.around)}
    for place in places.find(said):
        name = said[place.start : place.end]
        if (
            place.region not in allowed
            and name not in evidence.quote
            and not any(places.contains(place.region, region) for region in allowed)
        ):
            return f"原文没有“{name}”"
    return ""


def _names(said: str, evidence: Evidence) -> str:
    everywhere = f"{evidence.quote}\n{evidence.around}"
    bare = re.sub(r"\W", "", everywhere)
    for number in _NUMBER.findall(said):
        if number not in everywhere:
            return f"原文没有“{number}”"
    for name in _NAMED.findall(said):
        if re.sub(r"\W", "", name) not in bare:
            return f"原文没有“{name}”"
    known = set(_LATIN.findall(everywhere))
    for token in _LATIN.findall(said):
        if token not in known and token not in everywhere and not token.isdigit():
            return f"原文没有“{token}”"
    return ""


def _polarity(said: str, evidence: Evidence) -> str:
    segment = polarity_differs(said, evidence.quote, evidence.around)
    return f"“{segment}”与原文的肯定或否定不一致" if segment else ""


def _items(said: str, evidence: Evidence) -> str:
    everywhere = f"{evidence.quote}\n{evidence.around}"
    for segment in _SEGMENT.split(said):
        items = re.split(r"、", segment)
        for item in items if len(items) > 1 else ():
            plain = re.sub(r"^(?:和|与|及|以及|包括|等)|(?:等.*)$", "", item.strip())
            if 2 <= len(plain) <= 12 and plain not in everywhere and _foreign(plain, everywhere):
                return f"原文的列举中没有“{plain}”"
    return ""


def _foreign(item: str, text: str) -> bool:
    bigrams = [item[index : index + 2] for index in range(len(item) - 1)]
    return sum(bigram in text for bigram in bigrams) / len(bigrams) < 0.75


def _words(said: str, evidence: Evidence) -> str:
    known = [term for term in _terms(said) if not term.light]
    absent = [t for t in known if match(t, evidence.quote) < 0.5 and match(t, evidence.around) < 0.5]
    telling = [term for term in absent if term.weight >= _TELLING]
    if telling:
        return f"原文没有“{telling[0].text}”"
    if coverage(known, (evidence.quote, 1.0), (evidence.around, 0.85)) < _LEAST_COVERAGE and known:
        return "内容与原文不符" + (f"：原文没有“{absent[0].text}”" if absent else "")
    return ""


@lru_cache(maxsize=2048)
def _terms(text: str) -> tuple[Term, ...]:
    return terms(re.sub(r"[《》“”\"'‘’]", " ", text))


_CHECKS = (_figures, _dates, _regions, _names, _polarity, _items, _words)
