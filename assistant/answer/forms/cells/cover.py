"""How a question stands in a table: what few of its rows have of it, and what share all of it has."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from ....types import Plan
from ....zh.fold import fold
from ....zh.numbering import to_int
from ...evidence.terms import Term, coverage, softened, terms_of
from .grid import Grid

MOST = r"(?:最(?![后终近新初迟])|垫底|末位|居首|倒数第一)"
NTH = (
    r"(?:第[一二三四五\d](?![次批期届条章款轮])|[排居列]前[一二三四五六七八九十\d])"  # 第一次申请 is no rank
)
_WORD = re.compile(r"[㐀-鿿ⅰ-ⅻa-z\d]{2}")
# 十月份 may be written 10月
_MONTH = re.compile(r"(十[一二]?|[一二三四五六七八九])月")
# 二级响应 is written Ⅱ级 in plans for emergencies
_ROMAN = re.compile(r"([一二三四五])级")
_ROMANS = dict(zip("一二三四五", ("ⅰ级", "ⅱ级", "ⅲ级", "ⅳ级", "ⅴ级"), strict=True))
_SUPERLATIVE = re.compile(rf"{MOST}|{NTH}")


class Cover(NamedTuple):
    """How a question stands in a table: pairs of its characters that few rows have, and its share in all."""

    terms: tuple[Term, ...]
    of_row: tuple[frozenset[str], ...]
    share: float


def cover_of(plan: Plan, grid: Grid) -> Cover:
    """Return how the question of `plan` stands in `grid`."""
    texts = [" ".join(cell.folded for cell in row) for row in grid.rows]
    head = " ".join(cell.folded for cell in grid.header)
    topic, asked = plan.topic, fold(plan.resolved)
    names = {cell.name for row in grid.rows for cell in row if len(cell.name) > 1 and cell.name in asked}
    for name in names:
        topic = topic.replace(name, " ")  # the name of a row need be no word
    known = softened(terms_of(replace(plan, topic=topic.strip() or plan.topic)))
    telling = (term for term in known if not term.light and not _SUPERLATIVE.search(term.text))
    terms = (*telling, *(Term(name, (name,), 1.0) for name in names))
    share = coverage(terms, (f"{head} {' '.join(texts)}", 1.0), (grid.around, 1.0)) if terms else 0.0
    asked = _ROMAN.sub(lambda level: level.group() + _ROMANS[level[1]], asked)
    asked = _MONTH.sub(lambda month: f"{month.group()} {to_int(month[1])}月", asked)
    own = names | {pair for pair in pairs_of(asked) if pair not in head and pair not in grid.around}
    few = {pair for pair in own if 2 * sum(pair in text for text in texts) <= len(texts)}
    return Cover(terms, tuple(frozenset(pair for pair in few if pair in text) for text in texts), share)


def pairs_of(asked: str) -> set[str]:
    """Return the pairs of characters of folded words in `asked`."""
    return {pair for pair in map("".join, pairwise(asked)) if _WORD.fullmatch(pair)}


def rows_meant(cover: Cover) -> list[int]:
    """Return the rows that have most of what few rows have of the question."""
    met = [sum(map(len, pairs)) for pairs in cover.of_row]  # a name counts as the pairs in it
    return [at for at, characters in enumerate(met) if characters == max(met)] if any(met) else []
