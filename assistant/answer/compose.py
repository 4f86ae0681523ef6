"""Plan and hits become an answer without a model: every word of it stands in the documents."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ..types import CELL_SEPARATOR, Answer, Filters, Hit, Kind, Plan, Status
from .choose.asks import labels_of
from .choose.closely import read_closely
from .choose.score import Scored, likeliest_first, of_relative_year, scored
from .choose.unmeasured import unmeasured
from .evidence.candidates import READ, candidates, is_head
from .forms.aspects import aspect_of
from .forms.beside.against import set_against
from .forms.beside.apart import apart
from .forms.beside.tables import table
from .forms.catalogue import catalogue
from .forms.cells.read import named_cell, picked_row, read_off, rows_beside
from .forms.conditional import case_of, consequence
from .forms.contacts import contact_of
from .forms.defined import forms_of, in_form
from .forms.facets import facet_of, matter
from .forms.headings.called import called, headed
from .forms.headings.counts import counted_items
from .forms.headings.likely import likely_list
from .forms.headings.members import whole_list
from .forms.headings.outline import announced, article, counted, outline, told_below, told_outline
from .forms.headings.run_in import run_in_parts
from .forms.headings.tallies import counted_members, groups_together
from .forms.items import item_list, led_into
from .forms.named import of_named_document
from .forms.of_place import of_place, of_places
from .forms.parts import in_parts, joined
from .forms.passages import direct, is_told, single, whole_sentence
from .forms.replies import told_reply
from .forms.sections import told_section
from .forms.sorts import Sort, about, is_of_the_matter, is_told_behind, showing, sort_of
from .forms.summary import summary, titled
from .forms.yes_no import yes_no
from .notices.doubt import doubted
from .notices.misspelt import respelt
from .refuse.gaps import declined, lacking, misplaced, named_gaps, of_the_place, refusal, undefined, untold
from .refuse.support import is_sure, stands_alone
from .sources import Sources

# A definition may stand in any of the many passages that use the word: it is searched for by its form.
_DEFINED = "{}是指"
_MORE = 10
# Kinds that a single statement seems to answer although two matters are asked for side by side.
_APART_FIRST = frozenset({Kind.PASSAGE, Kind.LIST, Kind.DEFINITION})

_LIKELY = 4  # statements one of which is told beside an answer that does not stand alone,
_LEAST_LIKELY = 0.04  # and its least chance
# Answered by a table that holds all parts, where it holds them.
_OF_MANY = frozenset({Kind.CATALOGUE, Kind.COMPARISON, Kind.ACROSS, Kind.RANKING})

_FIRST = re.compile("第一个|头一个|首个|首家|率先|带头")  # 首个…平台 says it of itself, without the others


def compose(plan: Plan, hits: Sequence[Hit], sources: Sources) -> Answer:
    """Return the extractive answer to `plan` over `hits`, or a refusal that says what is missing."""
    if plan.kind in (Kind.SMALL_TALK, Kind.TASK):
        return declined(plan)
    answer = _composed(plan, hits, sources)
    if not plan.parts or (plan.kind in _OF_MANY and answer.status is Status.ANSWERED):
        return answer
    found = (sources.search(part.resolved, Filters(), READ) for part in plan.parts)
    return in_parts(plan, answer, [_composed(*one, sources) for one in zip(plan.parts, found, strict=True)])


def _composed(plan: Plan, hits: Sequence[Hit], sources: Sources) -> Answer:
    """Return the answer to all that `plan` asks at once."""
    if plan.kind is Kind.CATALOGUE:
        return catalogue(plan, hits, sources)
    if told_whole := summary(plan, hits, sources):
        return told_whole
    if plan.kind is Kind.ACROSS and (headings := told_outline(plan, hits, sources)):
        return headings
    if sections := of_places(plan, hits, sources):
        return sections
    if rows := picked_row(plan, hits, sources) or rows_beside(plan, hits, sources):
        return rows
    if plan.kind in (Kind.COMPARISON, Kind.ACROSS, Kind.RANKING):
        return _tabled(plan, hits, sources)
    plan, hits = of_named_document(plan, hits, sources)
    if answer := set_against(plan, hits, sources) or aspect_of(plan, hits, sources):
        return answer
    if answer := of_place(plan, hits, sources):
        return answer
    if not plan.articles and (headings := told_outline(plan, hits, sources)):
        return headings
    first = plan.kind in _APART_FIRST
    case = case_of(plan) if plan.kind is Kind.PASSAGE else None
    answer = (
        (apart(plan, sources) if first else None)
        or told_reply(plan, hits, sources)
        or (consequence(plan, case, hits[:READ], sources) if case else None)
        or _in_form(plan, hits, sources)
        or called(plan, hits, sources)
        or _of_facet(plan, hits, sources)
        or _structural(plan, hits, sources)
        or _stated(plan, hits, sources)
    )
    if answer.status is Status.REFUSED:
        named = (
            counted_items(plan, hits, sources)
            or counted_members(plan, hits, sources)
            or read_off(plan, hits, sources)
        )
        named = named or (None if first else apart(plan, sources)) or headed(plan, hits, sources)
        answer = named or titled(plan, hits, sources) or answer
    if answer.status is Status.REFUSED and case and not case.effect:
        return untold(plan, "这种情形怎么处理", hits)
    if answer.status is Status.REFUSED and (other := respelt(plan, hits)):
        again = _stated(
            other, sources.search(other.resolved, Filters(document=plan.documents), READ), sources
        )
        return again if again.status is not Status.REFUSED else answer
    return answer


def _of_facet(plan: Plan, hits: Sequence[Hit], sources: Sources) -> Answer | None:
    """Return the conditions, materials, steps that the question asks for, as a section or as statements."""
    facet = facet_of(plan)
    if facet is None:
        return None
    asked = replace(plan, topic=matter(plan, facet))
    if section := told_section(asked, facet, asked.topic, hits[:READ], sources):
        return section
    if structural := _structural(plan, hits, sources):
        return structural
    if facet.shown is None:
        return None
    found = [one for one in candidates(hits[:READ], sources) if facet.shown.search(one.folded)]
    ranked = scored(asked, found)
    if not ranked or lacking(asked, ranked[0]):
        return None
    figures = plan.kind is Kind.FIGURE
    answer = direct(asked, ranked) if figures else item_list(asked, [whole_sentence(one) for one in ranked])
    return answer if is_sure(asked, ranked[0]) else doubted(asked, answer)


def _in_form(plan: Plan, hits: Sequence[Hit], sources: Sources) -> Answer | None:
    """Return the definition, enumeration or purpose asked for, where a text has it in the form of one."""
    forms = forms_of(plan)
    if not forms:
        return None
    more = _in_its_form(plan, sources) if plan.kind is Kind.DEFINITION else ()
    found = candidates([*hits[:READ], *more], sources)
    for form in forms:
        ranked = scored(plan, in_form(plan, form, found))
        if ranked and not named_gaps(plan, ranked[0]):
            return item_list(plan, ranked[:1]) if plan.kind is Kind.LIST else direct(plan, ranked[:1])
    return None


def _in_its_form(plan: Plan, sources: Sources) -> Sequence[Hit]:
    return sources.search(_DEFINED.format(plan.topic), Filters(document=plan.documents), _MORE)


def _structural(plan: Plan, hits: Sequence[Hit], sources: Sources) -> Answer | None:
    """Return the answer that headings give, where the question asks for them."""
    if plan.articles and (found := article(plan, hits, sources)):
        return found
    if plan.kind in (Kind.OUTLINE, Kind.LIST):
        return outline(plan, hits, sources)
    if plan.kind is not Kind.FIGURE:
        return None
    return counted(plan, hits, sources) or groups_together(plan, hits, sources)


def _tabled(plan: Plan, hits: Sequence[Hit], sources: Sources) -> Answer:
    """Return what places have side by side, else what a statement is likely to tell of one, or the first."""
    beside = table(plan, hits, sources)
    one = len(plan.regions) == 1 or _FIRST.search(plan.resolved)
    if beside.status is not Status.REFUSED or not one:
        return beside
    ranked = read_closely(plan, likeliest_first(plan, scored(plan, candidates(hits[:READ], sources))))
    fits = ranked and is_sure(plan, ranked[0]) and not lacking(plan, ranked[0])
    return direct(plan, ranked) if fits else beside


def _stated(plan: Plan, hits: Sequence[Hit], sources: Sources) -> Answer:
    """Return the answer that the best statements give."""
    sort = sort_of(plan)
    plan = about(plan, sort) if sort else plan
    found = list(hits[:READ])
    if plan.kind is Kind.DEFINITION:
        found += _in_its_form(plan, sources)
    if plan.kind in (Kind.FIGURE, Kind.DATE) and (labels := labels_of(plan)):
        found += sources.search(f"{plan.topic} {labels}", Filters(document=plan.documents), _MORE)
    stated = candidates(found, sources)
    ranked = scored(plan, stated)
    ranked = _of_its_year(plan, ranked if sort else likeliest_first(plan, ranked))
    told = showing(sort, ranked) if sort else ranked
    told = read_closely(plan, told or ([] if sort and sort.required else ranked))
    outlined = told and plan.kind in (Kind.OUTLINE, Kind.LIST, Kind.PASSAGE) and not named_gaps(plan, told[0])
    if outlined and (parts := run_in_parts(plan, told[0])):
        return parts
    if whole := likely_list(plan, told or ranked, stated):
        return whole
    if refused := _refused(plan, sort, told, ranked, hits):
        return (contact_of(plan, sort, hits, sources) if sort else None) or refused
    if whole := whole_list(plan, told):
        return whole if is_sure(plan, told[0]) else doubted(plan, whole)
    best = told[0].candidate
    of_table = read_off if CELL_SEPARATOR in best.text else named_cell
    if cell := of_table(plan, hits, sources):
        return cell
    if best.is_heading and plan.kind in _APART_FIRST:  # what it heads answers
        return told_below(plan, best.document, best.section)
    if unmeasured(plan, told[0]):  # it may answer, but not with a figure that could be shown first
        told = [told[0]._replace(figures=())]
    answer = _worded(plan, told)
    # a heading that runs in is told with what it heads, and what comes next is of another
    if not stands_alone(plan, told[0]) and not is_head(told[0].candidate.folded):
        answer = joined(plan, [answer, *_next_likely(plan, answer, told)])
    return answer if is_sure(plan, told[0]) else doubted(plan, answer)


def _of_its_year(plan: Plan, ranked: Sequence[Scored]) -> list[Scored]:
    """Return `ranked` headed by a likelier statement of the 去年 or 今年 asked for, where the best is not."""
    if plan.kind not in (Kind.FIGURE, Kind.DATE) or not ranked or of_relative_year(plan, ranked[0].candidate):
        return list(ranked)
    fitting = (one for one in ranked if one.chance > ranked[0].chance)
    found = next((one for one in fitting if of_relative_year(plan, one.candidate)), None)
    return [found, *(one for one in ranked if one is not found)] if found else list(ranked)


def _next_likely(plan: Plan, answer: Answer, told: Sequence[Scored]) -> list[Answer]:
    """Return the statement that is likeliest to answer after those that `answer` tells."""
    for one in told[1:_LIKELY]:
        fits = one.region_fits and one.year_fits and one.chance >= _LEAST_LIKELY
        fits = fits and not one.candidate.is_heading
        if fits and not is_told(answer, one.candidate) and not misplaced(plan, one):
            return [single(plan, one, told)]
    return []


def _refused(
    plan: Plan, sort: Sort | None, told: Sequence[Scored], ranked: Sequence[Scored], hits: Sequence[Hit]
) -> Answer | None:
    """Return the refusal where no statement of `ranked` is `told` or the best one does not answer."""
    best = next(iter(told or ranked), None)
    lacks = misplaced if sort and told and is_told_behind(sort, told[0]) else lacking
    gaps = lacks(plan, best)
    if sort and best and not told and (not gaps or (is_of_the_matter(best) and not misplaced(plan, best))):
        return untold(plan, sort.name, hits)
    if gaps and best and (unexplained := undefined(plan, best)):
        return untold(plan, unexplained, hits)
    return refusal(plan, of_the_place(plan, ranked) or gaps, hits) if gaps else None


def _worded(plan: Plan, ranked: Sequence[Scored]) -> Answer:
    """Return the answer in the form that its kind has."""
    if plan.kind in (Kind.OUTLINE, Kind.LIST):
        return announced(plan, ranked[0]) or item_list(plan, ranked)
    if plan.kind is Kind.YES_NO:
        return yes_no(plan, ranked)
    stated = plan.kind in (Kind.FIGURE, Kind.DATE)
    return item_list(plan, ranked) if not stated and led_into(ranked[0]) else direct(plan, ranked)
