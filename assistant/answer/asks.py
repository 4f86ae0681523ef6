"""What a question about figures asks for, one by one: 多少家, 多少亩 and 增长多少 in one sentence."""

from __future__ import annotations

import re
from typing import NamedTuple

from ..types import Plan
from ..zh.fold import fold
from ..zh.quantities import quantities
from .terms import Term, terms, terms_of

# A term that another part of the question names counts for this part as its surroundings.
_SHARED = 0.35
_INTERROGATIVE = re.compile(
    r"百分之(?:几|多少)|第几|多少|几(?!乎|何|率)|多(?:大|高|长|久|重|远|宽|深)(?!的?影响)|how (?:many|much)"
)
_SEPARATOR = re.compile(r"[,，、;；?？]|和|与|及|以及")
_TELLING = 0.8  # 企业 alone does not say which
AIMS = frozenset({"目标", "预期", "预期目标", "目标值"})  # a target need not be called one
_NOUNS = frozenset("县市区省镇村店港院校馆园站城网队带圈线")
_ORDINAL = frozenset({"ordinal"})
_SHARE = frozenset({"percent", "points", "ratio"})
# what the noun of a question says of the dimension of its answer, by its last characters
_BY_NOUN = (
    (re.compile(r"(?:占.*的?|(?:仅?相当于|仅?为|不低于|不少于|不超过|达到?).*的)(?:比例|比重)?$"), _SHARE),
    (re.compile(r"(?:率|占比|比重|比例|增速|增幅|涨幅|降幅|百分比|强度)(?:目标)?$"), _SHARE),
    (re.compile(r"(?:增长|下降|上升|缩短)(?:了|目标|幅度|预期目标)?$"), _SHARE),
    (
        re.compile(
            r"(?:产值|总额|投资额?|金额|收入|资金|成交额|营收|经费|gdp|生产总值|收益|税收|支出|余额|增加值|贷款|额度|"
            r"奖金|补贴|补助|费用|工资|定价|价格|差距|规模)(?:目标)?$"
        ),
        frozenset({"money"}),
    ),
    (re.compile(r"面积$"), frozenset({"area"})),
    (re.compile(r"(?:期限|年限|时长|时间|周期)$"), frozenset({"time"})),
    (re.compile(r"(?:里程|长度|距离|高度)$"), frozenset({"length"})),
    (re.compile(r"(?:产量|产能)$"), frozenset({"mass", "count", "energy", "volume"})),
    (re.compile(r"(?:数量|总数|个数|家数|人数|件数|数目|户数|人口)$"), frozenset({"count", "plain"})),
)
_BY_SIZE = {
    "大": frozenset({"area", "percent", "money"}),
    "长": frozenset({"length", "time"}),
    "久": frozenset({"time"}),
}


class Ask(NamedTuple):
    """One figure asked for: its terms, the noun it measures, its unit and its dimensions."""

    terms: tuple[Term, ...]
    head: tuple[Term, ...]
    unit: str  # 家, 亿元, %; empty where the question names none
    dimensions: frozenset[str]  # empty: any

    @property
    def strict(self) -> bool:
        """Tell whether the question itself names the unit."""
        return bool(self.unit)


def asks_of(plan: Plan) -> tuple[Ask, ...]:
    """Return the figures that `plan` asks for, at least one."""
    folded = fold(plan.resolved).rstrip("?？。 ")
    found = list(_INTERROGATIVE.finditer(folded))
    if len(found) < 2:
        pair = _pair(plan, folded, found[0]) if found else ()
        return pair or (_ask(plan, folded, found[0] if found else None, terms_of(plan)),)
    asked = []
    begin = 0
    known = {term.text for term in terms_of(plan)}
    first: tuple[Term, ...] = ()
    for index, match in enumerate(found):
        end = found[index + 1].start() if index + 1 < len(found) else len(folded)
        breaks = [m.end() for m in _SEPARATOR.finditer(folded, match.end(), end)]
        end = breaks[-1] if breaks and index + 1 < len(found) else end
        own = tuple(t for t in terms(folded[begin:end], plan.expansions) if t.text in known)
        shared = tuple(t._replace(weight=t.weight * _SHARED) for t in first if t not in own)
        asked.append(_ask(plan, folded[begin:end], _INTERROGATIVE.search(folded[begin:end]), (*shared, *own)))
        first = first or own
        begin = end
    return tuple(asked)


def _pair(plan: Plan, folded: str, match: re.Match[str]) -> tuple[Ask, ...]:
    """Return both figures of `A和B是多少`, where B is a measure (增速) or 分别 stands between."""
    nouns = re.search(
        r"([^,;。]+?)(?:和|及|以及|与|、)([^,;。和及与、]+?)(?:分别|各|各自)?(?:是|为|有|达到?|超过)*$",
        folded[: match.start()],
    )
    each = nouns and (_dimensions(nouns[1]) and _dimensions(nouns[2]))
    if not nouns or not (each or "分别" in nouns.group()):
        return ()
    known = {term.text for term in terms_of(plan)}
    first, second = (tuple(t for t in terms(n, plan.expansions) if t.text in known) for n in nouns.groups())
    if not any(not t.light for t in first) or not any(not t.light for t in second):
        return ()
    unit, _ = _unit(folded, match)
    shared = tuple(term._replace(weight=term.weight * _SHARED) for term in first if term not in second)
    return (
        Ask(first, _last(first), unit, _of_unit(unit) if unit else _dimensions(nouns[1])),
        Ask((*shared, *second), _last(second), unit, _of_unit(unit) if unit else _dimensions(nouns[2])),
    )


def _ask(plan: Plan, text: str, match: re.Match[str] | None, known: tuple[Term, ...]) -> Ask:
    if match is None:
        nouns = re.sub(r"(?:的?目标|情况)$", "", plan.topic)
        return Ask(known, _last(known), "", _dimensions(nouns) or _dimensions(plan.topic))
    unit, length = _unit(text, match)
    before, after = text[: match.start()], text[match.end() + length :]
    names = {term.text: term for term in known}
    behind = tuple(names[t.text] for t in terms(after, plan.expansions) if t.text in names and not t.light)
    ahead = tuple(names[t.text] for t in terms(before, plan.expansions) if t.text in names)
    head = behind[:2] if behind and unit else _last(ahead) or behind[:2]
    if unit:
        return Ask(known, head, unit, _of_unit(unit))
    size = _BY_SIZE.get(match.group()[1:], frozenset()) if match.group()[0] == "多" else frozenset()
    noun = re.sub(r"[是为达到约超过有共仅在近了的]+$", "", before)
    kept = before if re.search(r"的$", before) else noun
    return Ask(known, head, "", _dimensions(kept) or size or _dimensions(after))


def _unit(text: str, match: re.Match[str]) -> tuple[str, int]:
    if match.group().startswith("百分之"):
        return "%", 0
    if match.group() == "第几":
        return "第", 0
    following = text[match.end() : match.end() + 6]
    figure = quantities("3" + following.lstrip())
    if figure and figure[0].start == 0 and figure[0].unit:
        unit = figure[0].text.removeprefix("3")
        if unit[0] in _NOUNS:  # 多少县区: the noun itself, not a measure word before one
            return "个", 0
        return unit, len(following) - len(following.lstrip()) + len(unit)
    if re.match(r"钱|资金|经费", following):
        return "元", 0
    return "", 0


def _of_unit(unit: str) -> frozenset[str]:
    if unit == "第":
        return _ORDINAL
    return frozenset(quantity.dimension for quantity in quantities("3" + unit))


def _dimensions(noun: str) -> frozenset[str]:
    noun = re.sub(r"[\s了]+$", "", noun)
    return next((found for pattern, found in _BY_NOUN if pattern.search(noun)), frozenset())


def _last(known: tuple[Term, ...]) -> tuple[Term, ...]:
    """Return the noun that a figure measures: the last terms, so many that they say what it is."""
    found: list[Term] = []
    for term in reversed([term for term in known if not term.light and term.text not in AIMS]):
        found.insert(0, term)
        if sum(one.weight for one in found) >= _TELLING:
            break
    return tuple(found)
