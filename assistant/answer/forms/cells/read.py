"""Answers read off a table of the text: its row with most, a cell, the rows that are counted or compared."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import accumulate

from ....types import Answer, Filters, Hit, Kind, Plan
from ....zh.fold import fold
from ....zh.tokens import cut
from ...choose.asks import asks_of
from ...choose.figures import Figure
from ...choose.score import Scored
from ...choose.units import acceptable
from ...draft import Draft
from ...evidence.candidates import READ
from ...evidence.terms import Term, coverage, match, softened, terms
from ...sources import Sources
from ..beside.parallel import Row as Line
from ..beside.ranking import task_of
from ..beside.tables import compared, ranked
from .cover import MOST, NTH, Cover, cover_of, pairs_of, rows_meant
from .grid import Cell, Grid, Row, grids

# Of the question, by weight, in the table and around it: with less it is another table.
_LEAST_MET, _NEARLY_ALL, _ALL = 0.6, 0.7, 0.95
_OF_PAIR = 0.3  # weight of a pair of characters that the header of a column has
_MET = 0.5  # from here on a term stands in a text
_MOSTLY = 2 / 3  # of the rows have a figure in a column of figures
_BY_IT = 6  # characters around a superlative that say of what it is
_PICKS = re.compile(
    rf"(?:哪|谁|什么).*?(?:{MOST}|{NTH})|(?:{MOST}|{NTH}).*?(?:哪|谁|什么)|"
    r"最[高低大小多少快慢强弱长短]的[^,。?]{2,8}\??$"
)
_GROWTH = re.compile(r"增速|增长|增幅|涨幅|升幅|降幅|增减|同比|比上年")
_EACH = re.compile(r"一个?(?=[人户亩天年月家台件次间])")  # 一个人发多少 is asked of 每人金额
_VALUE = re.compile(r"金额|数[量值额]|绝对数|总量")  # of whatever the row is
_WHY = re.compile(r"为什么|为何|为啥|怎么|如何|什么原因")
_WHICH = re.compile(r"哪|几个|多少个|几家|多少家|谁")
# no row among the others
_TOTAL = re.compile(r"合\s*计|总\s*计|小\s*计|总体|平均(?:值|水平)?|全[省市县区国]")
_COUNTS = re.compile(r"(?:几|多少)[个项类种家条款户所座次级档]")
_TABLE = re.compile(r"表|清单|目录|名单|汇总|名录")
_BESIDE = re.compile(
    r"分别|各|不同|不一样|区别|差别|差异|相差|差多少|对比|比较|谁|哪一?个更|[跟和与同].{1,12}(?:相比|比[,?]|比$)"
)
_FIGURES = frozenset({Kind.FIGURE, Kind.COMPARISON, Kind.BODY})  # 谁高 seems to ask for a body
_ASKED = re.compile(r"什么|多少|[几哪谁]|[怎如][么样何]")
_ASKING = re.compile(r"什么|多少|[几哪谁何怎吗?]|是否|有没有")
_BODY = re.compile(r"部门|单位|机构|责任|牵头|负责|承办|主管|运营|实施|启动|发布|审批")
_DATE = re.compile(r"时间|日期|期限|时限|年度|截止|有效")


def picked_row(plan: Plan, hits: Sequence[Hit], sources: Sources) -> Answer | None:
    """Return which row of a table has most or least of what a question asks for; else None."""
    asked = fold(plan.resolved)
    if _WHY.search(asked) or plan.kind is Kind.DATE:  # 最晚到哪天 asks for a day, not for a row
        return None
    if not _PICKS.search(asked) and not (_WHICH.search(asked) and task_of(asked).limit):
        return None
    more = sources.search(plan.resolved, Filters(document=plan.documents), READ)
    ranked_by = _ranked_by(asked)
    for grid in _of_its_years(plan, [*hits[:READ], *more], sources):
        cover = cover_of(plan, grid)
        allowed = [at for at in _numeric(grid) if _speaks_of(plan, grid.header[at].folded, ranked_by)]
        column = _column(plan, grid, cover.terms, allowed)
        if column is not None and cover.share >= _LEAST_MET:
            lines = [line for row in _members(grid) if (line := _line(grid, row, column))]
            return ranked(plan, lines)
    return None


def _ranked_by(asked: str) -> list[str]:
    """Return the words right before and behind each superlative: 资金 and 结余 of 资金结余最多."""
    superlatives = list(re.finditer(MOST, asked))
    words = cut(asked)
    return [
        word
        for word, start in zip(words, accumulate(map(len, words), initial=0), strict=False)
        if len(word) > 1 and any(-_BY_IT <= start - one.start() < _BY_IT for one in superlatives)
    ]


def _speaks_of(plan: Plan, head: str, words: Sequence[str]) -> bool:
    """Tell whether the header of a column has one of `words` or a word that may stand for it.

    A growth is read off a column of growths and nothing else is.
    """
    grows = any(_GROWTH.search(word) for word in words)
    if grows or (words and _GROWTH.search(head)):
        return grows and bool(_GROWTH.search(head))
    named = softened(tuple(term for word in words for term in terms(word, plan.expansions)))
    return not words or bool(_VALUE.match(head)) or any(match(term, head) >= _MET for term in named)


def rows_beside(plan: Plan, hits: Sequence[Hit], sources: Sources) -> Answer | None:
    """Return the rows of a table that a question sets side by side; else None."""
    for grid in _of_its_years(plan, hits[:READ], sources) if _BESIDE.search(fold(plan.resolved)) else ():
        cover = cover_of(plan, grid)
        if cover.share >= _NEARLY_ALL and (answer := _side_by_side(plan, grid, cover)):
            return answer
    return None


def read_off(plan: Plan, hits: Sequence[Hit], sources: Sources) -> Answer | None:
    """Return the cell that a question asks for, or the rows of a table that it counts; else None."""
    asked = fold(plan.resolved)
    counts = _TABLE.search(asked) and _COUNTS.search(asked)
    for grid in _that_measure(plan, list(_of_its_years(plan, hits[:READ], sources))):
        cover = cover_of(plan, grid)
        if counts and cover.share >= _LEAST_MET:
            return _counted(plan, grid, cover)
        if cover.share >= _NEARLY_ALL and (answer := _cell(plan, grid, cover)):
            return answer
    return None


def named_cell(plan: Plan, hits: Sequence[Hit], sources: Sources) -> Answer | None:
    """Return the cell whose row and column a question for a figure both calls by their names; else None."""
    asked = fold(plan.resolved)
    for grid in _of_its_years(plan, hits[:READ], sources) if plan.kind is Kind.FIGURE else ():
        cover = cover_of(plan, grid)
        meant = rows_meant(cover)
        labels = [grid.rows[at][0].name for at in meant]
        heads = [head.name for head in grid.header[1:] if len(head.name) > 1]
        called = len(meant) == 1 and labels[0] in asked and any(head in asked for head in heads)
        if called and cover.share >= _ALL and (answer := _cell(plan, grid, cover)):
            return answer
    return None


def _of_its_years(plan: Plan, hits: Sequence[Hit], sources: Sources) -> Iterator[Grid]:
    """Yield the tables that rows of `hits` stand in, without those of other years than are asked for."""
    asked = frozenset(plan.years)
    for grid in grids(hits, sources):
        if not asked or not (known := grid.years()) or asked & known:
            yield grid


def _that_measure(plan: Plan, found: Sequence[Grid]) -> Sequence[Grid]:
    """Return the tables with a column of just what a figure is asked of, all where none has one: 技术分."""
    measured = _measured(plan)
    if not all(measured):
        return found
    having = [grid for grid in found if any(name in cell.folded for name in measured for cell in grid.header)]
    return having or found


def _measured(plan: Plan) -> list[str]:
    """Return the nouns of which figures are asked for: 技术分, 人均可支配收入."""
    if plan.kind is not Kind.FIGURE:
        return []
    return ["".join(term.text for term in ask.head) for ask in asks_of(plan)]


def _column(plan: Plan, grid: Grid, terms: Sequence[Term], allowed: Sequence[int]) -> int | None:
    """Return the column of `allowed` whose header has most of the question; the only one if none has any."""
    pairs = pairs_of(_EACH.sub("每", fold(plan.resolved)))
    heads = [grid.header[at].folded for at in allowed]
    met = [
        sum(term.weight * match(term, head) for term in terms)
        + _OF_PAIR * sum(pair in head for pair in pairs)
        for head in heads
    ]
    best = max(met, default=0.0)
    if best <= 0:  # the only column of figures need not be of those asked for
        return allowed[0] if len(allowed) == 1 and plan.kind is not Kind.FIGURE else None
    return allowed[met.index(best)] if met.count(best) == 1 else None


def _numeric(grid: Grid) -> list[int]:
    """Return the columns that hold figures."""
    return [
        at
        for at in range(1, len(grid.header))
        if sum(grid.quantity(row, at) is not None for row in grid.rows) >= _MOSTLY * len(grid.rows)
    ]


def _members(grid: Grid) -> list[Row]:
    """Return the rows without those that add up the others."""
    return [row for row in grid.rows if not _TOTAL.fullmatch(row[0].folded)]


def _line(grid: Grid, row: Row, column: int | None = None) -> Line | None:
    """Return a row as a line of a table of the answer, with the figure of its `column`."""
    candidate = grid.candidate(row)
    label = grid.document.text[row[0].start : row[0].end]
    if column is None:
        return Line(label, Scored(candidate, 1.0, 1.0))
    quantity = grid.quantity(row, column)
    if quantity is None:
        return None
    start, end = row[column].start, row[column].end
    figure = Figure(start, end, grid.document.text[start:end], quantity, 1.0)
    return Line(label, Scored(candidate, 1.0, 1.0, (figure,)))


def _cell(plan: Plan, grid: Grid, cover: Cover) -> Answer | None:
    """Return the cells of a row that a question asks for, each with the header of its column, and the row."""
    meant = rows_meant(cover)
    if len(meant) != 1:
        return None
    row = grid.rows[meant[0]]
    own = " ".join(cell.folded for cell in row)
    left = [term for term in cover.terms if match(term, own) < _MET]
    columns = [at for at in _columns_meant(plan, grid, row, left) if at < len(row) and row[at].folded]
    heads = " ".join(grid.header[at].folded for at in columns)
    if not columns or coverage(cover.terms, (f"{own} {heads} {grid.around}", 1.0)) < _NEARLY_ALL:
        return None
    draft = Draft(plan)
    stated = _stated(draft, grid, row)
    cells = "；".join(_written(grid, row[at]) for at in columns)
    named = (
        draft.state(_written(grid, head), grid.document, *head[:2])
        for head in (grid.header[at] for at in columns)
    )
    return draft.answer(f"**{cells}**：{stated}（{'、'.join(named)}）")


def _is_acceptable(plan: Plan, grid: Grid, row: Row, column: int) -> bool:
    """Tell whether a cell is of a measure that is asked for; or is none, or none is asked for."""
    quantity = grid.quantity(row, column) if plan.kind is Kind.FIGURE else None
    return quantity is None or not quantity.unit or any(acceptable(ask, quantity) for ask in asks_of(plan))


def _columns_meant(plan: Plan, grid: Grid, row: Row, left: Sequence[Term]) -> list[int]:
    """Return the columns that a question asks for: those it names, else the one of the kind that it asks for.

    The first figure of a row is what its table is of; the others (比上年增长) are named where they are meant.
    """
    of_kind = [at for at in _of_kind(plan, grid) if _is_acceptable(plan, grid, row, at)]
    named = [at for at, head in enumerate(grid.header) if at and _names(left, head)]
    if len(named) > 1 and len(_ASKED.findall(fold(plan.resolved))) > 1:
        return named
    column = _column(plan, grid, left, of_kind)
    if column is None:  # 多少钱 asks for the only price
        fitting = [at for at in of_kind if _is_of_dimension(plan, grid, row, at)]
        column = fitting[0] if len(fitting) == 1 else None
    if column is None and any(name and name in row[0].folded for name in _measured(plan)):
        column = next(iter(of_kind), None)
    return [] if column is None else [column]


def _is_of_dimension(plan: Plan, grid: Grid, row: Row, column: int) -> bool:
    """Tell whether a cell is a figure of a dimension that the question names: 元 of 多少钱."""
    quantity = grid.quantity(row, column)
    asked = [ask.dimensions for ask in asks_of(plan) if ask.strict and ask.dimensions]
    return quantity is not None and any(quantity.dimension in dimensions for dimensions in asked)


def _names(terms: Sequence[Term], head: Cell) -> bool:
    return any(match(term, head.folded) >= _MET for term in terms)


def _written(grid: Grid, cell: Cell) -> str:
    return grid.document.text[cell.start : cell.end]


def _of_kind(plan: Plan, grid: Grid) -> list[int]:
    """Return the columns that hold what the kind of question asks for."""
    if plan.kind is Kind.FIGURE:
        return _numeric(grid)
    wanted = {Kind.BODY: _BODY, Kind.DATE: _DATE}.get(plan.kind)
    if wanted is None:
        return [] if _ASKING.search(fold(plan.resolved)) else list(range(1, len(grid.header)))
    asked = fold(plan.resolved)
    return [
        at
        for at, cell in enumerate(grid.header)
        if at and (wanted.search(cell.folded) or all(word in asked for word in cut(cell.name)))
    ]


def _counted(plan: Plan, grid: Grid, cover: Cover) -> Answer:
    """Return how many rows have what few have of the question, or how many there are, and which."""
    rows = [grid.rows[at] for at in rows_meant(cover)] or _members(grid)
    draft = Draft(plan)
    return draft.answer(
        "\n".join([draft.say(f"共{len(rows)}项："), *(f"- {_stated(draft, grid, row)}" for row in rows)])
    )


def _stated(draft: Draft, grid: Grid, row: Row) -> str:
    start, end = row[0].start, row[-1].end
    return draft.state(grid.document.text[start:end], grid.document, start, end)


def _side_by_side(plan: Plan, grid: Grid, cover: Cover) -> Answer | None:
    """Return the rows that the question names by what each alone has, side by side."""
    named = [
        at
        for at, pairs in enumerate(cover.of_row)
        if any(sum(pair in others for others in cover.of_row) == 1 for pair in pairs)
    ]
    if len(named) < 2:
        return None
    column = _column(plan, grid, cover.terms, _numeric(grid)) if plan.kind in _FIGURES else None
    lines = [line for at in named if (line := _line(grid, grid.rows[at], column))]
    return compared(plan, lines, figures=column is not None)
