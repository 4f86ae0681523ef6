"""A figure that the text gives case by case: 年休假5天、10天、15天 belong to one answer."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from ...types import Kind, Plan, Section
from ...zh.fold import fold
from ...zh.sentences import clauses
from ..choose.asks import Ask
from ..choose.dated import dates_of
from ..choose.figures import Figure, figures, item_of
from ..choose.pointed import pointed_as_well
from ..choose.score import Scored
from ..evidence.candidates import Candidate, sibling
from ..evidence.respectively import in_one_breath

# Another case fits the question as well as the best: what sets them apart is not asked for.
_AS_WELL = 0.06
_TIED = 0.15  # in one clause: 未满十六周岁的五年，十六周岁以上的十年
_CHAINED = 0.5  # what they all measure may stand beside the last one only
_ELIDED = 0.3  # in one sentence a later case leaves out what the first has said
_SCOPE = 1500  # characters of the section that a case may stand in
_CASES = 24  # clauses looked at
_PAIR = re.compile(r"[㐀-鿿a-zⅰ-ⅿ]{2}")
_AS_NAMED = 0.6  # of the best: 小巨人 names two of five cases, 首次 one of them
_ASKS = re.compile(r"什么时候|何时|多少|几|哪")
_LABEL = re.compile(r"[^:;、。\d]*$")
_RANKED = re.compile(r"[^;。]*$")  # 第一产业增长6.6%，增速居全国第2位: of a rank all of the clause


def cases(plan: Plan, ask: Ask, best: Scored) -> list[Scored]:
    """Return `best` with the other cases of its figure in its section, in reading order."""
    if best.figure is None:
        return [best]
    told = _figures(plan, ask, best.candidate)
    found = [_with_ties(best, told, pointed_as_well(plan, best, told))]
    for candidate in _beside(best.candidate):
        told = _figures(plan, ask, candidate)
        figure = next(iter(told), None)
        together = _ELIDED if _one_sentence(best.candidate, candidate) else _AS_WELL
        if figure and _another(figure, best.figure, together):
            found.append(_with_ties(best._replace(candidate=candidate, figures=(figure,)), told, told))
    return sorted(found, key=lambda one: one.candidate.start)


def cases_meant(plan: Plan, ask: Ask, found: Sequence[Scored]) -> list[Scored]:
    """Return the cases whose own words the question has more of than those of others, else all.

    城区学校480元、乡镇学校360元: 城区 of the question names the first. The noun that is measured names no
    case: a later one may leave it out.
    """
    asked = fold(plan.resolved)
    figures = [figure for one in found for figure in one.figures if figure]
    if len(_ASKS.findall(asked)) > 1 or len(figures) < 2:
        return list(found)
    met = _named_apart(asked, found) or _named_by_label(asked, ask, found)
    meant = {figure for figure, value in met.items() if value and value >= _AS_NAMED * max(met.values())}
    together = any(_are_one_breath(one) and meant & set(one.figures) for one in found)
    least = max(one.fit for one in figures) - (_CHAINED if together else _AS_WELL)
    if not meant or max(one.fit for one in meant) < least:
        return list(found)
    kept = [one._replace(figures=tuple(figure for figure in one.figures if figure in meant)) for one in found]
    return [one for one in kept if one.figures]


def _named_apart(asked: str, found: Sequence[Scored]) -> dict[Figure, float]:
    """Return how much of its own thing of `A、B分别` the question names, by figure; empty without such."""
    items = {figure: item_of(one.candidate, figure) for one in found for figure in one.figures if figure}
    pairs = {figure: set(map("".join, pairwise(item))) for figure, item in items.items()}
    shared = set.intersection(*pairs.values())  # 城镇居民收入, 农村居民收入
    shares = {
        figure: sum(pair in asked for pair in own) / len(own)
        for figure, each in pairs.items()
        if (own := each - shared)
    }
    return shares if len(shares) == len(items) else {}


def _named_by_label(asked: str, ask: Ask, found: Sequence[Scored]) -> dict[Figure, float]:
    """Return how much of the question the words before each figure say that others have not."""
    labels = {figure: label for one in found for figure, label in _labels(one).items()}
    ranked = not any(figure.quantity for figure in labels)
    head = "" if ranked else "".join(term.text for term in ask.head)
    pairs = {pair for pair in map("".join, pairwise(asked)) if pair not in head and _PAIR.fullmatch(pair)}
    held = {pair: sum(pair in label for label in labels.values()) for pair in pairs}
    return {
        figure: sum(1 / held[pair] for pair in pairs if pair in label and held[pair] < len(labels))
        for figure, label in labels.items()
    }


def _labels(one: Scored) -> dict[Figure, str]:
    """Return the words that say of which case each figure is, those said once for several in one breath too.

    重度失能Ⅰ级900元、Ⅱ级1200元: 重度失能 is said of both.
    """
    labels = {figure: _label(one.candidate, figure) for figure in one.figures if figure}
    if len(labels) > 1 and _are_one_breath(one):
        first, *others = labels
        lead = labels[first][: -max(len(labels[other]) for other in others)]
        labels |= {other: lead + labels[other] for other in others}
    return labels


def _label(candidate: Candidate, figure: Figure) -> str:
    """Return the words before a figure that say of which case it is."""
    before = candidate.folded[: candidate.place(figure.start)]
    label = _LABEL.search(before) if figure.quantity else _RANKED.search(before)
    return label.group() if label else ""


def _figures(plan: Plan, ask: Ask, candidate: Candidate) -> list[Figure]:
    return dates_of(ask, candidate) if plan.kind is Kind.DATE else figures(plan, ask, candidate)


def _one_sentence(one: Candidate, other: Candidate) -> bool:
    between = one.document.text[min(one.end, other.end) : max(one.start, other.start)]
    return not re.search(r"[。！？!?\n]", between)


def _another(figure: Figure, best: Figure, margin: float) -> bool:
    """Tell whether `figure` answers as well as `best`, within `margin`, in the same measure."""
    if (best.own and not figure.own) or figure.fit < best.fit - margin:
        return False
    if figure.quantity is None or best.quantity is None:
        return figure.quantity is best.quantity
    return _measure(figure) == _measure(best)


def _measure(figure: Figure) -> tuple[str, str]:
    quantity = figure.quantity
    return (
        (quantity.dimension, quantity.unit[:1] if quantity.dimension == "count" else "")
        if quantity
        else ("", "")
    )


def _with_ties(one: Scored, found: Sequence[Figure], pointed: Sequence[Figure]) -> Scored:
    """Return `one` with all figures `found` in its clause that answer as well as its own, in reading order.

    They are cases like its own, by what is `pointed` at too, or are counted up with it by these words.
    """
    own = one.figure
    if own is None:
        return one
    # the statement may have been found by other words than these, and only one measure compares
    now = next((figure for figure in found if figure.start == own.start), own)
    ties = [
        other
        for other in found
        if other.start != own.start
        and (
            (other in pointed and _another(other, own, _TIED))
            or (in_one_breath(one.candidate.document.text, own, other) and _another(other, now, _CHAINED))
        )
    ]
    return one._replace(figures=tuple(sorted([own, *ties], key=_place)))


def _place(figure: Figure | None) -> int:
    return figure.start if figure else 0


def _are_one_breath(one: Scored) -> bool:
    """Tell whether the figures of a statement, several, are counted up with 、."""
    figures = [figure for figure in one.figures if figure]
    return len(figures) > 1 and all(
        in_one_breath(one.candidate.document.text, *two) for two in pairwise(figures)
    )


def _beside(candidate: Candidate) -> Iterator[Candidate]:
    """Yield the other clauses of the section that a candidate stands in, the nearest ones."""
    section = _scope(candidate)
    text = candidate.document.text
    start = max(section.start, candidate.start - _SCOPE)
    spans = clauses(text, start, min(section.end, candidate.end + _SCOPE))
    spans = [span for span in spans if span.end <= candidate.start or candidate.end <= span.start]
    spans.sort(key=lambda span: abs(span.start - candidate.start))
    for span in spans[:_CASES]:
        yield sibling(candidate, span)


def _scope(candidate: Candidate) -> Section:
    sections = candidate.document.sections
    section = candidate.document.section_at(candidate.start)
    parent = sections[section.parent] if section.parent >= 0 else section
    return parent if parent.path and parent.end - parent.start <= _SCOPE else section
