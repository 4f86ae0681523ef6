"""The rows of a table: for each region, document or year the statement that answers for it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import islice
from typing import NamedTuple

from ...types import Filters, Hit, Kind, Plan
from ...zh import places
from ...zh.fold import fold
from ..choose.aims import asks_for_aim, planned
from ..choose.asks import AIMS, asks_of
from ..choose.measured import ADDED, is_added
from ..choose.score import Scored, of_relative_year, scored
from ..evidence.candidates import Candidate, candidates, last_heading, speaks_of
from ..evidence.terms import coverage, softened, terms, terms_of
from ..evidence.window import BOUNDARY, quantities_in, window
from ..refuse.gaps import lacking, named_gaps
from ..sources import Sources

MOST_ROWS = 40
HITS_FOR_ROWS = 200  # enough passages to meet every region of a few dozen documents
_HITS_A_ROW = 8
_HITS_ANYWHERE = 24  # where a region is named in a section of another
_MANY = 3  # rows of one unit that make it the column's
_ALSO_COVERED = 0.8  # nor do those that lack what the best one has of the question
_AS_GOOD = 0.95  # of the best score: other statements of the same matter
_MOST_A_ROW = 3
_TRIED = 6  # statements looked at for one cell
# Of the noun that a cell's figure measures: at least, and where it is likely to answer.
_LEAST_NOUN, _LEAST_LIKELY, _LIKELY = 0.65, 0.5, 0.35
_SURE_NOUN, _SURE_FIT = 0.9, 0.7
_OTHER_NOUN = 0.9  # weight of words beside a count that name other things: 有效期 alone does not, 高企 does
_HINTED = 0.25  # of the nouns asked for, that stand beside it all the same
_CHANGE = re.compile(r"^的?(?:又)?(?:同比|比上年)?(?:增长|下降|提高|增加|减少)了?(?:多少|百分之几|几).*$")
_FIGURE = re.compile(r"(?:是|为|有|达到?)?(?:多少|几).*$")
_WORK = re.compile(r"建设|改造|任务|计划|安排|实施|[新改扩]建")
_CONNECTIVE = re.compile(r"^[和与跟及、,，以或的在比\s]+|[和与跟及、,，以或\s]+$")


class Row(NamedTuple):
    """A row: its label, the statement found for it, and others as good that say more."""

    label: str
    found: Scored | None
    also: tuple[Scored, ...] = ()


def rows(plan: Plan, inner: Plan, hits: Sequence[Hit], sources: Sources) -> list[Row]:
    """Return one row for each thing that `plan` sets side by side; `inner` is what is asked of each."""
    scope = Filters(document=plan.documents)
    if len(plan.regions) > 1:
        own = _own_topics(plan)
        asked = [_for_region(inner, region, own.get(region)) for region in plan.regions]
        return [row(places.short(one.regions[0]), one, sources, scope) for one in asked]
    if plan.kind is Kind.COMPARISON and len(plan.years) > 1:
        return [row(f"{year}年", replace(inner, years=(year,)), sources, scope) for year in plan.years]
    regions = () if len(plan.documents) > 1 else _regions(plan, sources)
    if len(regions) > 1:
        return [
            row(places.short(region), _for_region(inner, region, None), sources, scope)
            for region in regions[:MOST_ROWS]
        ]
    ids = plan.documents or tuple(dict.fromkeys(hit.passage.document for hit in hits))
    return [
        row(
            f"《{sources.document(id).title}》",
            replace(inner, documents=(id,)),
            sources,
            Filters(document=(id,)),
        )
        for id in ids[:MOST_ROWS]
    ]


def _for_region(plan: Plan, region: str, topic: str | None) -> Plan:
    if topic is None:
        return replace(plan, regions=(region,))
    ask = f"{places.short(region)}{topic}"
    if plan.kind is Kind.FIGURE and not re.search(r"多少|几", topic):
        ask += f"有多少{plan.unit}"
    return replace(plan, regions=(region,), topic=fold(topic), resolved=ask)


def row(label: str, plan: Plan, sources: Sources, filters: Filters = Filters()) -> Row:  # noqa: B008
    """Return the row of what answers `plan`."""
    text = f"{''.join(places.short(region) for region in plan.regions)} {plan.topic or plan.resolved}"
    narrow = replace(filters, region=plan.regions) if plan.regions else filters
    found = _accepted(plan, candidates(sources.search(text, narrow, _HITS_A_ROW), sources))
    if not found and plan.regions:  # the region may be named in the text of another section only
        found = _accepted(plan, candidates(sources.search(text, filters, _HITS_ANYWHERE), sources))
    return Row(label, found[0], tuple(found[1:])) if found else Row(label, None)


def _accepted(plan: Plan, found: Sequence[Candidate]) -> list[Scored]:
    """Return the statement that answers, and where no figure is asked for others nearly as good."""
    ranked = scored(plan, found)[:_TRIED]
    if plan.kind is Kind.FIGURE:
        aims = asks_for_aim(terms_of(plan))
        fitting = (
            one
            for one in ranked
            if _of_measure(plan, one)
            and of_relative_year(plan, one.candidate)
            and not (aims and is_result(one.candidate))
        )
        return list(islice((one for one in fitting if not _lacking(plan, one)), 1))
    first = next((one for one in ranked if not one.candidate.is_heading and _tells(plan, one)), None)
    return [first, *beside(plan, first, ranked, _AS_GOOD)][:_MOST_A_ROW] if first else []


def _tells(plan: Plan, one: Scored) -> bool:
    """Tell whether a statement answers, or is one of many that tell what a place does: none leads."""
    return not (named_gaps(plan, one) if one.coverage >= _ALSO_COVERED else lacking(plan, one))


def beside(plan: Plan, first: Scored, ranked: Sequence[Scored], share: float) -> list[Scored]:
    """Return the other statements that say as much, up to a share of the score of the one that answers.

    The chance of a statement is that it answers alone: here several do, and none of them leads.
    """
    good = (
        one
        for one in ranked
        if one.score >= share * first.score and one.coverage >= max(share, _ALSO_COVERED) * first.coverage
    )
    return [
        one for one in good if one is not first and not one.candidate.is_heading and not named_gaps(plan, one)
    ]


def _lacking(plan: Plan, one: Scored) -> list[str]:
    """Return what a row lacks; one whose figure and noun fit needs no odds, which are of a single answer."""
    sure = one.figure and one.figure.fit >= _SURE_FIT and measured(plan, one) >= _SURE_NOUN
    return named_gaps(plan, one) if sure else lacking(plan, one)


def _of_measure(plan: Plan, one: Scored) -> bool:
    """Tell whether the figure of a statement measures what is asked for, by its own words.

    A cell of a table has no room for doubt: the noun must stand there, in its sentence or heading.
    """
    least = _LEAST_NOUN if one.chance < _LIKELY else _LEAST_LIKELY
    return (
        bool(one.figure and one.figure.own)
        and measured(plan, one) >= least
        and not _counts_another(plan, one)
    )


def _counts_another(plan: Plan, one: Scored) -> bool:
    """Tell whether what stands beside a count names things, and none of those asked for: 高企突破1万家."""
    figure, candidate = one.figure, one.candidate
    if figure is None or figure.quantity is None or figure.quantity.dimension != "count":
        return False
    found = quantities_in(candidate.folded)
    beside = candidate.folded[slice(*window(candidate.folded, found, found.index(figure.quantity)))]
    nouns = beside
    for place in reversed(places.find(beside)):
        nouns = nouns[: place.start] + nouns[place.end :]
    asked = softened(tuple(term for term in asks_of(plan)[0].terms if not term.light))
    told = sum(term.weight for term in terms(nouns) if not term.light)
    return told >= _OTHER_NOUN and coverage(asked, (beside, 1.0)) < _HINTED


def measured(plan: Plan, one: Scored) -> float:
    """Return how much of the noun asked for stands in a statement, its sentence or its heading."""
    known = asks_of(plan)[0].terms
    noun = softened(tuple(term for term in known if not term.light and term.text not in AIMS))
    candidate = one.candidate
    told = (candidate.folded, 1.0), (candidate.sentence_before, 1.0), (last_heading(candidate), 1.0)
    return coverage(noun, *told)


def adds(one: Scored) -> bool:
    """Tell whether the figure of a statement is of what was added, by the words before it."""
    if one.figure is None:
        return False
    before = BOUNDARY.split(one.candidate.folded[: one.candidate.place(one.figure.start)])[-1]
    return is_added(before, len(before))


_PLAN_PART = re.compile(
    r"(?:今年|明年|\d{4}年).*(?:安排|任务|目标|要求|重点|工作(?!回顾|总结))|工作安排|下一步|今后"
)


def is_result(candidate: Candidate) -> bool:
    """Tell whether a candidate reports what was reached: it says so, or stands before the part that plans."""
    told = planned(candidate)
    if told is not None:
        return not told
    parts = [s.start for s in candidate.document.sections if s.path and _PLAN_PART.search(s.heading)]
    return bool(parts) and candidate.start < parts[0]


def _own_topics(plan: Plan) -> dict[str, str]:
    """Return what is asked of each region, where the question asks of each its own: 天津的A和成都的B."""
    mentions = places.find(plan.resolved)
    stretches: dict[str, str] = {}
    for index, mention in enumerate(mentions):
        end = mentions[index + 1].start if index + 1 < len(mentions) else len(plan.resolved)
        stretch = _CONNECTIVE.sub("", plan.resolved[mention.end : end])
        if (changed := _CHANGE.match(stretch)) and stretches:  # 云南增长了多少: of what was asked of 四川
            stretch = _FIGURE.sub("", next(iter(stretches.values()))) + changed.group()
        if any(not term.light for term in terms(fold(stretch), plan.expansions)):
            stretches[mention.region] = stretch
    return stretches if len(stretches) == len(set(plan.regions)) > 1 else {}


PROVINCES = frozenset({1})
_LEVELS = (
    (re.compile(r"^(?:省(?!市$)|自治区|直辖市)"), PROVINCES),
    (re.compile(r"^(?:城|地)?市(?!县)|^州"), frozenset({1, 2})),
    (re.compile(r"^县|^区县"), frozenset({2, 3})),
)
_GROUP = re.compile(
    r"(?:各|哪一?[些个]?|多少个?|几个?|所有|全部|每个|不同)"
    r"(省市?份?|自治区|市|城市|地市|县|区县|县市|地区|地方|地)"
)


def levels_asked(plan: Plan) -> frozenset[int]:
    """Return of which levels the regions are that a question ranges over: provinces, cities, counties."""
    asked = _GROUP.search(fold(plan.question))
    return next((d for pattern, d in _LEVELS if asked and pattern.search(asked[1])), frozenset({1, 2, 3}))


def _regions(plan: Plan, sources: Sources) -> tuple[str, ...]:
    """Return the regions of the store at the level that the question names, within its own region."""
    wanted = levels_asked(plan)
    filters = Filters(region=plan.regions, document=plan.documents)
    found = dict.fromkeys(document.metadata.region for document in sources.documents())
    for hit in sources.search(plan.topic or plan.resolved, filters, HITS_FOR_ROWS):
        found[hit.passage.region] = None
    inside = [r for r in found if r and (not plan.regions or places.contains(plan.regions[0], r))]
    fitting = [region for region in inside if len(places.levels(region)) in wanted]
    return tuple(fitting or inside)


def common_unit(found: Sequence[Row]) -> str:
    """Return the unit that most of many rows have, empty where there is none."""
    units = [
        row.found.figure.quantity.unit
        for row in found
        if row.found and row.found.figure and row.found.figure.quantity
    ]
    unit, number = Counter(units).most_common(1)[0] if units else ("", 0)
    return unit if number >= _MANY and number > len(units) / 2 else ""


def of_one_sort(plan: Plan, found: Sequence[Row]) -> list[Row]:
    """Return the rows whose figures are of one sort: all targets where some are, all whole or all added."""
    # of work to be done all is new: 新建和改造 answers 建设
    if not ADDED.search(fold(plan.resolved)) and not _WORK.search(fold(plan.topic)):
        added = [row for row in found if row.found and adds(row.found)]
        fewer = 2 * len(added) <= sum(row.found is not None for row in found)
        found = [Row(row.label, None) if fewer and row in added else row for row in found]
    aims = [row for row in found if row.found and planned(row.found.candidate)]
    if not asks_for_aim(terms_of(plan)) or not aims:
        return list(found)
    # a figure of the part that plans is a target, called one or not
    return [Row(row.label, None) if row.found and is_result(row.found.candidate) else row for row in found]


def joint(plan: Plan, hits: Sequence[Hit], sources: Sources) -> Scored | None:
    """Return one statement that answers for all regions of `plan` at once, else None."""
    ranked = scored(plan, candidates(hits, sources))
    if not ranked or lacking(plan, ranked[0]):
        return None
    return ranked[0] if all(speaks_of(ranked[0].candidate, region) for region in plan.regions) else None
