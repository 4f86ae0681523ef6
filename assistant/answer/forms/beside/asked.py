"""What a question that sets regions or documents side by side asks of each of them.

家里的X搞改造，甲、乙各做了多少户？按多少排个序 asks of each: X改造有多少户. What is left out is closed-class
wording: how the members are named, put in order, counted and compared. All text is folded.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ....types import Kind, Plan
from ....zh.fold import fold
from ....zh.measures import measures
from ....zh.periods import RELATIVE_YEAR, asked_apart, of_the_first
from ...choose.aims import asks_for_aim
from ...choose.asks import asks_of
from ...evidence.terms import match, softened, terms
from .ranking import task_of

_GROUP = (
    r"(?:省份|省区市|省市区|省区|省市|省|自治区|直辖市|城市|地市|地区|地方|"
    r"市县|区县|县市|县|市|区|报告|文件|材料)"
)
_NUMBER = r"[一二两三四五六七八九十\d]+"
_FRAME = re.compile(
    "|".join(
        (
            # how they are put in order: 按多少排个序, 从高到低排, 排在前三, 排全国第五
            r"(?:按照?|依照?)[^,]{0,8}?(?:排(?:个|一个|一下|列)?(?:序|名次?|队|行)?|高低|大小|多少)",
            r"[从由][高低大小多少快慢]到[高低大小多少快慢]|(?:省区|省份|地方)?依次",
            # what is left of a bound: 公里以上(含 )
            r"(?:公里|千瓦|人次|[元人家个项斤吨亩户辆座件条套])?(?:及?以[上下内]|上下)|\(含[^)]{0,8}\)",
            rf"(?:排名?|位?居|位?列|名列)(?:在|到|于)?(?:全[国省区市]|世界|全球)?(?:的?第{_NUMBER}[位名]?|[前后]{_NUMBER}[位名个]?)",
            rf"[前后]{_NUMBER}[位名](?:的?{_GROUP})?|排(?:个|一个|一下)?(?:序|名次?|队|行)|排一?[排下]",
            r"(?:高于|低于|超过|快于|慢于|不及|达到)(?:全[国省市])?(?:平均)?(?:水平)?$",
            r"[谁哪][一个家]*[㐀-鿿]?得?最[高低大小多少快慢强弱长短]|[㐀-鿿]得最(?=\s|$)|谁[高大多快]谁[低小少慢]",
            r"最[高低大小多少快慢强弱长短](?:的(?!是))?",
            # how they are put side by side: 跟…放一起看, 比一比, 相差, 加起来
            r"(?:跟|和|与|同|把|将)?[\s、]*(?:放|摆|搁)(?:到|在)?一(?:起|块儿?)来?[看比]*",
            r"比(?:一比|比看?|较(?:一下)?)|对比(?:一下)?|相差|差距|差了?(?=\s|$)|合起来|加在?一起|加起来|总共|一共|合计",
            # who they are: 四家各, 三省区分别, 的省份里
            rf"{_NUMBER}(?:个|份)?(?:{_GROUP}|家|者|地)(?=\s|$|(?:各|分别|都|谁|哪|加|合|一共|总共|之[间中]|里|中|的|相))",
            rf"(?:的|这些|那些)*{_GROUP}(?:里面?|中间?|当中|之[间中])",
            rf"(?:的\s*|\s)(?:[前后]?{_NUMBER}[个名位])?{_GROUP}$|(?:里面?|当?中|之间|的?[有是]|的?\s值)$|的有(?=\s|$)",
            r"(?<=[去今明前]年)(?:[定设]定?的|(?:又|再|还)?(?:计划|打算|准备|拟|想|力争)(?=[㐀-鿿]{2}))|\([㐀-鿿]\)|(?:^|(?<=\s))[万亿个](?=\s|$)",
            # how the answer is to be given: 都写出来, 做一张表
            r"(?:都|全|一并|一起)?(?:写|列|报|说|标|给)(?:清楚|明白|出来|明)(?=\s|$)|(?:请|帮我)?(?:[做列给]|整理)(?:成|出)?一?[张个份]表格?",
        )
    )
)
# who says so: 写明…的, 云南说自己; at the head of a clause
_SAYS = re.compile(
    r"^[\s在据从的:]*(?:(?:工作|政府)*(?:报告|文件|材料)里?[里中]?)?(?:都|也|分别)*"
    r"(?:说|讲|谈|自称|写明|写出|写了|写到|写|给出|公布|列出|列明|披露|说明|提到|提及|谈到|讲到|涉及|点名|提出)(?:了|过|自己|出|到|要)*"
)
_HANDED_OUT = re.compile(
    r"(?:各自?|分别)(?:都|是|有|为|要|想|打算|准备|计划)*"
    r"(?:(?![增降涨减升跌])[㐀-鿿](?:了|到|成|出|在|到了)?(?=\s|$)|[㐀-鿿]了(?=\s|$))?"
)
_ABOUT = re.compile(r"^(?:论|按|就|从|以|拿)(?=[㐀-鿿]{3,}[,看说论讲比])|^论(?=[㐀-鿿]{2})")
# 各做了多少户: the verb says nothing where another clause has said what is done
_BARE_VERB = re.compile(r"^\s*(?:[去今明前]年)?\s*[㐀-鿿]?了?\s*$")
_DOES = re.compile(r"[搞弄](?=[㐀-鿿]{2})")
# 人数, 户数: as much as the unit says
_NUMBER_OF = re.compile(r"([人户件家个辆套项所台座亩])数(?:量|目)?(?![据字学值量])")
# that something is done about the matter says nothing of it: 在算力方面都做了哪些部署
_DOINGS = re.compile(
    r"(?:方面|领域)?(?:都|分别|各自|主要)*(?:(?:采取|出台|推出|开展|实施|进行|做|作|搞)(?:了|出|过)*)?\s*"
    r"(?:措施|举措|做法|部署|安排|探索|布局|行动|动作|尝试|努力|打算)*$"
)
_LOOSE = re.compile(r"^[\s、:和与跟及同把将按在从的]+|[\s、和与跟及同把将按在从的]+$")
_OF_GROUP = re.compile(rf"{_GROUP}(?:[份区市里面中当之,]|一?共|总共|都|[有是哪])*$")
_ASKED_IN = {"percent": "百分之几", "money": "多少元"}  # a bound says in what its figures are
_TELLING = 0.8  # weight of a word that says on its own what is measured


def of_each(plan: Plan) -> Plan:
    """Return what `plan`, which asks for figures, asks of each member."""
    if plan.kind is Kind.COMPARISON and asked_apart(fold(plan.resolved)):
        plan = _of_one_year(plan)
    if plan.kind is Kind.COMPARISON and _asks_several(plan):
        return plan
    unit = next(iter(_units(plan)), "")
    clauses = [_clean(clause, unit) for clause in re.split(r"[,;?。]", plan.topic)]
    said = [clause for clause in clauses if clause and not _BARE_VERB.match(clause)]
    topic = " ".join(dict.fromkeys(said or [clause for clause in clauses if clause])) or plan.topic
    unit = _unit(plan, topic)
    kept = _NUMBER_OF.sub("", topic).strip()
    topic = kept if unit and kept else topic
    year = "".join(dict.fromkeys(RELATIVE_YEAR.findall(fold(plan.resolved))))
    if year not in topic:
        topic = f"{year} {topic}"
    return replace(plan, topic=topic, resolved=_asking(topic, unit, plan), unit=unit)


def _of_one_year(plan: Plan) -> Plan:
    """Return what `plan` asks of the first of several years; the others ask the same."""
    asked = of_the_first(fold(plan.resolved))
    if asked == fold(plan.resolved):
        return plan
    topic = of_the_first(plan.topic)
    if topic == plan.topic:  # years of four digits are no part of a topic
        topic = re.split(r"[,;?。]", plan.topic)[0]
    return replace(plan, resolved=asked, topic=topic)


def matter(plan: Plan) -> Plan:
    """Return what `plan`, which asks for statements, asks about: 商业航天 of 报告里讲了商业航天."""
    said = _LOOSE.sub("", _SAYS.sub("", plan.topic))
    topic = _DOINGS.sub("", said).strip() or said
    return replace(plan, topic=topic) if topic else plan


def core(plan: Plan) -> Plan:
    """Return `plan` without what it says in common words before the first telling one: 老人的房子 改造."""
    stretches = plan.topic.split()
    telling = [any(t.weight >= _TELLING for t in terms(text, plan.expansions)) for text in stretches]
    if not any(telling):
        return plan
    first = telling.index(True)
    topic = " ".join([*filter(RELATIVE_YEAR.fullmatch, stretches[:first]), *stretches[first:]])
    return (
        replace(plan, topic=topic, resolved=_asking(topic, plan.unit, plan)) if topic != plan.topic else plan
    )


def said_of_some(plan: Plan, statements: Sequence[str]) -> Plan:
    """Return `plan` without the words that none of the statements found for the members has about it.

    They are of the asking: 写进报告的, 紧跟其后的.
    """
    unsaid = [
        term.text
        for term in softened(terms(plan.topic, plan.expansions))
        if not term.light
        and not asks_for_aim((term,))  # a target need not be called one
        and not any(match(term, text) > 0 for text in statements)
    ]
    topic = plan.topic
    for word in unsaid:
        topic = topic.replace(word, " ")
    topic = _LOOSE.sub("", re.sub(r"\s+", " ", topic))
    if topic == plan.topic or not any(not term.light for term in terms(topic, plan.expansions)):
        return plan
    return replace(plan, topic=topic, resolved=_asking(topic, plan.unit, plan))


def _clean(clause: str, unit: str) -> str:
    clause = _ABOUT.sub("", _SAYS.sub("", clause)).strip()
    clause = _DOES.sub(" ", _HANDED_OUT.sub(" ", _FRAME.sub(" ", clause)))
    if unit:
        clause = re.sub(rf"(?:^|(?<=\s)){re.escape(unit)}(?=\s|$|[(㐀-鿿])", "", clause)
    return _LOOSE.sub("", re.sub(r"(?:\s*、\s*)+(?=\s|$)|\s+", " ", clause))


def _asks_several(plan: Plan) -> bool:
    """Tell whether several figures are asked for of each: 产量和增速各是多少."""
    return len(asks_of(plan)) > 1 and len(_units(plan)) != 1


def _units(plan: Plan) -> list[str]:
    """Return the units of what is asked for; 几个省 and 省有几个 count the members."""
    asked = fold(plan.resolved)
    beyond = plan.kind is Kind.RANKING and task_of(asked).limit  # 超过5.5%的有几个
    return [
        measure.unit
        for measure in measures(asked)
        if not (beyond and measure.unit == "个")
        and not re.match(rf"个?的?{_GROUP}", asked[measure.end :])
        and not _OF_GROUP.search(asked[: measure.start])
    ]


def _unit(plan: Plan, topic: str) -> str:
    """Return the unit asked for: 多少户, or that of 户数."""
    counted = _NUMBER_OF.search(topic)
    return next(reversed([unit for unit in _units(plan) if unit]), counted[1] if counted else "")


def _asking(topic: str, unit: str, plan: Plan) -> str:
    if unit and re.search(f"[少几]{re.escape(unit + topic)}", fold(plan.resolved)):  # as it was asked
        return f"有多少{unit}{topic}"
    if unit:
        return f"{topic}有多少{unit}" if unit not in ("%", "第") else f"{topic}是百分之几"
    limit = task_of(plan.resolved).limit
    return f"{topic}是{_ASKED_IN.get(limit.dimension, '多少') if limit else '多少'}"
