"""Which figure of a clause answers: the right unit beside the right noun, of the right year."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from ...types import Plan
from ...zh.measures import NUMBERED
from ...zh.quantities import Quantity
from ...zh.sentences import Span
from ..evidence.candidates import RUN_IN, Candidate
from ..evidence.respectively import Spanned, aligned
from ..evidence.terms import Term, coverage, match, terms
from ..evidence.window import BOUNDARY, NO_NOUN, quantities_in, segment_start, window
from ..evidence.years import year_of_writing, years_in
from .asks import MEASURE_NOUN, Ask, measures_in
from .measured import (
    ADDED,
    bears_sort,
    is_added,
    is_change,
    of_other_kind,
    of_other_noun,
    of_other_owner,
    of_other_sort,
)
from .units import acceptable

_HAN = re.compile(r"[㐀-鿿]")
_ORDINAL = re.compile(
    r"第[一二三四五六七八九十百\d]+(?![届次批轮代条章节款项个五])|首位|末位|首个|榜首|前列|"
    rf"[\d一二三四五六七八九十]+号(?={NUMBERED})"
)
_CHAINED = re.compile(r"[\d.%、和与及]+")
_COMPARED = re.compile(r"(?:较|比|与|和|从|自|由|相比于?|超过)$")
# How much of a term counts that stands not beside the figure but further off.
NEAR, _LEAD, _BEFORE, FRAME, _ABOVE, _LED = 0.8, 0.65, 0.5, 0.6, 0.6, 0.65
_SAME_UNIT, _HEAD, _OTHER_DIMENSION, _OTHER_YEAR = 0.1, 0.12, 0.3, 0.5
_FOREIGN = 0.25  # a figure beside another noun
_AS_HEAVY = 0.8  # of several words as rare, the last is the noun
# 占比 is always of something; 时间 and 标准 may stand for themselves
_PROPORTION = re.compile(r"[率比速幅]$|比[例重]|增长")
_HELD = 0.99  # a lead-in that has the whole noun
# Weight of a word of the noun that must be hinted at, how far, and within how many characters before.
_TELLING_HEAD, _HINTED, _HINT_REACH = 0.6, 0.3, 120
# Of the noun asked for beside one figure of a clause, and beside another, that is then of something else.
_TAKEN, _FREE = 0.95, 0.3
_OWN = 0.5  # least share of the noun asked for that stands beside its figure
# Words of this weight together are a noun of their own: 预算收入, not 其中; and of this weight between the
# noun asked for and the figure, that it has changed the subject.
_OWN_NOUN, _OTHER_NOUNS = 0.6, 2.6
# 由5万吨提高到9万吨: the first is what it was before
_FROM, _FROM_BEFORE = 0.5, re.compile(r"[由从][^,;。由从]{0,14}$")
_RAISED_TO = re.compile(
    r"[^,;。\d]{0,4}?(?:提高|增加|增长|上升|提升|扩大|调整|上调|下调|降低|减少|下降|缩短|压缩|[增升降减扩])(?:到|至|为)"
)
_ASKS_BEFORE = re.compile(r"原[来先本有是为]|以前|之前|此前|过去|先前|[由从]")
_OTHER_STOCK = 0.12  # 新增 where the total is asked for, and the other way round

# 最多能报多少, 上限是多少: a bound is asked for, and one written as such answers
_UPPER = re.compile(r"最多|至多|上限|封顶|最[高长大](?=可以?|能|要|会|多少|几|不|是|为)")
_LOWER = re.compile(r"最少|至少|下限|起码|最[低短小](?=可以?|能|要|会|多少|几|不|是|为)")
_BOUNDED = 0.1
_CEILING = re.compile(r"(?:上限|限额|封顶|最[高多长大])[^,;。]{0,6}$")
_FLOOR = re.compile(r"(?:下限|起付线?|最[低少短小])[^,;。]{0,6}$")
_LINK = re.compile(r"[为是:达到约近共有至计]+$")
_RIGHT_BEFORE, _MEASURE_NAMED = 0.08, 0.08
# 近5年获得的专利 and 每满1年计2分 tell how something is counted, not how long it lasts
_STEP = re.compile(r"(?:过去|每满|(?<![时达了续有满约])近)$")


class Figure(NamedTuple):
    """A figure, ordinal or date of a candidate, and how well it fits the question."""

    start: int  # in the document
    end: int
    text: str
    quantity: Quantity | None
    fit: float
    own: bool = True  # no other noun than the one asked for stands beside it


class _Beside(NamedTuple):
    """The stretch of a clause about a figure, and the words in it or elsewhere that say what it measures."""

    start: int
    end: int
    text: str


def figures(plan: Plan, ask: Ask, candidate: Candidate) -> list[Figure]:
    """Return the figures of `candidate` that may answer `ask`, the best first."""
    if "ordinal" in ask.dimensions:
        return _ordinals(ask, candidate)
    found = quantities_in(candidate.folded)
    asked = {quantity.key for quantity in quantities_in(plan.resolved)}
    answering = [
        at
        for at, one in enumerate(found)
        if one.key not in asked and acceptable(ask, one) and not _is_step(candidate.folded, one)
    ]
    worded = bool(_HAN.search(plan.question))  # the words of a translated question prove nothing
    if not answering or _of_another(ask, candidate) or (worded and of_other_owner(ask, _around(candidate))):
        return []
    lead = _lead(candidate)
    around = (candidate.folded, 1.0), (lead, 1.0), (candidate.frame, 1.0)
    known = coverage(ask.terms, *around) >= _OWN
    item = RUN_IN.match(candidate.folded) and coverage(ask.head, (lead, 1.0), (candidate.frame, 1.0)) >= _HELD
    fitting, others = [], 0.0
    stretches = [_beside(candidate.folded, found, index) for index in range(len(found))]
    head = _exact(ask.head)
    taken = any(coverage(head, (beside.text, 1.0)) >= _TAKEN for beside in stretches)
    for index in answering:
        quantity, beside = found[index], stretches[index]
        if worded and of_other_sort(ask, candidate.folded, quantity, beside.text):
            others = max(others, _fit(plan, ask, candidate, quantity, beside))
            continue
        of_other = of_other_noun(ask, candidate, quantity, beside.text)
        if worded and (of_other or of_other_kind(ask, candidate, quantity)):
            continue
        own = _is_own(ask, candidate.folded, found, index, beside)
        if taken and not own and coverage(ask.head, (beside.text, 1.0)) < _FREE:
            continue  # the noun asked for has another figure in this clause
        bounded = known and _bound(plan, quantity, candidate.folded[: quantity.start]) > 0
        own = own or bounded or bool(item)  # what an item of a list names is a case of what leads into it
        fit = _fit(plan, ask, candidate, quantity, beside) - (0 if own else _FOREIGN)
        start, end = candidate.start + quantity.start, candidate.start + quantity.end
        fitting.append(Figure(start, end, candidate.document.text[start:end], quantity, fit, own))
    # where the figure of the noun asked for is of another sort, one of another noun is none instead
    fitting = [
        figure
        for figure in fitting
        if figure.fit + (0 if figure.own else _FOREIGN) >= others
        or bears_sort(ask, candidate.folded[: candidate.place(figure.start)])
    ]
    return sorted(fitting, key=lambda figure: -figure.fit)


def is_denied(ask: Ask, candidate: Candidate) -> bool:
    """Tell whether a clause has the noun asked for word by word and a figure of another sum or sort.

    一般公共预算收入339亿元，居民收入增长5.6% gives no growth of the first.
    """
    if not ask.head or coverage(_exact(ask.head), (candidate.folded, 1.0)) < _HELD:
        return False
    found = quantities_in(candidate.folded)
    besides = (_beside(candidate.folded, found, index).text for index in range(len(found)))
    return any(
        of_other_sort(ask, candidate.folded, one, beside) or of_other_noun(ask, candidate, one, beside)
        for one, beside in zip(found, besides, strict=True)
        if acceptable(ask, one)
    )


def _is_step(folded: str, quantity: Quantity) -> bool:
    """Tell whether a time is one within which, or by which, something else is counted."""
    until = quantity.start + quantity.text.startswith("近")  # nearly, or within
    return quantity.dimension == "time" and bool(_STEP.search(folded[:until]))


def _beside(folded: str, found: Sequence[Quantity], index: int) -> _Beside:
    start, end = window(folded, found, index)
    if index and _is_left_behind(folded, found[index - 1]):  # 差距由…扩大至…: of the same noun
        start, _ = window(folded, found, index - 1)
    one_of = aligned(folded, found, index)
    return _Beside(start, end, one_of.beside if one_of else folded[start:end])


def _around(candidate: Candidate) -> tuple[str, str, str]:
    return candidate.folded, _lead(candidate), candidate.frame


def _exact(known: Sequence[Term]) -> list[Term]:
    return [term._replace(near=()) for term in known]


def _lead(candidate: Candidate) -> str:
    """Return what leads into a candidate: its sentence up to it, else the end of what stands above it."""
    return candidate.sentence_before or candidate.above[-_HINT_REACH:]


def _of_another(ask: Ask, candidate: Candidate) -> bool:
    """Tell whether a candidate has the measure asked for, but nothing of what is measured by it.

    宜居村庄整治建设覆盖率 is no 森林覆盖率, and 产业投资占比 not that of the motorways.
    """
    around = _around(candidate)
    known = [term for term in ask.terms if not term.light]
    measures = {term.text for term in ask.measures}
    return any(
        measure.text in measures
        and _PROPORTION.search(measure.text)
        and measure.text in candidate.folded
        and noun.weight >= _TELLING_HEAD
        and max(match(noun._replace(near=()), text) for text in around) < _HINTED
        for noun, measure in pairwise(known)
    )


def _fit(plan: Plan, ask: Ask, candidate: Candidate, quantity: Quantity, about: _Beside) -> float:
    """Return how well the words beside a figure are those of the question, from 0 to about 1.2."""
    folded, (start, end, beside) = candidate.folded, about
    near = folded[max(0, start - 20) : start]
    fit = coverage(
        ask.terms,
        (beside, 1.0),
        (near, NEAR),
        (folded[:start], _LEAD),
        (candidate.sentence_before, _LED),
        (candidate.frame, FRAME),
        (candidate.before, _BEFORE),
        (folded[end:], _BEFORE),
        (candidate.above, _ABOVE),
    )
    fit += _within(plan, folded, quantity)
    fit += _bound(plan, quantity, folded[: quantity.start]) + _labelled(ask, folded[: quantity.start], beside)
    if ask.unit:
        asked = quantities_in("3" + ask.unit)
        fit += _SAME_UNIT if asked and asked[0].unit == quantity.unit else 0
    elif ask.dimensions and quantity.dimension not in ask.dimensions:
        fit -= _OTHER_DIMENSION
    if ask.head and coverage(ask.head, (beside, 1.0)) >= 0.99:
        fit += _HEAD
    if is_added(folded[start:end], quantity.start - start) != bool(ADDED.search(plan.topic)):
        fit -= _OTHER_STOCK
    if plan.years and not _of_year(plan, candidate, start, end):
        fit -= _OTHER_YEAR
    if _is_left_behind(folded, quantity) and not _ASKS_BEFORE.search(plan.resolved):
        fit -= _FROM
    return fit


def _is_left_behind(folded: str, quantity: Quantity) -> bool:
    """Tell whether a figure is what another one took the place of: 5万吨 of 由5万吨提高到9万吨."""
    raised = _RAISED_TO.match(folded, quantity.end)
    return bool(raised and _FROM_BEFORE.search(folded[: quantity.start]))


def _bound(plan: Plan, quantity: Quantity, before: str) -> float:
    """Return a bonus for a figure written as the bound that is asked for, a malus for the other one."""
    asked = "below" if _UPPER.search(plan.resolved) else "above" if _LOWER.search(plan.resolved) else ""
    written = (
        "below" if _CEILING.search(before) else "above" if _FLOOR.search(before) else quantity.approximate
    )
    if not asked or written not in ("below", "above"):
        return 0.0
    return _BOUNDED if written == asked else -_BOUNDED


def _within(plan: Plan, folded: str, quantity: Quantity) -> float:
    """Return a bonus for 七日内 where 几天内 is asked, and for 三十日前 where 提前几天 is; else a malus."""
    after, before = folded[quantity.start : quantity.end + 2], folded[: quantity.start]
    if quantity.dimension != "time":
        return 0.0
    inside, ahead = re.search(r"[之以]?内", after), re.search(r"前|届满", after) or before.endswith("提前")
    if re.search(r"提前", plan.resolved):
        return _BOUNDED if ahead else 0.0
    if re.search(r"(?:天|日|月|年|时)[之以]?内", plan.resolved):
        return _BOUNDED if inside else -_BOUNDED if ahead else 0.0
    return 0.0


def _labelled(ask: Ask, before: str, beside: str) -> float:
    """Return a bonus for a figure that its noun stands right before, or a noun of the measure asked for."""
    label = _LINK.sub("", before)
    if any(label.endswith(term.names) for term in (*ask.head[-1:], *ask.measures)):
        return _RIGHT_BEFORE
    named = not ask.measures and any(
        measures_in(noun, ask.dimensions) for noun in MEASURE_NOUN.findall(beside)
    )
    return _MEASURE_NAMED if named else 0.0


def _is_own(ask: Ask, folded: str, found: Sequence[Quantity], index: int, about: _Beside) -> bool:
    """Tell whether what stands right before a figure is asked for.

    In 投资增速高于全国，一般公共预算收入增长3% the figure is none of investment.
    """
    if not ask.head or coverage(ask.head, (about.text, 1.0)) >= _OWN:
        return True
    nouns = [term for term in ask.head if not is_change(term.text)]
    if coverage(ask.head, (folded, 1.0)) >= 0.99 and any(match(term, about.text) >= 1 for term in nouns):
        return True  # 送餐补贴, 其中1-2级补贴标准为2元: the noun is taken up again
    heaviest = max(term.weight for term in ask.head)
    noun = [term for term in ask.head if term.weight >= _AS_HEAVY * heaviest][-1]
    at = max(
        (folded.rfind(name, 0, found[index].start) + len(name) for name in noun.names if name in folded),
        default=0,
    )
    if at > 0 and folded[:at].endswith(noun.names):
        return _foreign(ask, folded[at : found[index].start]) < _OTHER_NOUNS
    left = found[index - 1].end if index else 0
    left = max((sign.end() for sign in BOUNDARY.finditer(folded, left, found[index].start)), default=left)
    start = found[index].start
    while left and NO_NOUN.fullmatch(_CHAINED.sub("", folded[left:start])):  # of 30.8%、38.0%和46.1% the last
        left = segment_start(folded, left - 1)
    return _foreign(ask, folded[left : found[index].start]) < _OWN_NOUN


def _foreign(ask: Ask, text: str) -> float:
    """Return the weight of the words of `text` that are not asked for."""
    asked = [term for term in ask.terms if not term.light]
    return sum(
        term.weight
        for term in terms(text)
        if not term.light
        and not measures_in(term.text, ask.dimensions)
        and not any(match(one, term.text) >= _FREE or term.text in one.text for one in asked)
    )


def _of_year(plan: Plan, candidate: Candidate, start: int, end: int) -> bool:
    """Tell whether the year nearest before a figure, not counting one it is compared with, is asked for."""
    reference = year_of_writing(candidate.document)
    named = years_in(candidate.folded[:end], reference)
    beside = {year.year for year in named if year.start >= start}
    if beside & set(plan.years):
        return True
    governing = [y for y in named if y.start < start and not _COMPARED.search(candidate.folded[: y.start])]
    if governing:
        last = governing[-1].start  # 2023—2026年 stands for each of its years
        return any(year.year in plan.years for year in governing if year.start == last)
    return not beside or all(_COMPARED.search(candidate.folded[: y.start]) for y in named if y.start >= start)


def _ordinals(ask: Ask, candidate: Candidate) -> list[Figure]:
    found = []
    folded = candidate.folded
    ranks = _ranks(folded)
    for index, rank in enumerate(ranks):
        left = max((b.end() for b in BOUNDARY.finditer(folded, 0, rank.start)), default=0)
        one_of = aligned(folded, ranks, index)
        fit = coverage(
            ask.terms,
            (one_of.beside if one_of else folded[left : rank.end], 1.0),
            (folded[:left], NEAR),
            (candidate.frame, FRAME),
            (candidate.before, _BEFORE),
        )
        start, end = candidate.start + rank.start, candidate.start + rank.end
        found.append(Figure(start, end, candidate.document.text[start:end], None, fit))
    return sorted(found, key=lambda figure: -figure.fit)


def _ranks(folded: str) -> list[Span]:
    return [Span(*rank.span()) for rank in _ORDINAL.finditer(folded)]


def item_of(candidate: Candidate, figure: Figure) -> str:
    """Return which of the things counted up a figure of `A、B分别为x、y` measures; else empty."""
    folded, at = candidate.folded, candidate.place(figure.start)
    found: Sequence[Spanned] = quantities_in(folded) if figure.quantity else _ranks(folded)
    index = next((index for index, one in enumerate(found) if one.start == at), None)
    one_of = None if index is None else aligned(folded, found, index)
    return one_of.item if one_of else ""
