"""One row a region, document or period: comparison, the same matter across all, and ranking."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import NamedTuple

from ..types import Answer, Filters, Hit, Kind, Plan, Status
from ..zh import places
from ..zh.fold import fold
from .draft import Draft
from .evidence import candidates
from .figures import expected
from .ranking import Task, ordered, task_of, within
from .reduce import reduced
from .refuse import lacking, refusal
from .score import Scored, scored
from .sources import Sources
from .terms import Term, terms_of

NOTHING = "未检索到依据"
_MOST_ROWS = 40
_HITS_FOR_ROWS = 200  # enough passages to meet every region of a few dozen documents
_HITS_A_ROW = 8
_FIGURE = re.compile(r"多少|几(?!乎|个方面)|百分之")


class Row(NamedTuple):
    """A row: its label, and the statement found for it."""

    label: str
    found: Scored | None


def table(plan: Plan, hits: Sequence[Hit], sources: Sources) -> Answer:
    """Return the comparison, survey or ranking that the question asks for."""
    wants_figure = plan.kind is Kind.RANKING or bool(_FIGURE.search(fold(plan.resolved)) or expected(plan))
    inner = replace(plan, kind=Kind.FIGURE if wants_figure else Kind.PASSAGE)
    terms = terms_of(plan)
    rows = _rows(inner, terms, plan.kind, hits, sources)
    if not any(row.found for row in rows):
        return refusal(plan, lacking(inner, terms, None), hits)
    if plan.kind is Kind.RANKING:
        return _ranked(plan, terms, rows)
    draft = Draft(plan)
    text = _markdown(draft, terms, rows, wants_figure)
    if any(row.found is None for row in rows) and plan.kind is Kind.COMPARISON:
        draft.partial = True
        return draft.answer(text, status=Status.PARTIAL)
    return draft.answer(text)


def _rows(plan: Plan, terms: Sequence[Term], kind: Kind, hits: Sequence[Hit], sources: Sources) -> list[Row]:
    def best(inner: Plan, filters: Filters) -> Scored | None:
        found = candidates(sources.search(inner.topic or inner.resolved, filters, _HITS_A_ROW), sources)
        ranked = scored(inner, terms, found)
        return ranked[0] if ranked and not lacking(inner, terms, ranked[0]) else None

    if kind is Kind.COMPARISON and len(plan.regions) < 2 and len(plan.years) > 1:
        scope = Filters(region=plan.regions, document=plan.documents)
        return [Row(f"{year}年", best(replace(plan, years=(year,)), scope)) for year in plan.years]
    if kind is Kind.COMPARISON and len(plan.regions) < 2 and len(plan.documents) > 1:
        return _document_rows(plan, plan.documents, sources, best)
    regions = plan.regions if len(plan.regions) > 1 else _regions(plan, sources)
    if len(regions) < 2:
        ids = tuple(dict.fromkeys(hit.passage.document for hit in hits))
        return _document_rows(plan, ids, sources, best)
    return [
        Row(
            places.short(region),
            best(replace(plan, regions=(region,)), Filters(region=(region,), document=plan.documents)),
        )
        for region in regions[:_MOST_ROWS]
    ]


def _document_rows(
    plan: Plan, ids: Sequence[str], sources: Sources, best: Callable[[Plan, Filters], Scored | None]
) -> list[Row]:
    return [
        Row(
            f"《{sources.document(id).title}》", best(replace(plan, documents=(id,)), Filters(document=(id,)))
        )
        for id in ids[:_MOST_ROWS]
    ]


_LEVELS = (
    (re.compile(r"省市?份?|自治区|直辖市|省区"), frozenset({1})),
    (re.compile(r"(?:城|地)市|市(?!县)|州"), frozenset({1, 2})),
    (re.compile(r"县|区县"), frozenset({2, 3})),
)


def _regions(plan: Plan, sources: Sources) -> tuple[str, ...]:
    """Return the regions of the store at the level that the question names, within its own region."""
    asked = re.search(
        r"(?:各|哪一?[些个]?|多少个?|几个?|所有|全部|每个|不同)(省市?|省份|市|城市|地市|县|区县|县市|地区|地方|地)",
        fold(plan.resolved),
    )
    named = asked[1] if asked else ""
    wanted = next((depths for pattern, depths in _LEVELS if pattern.search(named)), frozenset({1, 2, 3}))
    found = {document.metadata.region: None for document in sources.documents()}
    for hit in sources.search(
        plan.topic or plan.resolved, Filters(region=plan.regions, document=plan.documents), _HITS_FOR_ROWS
    ):
        found[hit.passage.region] = None
    inside = [
        region
        for region in found
        if region and (not plan.regions or places.contains(plan.regions[0], region))
    ]
    fitting = [region for region in inside if len(places.levels(region)) in wanted]
    return tuple(fitting or inside)


def _markdown(draft: Draft, terms: Sequence[Term], rows: Sequence[Row], figures: bool) -> str:
    head = ["对象", "数值", "原文"] if figures else ["对象", "原文"]
    lines = [[draft.say(title) for title in head]]
    for row in rows:
        lines.append([row.label, *_cells(draft, terms, row, figures)])
    ruled = [lines[0], ["---"] * len(head), *lines[1:]]
    return "\n".join(
        "| " + " | ".join(cell.replace("|", "｜").replace("\n", " ") for cell in line) + " |"
        for line in ruled
    )


def _cells(draft: Draft, terms: Sequence[Term], row: Row, figures: bool) -> list[str]:
    if row.found is None:
        return [draft.say(NOTHING), ""] if figures else [draft.say(NOTHING)]
    candidate = row.found.candidate
    text, span = reduced(candidate, terms, row.found.figure)
    stated = draft.state(text, candidate.document, span.start, span.end)
    shown = row.found.figure.text if row.found.figure else ""
    return [shown, stated] if figures else [stated]


def _ranked(plan: Plan, terms: Sequence[Term], rows: Sequence[Row]) -> Answer:
    task = task_of(plan.resolved)
    usable = _comparable(rows)
    without = [row for row in rows if row not in usable]
    figures = [
        row.found.figure.quantity
        for row in usable
        if row.found and row.found.figure and row.found.figure.quantity
    ]
    order = ordered(figures, task.descending)
    listed = [usable[index] for index in order]
    if task.limit:
        chosen = [usable[index] for index in order if within(figures[index], task.limit)]
        without = []
    else:
        chosen = listed
    draft = Draft(plan)
    head = draft.say(_headline(task, chosen, [figures[index] for index in order]))
    shown = chosen if task.limit and chosen else listed
    return draft.answer(head + "\n\n" + _markdown(draft, terms, [*shown, *without], True))


def _comparable(rows: Sequence[Row]) -> list[Row]:
    """Return the rows whose figures have the commonest dimension and unit, so that they compare."""
    known = [
        (row, row.found.figure.quantity)
        for row in rows
        if row.found
        and row.found.figure
        and row.found.figure.quantity
        and row.found.figure.quantity.low is not None
    ]
    if not known:
        return []
    commonest = Counter((quantity.dimension, quantity.unit) for _, quantity in known).most_common(1)[0][0]
    return [row for row, quantity in known if (quantity.dimension, quantity.unit) == commonest]


def _headline(task: Task, chosen: Sequence[Row], figures: Sequence[object]) -> str:
    names = [f"{row.label}（{row.found.figure.text}）" for row in chosen if row.found and row.found.figure]
    if task.limit:
        return f"共{len(names)}个：{'、'.join(names)}。" if names else "没有符合条件的。"
    if task.counts:
        return f"共{len(names)}个。"
    if task.sums or task.means:
        return _total(task, chosen)
    if task.top and names:
        # equal figures share a place
        top = [
            name
            for name, row in zip(names, chosen, strict=True)
            if _value(row) in {_value(r) for r in chosen[: task.top]}
        ]
        return (
            f"{'最高' if task.descending else '最低'}：{'、'.join(top)}。"
            if task.top == 1
            else f"{'、'.join(top)}。"
        )
    del figures
    return "按数值从高到低：" if task.descending else "按数值从低到高："


def _value(row: Row) -> float | None:
    return (
        row.found.figure.quantity.low
        if row.found and row.found.figure and row.found.figure.quantity
        else None
    )


def _total(task: Task, chosen: Sequence[Row]) -> str:
    quantities = [
        row.found.figure.quantity
        for row in chosen
        if row.found and row.found.figure and row.found.figure.quantity
    ]
    values = [quantity.low for quantity in quantities if quantity.low is not None]
    if not values:
        return ""
    value = sum(values) / (len(values) if task.means else 1)
    unit = quantities[0].unit
    shown = f"{value / 10**8:g}亿{unit}" if unit.startswith("元") and value >= 10**8 else f"{value:g}{unit}"
    return f"{'平均' if task.means else '合计'}：{shown}（按以下{len(values)}项的数值计算）。"
