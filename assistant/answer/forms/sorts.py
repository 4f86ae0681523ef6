"""What sort of thing a question asks for by the noun of its interrogative, and which statements have one.

哪个部门 wants an office, 哪些高校 universities, 电话是多少 a number to call: a statement without one may tell
of the matter, but not of what is asked. Only sorts that a text cannot name without a word of a closed
class stand here; a company or a person may be called anything. All text is folded.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from ...types import Kind, Plan
from ...zh.fold import fold
from ...zh.sentences import Span, paragraph_around
from ..choose.score import Scored
from ..evidence.candidates import Candidate, sibling
from .facets import facet_of
from .office import BEHIND, NAME, holder

_WHICH = r"(?:哪(?:一?[个家所级座项部条份些]|几[个家所部项])?|什么)"
_OFFICES = (
    r"部门|机关|政府|委员会|办公室|办事处|联合会|协会|学会|商会|领导小组|指挥部|专班|窗口|"
    r"(?<![布格结大开时破])局(?![面部限势])|(?<![展餐大客])厅|署(?!名)|[㐀-鿿]{2}部(?![分位署长件队门])|"
    r"(?:改革|发改|计|建|科|农|商务|信|卫健|国资|教|省|市|区|县|党|村|居|工|团|纪|编|政法|网信)委|"
    r"[改府省市区县]办(?![法理公事学])|(?:研究|科学|法|检察|国务)院|(?:管理|保障|服务|办事)处|"
    r"(?:管理|服务|保障|经办|监测|指导|就业|社保|医保|政务)中心|[残妇工]联|工会|[省市区县镇]长"
)
_BODIES = rf"{_OFFICES}|机构|单位|平台|公司|集团|企业|银行|中心(?!城)|医院|学院|大学|学校|[省市区县国]"
# (责任单位：市发展改革委、市科技局) behind the task that it is responsible for
_RESPONSIBLE = re.compile(
    r"[(（【\[]?(?:责任|牵头|主办|主管|配合|落实|负责|主责|实施)(?:单位|部门|处室|机构)[：:][^)）】\]\n。]+[)）】\]]?"
)
# facets that a text cannot state without a word for them; whom a rule is for it says in any words
_NAMED_AS_SUCH = frozenset({"条件", "标准"})
_NOUN_ASKED = re.compile(r"(?:部委|机关|机构|委办局)?(?:来)?(?:负责|牵头|主管|承办)(?!人)")
_OF_THE_MATTER = 0.5  # of the question's words, by weight
AS_GOOD = 0.75  # of the best score: a statement that shows what is asked for goes before one that does not


class Sort(NamedTuple):
    """A sort of thing: how it is called in a refusal, how it is asked for, and the words that show one."""

    name: str
    asked: re.Pattern[str]
    shown: re.Pattern[str]
    kind: Kind | None = None  # of the answer, where 多少 asks for no figure
    required: bool = True  # whether a text cannot tell one in other words
    alone: bool = False  # whether what shows none is no answer beside what shows one, either


def _sort(name: str, asked: str, shown: str, kind: Kind | None = None, *, required: bool = True) -> Sort:
    return Sort(name, re.compile(asked), re.compile(shown), kind, required)


# 委托第三方机构评审 does not say which: the name of a firm has more than what it is
_ONE_FIRM = r"哪一?家(?:[㐀-鿿]{0,4}(?:公司|企业|厂商|厂家|机构|事务所|集团|单位|医院))"
_UNNAMED = r"第三方|委托|有关|相关|具备|资质|符合|[一二两三四五六七八九十多各本该\d]家|当地|其他|社会|国内"
_TRADES = r"会计师|律师|保险|服务|生产|销售|专业|中介|评估|审计|检测|认证|咨询|科技|培训|物业|担保|施工"
_FIRM = (
    r"(?:^|(?<=[^㐀-鿿])|(?<=[由为是与和向托交归被]))"
    rf"(?!(?:{_TRADES})+(?:公司|集团|厂|事务所|机构))(?:(?!{_UNNAMED})[㐀-鿿]){{2,14}}"
    r"(?:公司|集团|厂|事务所|银行|研究院|研究所|大学|学院|医院|中心|协会)"
)
_SORTS = (
    _sort(
        "姓名",  # somebody in office has a name, or an office of another: 组长由副市长担任
        r"(?:长|书记|主任|主席|经理|教授|专家|负责人|院士|总监|发言人|联系人|带头人|主编)(?:都)?(?:是|叫|为)?(?:谁|什么名字|哪一?位|哪几位)|"
        r"谁(?:来)?(?:是|担任|兼任|出任|当|任)[^,?]{0,12}(?:长|书记|主任|主席|经理|代表)",
        rf"(?:^|[长任记席授士理监：:、,。;(]|同志|发言人|联系人|负责人|带头人)\s?{NAME}{BEHIND}|"
        r"(?:联系人|负责人|带班|值班|校长|院长|馆长|主任|书记|[局处科站所]长)\s?:\s?[㐀-鿿]{2,4}(?=[、,。;(\s]|$)|"
        r"由[^,。;]{2,24}(?:担任|兼任)|(?:担任|兼任)[^,。;]{0,20}(?:长|主任|书记)",
        Kind.BODY,
    ),
    _sort("是哪一家", _ONE_FIRM, _FIRM),
    _sort("部门", rf"{_WHICH}[㐀-鿿]{{0,2}}?(?:部门|部委|机关|委办局|政府)", _OFFICES),
    _sort("单位", rf"{_WHICH}[㐀-鿿]{{0,2}}?(?:机构|单位)", _BODIES),
    _sort(
        "高校",
        rf"{_WHICH}(?:高校|大学|院校|高等学校)",
        r"[㐀-鿿]{2}(?:大学|学院)|党校|[科北清浙复南]大(?![型力量])",
    ),
    _sort("银行", rf"{_WHICH}银行", r"银行|农商行|信用社|[工农中建交]行(?![业为政])"),
    _sort("法律依据", rf"{_WHICH}(?:法律法规|法律|法规|条例)", r"《|法(?:》|第|律|规)|条例|办法|规定|宪法"),
    _sort(
        "材料",
        r"(?:哪些|什么|啥|哪几[种样份])[㐀-鿿]{0,2}(?:材料|资料|证件|手续|证明)",
        r"材料|资料|证件|证明|户口簿|身份证|居住证|[表证书函]原?件|申请[表书]|登记表|证书|病历|发票|合同|"
        r"承诺书|协议",
    ),
    _sort(
        "电话",
        r"(?:电话|热线|号码|联系方式)(?:号码)?(?:是|为|有|打)*(?:多少|几号|什么|哪)|"
        r"(?:打|拨|拨打|联系)(?:哪一?个|什么|哪些)(?:电话|热线|号码)",
        r"\d{3,4}-\d{6,}|\d{7,}|(?<!\d)\d{3,4} \d{3,4}(?: \d{3,4})?(?!\d)|(?<!\d)1\d{4}(?!\d)",
        Kind.BODY,
    ),
    _sort(
        "网址",
        r"(?:网址|链接|网站地址)(?:是|为|有)*(?:多少|什么|哪)",
        r"https?|www\.|\.(?:cn|com|org|net)",
        Kind.BODY,
    ),
    _sort(
        "地址",
        r"(?:地址|地点)(?:是|为|在)*(?:什么|哪)|[寄送投邮](?:到|往|去|给)?(?:哪(?![家个些位种])|什么地方)|"
        r"[到去在]哪(?:里|儿)?(?:当面|现场|可以)?(?:咨询|问)",
        r"[㐀-鿿\d](?:路|街|道|巷|号|楼|室|层|座|村|镇|区|市|县|园|馆|厅|中心|窗口)",
    ),
    _sort(
        "原因",
        r"为什么|为何|为啥|因何|(?:原因|缘由|目的)(?:是|有|何在|$)",
        r"因(?![地素此而])|由于|为了|^为|,为|随着|鉴于|旨在|以便|因此|所以|目的|有利于|必然|防止|避免|才能",
        required=False,
    ),
)


def sort_of(plan: Plan) -> Sort | None:
    """Return the sort of thing that `plan` asks for, else None."""
    asked = fold(plan.resolved)
    named = next((sort for sort in _SORTS if sort.asked.search(asked)), None)
    # president is 院长 as well as 主席: an English question has no title of its own
    if named and named.kind is Kind.BODY and not plan.english and (of_office := holder(asked)):
        return named._replace(shown=of_office, alone=True)
    facet = None if named else facet_of(plan)
    if facet and facet.shown and facet.name in _NAMED_AS_SUCH:
        return Sort(facet.name, facet.asked, facet.shown)
    return named


def about(plan: Plan, sort: Sort) -> Plan:
    """Return `plan` with the kind of answer that `sort` asks for, and its noun no word of the matter."""
    matter = _NOUN_ASKED.sub(" ", plan.topic.replace(sort.name, " ")).strip()
    return replace(plan, kind=sort.kind or plan.kind, topic=matter or plan.topic)


def showing(sort: Sort, ranked: Sequence[Scored]) -> list[Scored]:
    """Return `ranked` headed by the best statement that shows a thing of `sort`; empty where none does.

    A statement that fits much worse than the best one, and is no likelier, tells of another matter. Of who
    holds an office only what shows it tells: 副市长 is no 市长.
    """
    for at, one in enumerate(ranked):
        as_good = one.score >= AS_GOOD * ranked[0].score or one.chance > ranked[0].chance
        if as_good and _shows(sort, one):
            others = [*ranked[:at], *ranked[at + 1 :]]
            return [one, *(other for other in others if not sort.alone or _shows(sort, other))]
    return []


def _shows(sort: Sort, one: Scored) -> bool:
    candidate = one.candidate
    note = _note(candidate)
    around = candidate.folded, candidate.sentence_before, fold(note.group()) if note else ""
    return any(sort.shown.search(text) for text in around)


def is_told_behind(sort: Sort, best: Scored) -> bool:
    """Tell whether the note behind a statement of the matter shows a thing of `sort`.

    What stands behind a statement its chance does not know of.
    """
    note = _note(best.candidate)
    return is_of_the_matter(best) and bool(note and sort.shown.search(fold(note.group())))


def is_of_the_matter(best: Scored) -> bool:
    """Tell whether a statement has half of what the question is about: it lacks the thing alone."""
    return best.coverage >= _OF_THE_MATTER


def responsible(best: Scored) -> list[Scored]:
    """Return the note behind a statement that names who is responsible for it, where there is one."""
    found = _note(best.candidate)
    return [best._replace(candidate=sibling(best.candidate, Span(*found.span())))] if found else []


def _note(candidate: Candidate) -> re.Match[str] | None:
    text = candidate.document.text
    paragraph = paragraph_around(text, candidate.start, candidate.end)
    return _RESPONSIBLE.search(text, candidate.end, paragraph.end)
