"""The sides of a comparison: who or what a question sets side by side, and what it asks of each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from ....types import Filters, Hit, Kind, Plan
from ....zh import places
from ....zh.fold import fold
from ....zh.periods import RELATIVE_YEAR, YEAR, asked_apart, periods_of
from ...evidence.terms import terms
from ...sources import Sources

MOST_ROWS = 40
HITS_FOR_ROWS = 200  # enough passages to meet every region of a few dozen documents
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
_CHANGE = re.compile(r"^的?(?:又)?(?:同比|比上年)?(?:增长|下降|提高|增加|减少)了?(?:多少|百分之几|几).*$")
_FIGURE = re.compile(r"(?:是|为|有|达到?)?(?:多少|几).*$")
_CONNECTIVE = re.compile(r"^[和与跟同及、,，以或的在比\s]+|(?:[和与跟同及、,，以或\s]|相?比(?:较|一比)?)+$")
_ASKING = re.compile(r"多少|几(?!乎)|多[大高长]|什么|哪|谁|怎|如何")
# 机场比,一年的旅客数: what is asked stands behind the comma, for both
_SHARED = re.compile(r"^(?P<own>[^,，]*?)(?:相?比(?:较|起来)?)?[,，:：]\s*(?P<asked>.*)$")
_NO_MATTER = re.compile(r"目前|现在|如今|分别|各自?|(?:又?[是为有达]|到|了)+|多少|百分之|几|[?？]|[a-z]+$")


class Side(NamedTuple):
    """One thing set side by side with others: its label, what is asked of it, and where to look."""

    label: str
    plan: Plan
    scope: Filters


def sides(plan: Plan, inner: Plan, hits: Sequence[Hit], sources: Sources) -> list[Side]:
    """Return what `plan` sets side by side; `inner` is what it asks of each."""
    scope = Filters(document=plan.documents)
    apart = plan.kind is Kind.COMPARISON and asked_apart(fold(plan.resolved))
    periods = periods_of(fold(plan.resolved)) if apart else []
    if len(plan.regions) > 1:
        own = _own_topics(plan)
        asked = [_for_region(inner, region, own.get(region)) for region in plan.regions]
        each = [Side(places.short(one.regions[0]), one, scope) for one in asked]
        return [m for one in each for m in _in_each(one, periods)] if len(periods) > 1 else each
    if plan.kind is Kind.COMPARISON and len(plan.years) > 1:
        periods = periods or [f"{year}年" for year in plan.years]
    if len(periods) > 1:
        return _in_each(Side("", inner, scope), periods)
    regions = () if len(plan.documents) > 1 else _regions(plan, sources)
    if len(regions) > 1:
        return [
            Side(places.short(region), _for_region(inner, region, None), scope)
            for region in regions[:MOST_ROWS]
        ]
    ids = plan.documents or tuple(dict.fromkeys(hit.passage.document for hit in hits))
    return [
        Side(f"《{sources.document(id).title}》", replace(inner, documents=(id,)), Filters(document=(id,)))
        for id in ids[:MOST_ROWS]
    ]


def _in_each(side: Side, periods: Sequence[str]) -> list[Side]:
    return [
        Side(f"{side.label}（{period}）" if side.label else period, _of(side.plan, period), side.scope)
        for period in periods
    ]


def _of(plan: Plan, period: str) -> Plan:
    """Return `plan` for one of the years that it names, so that no other governs a figure."""
    years = () if RELATIVE_YEAR.fullmatch(period) else (int(period[:4]),)
    asked = YEAR.sub("", fold(plan.resolved)).strip(" ,")
    topic = RELATIVE_YEAR.sub("", plan.topic).strip(" ,")
    return replace(plan, years=years, topic=topic, resolved=f"{period}{asked}")


def _for_region(plan: Plan, region: str, topic: str | None) -> Plan:
    if topic is None:
        return replace(plan, regions=(region,))
    ask = f"{places.short(region)}{topic}"
    if plan.kind is Kind.FIGURE and not re.search(r"多少|几", topic):
        ask += f"有多少{plan.unit}"
    return replace(plan, regions=(region,), topic=fold(topic), resolved=ask)


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
    if not len(stretches) == len(set(plan.regions)) > 1:
        return {}
    return _with_what_is_shared(stretches)


def _with_what_is_shared(stretches: dict[str, str]) -> dict[str, str]:
    """Return the stretches of a question that asks of all behind the last one: 成都的X和上海的Y,各几个."""
    *others, last = stretches
    shared = _SHARED.match(stretches[last])
    if not shared or not others or any(_ASKING.search(stretches[one]) for one in others):
        return stretches
    if not _ASKING.search(shared["asked"]) or not shared["own"]:
        return stretches
    own = {**{one: stretches[one] for one in others}, last: shared["own"]}
    matter = bool(_NO_MATTER.sub("", shared["asked"]).strip())
    return {
        region: f"{noun}{',' if matter else ''}{shared['asked']}".replace(" ", "")
        for region, noun in own.items()
    }


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
