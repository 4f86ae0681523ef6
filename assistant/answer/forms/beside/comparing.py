"""A statement that itself compares: 差距由1707亿元扩大至2150亿元, 仅为溧阳的41.2%, 低于平均值(1.96亿元)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from ....types import Answer, Hit, Plan
from ....zh import places
from ....zh.fold import fold
from ....zh.periods import YEAR
from ....zh.sentences import Span
from ...draft import Draft
from ...evidence.candidates import Candidate, sibling
from ...evidence.terms import Term, match, softened, terms_of
from ...evidence.window import quantities_in
from ...sources import Sources
from .statements import held, of_paragraph, statements

_MORE = r"[高低多少大小快慢长短]"
# a question for how far two things lie apart; 比上年增长多少 asks for the growth of one
_ASKED = re.compile(
    rf"(?:比|较|跟|和|与|同)[^,?]{{2,}}?(?:差|差距|相差|{_MORE}[出了]?)(?:了|是|有|为|达)?(?:多少|几)|"
    r"几成|拉大|悬殊|差在哪|差距|相差|(?:比|跟|和|与|同)[^?]*?(?:平均|均值)[^?]*?(?:相比|差|比|怎|如何)"
)
_GROWTH = re.compile(r"比(?:上年|去年|前年|上一?年|同期|\d{4}年)|同比|环比")
# how a text says that two things lie apart
_COMPARES = re.compile(
    r"差距|相差|差额|(?:仅|只|约|分别)*(?:为|是|占|相当于|达到?)[^,;。\d]{1,14}的\d|扩大[至到]|缩小[至到]|"
    rf"{_MORE}[于出过](?!等)[^,;。]{{2,}}|比[^,;。]{{2,16}}?{_MORE}|是[^,;。]{{1,12}}的\d+(?:\.\d+)?倍"
)
# what is different between two things is told in words
_DIFFERENCE = re.compile(r"有(?:什么|哪些|何|啥)(?:不同|区别|不一样)")
_APART = re.compile(r"差|距|相比|比较|拉大|缩小|扩大|悬殊|平均|均值")
_EITHER = re.compile(r"[㐀-鿿]{2}还是[㐀-鿿]{2}")
# 和武进比 names what is compared with, 产值和利税 joins two measures
_BESIDE = re.compile(
    r"(?:(?:比|较|跟|与|同)|和(?=[^,?]{2,8}(?:比|差距|相差|、|各)|[^,?]{2,12}?差(?:了|多少|几|距)))"
)
# the same where 比武 is a word: 比武进和溧阳各少多少
_WITH = re.compile(rf"[比较跟同]([^,?比较跟同与]{{2,16}}?)(?:各|相比|相差|{_MORE}[出了]?(?:多少|几))")
_AND = re.compile("[、和及]")
_LED = re.compile(r"(?:与|和|跟|同|较)[^,;。]{1,16}?(?:相比|比较|比)(?=,)")  # 与比学赶超的溧阳相比,
_MEAN = re.compile(r"平均(?:水平|值|数)|均值|平均(?=[,?各相差比])")
_MEAN_NOUN = "平均"
_LIGHT = 0.5  # weight of a word that says of what two things are compared
# Of the question's words, of what it compares, and of what it compares it in.
_LEAST_SAID, _LEAST_NAMED, _LEAST_MEASURED = 0.5, 0.75, 0.35


def comparing(plan: Plan, hits: Sequence[Hit], sources: Sources) -> Answer | None:
    """Return the statements that compare what the question compares, with all their figures; else None."""
    asked = fold(plan.resolved)
    if not _ASKED.search(asked) or _GROWTH.search(asked) or _DIFFERENCE.search(asked):
        return None
    asked = asked[asked.rfind(":") + 1 :] or asked  # 只给我一句话: leads into the question
    either = "".join(_EITHER.findall(asked))  # 拉大还是缩小: one of them answers
    terms = [t for t in softened(terms_of(plan)) if t.text in asked and t.text not in either]
    names = _compared(plan, terms, asked)
    if not names:
        return None
    measured = [term for term in terms if term.text not in names and not _APART.search(term.text)]
    telling = [
        (sum(name in one.folded for name in names), said, one)
        for one in statements(plan, hits, sources)
        if _compares(one, names, asked)
        and (said := held(terms, one)) >= _LEAST_SAID
        and held(measured, one) >= _LEAST_MEASURED
    ]
    if not telling:
        return None
    *_, best = max(telling, key=lambda one: one[:2])
    draft = Draft(plan)
    told = [one for one in of_paragraph(best) if one.start == best.start or _adds(terms, best, one, names)]
    told = [_with_named(one, names) for one in told]
    return draft.answer("\n\n".join(draft.state(one.text, one.document, one.start, one.end) for one in told))


def _compared(plan: Plan, terms: Sequence[Term], asked: str) -> list[str]:
    """Return the names of what the question compares: its places, and what stands behind 比, 跟 and 和."""
    named = [fold(places.short(region)) for region in plan.regions]
    marks = list(_BESIDE.finditer(asked))
    for term in terms:
        at = asked.find(term.text)
        first = len(term.text) if at == 0 else None  # 溧阳和长兴差多少: named before the mark
        if not term.light and any(at == mark.end() or first == mark.start() for mark in marks):
            named.append(term.text)
    with_them = _WITH.search(asked)
    for name in _AND.split(with_them[1].split("的")[0]) if with_them else ():
        if len(name) > 1 and not any(name in one or one in name for one in named):
            named.append(name)
    mean = [_MEAN_NOUN] if _MEAN.search(asked) else []
    return list(dict.fromkeys([*named, *mean])) if len(named) + len(mean) > 1 else []


def _compares(one: Candidate, names: Sequence[str], asked: str) -> bool:
    """Tell whether a statement compares with one of `names`, and speaks of nearly all and of the years."""
    folded = one.folded
    if one.is_heading or not _COMPARES.search(folded) or not quantities_in(folded):
        return False
    region = _home(one)
    around = f"{folded} {one.before} {one.frame} {region}"
    own = [name for name in names if name in folded and name != region]
    said = sum(name in around for name in names)
    years = set(YEAR.findall(asked))
    return bool(own) and said >= _LEAST_NAMED * len(names) and all(year in around for year in years)


def _with_named(one: Candidate, names: Sequence[str]) -> Candidate:
    """Return of a clause that compares with one after another the part that does so with one of `names`."""
    starts = [0, *(led.start() for led in _LED.finditer(one.folded)), len(one.folded)]
    parts = list(pairwise(starts))
    home = _home(one)
    said = [part for part in parts if any(n in one.folded[slice(*part)] for n in names if n != home)]
    if len(parts) < 3 or len(said) != 1:
        return one
    start, end = said[0]
    return sibling(one, Span(one.start + start, one.start + end))


def _home(one: Candidate) -> str:
    return fold(places.short(one.region)) if one.region else ""


def _adds(terms: Sequence[Term], best: Candidate, one: Candidate, names: Sequence[str]) -> bool:
    """Tell whether a clause compares with the same as the best one, in what is asked for and that lacks."""
    if not _COMPARES.search(one.folded) or not quantities_in(one.folded):
        return False
    home = _home(best)  # what the text is of need not be named again
    if not all(name in one.folded for name in names if name in best.folded and name != home):
        return False
    figures = quantities_in(best.folded)
    told = best.folded[: figures[-1].end] if figures else best.folded  # what follows has no figure of its own
    telling = (term for term in terms if term.weight > _LIGHT)
    return any(match(term, one.folded) >= 1 > match(term, told) for term in telling)
