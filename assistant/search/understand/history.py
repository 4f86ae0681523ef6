"""Follow-up questions: what they leave out is taken from the conversation before them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ...types import Answer, Kind
from ...zh import places
from ...zh.dates import years
from ...zh.fold import fold
from ...zh.numbering import to_int
from ...zh.periods import RELATIVE_YEAR
from ...zh.tokens import content_words
from .frame import asked_unit, is_asking, kind_of, strip_frame
from .whereabouts import official_name, whereabouts

_MORE = re.compile(
    r"^(?:请|能|可以|能不能|可不可以|麻烦)?(?:再|更|还)?(?:说|讲|介绍|解释|展开|补充|描述)?(?:得|的)?再?"
    r"(?:详细|具体|深入|多|完整)(?:一点|一些|点|些|说说|讲讲)?(?:说|讲|介绍)?(?:吗|吧|呢|一下)*[??。!]*$|"
    r"^请?(?:展开|继续|接着)(?:说说|讲讲|说|讲|介绍)?(?:一下|吧)?[?。!]*$|"
    r"^(?:还有(?:呢|吗|别的吗|其他的?吗|哪些)?|然后呢)[?。]*$"
)
_ARTICLE = r"第([一二三四五六七八九十\d]+)(?:条|点|项|个|部分|方面|款|章|节)"
_ITEM = re.compile(rf"^(?:那么?)?{_ARTICLE}(.*)$")
_ANAPHOR = re.compile(
    r"^(?:那么?|这|它们?|其(?!他)|该|此|上述|前者|后者|他们)|它们?|其(?:中|目标|规模)|那里|这里|"
    r"该(?:市|省|县|区|文件|方案|企业|公司)|这个|这些|那个|上面|刚才"
)
_OPENING = re.compile(
    r"^(?:那么?|而|还有|换成|如果是|改成|至于|它们?的?|其|该[市省县区]的?|这(?:个|笔|项|种|些|次|批|类|份|条|家|块)?|那里的?|这里的?)+"
)
_TAIL = re.compile(r"[呢吗啊呀吧?？。!！\s]+$")
# A question of fewer content words of its own leans on what came before; one more where both ask for
# figures, since a figure belongs to a place: 云南选派了多少科技特派员, 技能人才新增多少.
_SELF_CONTAINED_WORDS = 3
# what tells the assistant to do something with things that it names: a question of its own
_COMMAND = re.compile(r"比较|对比|列出|列举|罗列|介绍|说明|概括|总结|梳理|归纳|分析|解释|汇总")
# nouns for a side of something else: 目标是什么 asks for the aim of what was spoken of
_RELATIONAL = frozenset(
    "目标 任务 措施 举措 内容 原因 条件 标准 范围 对象 期限 意义 背景 作用 特点 优势 问题 做法 "
    "数量 金额 规模 增速 比例 占比 时间 效果 成效 结果 依据 目的 原则 重点 要求 责任 处罚 区别 定义 含义 "
    "意思 概念 影响 来源 程序 流程 材料 方式 方法 步骤 机制 政策 主要 具体 总体 发展 预期 条".split()
)
# a side of a matter that a noun alone asks for: 期限呢, 申请材料呢; of the first sort there are several
_SIDES = "条件|材料|资料|流程|步骤|程序|手续|对象|范围|方式|渠道|办法|责任|内容|待遇|原则|措施|任务"
_SEVERAL = re.compile(rf"(?:{_SIDES})$")
_ASPECT = re.compile(rf"(?:{_SIDES}|[率额价费]|期限|有效期|时间|时限|标准|数量|比例|金额|规模)$")
# where a question leaves its subject and begins to ask
_PREDICATE = re.compile(
    r"(?:分别)?(?:要|需要?|应当?|必须|能够?|可以|会|有(?:哪|什么|多|几)|是(?:哪|什么|谁|多|怎|几)|由|包括|分为|"
    r"归(?=谁|哪|什么)|最[高低多少长短大小]|多[少久长大高]|几(?!乎)|怎么|如何|怎样|哪|什么|谁)"
)
_PLACE_AT_HEAD = re.compile(r"[㐀-鿿]{1,4}?([省市县区镇乡村])的?")
_PLACE_BY_FORM = re.compile(r"[㐀-鿿]{1,4}[省市县区镇乡村州旗]")
_CHANGES = frozenset(
    "上年 去年 同比 环比 增长 下降 增加 减少 提高 增幅 降幅 实际 计划 目前 已经".split()
)  # of something named before
_STRUCTURAL = frozenset({"条", "点", "章", "节", "部分", "项", "款"})  # 有几条 counts the parts of a text
_OTHERS = re.compile(r"^(?:还|另外)?有?(?:没有?|哪些)?(?:别的|其他的?|其它的?|更多的?)(.*)$")
_FRAMES = {
    Kind.FIGURE: "是多少",
    Kind.DATE: "是什么时候",
    Kind.BODY: "是谁",
    Kind.DEFINITION: "是什么",
    Kind.LIST: "有哪些",
    Kind.OUTLINE: "有哪些",
}


def resolve(question: str, history: Sequence[tuple[str, Answer]]) -> str:
    """Return `question` with the region, topic or item that it inherits from `history`."""
    if not history:
        return question
    before, answer = history[-1]
    before = answer.resolved or before
    folded = fold(question.strip())
    if _MORE.match(folded):
        return before
    if item := _ITEM.match(folded):
        return _item(question, item, before, answer)
    rest = _own_words(folded)
    if not rest:
        return _substituted(question, before)
    if (name := official_name(_bare(folded).rstrip("的"))) and whereabouts(before):
        return _substituted(name, before)  # 大同呢 behind a question of another place asks of 大同市
    if _stands_alone(folded, rest):
        return question
    if others := _OTHERS.match(_TAIL.sub("", folded)):
        return _headed(_topic(before) + others[1], before) + "有哪些"
    if not is_asking(folded):
        return _continued(question, before)
    if _ANAPHOR.search(folded) or _leans(folded, rest, before):
        few = sum(word not in _CHANGES and word not in before for word in _content(rest)) < 2
        # without a place or document of its own the question before lends its matter
        named = places.find(before) or "《" in before
        own = _bare(question)
        topic = _without_rivals(_subject(before), own) if few or not named else ""
        return _headed(own if topic in question else topic + own, before, question)
    return question


def _own_words(folded: str) -> str:
    """Return what is left of a question without regions, years and connectives."""
    spans = [(place.start, place.end) for place in places.find(folded)]
    spans += [(year.start, year.end) for year in years(folded)]
    kept = [c for index, c in enumerate(folded) if not any(start <= index < end for start, end in spans)]
    return re.sub(r"[的在和与、,]", "", _OPENING.sub("", _TAIL.sub("", "".join(kept))))


def _bare(question: str) -> str:
    return _OPENING.sub("", _TAIL.sub("", question.strip()))


def _topic(before: str) -> str:
    """Return what the question before was about, without its regions, years and frame."""
    return re.sub(r"\s+", "", strip_frame(_own_words(fold(before))))


def _subject(before: str) -> str:
    """Return what the question before was about, without what it asked: 创业贷款 of 创业贷款最高多少."""
    own = _own_words(fold(before))
    asked = _PREDICATE.search(own)
    subject = _ASPECT.sub("", own[: asked.start()]) if asked else ""
    said = re.sub(r"\s+", "", strip_frame(subject))
    return said if RELATIVE_YEAR.sub("", said) else _topic(before)


def _without_rivals(topic: str, own: str) -> str:
    """Return `topic` without the place and the relative year in whose stead `own` has others."""
    if RELATIVE_YEAR.search(own):
        topic = RELATIVE_YEAR.sub("", topic)
    here, there = _PLACE_AT_HEAD.match(own), _PLACE_AT_HEAD.match(topic)
    return topic[there.end() :] if here and there and here[1] == there[1] else topic


def _continued(question: str, before: str) -> str:
    """Return what a noun alone asks: an aspect of the matter before, or the same of another matter."""
    own = _bare(question)
    if swapped := _swapped(own, before):
        return swapped
    if _ASPECT.search(own):
        frame = "有哪些" if _SEVERAL.search(own) else "是多少"
        return _headed(_subject(before) + own, before, question) + frame
    if places.find(before) or "《" in before:
        return _headed(own, before) + _FRAMES.get(kind_of(fold(before)), "")
    if own.endswith("的"):  # 未满十六周岁的 of the same matter; of an item of an answer there is no other
        return own if "“" in before else own + before
    asked = _PREDICATE.search(before)
    return own + (before[asked.start() :] if asked else _FRAMES.get(kind_of(fold(before)), ""))


def _swapped(own: str, before: str) -> str:
    """Return the question before with a place that no list has for its own: 那白茅镇呢; else empty."""
    if not _PLACE_BY_FORM.fullmatch(own):
        return ""
    there = re.search(rf"(?:^|(?<=[年月日的在和与对，,、 ]))[㐀-鿿]{{1,4}}?{own[-1]}", before)
    return before[: there.start()] + own + before[there.end() :] if there else ""


def _content(rest: str) -> list[str]:
    """Return the content words of a question's own; 来 of 由谁来处置 is none."""
    return [word for word in content_words(strip_frame(rest)) if len(word) > 1 or word in _RELATIONAL]


def _stands_alone(folded: str, rest: str) -> bool:
    """Tell whether a question has a matter of its own, so that what came before is none of its concern."""
    if _ANAPHOR.search(folded) or _OPENING.match(folded):
        return False
    kind = kind_of(folded)
    own = [word for word in _content(rest) if word not in _RELATIONAL]
    if kind in (Kind.CATALOGUE, Kind.RANKING, Kind.ACROSS):
        return bool(own)
    if _COMMAND.search(folded):
        return bool(places.find(folded) or "《" in folded or len(own) > 1)
    structural = kind is Kind.FIGURE and asked_unit(folded) in _STRUCTURAL
    return bool(own) and (kind is Kind.DEFINITION or structural)


def _leans(folded: str, rest: str, before: str) -> bool:
    if places.find(folded) or "《" in folded:
        return False
    of_one_kind = kind_of(folded) is kind_of(fold(before)) is Kind.FIGURE and places.find(before)
    return len(_content(rest)) < _SELF_CONTAINED_WORDS + bool(of_one_kind)


def _headed(text: str, before: str, question: str = "") -> str:
    """Return `text` headed by the document, region and year of the question before that it lacks."""
    own = question or text
    head = "".join(re.findall(r"《[^《》]+》", before)) if "《" not in own else ""
    found = places.find(before)
    if found and not places.find(own):
        head += before[found[-1].start : found[-1].end]
    found_years = years(before)
    if found_years and not years(own):
        head += before[found_years[0].start : found_years[-1].end]
    return head + text


def _substituted(question: str, before: str) -> str:
    """Return the question before with the new regions or years in place of its own: 那江苏呢."""
    resolved = before
    if regions := places.find(question):
        written = "和".join(question[place.start : place.end] for place in regions)
        start, end = whereabouts(before) or (0, 0)
        resolved = resolved[:start] + written + resolved[end:]
    new_years, old_years = years(question), years(resolved)
    if new_years:
        written = question[new_years[0].start : new_years[-1].end]
        if old_years:
            resolved = resolved[: old_years[0].start] + written + resolved[old_years[-1].end :]
        else:
            resolved = written + resolved
    return resolved


def _item(question: str, match: re.Match[str], before: str, answer: Answer) -> str:
    """Return the question after the item that 第二条呢 points at: of a document, or of the answer before."""
    if earlier := re.search(_ARTICLE, before):
        return before[: earlier.start()] + _bare(question) + before[earlier.end() :]
    items = re.findall(r"^- (.+)$", answer.text, re.MULTILINE) or [one.text for one in answer.statements]
    number = to_int(match[1])
    if not 0 < number <= len(items):  # of the document, where the answer before came from one
        titles = dict.fromkeys(re.findall(r"《[^《》]+》", before)) or dict.fromkeys(
            f"《{citation.title}》" for citation in answer.citations
        )
        return f"{next(iter(titles))}{_bare(question)}" if len(titles) == 1 else question
    headed = re.match(r"\*\*(.+?)\*\*", items[number - 1])  # the item's heading, where it has one
    told = headed[1] if headed else items[number - 1]
    named = re.sub(r"\*\*|\[\d+\]", "", told).split("。")[0].strip("；; ")
    rest = _TAIL.sub("", match[2]).lstrip("的,，") or "具体内容是什么"
    return _headed(f"“{named[:40]}”{rest}", before)
