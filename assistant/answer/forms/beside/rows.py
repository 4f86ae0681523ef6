"""The rows of a table: for each region, document or year the statement that answers for it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from ....types import Filters, Hit, Kind, Plan
from ....zh import places
from ....zh.fold import fold
from ...choose.aims import PLANS, asks_for_aim, planned
from ...choose.asks import AIMS, asks_of
from ...choose.measured import ADDED, is_added
from ...choose.score import Scored, of_relative_year, scored
from ...evidence.candidates import READ, Candidate, candidates, speaks_of
from ...evidence.terms import coverage, match, softened, terms, terms_of
from ...evidence.window import quantities_in, window
from ...evidence.years import last_heading, year_of_writing, years_in
from ...refuse.gaps import lacking, named_gaps
from ...sources import Sources
from .parallel import Row, own_part, side_by_side
from .sides import sides

_HITS_A_ROW = 8
_HITS_ANYWHERE = 24  # where a region is named in a section of another
_MANY = 3  # rows of one unit that make it the column's
_ALSO_COVERED = 0.8  # nor do those that lack what the best one has of the question
_AS_GOOD = 0.95  # of the best score: other statements of the same matter
_MOST_A_ROW = 3
_TRIED = 6  # statements looked at for one cell
# Of the noun that a cell's figure measures: at least, and where it is likely to answer.
_LEAST_NOUN, _LEAST_LIKELY, _LIKELY = 0.65, 0.5, 0.35
_TELLING, _NEARLY_ALL = 0.8, 0.7  # weight of a word, and share of the rows that have it
_SURE_NOUN, _SURE_FIT = 0.85, 0.7
_OTHER_NOUN = 0.9  # weight of words beside a count that name other things: 有效期 alone does not, 高企 does
_HINTED = 0.25  # of the nouns asked for, that stand beside it all the same
_PHRASE = re.compile(r"[,;:。]")
_DIGIT = re.compile(r"\d")
_COMPARED = re.compile(r"(?:较|比|与|和|相比于?|超过)$")
_WORK = re.compile(r"建设|改造|任务|计划|安排|实施|[新改扩]建|建[了成多几](?!筑)")


def rows(plan: Plan, inner: Plan, hits: Sequence[Hit], sources: Sources) -> list[Row]:
    """Return one row for each thing that `plan` sets side by side; `inner` is what is asked of each."""
    listed = sides(plan, inner, hits, sources)
    found = [row(one.label, one.plan, sources, one.scope) for one in listed]
    if inner.kind is Kind.FIGURE or [one.plan.regions for one in listed] != [(r,) for r in plan.regions]:
        return found
    told = side_by_side(replace(plan, topic=inner.topic), found, candidates(hits[:READ], sources))
    together = [told.get(region) for region in plan.regions]
    return [
        Row(one.label, parts[0], tuple(parts[1:])) if parts else one
        for one, parts in zip(found, together, strict=True)
    ]


def row(label: str, plan: Plan, sources: Sources, filters: Filters = Filters()) -> Row:  # noqa: B008
    """Return the row of what answers `plan`."""
    text = f"{''.join(places.short(region) for region in plan.regions)} {plan.topic or plan.resolved}"
    narrow = replace(filters, region=plan.regions) if plan.regions else filters
    found = _accepted(plan, _of_its_own(plan, sources.search(text, narrow, _HITS_A_ROW), sources))
    if not found and plan.regions:  # the region may be named in the text of another section only
        found = _accepted(plan, _of_its_own(plan, sources.search(text, filters, _HITS_ANYWHERE), sources))
    return Row(label, found[0], tuple(found[1:])) if found else Row(label, None)


def _of_its_own(plan: Plan, hits: Sequence[Hit], sources: Sources) -> list[Candidate]:
    """Return the statements of `hits`, of those of several regions what they say of the one asked for."""
    found = candidates(hits, sources)
    return [own_part(one, plan.regions[0]) for one in found] if len(plan.regions) == 1 else found


def _accepted(plan: Plan, found: Sequence[Candidate]) -> list[Scored]:
    """Return the statement that answers, and where no figure is asked for others nearly as good."""
    ranked = scored(plan, found)[:_TRIED]
    if plan.kind is Kind.FIGURE:
        aims = asks_for_aim(terms_of(plan))
        fitting = [
            one
            for one in ranked
            if _of_measure(plan, one)
            and not _is_compared_with(plan, one)
            and of_relative_year(plan, one.candidate)
            and not (aims and is_result(one.candidate))
        ]
        # without a word of plans what has been reached is asked for, if it is told
        fitting.sort(key=lambda one: is_unasked_aim(plan, one.candidate))
        first = next((one for one in fitting if not _lacking(plan, one)), None)
        return [first, *_for_the_others(plan, first, ranked)] if first else []
    first = next((one for one in ranked if not one.candidate.is_heading and _tells(plan, one)), None)
    return [first, *beside(plan, first, ranked, _AS_GOOD)][:_MOST_A_ROW] if first else []


def _is_compared_with(plan: Plan, one: Scored) -> bool:
    """Tell whether a statement names the year asked for only as one that another is compared with."""
    years = [year for year in years_in(one.candidate.folded, None) if year.year in plan.years]
    return bool(years) and all(_COMPARED.search(one.candidate.folded[: year.start]) for year in years)


def _for_the_others(plan: Plan, first: Scored, ranked: Sequence[Scored]) -> list[Scored]:
    """Return what tells the other figures asked for, which the statement of the first one lacks."""
    added: list[Scored] = []
    for index, figure in enumerate(first.figures):
        if figure and figure.own:
            continue
        for one in ranked:
            other = one.figures[index]
            near = one.candidate.document is first.candidate.document and one.region_fits and one.year_fits
            fits = other and other.own and other.fit >= _SURE_FIT and of_relative_year(plan, one.candidate)
            if one is not first and fits and near:
                added.append(one._replace(figures=(other,)))
                break
    return added


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
        and _is_written_out(plan, one)
        and measured(plan, one) >= least
        and not _counts_another(plan, one)
    )


def _is_written_out(plan: Plan, one: Scored) -> bool:
    """Tell whether a count is no numeral within a name, as 八大 of 八大枢纽 and 一亩 of 建一亩成一亩 are."""
    quantity = one.figure.quantity if one.figure else None
    if quantity is None or quantity.dimension in ("percent", "ratio", "time", "age"):
        return True
    return bool(_DIGIT.search(quantity.text)) or quantity.unit == _unit_asked(plan)


def _unit_asked(plan: Plan) -> str:
    return asks_of(plan)[0].unit


def _counts_another(plan: Plan, one: Scored) -> bool:
    """Tell whether what stands beside a count names things, and none of those asked for: 高企突破1万家."""
    figure, candidate = one.figure, one.candidate
    if figure is None or figure.quantity is None or figure.quantity.dimension != "count":
        return False
    found = quantities_in(candidate.folded)
    beside = candidate.folded[slice(*window(candidate.folded, found, found.index(figure.quantity)))]
    asked = softened(tuple(term for term in asks_of(plan)[0].terms if not term.light))
    told = sum(term.weight for term in terms(places.left_out(beside, gap="")) if not term.light)
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
    before = _PHRASE.split(before_figure(one))[-1]  # of 新增84户、冠军7户 both
    return is_added(before, len(before))


def before_figure(one: Scored) -> str:
    """Return what stands before the figure of a statement, empty where it has none."""
    return one.candidate.folded[: one.candidate.place(one.figure.start)] if one.figure else ""


_PLAN_PART = re.compile(
    r"(?:今年|明年|\d{4}年).*(?:安排|任务|目标|要求|重点|工作(?!回顾|总结))|工作安排|下一步|今后"
)


def is_result(candidate: Candidate) -> bool:
    """Tell whether a candidate reports what was reached: it says so, or stands before the part that plans."""
    told = planned(candidate)
    if told is not None:
        return not told
    planning = _planning(candidate)
    return planning is not None and candidate.start < planning


def _planning(candidate: Candidate) -> int | None:
    """Return where the part that plans begins in the document of a candidate."""
    sections = candidate.document.sections
    return next((s.start for s in sections if s.path and _PLAN_PART.search(s.heading)), None)


def is_unasked_aim(plan: Plan, candidate: Candidate) -> bool:
    """Tell whether a candidate tells a target, and `plan` asks for none nor for the year that it is of."""
    asked = fold(plan.resolved)
    reference = year_of_writing(candidate.document)
    named = {*plan.years, *(year.year for year in years_in(asked, reference))}
    if PLANS.search(asked) or (reference is not None and any(year >= reference for year in named)):
        return False
    planning = _planning(candidate)
    if planning is not None and candidate.start < planning:
        return False
    told = planned(candidate)
    return planning is not None if told is None else told


def common_unit(found: Sequence[Row]) -> str:
    """Return the unit that most of many rows have, empty where there is none."""
    units = [
        row.found.figure.quantity.unit
        for row in found
        if row.found and row.found.figure and row.found.figure.quantity
    ]
    unit, number = Counter(units).most_common(1)[0] if units else ("", 0)
    return unit if number >= _MANY and number > len(units) / 2 else ""


def asks_whole(plan: Plan) -> bool:
    """Tell whether the whole is asked for, not what was added to it nor work to be done."""
    asked = fold(plan.resolved)  # of work to be done all is new: 新建和改造 answers 建设
    return not ADDED.search(asked) and not _WORK.search(asked)


def of_one_sort(plan: Plan, found: Sequence[Row]) -> list[Row]:
    """Return the rows whose figures are of one sort: all targets where some are, all whole or all added."""
    if asks_whole(plan):
        added = [row for row in found if row.found and adds(row.found)]
        fewer = 2 * len(added) <= sum(row.found is not None for row in found)
        found = [Row(row.label, None) if fewer and row in added else row for row in found]
    unasked = [row for row in found if row.found and is_unasked_aim(plan, row.found.candidate)]
    if plan.kind is not Kind.COMPARISON and 2 * len(unasked) <= sum(row.found is not None for row in found):
        found = [Row(row.label, None) if row in unasked else row for row in found]
    aims = [row for row in found if row.found and planned(row.found.candidate)]
    if not asks_for_aim(terms_of(plan)) or not aims:
        return list(found)
    # a figure of the part that plans is a target, called one or not
    return [Row(row.label, None) if row.found and is_result(row.found.candidate) else row for row in found]


def of_one_noun(plan: Plan, found: Sequence[Row]) -> list[Row]:
    """Return the rows without those that lack a telling word which nearly all others have.

    新增专精特新企业2115家 is no row beside figures of 专精特新小巨人企业.
    """
    told = {row.label: _said(row.found) for row in found if row.found}
    if len(told) < _MANY:
        return list(found)
    telling = [term for term in terms_of(plan) if term.weight >= _TELLING]  # word for word
    nouns = [
        term
        for term in telling
        if sum(match(term, text) >= 1 for text in told.values()) >= _NEARLY_ALL * len(told)
    ]
    return [
        Row(row.label, None) if row.found and any(not match(t, told[row.label]) for t in nouns) else row
        for row in found
    ]


def _said(one: Scored) -> str:
    candidate = one.candidate
    return f"{candidate.frame} {candidate.before} {candidate.folded}"


def joint(plan: Plan, hits: Sequence[Hit], sources: Sources) -> Scored | None:
    """Return one statement that answers for all regions of `plan` at once, else None."""
    ranked = scored(plan, candidates(hits, sources))
    if not ranked or lacking(plan, ranked[0]):
        return None
    return ranked[0] if all(speaks_of(ranked[0].candidate, region) for region in plan.regions) else None
