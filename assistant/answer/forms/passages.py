"""Answers of one to three statements: figures, dates, bodies, definitions and anything else."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from ...types import Answer, Kind, Plan, Status
from ...zh import places
from ...zh.fold import folded_text
from ...zh.sentences import Span, clauses, sentences
from ..choose.asks import asks_of
from ..choose.pointed import pointed_at
from ..choose.score import RUN_IN_REACH, Scored
from ..draft import Draft
from ..evidence.candidates import RUN_IN, Candidate, is_head, lead_in, sibling
from ..evidence.terms import Term, coverage, match, terms_of
from .premise import contradiction
from .reduce import WHOLE, reduced
from .series import cases, cases_meant
from .sorts import responsible

# How many statements an answer of each kind may have, and how much of the best score each needs.
_MOST = {Kind.FIGURE: 1, Kind.DATE: 1, Kind.BODY: 1, Kind.DEFINITION: 2, Kind.YES_NO: 1}
_ALSO, _ALSO_DEFINES = 0.82, 0.92
_LONGEST = 320  # characters of all statements together
# A definition or a list is shown whole, and what explains nearly so: what it leaves out would change it.
_WHOLE = {
    Kind.BODY: 140,
    Kind.YES_NO: 140,
    Kind.DEFINITION: 200,
    Kind.LIST: 280,
    Kind.OUTLINE: 280,
    Kind.PASSAGE: 160,
}
_UNPOINTED = 160  # of a statement that no figure or date is set before
_MOST_CASES, _NAMED = 8, 5  # cases told, and figures named before them
_LED = frozenset({Kind.PASSAGE, Kind.YES_NO, Kind.BODY})  # an item of a list says nothing without its lead
_BACK = re.compile(r"(?:依照|按照?|依据|适用|违反|有)前[款项]")
_ALL_HEADED, _BARE_HEADED = 0.9, 0.4  # of the question's words, by a heading that runs in
_EACH_FITS = 0.5  # several figures asked for, each of which the best statement gives
_SAME_WORDS = 0.8  # of the pairs of characters of a statement: what has them says the same
# Another statement states a figure that the best one lacks, where it fits it by this much better.
_BETTER_FIT = 0.2


def direct(plan: Plan, ranked: Sequence[Scored]) -> Answer:
    """Return the answer that the best statements make; `ranked` holds at least one."""
    ranked = [pointed_at(plan, ranked[0]), *ranked[1:]]
    draft = Draft(plan)
    draft.places_compete = compete(ranked)
    terms = terms_of(plan)
    note = contradiction(plan, ranked[0])
    if every := _every_case(draft, terms, ranked):
        return draft.answer("\n".join([draft.say(note), *every] if note else every))
    lines = [line(draft, terms, one) for one in chosen(plan, terms, ranked)]
    if note:
        lines.insert(0, draft.say(note))
    missing = _missing(plan, ranked)
    draft.notices += [draft.say(f"“{part}”未检索到依据。") for part in missing]
    return draft.answer("\n\n".join(lines), status=Status.PARTIAL if missing else None)


def single(plan: Plan, one: Scored, ranked: Sequence[Scored]) -> Answer:
    """Return the answer that is `one` of the statements `ranked`, no figure of it first."""
    draft = Draft(plan)
    draft.places_compete = compete(ranked)
    return draft.answer(line(draft, terms_of(plan), one, figures_first=False))


def is_told(answer: Answer, candidate: Candidate) -> bool:
    """Tell whether `answer` has something of what a candidate says, or nearly its words from elsewhere."""
    own, said = candidate.document.id, set(pairwise(candidate.folded))
    return any(
        (one.document == own and one.start < candidate.end and candidate.start < one.end)
        or len(said.intersection(pairwise(folded_text(one.quote)))) >= _SAME_WORDS * len(said)
        for one in answer.citations
    )


def _missing(plan: Plan, ranked: Sequence[Scored]) -> list[str]:
    """Return the parts of a question for several figures for which no statement gives one."""
    best = ranked[0]
    if plan.kind not in (Kind.FIGURE, Kind.DATE) or len(best.figures) < 2 or not any(best.figures):
        return []
    fitting = [one for one in ranked if one.region_fits and one.year_fits]
    return [
        ask.text.strip(" ,;")
        for index, ask in enumerate(asks_of(plan))
        if ask.head and not any(one.figures[index] for one in fitting)
    ]


def _every_case(draft: Draft, terms: Sequence[Term], ranked: Sequence[Scored]) -> list[str]:
    """Return the lines of an answer that the text gives case by case; empty where there is one case."""
    best, plan = ranked[0], draft.plan
    asks = asks_of(plan)
    if plan.kind not in (Kind.FIGURE, Kind.DATE) or best.figure is None:
        return []
    if len(asks) > 1 and all(figure and figure.fit >= _EACH_FITS for figure in best.figures):
        return []
    found = cases_meant(plan, asks[0], cases(plan, asks[0], best))
    if len(found) < 2:
        return [line(draft, terms, found[0])] if found[0].figures != (best.figure,) else []
    told = found[:_MOST_CASES]
    named = list(dict.fromkeys(figure.text for one in told for figure in one.figures if figure))
    lines = [f"**{'；'.join(named)}**"] if len(named) <= _NAMED else []
    lines += ["- " + line(draft, terms, one, figures_first=False) for one in told]
    if len(found) > len(told):
        lines.append(draft.say(f"（按情形共{len(found)}项，此处列出前{len(told)}项）"))
    return lines


def line(draft: Draft, terms: Sequence[Term], one: Scored, figures_first: bool = True) -> str:
    """State one candidate: its figures first where they are asked for, and its region where it is lost."""
    plan, candidate = draft.plan, one.candidate
    text, span = reduced(candidate, terms, one.figures, _whole(plan, one))
    stated = draft.state(text, candidate.document, span.start, span.end)
    label = lost_region(plan, candidate, text) if draft.places_compete else ""
    prefix = f"（{label}）" if label else ""
    damaged = candidate.document.is_damaged(span.start, span.end)
    if damaged:
        prefix = draft.say("原文此处有缺损（□ 处无法恢复），不能给出完整内容。") + "\n\n" + prefix
    found = [figure.text for figure in one.figures if figure]
    if found and figures_first and not damaged:
        return f"**{'；'.join(dict.fromkeys(found))}**：{prefix}{stated}"
    return prefix + stated


def _whole(plan: Plan, one: Scored) -> int:
    """Return up to how many characters a statement is told whole: without a figure any of them may answer."""
    stated = plan.kind in (Kind.FIGURE, Kind.DATE)
    return _UNPOINTED if stated and not any(one.figures) else _WHOLE.get(plan.kind, WHOLE)


def lost_region(plan: Plan, candidate: Candidate, text: str) -> str:
    """Return the region that a statement speaks of but does not name, empty where the question does."""
    region = candidate.region
    if not region or region in plan.regions or folded_text(places.short(region)) in folded_text(text):
        return ""
    # a question for a place is answered by it, whatever other places the statement names
    return region if plan.kind is Kind.BODY or not places.find(text) else ""


def compete(ranked: Sequence[Scored]) -> bool:
    """Tell whether the evidence is of several places, none of them within another."""
    found = sorted({one.candidate.region for one in ranked if one.candidate.region}, key=len)
    return any(not places.contains(one, found[-1]) for one in found)


def whole_sentence(one: Scored) -> Scored:
    """Return `one` with the whole sentence that its clause is part of, where that is not long."""
    candidate = one.candidate
    text = candidate.document.text
    first = text.rfind("\n", 0, candidate.start) + 1
    last = text.find("\n", candidate.end)
    for span in sentences(text, first, last if last >= 0 else len(text)):
        if span.start <= candidate.start and candidate.end <= span.end <= span.start + _LONGEST:
            return one._replace(candidate=sibling(candidate, span))
    return one


def chosen(plan: Plan, terms: Sequence[Term], ranked: Sequence[Scored]) -> list[Scored]:
    """Return the statements that make the answer: the best, what it needs beside it, and what adds to it."""
    best = ranked[0]
    if following := _under_run_in_heading(terms, best):
        return [best, *following]
    if before := _referred_to(best):
        return [before, best]
    if plan.kind in _LED and (lead := lead_in(best.candidate)):
        return [best._replace(candidate=sibling(best.candidate, lead), figures=()), best]
    if plan.kind is Kind.BODY and (note := responsible(best)):
        return [best, *note]
    if len(best.figures) > 1:
        return _for_each_figure(best, ranked)
    return _with_others(plan, terms, ranked)


def _with_others(plan: Plan, terms: Sequence[Term], ranked: Sequence[Scored]) -> list[Scored]:
    """Return the best statement and those that fit nearly as well and add to it, in reading order."""
    best = ranked[0]
    taken = [best]
    least = _ALSO_DEFINES if plan.kind is Kind.DEFINITION else _ALSO
    length = best.candidate.end - best.candidate.start
    for one in ranked[1:]:
        if len(taken) >= _MOST.get(plan.kind, 3) or one.score < least * best.score:
            break
        length += one.candidate.end - one.candidate.start
        if length > _LONGEST:
            break
        if one.region_fits and one.year_fits and _adds(terms, taken, one):
            taken.append(one)
    home = best.candidate.document.id
    return sorted(taken, key=lambda one: (one.candidate.document.id != home, one.candidate.start))


def _referred_to(best: Scored) -> Scored | None:
    """Return the paragraph before `best` where it says 依照前款规定 and nothing without it."""
    candidate, text = best.candidate, best.candidate.document.text
    opening = text.rfind("\n", 0, candidate.start)
    if opening <= candidate.section.start or not _BACK.search(candidate.folded):
        return None
    end = len(text[:opening].rstrip())
    span = Span(max(text.rfind("\n", 0, end) + 1, candidate.section.start), end)
    return (
        best._replace(candidate=sibling(candidate, span), figures=())
        if span.end - span.start <= _LONGEST
        else None
    )


def _for_each_figure(best: Scored, ranked: Sequence[Scored]) -> list[Scored]:
    """Return the best statement, and others for the figures asked for that it lacks."""
    chosen = [best]
    figures = list(best.figures)
    for index, figure in enumerate(figures):
        others = [one for one in ranked[1:] if one.figures[index] and one.region_fits and one.year_fits]
        other = max(others, key=lambda one: one.figures[index].fit, default=None)  # type: ignore[union-attr]
        fit = figure.fit if figure else 0.0
        if other and other.figures[index].fit > fit + _BETTER_FIT:  # type: ignore[union-attr]
            figures[index] = None
            chosen.append(other._replace(figures=(other.figures[index],)))
    chosen[0] = best._replace(figures=tuple(figures))
    return chosen


def _adds(terms: Sequence[Term], chosen: Sequence[Scored], one: Scored) -> bool:
    told = " ".join(other.candidate.folded for other in chosen)
    if one.candidate.folded in told or one.candidate.folded.endswith(":"):  # a lead without its list
        return False
    return len(chosen) < 2 or any(match(term, one.candidate.folded) > match(term, told) for term in terms)


def _under_run_in_heading(terms: Sequence[Term], best: Scored) -> list[Scored]:
    """Return the clauses after `best` in its paragraph, where it opens with a heading that was asked for."""
    candidate = best.candidate
    if any(best.figures) or not (RUN_IN.match(candidate.text) or is_head(candidate.folded)):
        return []
    heading = candidate.folded[:RUN_IN_REACH]
    # a bare heading (二是实行“拿地即开工”。) says nothing without what it heads
    least = _BARE_HEADED if is_head(candidate.folded) else _ALL_HEADED
    if coverage(terms, (heading, 1.0), (candidate.frame, 1.0)) < least or not coverage(terms, (heading, 1.0)):
        return []
    text = candidate.document.text
    end = text.find("\n", candidate.end)
    found: list[Scored] = []
    length = candidate.end - candidate.start
    for span in clauses(text, candidate.end, end if end >= 0 else len(text)):
        length += span.end - span.start
        if length > _LONGEST or is_head(folded_text(text[span.start : span.end])):
            break
        found.append(best._replace(candidate=sibling(candidate, span)))
    return found
