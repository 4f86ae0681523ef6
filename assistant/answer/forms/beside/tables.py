"""Several things side by side: comparison, the same matter across all, and ranking."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from ....types import Answer, Hit, Kind, Plan, Status
from ....zh.fold import fold
from ....zh.quantities import Quantity
from ...choose.asks import asks_of
from ...choose.score import scored
from ...choose.units import side_by_side
from ...draft import Draft
from ...evidence.candidates import Candidate, candidates
from ...evidence.terms import Term, terms_of
from ...refuse.gaps import lacking, refusal
from ...sources import Sources
from ..passages import direct, line
from ..reduce import WHOLE, reduced
from .asked import core, matter, of_each, said_of_some
from .comparing import comparing
from .parallel import Row
from .ranking import Task, amount, beyond, ordered, task_of, within
from .rows import (
    adds,
    asks_whole,
    before_figure,
    common_unit,
    is_unasked_aim,
    joint,
    measured,
    of_one_noun,
    of_one_sort,
    rows,
)
from .survey import everywhere

NOTHING = "未检索到依据"
APART = "新增数或计量单位与其余不同，列出而未参与比较"
_WHOLE_CELL = 160  # characters of a statement shown whole, where no figure says what matters in it
_SAME_NOUN = 0.9  # of the noun asked for stands beside both figures that are said to differ
_FIGURE = re.compile(
    r"多少|几(?!乎|个方面)|百分之|[更谁孰][高低多少大小快慢]|"
    r"(?:谁|哪一?个|孰)的?[^,?]{1,14}[高低多少大小快慢长短]\??$|差距|相差"
)
# a statement that ranks says so; of that by itself, 排名 and 前列 name no one
_RANKS = re.compile(
    r"最[高低大小多少快慢强弱好]|第[一二三四五\d]|首位|居首|领先|末位|倒数|高于|低于|超过|前[三五十\d]|依次"
)
_SIDE_BY_SIDE = re.compile(
    r"比较|对比|相比|区别|不同|差异|差距|差别|异同|分别|各(?![级项类位地省市县区州种方国界])|多少|几"
)


def table(plan: Plan, hits: Sequence[Hit], sources: Sources) -> Answer:
    """Return the comparison, survey or ranking that the question asks for."""
    if plan.kind is Kind.COMPARISON and (stated := comparing(plan, hits, sources)):
        return stated
    figures = plan.kind is Kind.RANKING or bool(
        _FIGURE.search(fold(plan.resolved)) or asks_of(plan)[0].dimensions
    )
    inner = replace(of_each(plan) if figures else plan, kind=Kind.FIGURE if figures else Kind.PASSAGE)
    if plan.kind is Kind.COMPARISON and not _SIDE_BY_SIDE.search(fold(plan.resolved)):
        together = joint(inner, hits, sources)
        if together:
            return direct(inner, [together])
    if plan.kind is Kind.ACROSS and not figures:
        return _survey(plan, matter(inner), hits, sources)
    found = rows(plan, inner, hits, sources)
    if figures and any(row.found is None for row in found) and (short := core(inner)) is not inner:
        found = _filled(found, rows(plan, short, hits, sources))
    if figures and any(row.found is None for row in found):
        told = [_beside(row.found.candidate) for row in found if row.found]
        if told and (short := said_of_some(inner, told)) is not inner:
            found = _filled(found, rows(plan, short, hits, sources))
    if figures and (unit := common_unit(found)):
        alike = replace(inner, resolved=f"{inner.topic}有多少{unit}", unit=unit)
        again = rows(plan, alike, hits, sources) if any(_differs(row, unit) for row in found) else found
        found = [new if _differs(old, unit) else old for old, new in zip(found, again, strict=True)]
    elif figures:
        found = _in_one_unit(plan, inner, found, hits, sources)
    found = of_one_sort(plan, of_one_noun(inner, found) if figures else found)
    if not any(row.found for row in found):
        return _told(plan, hits, sources) or refusal(plan, lacking(inner, None), hits)
    if plan.kind is Kind.RANKING:
        alone = sum(row.found is not None for row in found) == 1  # one thing has no order
        return (_told(plan, hits, sources) if alone else None) or ranked(plan, found)
    return compared(plan, found, figures)


def _beside(one: Candidate) -> str:
    return f"{one.frame} {one.sentence_before} {one.folded}"


def _told(plan: Plan, hits: Sequence[Hit], sources: Sources) -> Answer | None:
    """Return the statements that themselves compare or rank, where no member has a figure."""
    asked = replace(plan, kind=Kind.PASSAGE)
    ranked = scored(asked, candidates(hits, sources))
    if plan.kind is Kind.RANKING:
        ranked = [one for one in ranked if _RANKS.search(one.candidate.folded)]
    return direct(asked, ranked) if ranked and not lacking(asked, ranked[0]) else None


def _filled(found: list[Row], others: Sequence[Row]) -> list[Row]:
    """Return `found` with its gaps filled from `others`, where half of the rows have a figure then."""
    filled = [row if row.found else other for row, other in zip(found, others, strict=True)]
    return filled if 2 * sum(row.found is not None for row in filled) >= len(filled) else found


def _differs(row: Row, unit: str) -> bool:
    return _measure(row) not in ("", unit)


def _in_one_unit(
    plan: Plan, inner: Plan, found: list[Row], hits: Sequence[Hit], sources: Sources
) -> list[Row]:
    """Return two rows in the unit of one of them, where they measure two things, else the likelier one."""
    quantities = [quantity for row in found if (quantity := _quantity(row))]
    if inner.unit or len(found) != 2 or len({one.dimension for one in quantities}) != 2:
        return found
    # what is weighed or paid is more of a matter than how many things are named beside it
    for unit in (one.unit for one in sorted(quantities, key=lambda one: one.dimension == "count")):
        alike = replace(inner, resolved=f"{inner.topic}有多少{unit}", unit=unit)
        again = rows(plan, alike, hits, sources)
        if all(_unit(row) == unit for row in again):
            return again
    likelier = max(found, key=lambda row: row.found.chance if row.found else 0.0)
    return [row if row is likelier else Row(row.label, None) for row in found]


def _quantity(row: Row) -> Quantity | None:
    return row.found.figure.quantity if row.found and row.found.figure else None


def _unit(row: Row) -> str:
    quantity = _quantity(row)
    return quantity.unit if quantity else ""


def _measure(row: Row) -> str:
    """Return the unit of a row, that of counts of things by what they are set side by side in."""
    quantity = _quantity(row)
    if quantity is None or row.found is None or quantity.dimension != "count":
        return _unit(row)
    return side_by_side(quantity.unit, before_figure(row.found))


def _survey(plan: Plan, inner: Plan, hits: Sequence[Hit], sources: Sources) -> Answer:
    found = everywhere(inner, sources)
    if not found:
        return refusal(plan, lacking(inner, None), hits)
    draft = Draft(inner)
    terms = terms_of(plan)
    return draft.answer(
        "\n".join(f"- {row.label}：{line(draft, terms, row.found)}" for row in found if row.found)
    )


def compared(plan: Plan, found: Sequence[Row], figures: bool) -> Answer:
    """Return the table of the rows `found`, with a column of figures where `figures` are asked for."""
    draft = Draft(plan)
    absent = [row.label for row in found if row.found is None]
    shown = [row for row in found if row.found] if plan.kind is Kind.ACROSS else found
    text = _markdown(draft, terms_of(plan), shown, figures)
    if verdict := _verdict(plan, found):
        text = f"{draft.say(verdict)}\n\n{text}"
    if absent and plan.kind is Kind.ACROSS:
        text += "\n\n" + draft.say(f"{NOTHING}：{'、'.join(absent)}。")
    return draft.answer(text, status=Status.PARTIAL if absent and plan.kind is Kind.COMPARISON else None)


def _verdict(plan: Plan, found: Sequence[Row]) -> str:
    """Return which of two things is more, or by how much, where that is asked and both have a figure."""
    if len(found) > 2:
        return _order(plan, task_of(plan.resolved), found)
    figures = [row.found.figure.quantity if row.found and row.found.figure else None for row in found]
    if len(found) != 2 or figures[0] is None or figures[1] is None:
        return ""
    if any(row.found and measured(plan, row.found) < _SAME_NOUN for row in found):
        return ""  # 平台或中心: what the two count may not be the same
    told = [row.found for row in found if row.found]
    if len({(adds(one), is_unasked_aim(plan, one.candidate)) for one in told}) > 1:
        return ""  # 新增322公里 and a total of 2400公里, or what is reached and what is planned
    said = beyond(plan.resolved, figures[0], figures[1])
    return f"{said.format(*(row.label for row in found))}（按以下数值计算）。" if said else ""


def _order(plan: Plan, task: Task, found: Sequence[Row]) -> str:
    """Return which of several is the highest, or their sum or mean, where that is asked for."""
    if not (task.top or task.place or task.sums or task.means or task.spread or task.ends):
        return ""
    comparable = _in_order(plan, task, found)
    return _headline(task, comparable) if len(comparable) > 1 else ""


def _in_order(plan: Plan, task: Task, found: Sequence[Row]) -> list[tuple[Row, Quantity]]:
    known = _comparable(plan, found)
    return [known[index] for index in ordered([quantity for _, quantity in known], task.descending)]


def _markdown(draft: Draft, terms: Sequence[Term], shown: Sequence[Row], figures: bool) -> str:
    head = ["对象", "数值", "原文"] if figures else ["对象", "原文"]
    lines = [[draft.say(title) for title in head], ["---"] * len(head)]
    lines += [[row.label, *_cells(draft, terms, row, figures)] for row in shown]
    return "\n".join(f"| {' | '.join(_plain(cell) for cell in cells)} |" for cells in lines)


def _plain(cell: str) -> str:
    return cell.replace("|", "｜").replace("\n", " ")


def _cells(draft: Draft, terms: Sequence[Term], row: Row, figures: bool) -> list[str]:
    if row.found is None:
        return [draft.say(NOTHING), ""] if figures else [draft.say(NOTHING)]
    told = []
    for one in (row.found, *row.also):
        text, span = reduced(one.candidate, terms, one.figures, WHOLE if figures else _WHOLE_CELL)
        told.append(draft.state(text, one.candidate.document, span.start, span.end))
    stated = " ".join(told)
    each = (figure for one in (row.found, *row.also) for figure in one.figures if figure)
    shown = "；".join(dict.fromkeys(figure.text for figure in each))
    return [shown, stated] if figures else [stated]


def ranked(plan: Plan, found: Sequence[Row]) -> Answer:
    """Return the rows `found` in the order that the question asks for, with what it asks of them first."""
    task = task_of(plan.resolved)
    comparable = _in_order(plan, task, found)
    if not comparable:
        return refusal(plan, [f"“{plan.topic}”的可比数值"], ())
    apart = [row for row in found if _unit(row) and not any(row is one for one, _ in comparable)]
    kept = [pair for pair in comparable if task.limit is None or within(pair[1], task.limit)]
    shown = [row for row, _ in (kept if task.limit and kept else comparable)]
    if task.top > 1 and not task.ends:  # 前三名 are three
        shown = shown[: task.top]
    draft = Draft(plan)
    head = draft.say(_headline(task, kept))
    text = f"{head}\n\n{_markdown(draft, terms_of(plan), [*shown, *apart], True)}"
    if apart:
        text += "\n\n" + draft.say(f"{APART}：{'、'.join(row.label for row in apart)}。")
    absent = [row.label for row in found if row.found is None]
    if absent:
        text += "\n\n" + draft.say(f"{NOTHING}：{'、'.join(absent)}。")
    return draft.answer(text)


def _comparable(plan: Plan, found: Sequence[Row]) -> list[tuple[Row, Quantity]]:
    """Return the rows whose figures have the commonest measure and are of one sort, so that they compare."""
    known = [
        (row, row.found.figure.quantity)
        for row in found
        if row.found
        and row.found.figure
        and row.found.figure.quantity
        and row.found.figure.quantity.low is not None
    ]
    commonest = Counter(_measure(row) for row, _ in known).most_common(1)
    alike = [pair for pair in known if _measure(pair[0]) == commonest[0][0]]
    whole = [pair for pair in alike if pair[0].found and not adds(pair[0].found)]
    most = max((quantity.low or 0.0 for _, quantity in alike), default=0.0)
    # a total is more than what others added to theirs: 冠军235个 beside 新增44家
    return whole if asks_whole(plan) and any(one.low == most for _, one in whole) else alike


def _headline(task: Task, kept: Sequence[tuple[Row, Quantity]]) -> str:
    names = [f"{row.label}（{_figure(row)}）" for row, _ in kept]
    if task.place and task.place <= len(kept):
        value = kept[task.place - 1][1].low  # equal figures share a place
        placed = [name for name, (_, quantity) in zip(names, kept, strict=True) if quantity.low == value]
        return f"从{'高到低' if task.descending else '低到高'}第{task.place}：{'、'.join(placed)}。"
    if task.limit:
        first = f"其中{_extreme(task)}：{names[0]}。" if task.top and len(names) > 1 else ""
        return f"共{len(names)}个：{'、'.join(names)}。{first}" if names else "没有符合条件的。"
    if task.spread and len(kept) > 1:
        last = [quantity.low or 0.0 for _, quantity in (kept[0], kept[-1])]
        return f"{names[0]}与{names[-1]}相差{amount(abs(last[0] - last[1]), kept[0][1].unit)}。"
    if task.ends and len(kept) > 1:
        return f"最高：{names[0]}；最低：{names[-1]}。"
    if task.sums or task.means:
        return _total(task, [quantity for _, quantity in kept])
    if task.top:
        # equal figures share a place
        values = {quantity.low for _, quantity in kept[: task.top]}
        top = [name for name, (_, quantity) in zip(names, kept, strict=True) if quantity.low in values]
        return f"{_extreme(task)}：{'、'.join(top)}。"
    return f"共{len(names)}个。" if task.counts else f"按数值从{'高到低' if task.descending else '低到高'}："


def _extreme(task: Task) -> str:
    return "最高" if task.descending else "最低"


def _figure(row: Row) -> str:
    return row.found.figure.text if row.found and row.found.figure else ""


def _total(task: Task, quantities: Sequence[Quantity]) -> str:
    values = [quantity.low for quantity in quantities if quantity.low is not None]
    value = sum(values) / (len(values) if task.means else 1)
    unit = quantities[0].unit
    shown = f"{value:.4g}%" if unit == "%" else amount(value, unit)
    return f"{'平均' if task.means else '合计'}：{shown}（按以下{len(values)}项的数值计算）。"
