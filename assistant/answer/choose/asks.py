"""What a question about figures asks for, one by one: 多少家, 多少亩 and 增长多少 in one sentence."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from ...types import Kind, Plan
from ...zh.fold import fold
from ...zh.measures import PAID_BY, Measure, measures
from ...zh.sentences import asking
from ..evidence.terms import Term, terms, terms_of

# A term that another part of the question names counts for this part as its surroundings.
_SHARED = 0.35
_SEPARATOR = re.compile(r"[,，、;；?？]|和|与|及|以及")
_TELLING = 0.8  # 企业 alone does not say which
AIMS = frozenset({"目标", "预期", "预期目标", "目标值"})  # a target need not be called one
_SHARE = frozenset({"percent", "points", "ratio"})
# nouns of sums of money that no other may stand for
SUMS = (
    r"产值|总额|投资额|金额|收入|资金|成交额|营收|经费|gdp|税收|支出|余额|增加值|贷款|额度|奖金|补贴|补助|费用|工资|"
    r"[年月]薪|薪酬|定价|价格|租金|押金|工本费|[电水油气房地票单]价"
)
# what the noun of a question says of the dimension of its answer, by its last characters
_SUM = frozenset({"money", "percent", "ratio"})
_PAID = frozenset({"money", "percent"})
_BY_NOUN = (
    (re.compile(r"(?:占.*的?|(?:仅?相当于|仅?为|不低于|不少于|不超过|达到?).*的)(?:比例|比重)?$"), _SHARE),
    (re.compile(r"(?:率|占比|比重|比例|增速|增幅|涨幅|降幅|百分比|强度)(?:目标)?$"), _SHARE),
    (re.compile(r"(?:增长|下降|上升|缩短)(?:了|目标|幅度|预期目标)?$"), _SHARE),
    (re.compile(r"算力(?:总|建设)?(?:规模)?(?:目标)?$"), frozenset({"computing"})),
    (
        re.compile(
            r"(?:用户|人口|人才|队伍|招生|人员|床位|养殖|存栏|在校生?|装机|机组)(?:总)?规模(?:目标)?$"
        ),
        frozenset({"count", "plain", "power"}),
    ),
    (re.compile(r"容量(?:目标)?$"), frozenset("power energy volume storage count plain".split())),
    (
        re.compile(rf"(?:{SUMS}|投资|生产总值|收益|差距|规模|保证金|罚款|罚金|(?<!名)额)(?:目标)?$"),
        frozenset({"money"}),
    ),
    (re.compile(rf"(?:{PAID_BY})标准$"), _PAID),
    (re.compile(r"面积$"), frozenset({"area"})),
    (re.compile(r"(?:期限|年限|时长|时间|周期|有效期|时限|工期|学制)$"), frozenset({"time"})),
    (re.compile(r"年龄(?:要求|条件|限制|上限|下限)?$"), frozenset({"age"})),
    (re.compile(r"(?:倍数)$"), frozenset({"ratio"})),
    (re.compile(r"(?:里程|长度|距离|高度)$"), frozenset({"length"})),
    (re.compile(r"(?:产量|产能)$"), frozenset({"mass", "count", "energy", "volume"})),
    (re.compile(r"(?:数量|总数|个数|家数|人数|件数|数目|户数|人口|的人)$"), frozenset({"count", "plain"})),
)
# what a verb before 多少 says of it: 报多少, 罚多少, 交多少 are sums or shares
_BY_VERB = (
    (
        re.compile(
            r"(?:报销?|补|贷|罚|赔|拿|领|缴|收|发|给|奖|付|花|借|扣|返|退|交|资助|支付|出资?|掏|捐|筹)(?:到|了|得)?$"
        ),
        _SUM,
    ),
)
# 每人每月, 最多, 可以 between a noun and 多少
_BETWEEN = re.compile(
    r"(?:每一?(?:人|年|月|天|日|次|户|学期|学年|小时|平方米|餐|亩|季度|家|个|件|名)|一(?:个月|次|年|天|学期)|最[多高低少长短大小]|"
    r"至多|至少|卡在|限在|定在|控制在|可以|能够?|需?要|会|应当?|各自?|分别|总共|一共|大概|到底|[是为达到约超过有共仅在近了的])+$"
)
# X是Y的多少倍: X is measured, Y is what it is measured by
_MEASURED_BY = re.compile(r"^(.+?)(?:是|为|占|达到?|相当于|等于|按)(.+?)的?$")
# words that only name a measure: they say nothing of what is measured
MEASURE_NOUN = re.compile(
    r"(?:占|所占)?(?:比例|比重|占比|费率|标准|金额|总额|额度|限额|数量|总数|总量|数目|个数|套数|户数|时间|期限|年限|时限|时长|"
    r"有效期|周期|年龄|增速|增幅|涨幅|降幅|增长|面积|长度|价格|费用|倍数|[亩件家起处次条所天吨辆台株项]数)"
)
# 多久办完 is answered under 办理时限
_LABELS = (
    ("time", "时限 期限 时间 工作日"),
    ("age", "年龄 周岁"),
    ("money", "标准 金额 收费"),
    ("percent", "比例"),
)
_NO_NOUN = re.compile(r"每|最.$|(?:新增|净增|同比|环比|任务)$")
_IN_FORCE = re.compile(r"施行|生效|实施|执行|失效|废止|有效期|起效")
_BOUND = frozenset({"time", "age"})
_BY_OTHERS = frozenset({"ratio", "percent"})


class Ask(NamedTuple):
    """One figure asked for: its terms, the noun it measures, its unit and its dimensions."""

    terms: tuple[Term, ...]
    head: tuple[Term, ...]
    unit: str  # 家, 亿元, %; empty where the question names none
    dimensions: frozenset[str]  # empty: any
    bound: bool = False  # the interrogative itself names the dimension: 多久, 多大年纪
    measures: tuple[Term, ...] = ()  # the words that name the measure: 占比, 覆盖率
    text: str = ""  # the part of the question that asks for it, folded

    @property
    def strict(self) -> bool:
        """Tell whether the question itself names the unit or the dimension."""
        return bool(self.unit) or self.bound


@lru_cache(maxsize=64)  # one answer asks for it four times
def asks_of(plan: Plan) -> tuple[Ask, ...]:
    """Return the figures that `plan` asks for, at least one."""
    return tuple(ask._replace(measures=_measure_nouns(ask.terms)) for ask in _asks(plan))


def _measure_nouns(known: tuple[Term, ...]) -> tuple[Term, ...]:
    return tuple(t for t in known if MEASURE_NOUN.fullmatch(t.text) or re.fullmatch(r".{2,}[率比]", t.text))


def _asks(plan: Plan) -> tuple[Ask, ...]:
    folded = asking(fold(plan.resolved)).rstrip("?？。 ")
    found = measures(folded)
    if len(found) < 2:
        pair = _pair(plan, folded, found[0]) if found else ()
        return pair or (_ask(plan, folded, found[0] if found else None, terms_of(plan)),)
    asked = []
    begin = 0
    known = {term.text for term in terms_of(plan)}
    first: tuple[Term, ...] = ()
    for index, measure in enumerate(found):
        end = found[index + 1].start if index + 1 < len(found) else len(folded)
        breaks = [m.end() for m in _SEPARATOR.finditer(folded, measure.end, end)]
        end = breaks[-1] if breaks and index + 1 < len(found) else end
        own = tuple(t for t in terms(folded[begin:end], plan.expansions) if t.text in known)
        shared = tuple(t._replace(weight=t.weight * _SHARED) for t in first if t not in own)
        here = measure._replace(start=measure.start - begin, end=measure.end - begin)
        asked.append(_ask(plan, folded[begin:end], here, (*shared, *own)))
        first = first or own
        begin = end
    return tuple(asked)


def _pair(plan: Plan, folded: str, measure: Measure) -> tuple[Ask, ...]:
    """Return both figures of `A和B是多少`, where B is a measure (增速) or 分别 stands between."""
    nouns = re.search(
        r"([^,;。]+?)(?:和|及|以及|与|、)([^,;。和及与、]+?)"
        r"(?:(?:分别|各自?)(?:要|需要?|应当?|最[高低多少大小]|至[多少]|不[能得]|可以?|能够?)*[交缴领拿补贷罚赔发付收]?)?"
        r"(?:是|为|有|达到?|超过|低于|少于)*$",
        folded[: measure.start],
    )
    each = nouns and (_dimensions(nouns[1]) and _dimensions(nouns[2]))
    if not nouns or not (each or re.search(r"分别|各", nouns.group()[-12:])):
        return ()
    known = {term.text for term in terms_of(plan)}
    first, second = (tuple(t for t in terms(n, plan.expansions) if t.text in known) for n in nouns.groups())
    if not any(not t.light for t in first) or not any(not t.light for t in second):
        return ()
    unit, before = measure.unit, folded[: measure.start]
    shared = tuple(term._replace(weight=term.weight * _SHARED) for term in first if term not in second)
    return (
        Ask(
            first,
            _last(first),
            unit,
            measure.dimensions or _dimensions(nouns[1]) or _by_verb(before),
            text=nouns[1],
        ),
        Ask(
            (*shared, *second),
            _last(second),
            unit,
            measure.dimensions or _dimensions(nouns[2]) or _by_verb(before),
            text=nouns[2],
        ),
    )


def _ask(plan: Plan, text: str, measure: Measure | None, known: tuple[Term, ...]) -> Ask:
    if measure is None:
        nouns = re.sub(r"(?:的?目标|情况)$", "", plan.topic)
        return Ask(known, _last(known), "", _dimensions(plan.topic) or _dimensions(nouns), text=text)
    before, after = text[: measure.start], text[measure.end :]
    names = {term.text: term for term in known}
    behind = tuple(names[t.text] for t in terms(after, plan.expansions) if t.text in names and not t.light)
    noun = _BETWEEN.sub("", before)
    if "time" in measure.dimensions:  # 几天能批下来: what takes the time is said in many words
        known = tuple(t._replace(weight=t.weight * _SHARED) if t in behind else t for t in known)
        behind = ()
    measured = next((pattern.sub("", noun) for pattern, _ in _BY_VERB if pattern.search(noun)), before)
    if measure.dimensions & _BY_OTHERS and (parts := _MEASURED_BY.match(before)):
        measured = parts[1]
    ahead = tuple(names[t.text] for t in terms(measured, plan.expansions) if t.text in names)
    # 多少家企业 counts what stands behind it; behind 几天 stands what takes so long
    counted = measure.unit and "count" in measure.dimensions
    head = behind[:2] if behind and counted else _last(ahead) or behind[:2]
    if measure.unit:
        return Ask(known, head, measure.unit, measure.dimensions, text=text)
    if measure.dimensions & _BOUND:
        return Ask(known, head, "", measure.dimensions, bound=True, text=text)
    kept = before if re.search(r"的$", before) else noun
    # 发多少 asks for a sum, 发多少好茶 for tea
    by_verb = frozenset[str]() if behind else _by_verb(noun)
    dimensions = _dimensions(kept) or measure.dimensions or _dimensions(after) or by_verb
    return Ask(known, head, "", dimensions, text=text)


def _dimensions(noun: str) -> frozenset[str]:
    noun = re.sub(r"[\s了]+$", "", noun)
    found = next((found for pattern, found in _BY_NOUN if pattern.search(noun)), frozenset[str]())
    # the target of a sum may be how much it is to grow
    return found | _SHARE if "money" in found and noun.endswith("目标") else found


def labels_of(plan: Plan) -> str:
    """Return the words that documents name such a figure or date by, where the question has none."""
    if plan.kind is Kind.DATE and _IN_FORCE.search(plan.topic):
        return "自 年 月 日起施行 印发之日起"
    ask = asks_of(plan)[0]
    if plan.kind is not Kind.FIGURE or ask.measures or not ask.strict:
        return ""
    return next((nouns for dimension, nouns in _LABELS if dimension in ask.dimensions), "")


def measures_in(text: str, dimensions: frozenset[str]) -> bool:
    """Tell whether `text` is a noun that names the measure of such figures: 时限 of a time."""
    return bool(MEASURE_NOUN.fullmatch(text) and _dimensions(text) & dimensions)


def _by_verb(before: str) -> frozenset[str]:
    return next((found for pattern, found in _BY_VERB if pattern.search(before)), frozenset())


def _last(known: tuple[Term, ...]) -> tuple[Term, ...]:
    """Return the noun that a figure measures: the last terms, so many that they say what it is."""
    found: list[Term] = []
    telling = [t for t in known if not t.light and t.text not in AIMS and not _NO_NOUN.match(t.text)]
    for term in reversed([term for term in telling if not MEASURE_NOUN.fullmatch(term.text)] or telling):
        found.insert(0, term)
        if sum(one.weight for one in found) >= _TELLING:
            break
    return tuple(found)
