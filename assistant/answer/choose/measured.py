"""Whether a figure says what is asked: a level or its change, all or what was added, the thing itself."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ...zh import places
from ...zh.measures import measures
from ...zh.quantities import Quantity
from ...zh.street import formal_words
from ..evidence.candidates import Candidate
from ..evidence.terms import Term, coverage, match, terms
from .asks import Ask, measures_in

_PHRASE = re.compile(r"[,;:。]")
_CHANGE = (
    r"增长|增加(?!值)|提高|提升|上升|上涨|增速|增幅|涨幅|升幅|涨|翻番|扩大|"
    r"下降|减少|降低|回落|降幅|下跌|缩短|缩小|收窄|压减|增"
)
_ASKS_CHANGE = re.compile(
    rf"(?:{_CHANGE})了?(?:大概|大约)?[是为有]?(?:多少|几|百分)|(?:增速|增幅|涨幅|降幅|增长率)(?:目标)?(?:是|为|有|达|$)|"
    r"(?:同比|环比)(?:是|为)?(?:多少|几|百分)"
)
_SAYS_CHANGE = re.compile(rf"{_CHANGE}|降|升|同比|环比|提前|加快|倍增")
# 工业对GDP增长贡献率45% tells a rate of its own
_RATE_OF = re.compile(r"(?<![增长])率(?:已|达到?|为|是|约|近|超过?|突破)*$")
# 提高5.5个百分点 is a change; 提升至87.9% and 下降到3% are levels
_CHANGED_BY = re.compile(rf"(?:{_CHANGE})(?:了|约|近|超|逾|率)?(?:超过|左右)?$")
_ASKS_LEVEL = re.compile(r"(?:占比|比重|比例|份额|率|占[^,?]{1,16}的?(?:百分之)?(?:多少|几))")

_ADDED = (
    r"新增|净增|新建(?!、?续建)|新开(?!工)|新设|新获|新入|新认定|新评|新培育|新登记|新签|增加(?![值到至])"
)
_TOTAL = r"累计|总数|总量|总共|合计|总计|共有|已有|拥有|现有|保有|存量|一共|总规模"
_ASKS_ADDED = re.compile(_ADDED + r"|多了(?:多少|几)|新(?=来|进|入驻|落户)")
_ASKS_TOTAL = re.compile(r"总数|总量|总共|一共|合计|累计|共有|全部加起来|目前有|现有|已有")
_MARK = re.compile(rf"(?P<added>{_ADDED})|(?P<total>{_TOTAL})")
ADDED = re.compile(_ADDED)

# What a noun before it only qualifies: 企业 of 企业技术中心 counts no enterprises.
_HEAD = re.compile(
    r"(?:技术|研发|研究|创新|服务|孵化|培训|工程|科技|创业|产业|检测|实验|培育|公共|示范|试点|集聚|合作)*"
    r"(?:中心|平台|基地|园区|园|集群|协会|联盟|学院|研究院|研究所|实验室|工作站|机构|标准|人才|人员|职工|员工|负责人|"
    r"代表|家庭|车间|展览|展会|课题|案例|委员会|学会|基金|商会|服务商|服务站|服务点)"
)
# What is counted, by how its noun ends; 落户 and 上市 are verbs.
_THING = re.compile(
    r"(?<!落)(?:[部处室厅局馆站所院校厂店园区城县镇村港路桥商会社团队组员师生堂房楼车船券证卡码库群岛]|(?<!上)市|(?<![上开])线|"
    r"中心|平台|基地|企业|项目|机构|公司|学校|医院|家庭|农户)$"
)
_LEVEL = re.compile(r"(国家|[部省市州区县镇乡村])级(?!别)")
_COUNTED = re.compile(r"[㐀-鿿a-z0-9+]+")
_LINK = re.compile(
    r"(?:等|总数|数量|数|总量|规模|累计|已|共|达到?|为|是|有|近|约|超过?|突破|增至|增加到|合计|目前)*$"
)
# Nouns of a sum that no other may stand for.
_SUM = re.compile(
    r"(?:产值|总值|增加值|产量|产能|收入|营收|税收|利润|投资额?|支出|经费|面积|销量|销售额|进口额?|出口额?|余额|成交额|人数|户数|"
    r"人口|工资|补贴|津贴|[产销流运容存储][量值]|[㐀-鿿]{2}[量额])$"
)
# What may stand before a sum without making it that of a part, as 海洋 of 海洋生产总值 does.
_NO_PART = re.compile(
    r"(?:实现|完成|达到?|带动|拉动|推动|确保|保持|力争|预计|累计|全年|全[省市区县国州]|地区|地方|货物|外贸|对外|全社会|全体|全部|"
    r"[全同]口径|其中|一般|总|我[省市区县国])+$"
)
_OVER_YEARS = re.compile(r"年均|近[几两三四五六七八九十\d]+年")
_STATED = re.compile(_SUM.pattern.removesuffix("$"))
_COUNTS = re.compile(r"\d(?![\d.]*[年月日])")
_TOO = re.compile(r"[、和与及的]")
# a sum may be asked for in any of these, never as a time or an age
_OF_SUMS = frozenset("money percent points ratio count plain area mass volume energy".split())
# Weights of words that together say whose sum or what kind it is: two common words or a rare one.
_OWNED, _TELLING, _KIND = 0.5, 0.6, 0.9
# Shares of such words that are held: not at all, hardly, met; and how near another word for a sum must be.
_HARDLY, _HINTED, _MET, _SAME_SUM, _ALL = 0.1, 0.3, 0.5, 0.7, 0.95


def of_other_sort(ask: Ask, folded: str, quantity: Quantity, beside: str) -> bool:
    """Tell whether a figure of the right unit says something else than is asked for.

    `beside` are the words about it that say what it measures.
    """
    return (
        _level_for_change(ask.text, folded, quantity, beside)
        or _added_for_all(ask.text, folded, quantity)
        or _of_a_longer_noun(ask, folded, quantity)
        or _over_years(ask.text, folded, quantity)
    )


def of_other_noun(ask: Ask, candidate: Candidate, quantity: Quantity, beside: str) -> bool:
    """Tell whether the words about a figure name another sum or part, or what is not counted by it."""
    return (
        _of_other_level(ask.text, beside)
        or _lacks_counted(ask, candidate, quantity)
        or _of_other_sum(ask, candidate.folded, beside)
        or _of_a_part(ask, _PHRASE.split(candidate.folded[: quantity.start])[-1])
    )


def of_other_owner(ask: Ask, around: Sequence[str]) -> bool:
    """Tell whether a clause gives the sum asked for, but nothing about it names whose sum is asked for.

    战略性新兴产业增加值 is none of 数字经济. The first text of `around` is the clause.
    """
    known = [term for term in ask.terms if not term.light]
    sums = [index for index, term in enumerate(known) if index and _SUM.search(term.text)]
    if not sums or match(known[sums[-1]], around[0]) < _MET:
        return False
    if ask.dimensions and not ask.dimensions & _OF_SUMS:
        return False  # 几年内不能再申请补贴 asks for no 补贴
    # a word of the street is no name: a text says it otherwise
    owner = [t._replace(near=()) for t in _before(known, sums[-1]) if not formal_words(t.text)]
    return sum(term.weight for term in owner) >= _OWNED and _held(owner, *around) < _HINTED


def _before(known: Sequence[Term], index: int, least: float = _TELLING) -> list[Term]:
    """Return the terms right before one, so many that they say of what it is one."""
    found: list[Term] = []
    for term in reversed(known[:index]):
        found.append(term)
        if sum(one.weight for one in found) >= least:
            break
    return found


def _held(terms: Sequence[Term], *texts: str) -> float:
    return coverage(terms, *((text, 1.0) for text in texts))


def _of_other_level(asked: str, beside: str) -> bool:
    """Tell whether a figure counts things of another level of government: 市级 for 国家级."""
    wanted, told = set(_LEVEL.findall(asked)), set(_LEVEL.findall(beside))
    return bool(wanted and told) and wanted.isdisjoint(told)


def _lacks_counted(ask: Ask, candidate: Candidate, quantity: Quantity) -> bool:
    """Tell whether a clause has all before the noun asked for but not the noun: 医疗中心 for 医疗中心城市."""
    asked = measures(ask.text) if quantity.dimension == "count" else []
    noun = _COUNTED.match(ask.text, asked[0].end) if asked else None
    if noun is None or not _THING.search(noun.group()):
        return False
    known = [term for term in ask.terms if not term.light and term.text in noun.group()]
    if len(known) < 2 or not noun.group().endswith(known[-1].text):
        return False
    around = candidate.folded, candidate.sentence_before
    met = next((at for at, term in enumerate(known) if _held([term], *around) < _HINTED), len(known))
    said = [term._replace(near=()) for term in known[:met]]
    return met < len(known) and _held(said, *around) >= _ALL and _held(known[met:], *around) < _HINTED


def _of_other_sum(ask: Ask, folded: str, beside: str) -> bool:
    """Tell whether the words beside a figure name a sum, and not the one asked for: 营收 for 增加值."""
    stated = _STATED.search(beside)
    if not stated or measures_in(stated.group(), ask.dimensions):
        return False  # 面积 is what 多大 asks for
    asked = [term for term in ask.terms if _SUM.search(term.text)]
    if asked:
        return max(match(term, beside) for term in asked) < _SAME_SUM
    return bool(ask.head) and _held(ask.terms, beside) < _HARDLY and _held(ask.terms, folded) < _HINTED


def _of_a_part(ask: Ask, phrase: str) -> bool:
    """Tell whether a figure is of a part of the sum asked for: 海洋生产总值 for 地区生产总值."""
    for noun in (term for term in ask.head if any(map(_SUM.search, term.names))):
        name = max((name for name in noun.names if name in phrase), key=len, default="")
        before = _TOO.split(phrase[: phrase.rfind(name)])[-1] if name else ""
        part = [] if _NO_PART.search(before) else [t for t in terms(before) if not t.light][-1:]
        asked = any(t.text in one.text or match(one, t.text) >= _MET for t in part for one in ask.terms)
        if part and part[0].weight >= _TELLING and not asked and not places.find(before):
            return True
    return False


def _over_years(asked: str, folded: str, quantity: Quantity) -> bool:
    """Tell whether a rate is the mean of several years and none is asked for."""
    phrase = _PHRASE.split(folded[: quantity.start])[-1]
    return quantity.dimension == "percent" and bool(
        _OVER_YEARS.search(phrase) and not _OVER_YEARS.search(asked)
    )


def of_other_kind(ask: Ask, candidate: Candidate, quantity: Quantity) -> bool:
    """Tell whether a figure counts another kind of the noun asked for: 专精特新企业 for 高技术制造业企业.

    What the clause has named before, without a figure, leads into what follows: 送餐补贴,其中1-2级补贴.
    """
    *earlier, phrase = _PHRASE.split(candidate.folded[: quantity.start])
    led_by = "".join(one for one in earlier if not _COUNTS.search(one))
    known = [term for term in ask.terms if not term.light]
    if not ask.head or ask.head[-1] not in known or len(ask.head[-1].text) < 2:
        return False
    noun, owner = ask.head[-1], _before(known, known.index(ask.head[-1]), _KIND)
    at = phrase.rfind(noun.text)
    if at <= 0 or sum(term.weight for term in owner) < _TELLING or _held(owner, phrase) >= _HINTED:
        return False
    other = sum(term.weight for term in terms(_TOO.split(phrase[:at])[-1]) if not term.light)
    if other < _TELLING or _held(owner, led_by) >= _MET:
        return False
    around = candidate.sentence_before, candidate.frame
    return _held(owner, candidate.folded) >= _MET or _held(owner, *around) < _HINTED


def _level_for_change(asked: str, folded: str, quantity: Quantity, beside: str) -> bool:
    """Tell whether 占比达35% stands where 增长多少 is asked, or the other way round."""
    if quantity.dimension not in ("percent", "points"):
        return False
    phrase = _PHRASE.split(folded[: quantity.start])[-1]
    if _ASKS_CHANGE.search(asked):
        if _RATE_OF.search(phrase):
            return True
        return not _SAYS_CHANGE.search(phrase + beside + folded[quantity.end : quantity.end + 8])
    if _ASKS_LEVEL.search(asked) and not _SAYS_CHANGE.search(asked):
        return bool(_CHANGED_BY.search(phrase))
    return False


def _added_for_all(asked: str, folded: str, quantity: Quantity) -> bool:
    """Tell whether 新增2家 stands where the total is asked for, or 累计77家 where what was added is."""
    if quantity.dimension != "count":
        return False
    added, total = bool(_ASKS_ADDED.search(asked)), bool(_ASKS_TOTAL.search(asked))
    if added == total:
        return False
    phrase = _PHRASE.split(folded[: quantity.start])[-1]
    marks = list(_MARK.finditer(phrase))
    if not marks:
        return False
    last = marks[-1]
    if total:
        return bool(last["added"]) and not re.search(_TOTAL, phrase)
    return bool(last["total"])


def is_added(stretch: str, place: int) -> bool:
    """Tell whether the figure at `place` is of what was added: not the second of 新增2家,总量达9家."""
    before = list(_MARK.finditer(stretch, 0, place))
    return before[-1]["total"] is None if before else bool(ADDED.search(stretch))


def is_change(word: str) -> bool:
    """Tell whether a word says only that something grew or shrank."""
    return re.fullmatch(_CHANGE, word) is not None


def bears_sort(ask: Ask, before: str) -> bool:
    """Tell whether a figure is marked as what is asked for: 总数达36家 where the total is."""
    marks = list(_MARK.finditer(_PHRASE.split(before)[-1]))
    asked = "added" if _ASKS_ADDED.search(ask.text) else "total" if _ASKS_TOTAL.search(ask.text) else ""
    return bool(asked and marks and marks[-1][asked])


def _of_a_longer_noun(ask: Ask, folded: str, quantity: Quantity) -> bool:
    """Tell whether the noun asked for only qualifies what is counted: 企业 in 企业技术中心77家."""
    if quantity.dimension != "count" or not ask.head:
        return False
    noun = ask.head[-1]
    before = _LINK.sub("", _PHRASE.split(folded[: quantity.start])[-1])
    for name in noun.names:
        after = folded[quantity.end :]
        for stretch, whole in ((before, True), (after, False)):
            at = stretch.rfind(name) if whole else stretch.find(name)
            if at < 0 or (not whole and _PHRASE.search(stretch[:at])):
                continue
            head = _HEAD.match(stretch, at + len(name))
            if head and head.group() not in ask.text and (not whole or head.end() == len(stretch)):
                return True
    return False
