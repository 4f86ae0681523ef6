"""Refuse what the documents do not say: decide, and say by name what is missing."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ...types import Answer, Hit, Kind, Plan, Status
from ...zh import places
from ...zh.fold import folded_document
from ..choose.score import Scored, of_relative_year
from ..choose.unmeasured import as_asked, is_denied, unmeasured, written
from ..draft import Draft
from ..evidence.terms import match, terms_of
from ..words import said
from .owner import is_met, is_of_another, owner, unlisted_place
from .shorthand import unspelt
from .support import answers

_LEAST_WEIGHT = 0.3  # of all terms together: a question of light words asks nothing of the documents
# A figure of 去年 is none of 今年, as the document means them.
_YEAR = re.compile(r"[去今明前]年|上一?年")
# 我去年考下了技师证, …能领到多少补贴: what is told of oneself dates nothing
_OF_ONESELF = re.compile(r"^[我俺咱](?!们?[国省市县区州镇乡村街校局院]).*[,，;；。]")
_DATED = frozenset({Kind.FIGURE, Kind.DATE})
_SAID_OF = re.compile(r"^(?:所?[说讲提写](?:到|及)?的|里面?的?)[\"“]?")  # 文中说的“企业宁静期”
_RELATED = 3
_SPOKEN_OF, _TOUCHED = 0.8, 0.5  # of the question's words, by weight


def lacking(plan: Plan, best: Scored | None) -> list[str]:
    """Return by name what the evidence lacks; empty where `best` answers."""
    gaps = misplaced(plan, best)
    if gaps or best is None:
        return gaps
    unfit = unmeasured(plan, best)
    if not (unfit and is_denied(plan, best)) and answers(plan, best):
        return []
    if unfit:
        return unfit
    around = best.candidate.around
    absent = sorted((t for t in terms_of(plan) if match(t, around) < 0.5), key=lambda term: -term.weight)
    named = [term for term in absent if len(term.text) > 1] or absent  # 缺少与“做”有关的内容 says nothing
    return [f"“{written(term, plan)}”" for term in named[:2]] or [f"“{plan.topic}”"]


def named_gaps(plan: Plan, best: Scored | None) -> list[str]:
    """Return what the evidence lacks of what the question names: place, year, whose figure, measure."""
    return misplaced(plan, best) or (unmeasured(plan, best) if best else [])


def misplaced(plan: Plan, best: Scored | None) -> list[str]:
    """Return what the question names and the evidence is not of: a place, a year, whose figure.

    A name in quotation marks may be the asker's own: the chance that the statement answers knows of it.
    """
    terms = terms_of(plan)
    if best is None or sum(term.weight for term in terms) < _LEAST_WEIGHT:
        return [plan.topic or plan.resolved]
    gaps: list[str] = []
    if not best.region_fits:
        gaps.append("、".join(places.short(region) for region in plan.regions))
    if not best.year_fits:
        gaps.append("、".join(f"{year}年" for year in plan.years))
    if (
        plan.kind in _DATED
        and (year := _YEAR.search(_OF_ONESELF.sub("", plan.resolved)))
        and not of_relative_year(plan, best.candidate)
    ):
        gaps.append(f"“{year.group()}”")
    name = owner(plan)
    place = unlisted_place(plan)
    if place and place[:-1] not in folded_document(best.candidate.document.text):
        gaps.append(place)
    if name and not (place and name.endswith(place)) and not is_met(name, best.candidate.around):
        gaps.append(f"“{name}”")
    if place and not gaps and is_of_another(place, best.candidate.folded):
        gaps.append(place)
    if name := unspelt(plan, best.candidate):
        gaps.append(f"“{name}”各指什么")
    return gaps


def of_the_place(plan: Plan, ranked: Sequence[Scored]) -> list[str]:
    """Return what statements of the place and year asked for lack, where the best of `ranked` is of another.

    Empty where it is not, or where nothing speaks of the matter there.
    """
    if not ranked or not misplaced(plan, ranked[0]):
        return []
    near = (one for one in ranked if one.coverage >= _TOUCHED and not misplaced(plan, one))
    placed = next(near, None)
    return (unmeasured(plan, placed) or [f"“{plan.topic}”"]) if placed else []


def refusal(plan: Plan, gaps: Sequence[str], hits: Sequence[Hit]) -> Answer:
    """Return an answer that says what is missing and offers the nearest passages as related."""
    named = list(dict.fromkeys(gap for gap in gaps if gap))
    return _refused(plan, said(plan, "lacking" if named else "refused", named), hits)


def undefined(plan: Plan, best: Scored) -> str:
    """Return what `plan` asks the meaning of and the evidence speaks of without explaining it, else empty."""
    if plan.kind is not Kind.DEFINITION or best.coverage < _SPOKEN_OF or misplaced(plan, best):
        return ""
    return f"“{as_asked(_SAID_OF.sub('', plan.topic), plan).strip('“”')}”是什么"


def untold(plan: Plan, sort: str, hits: Sequence[Hit]) -> Answer:
    """Return the refusal of a question whose matter is told, but not the `sort` of thing it asks for."""
    return _refused(plan, said(plan, "untold", [sort]), hits)


def declined(plan: Plan) -> Answer:
    """Return the reply to small talk, or to a request to write, act or reveal settings."""
    return _refused(plan, said(plan, "small talk" if plan.kind is Kind.SMALL_TALK else "task"))


def _refused(plan: Plan, text: str, hits: Sequence[Hit] = ()) -> Answer:
    return Draft(plan).answer(text, related=tuple(hits[:_RELATED]), status=Status.REFUSED)
