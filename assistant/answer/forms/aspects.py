"""One side of a place or a text as a whole: its problems, goals, tasks, results, suggestions.

浙江今年的目标 and 长兴面临的挑战 name nothing but the side: it is known by the words that headings and
leading sentences of reports and plans have for it. All text is folded.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ...types import Answer, Document, Hit, Kind, Plan, Section
from ...zh.fold import folded_text, unended
from ...zh.sentences import Span, paragraph_around, sentences
from ..draft import Draft
from ..evidence.terms import terms
from ..sources import Sources
from .headings.headed import documents_meant
from .headings.outline import told_below
from .named import is_text, text_meant
from .sections import fits, unnumbered

_KINDS = frozenset({Kind.PASSAGE, Kind.LIST, Kind.OUTLINE, Kind.DEFINITION, Kind.BODY})  # 差在哪些地方
# what leads to the side that is asked for
_AROUND = frozenset(
    "面临 面对 存在 要做 做 遇到 提出 确定 设定 今年 明年 取得 还有 要 主要 "
    "解决 破解 化解 应对 针对 "
    "承认 认为 指出 自己 目前 眼下 当前 现在 地方 方面 环节".split()
)
_MOST, _MOST_BEHIND = 3, 7  # sentences told, and of a paragraph that is led into
# 还面临许多困难挑战,工作中仍存在一些不足: what they are is told behind it
_LEADS = re.compile(r"(?:困难|问题|挑战|不足|短板|差距)[^。,;:\d]{0,6}[。:]?$")
_SOLVES = re.compile(r"(?:解决|破解|化解|攻克|纾解|整改)[^,]{0,6}(?:什么|哪些|啥)")  # those are past
_LONGEST_HEADING = 40
_OPENING = 24  # characters of a section that may say what it is called


class _Aspect(NamedTuple):
    """How it is called and asked for, how its section is headed, and how a sentence tells it."""

    noun: re.Pattern[str]
    asked: re.Pattern[str]
    headings: tuple[re.Pattern[str], ...]  # the surest first: 举措 may be what is done already
    told: tuple[re.Pattern[str], ...]  # the surest first


def _aspect(nouns: str, heading: str, *told: str, else_headed: str = "") -> _Aspect:
    asked = (
        rf"(?:{nouns})(?:是什么|是啥|有哪些|有啥|是多少|如何|怎么样|怎样|包括哪些|讲了什么|出?在哪.{{0,3}})?$"
    )
    return _Aspect(
        re.compile(nouns),
        re.compile(f"{asked}|(?:什么|哪些|啥)(?:{nouns})$"),
        tuple(re.compile(one) for one in (heading, else_headed) if one),
        tuple(map(re.compile, told)),
    )


_ASPECTS = (
    _aspect(
        r"问题|困难|挑战|短板|不足|瓶颈|难题|难点|难处|痛点|堵点|毛病|弱项|软肋|欠缺|差距|薄弱环节|[差难弱卡](?=在)",
        r"问题(?!导向)|困难|挑战|短板|不足(?!\d)|瓶颈|制约",
        r"(?:问题|困难|挑战|短板|不足|差距)(?:主要|仍然|依然|还|,|:)|"
        r"(?:清醒|也|还|充分|同时)(?:地)?(?:看到|认识到|面临|存在)[^。]*(?:问题|困难|挑战|短板|不足|不够|不强|不平衡)",
        r"一是[^。;]{2,20}(?:不[足够强畅高实]|薄弱|缺[乏口]|偏差|滞后|[少低弱慢难差])",
    ),
    _aspect(
        r"(?:主要|总体|发展|预期|奋斗|工作)*目标|目标任务",
        r"(?:发展|总体|主要|工作|预期|奋斗|阶段)目标|^目标|目标(?:任务)?$",
        r"(?:预期|总体|主要|发展|奋斗|年度|工作)目标(?:任务)?(?:是|为|:)|目标(?:是|为|:)",
        r"力争|(?:提出|确保|计划)[^。]{0,30}(?:达到?|突破|超过|实现)[^。]{0,12}\d|目标",
    ),
    _aspect(
        r"(?:主要|重点)任务|(?:重点|主要)工作|工作(?:安排|部署|重点)|要做(?:的事|什么|哪些事)|任务",
        r"(?:主要|重点|工作)任务|重点工作|主要工作|工作(?:安排|部署|重点)|今年工作|年(?:的)?(?:政府)?工作(?!回顾|总结|报告)",
        r"(?:重点|着力|突出|扎实)?(?:做好|抓好)[^。]{0,12}(?:方面|项|个)?(?:的)?工作",
    ),
    _aspect(
        r"(?:主要|工作)?(?:成效|成绩|成就|成果|进展)",
        r"成效|成绩|成就|回顾|进展",
        r"取得[^。]{0,20}(?:成效|成绩|成就|进展)",
    ),
    _aspect(
        r"(?:对策)?建议|对策|(?:政策|工作|改进)建议",
        r"建议|对策",
        r"建议[:一:,]|(?:提出|为此)[^。]{0,12}建议",
        else_headed=r"举措|措施|思路|思考|启示|路径|出路",
    ),
    _aspect(r"(?:总体|基本|发展|工作)*思路", r"思路"),
    _aspect(r"(?:主要|具体|工作)*(?:措施|举措)", r"措施|举措", else_headed=r"对策|建议"),
)


def aspect_of(plan: Plan, hits: Sequence[Hit], sources: Sources) -> Answer | None:
    """Return the side of a place or of a named text that `plan` asks for and nothing more, else None."""
    asked = unended(plan.resolved)
    aspect = next((one for one in _ASPECTS if one.asked.search(asked)), None)
    if aspect is None or plan.kind not in _KINDS or _SOLVES.search(asked):
        return None
    rest = terms(aspect.noun.sub(" ", plan.topic), plan.expansions)
    matter = [term for term in rest if not (term.light or term.text in _AROUND or is_text(term))]
    if plan.regions and not matter:
        documents = documents_meant(plan, hits, sources)
    else:
        named = text_meant(plan, matter, hits, sources)
        documents = [named] if named else []
    for document in documents:
        if section := _headed(plan, document, aspect):
            return told_below(plan, document, _narrowed(document, section, aspect))
    return _told(plan, aspect, documents)


def _headed(plan: Plan, document: Document, aspect: _Aspect) -> Section | None:
    """Return the first section of `document` that is headed by the side, by its surest words."""
    headings = [(folded_text(unnumbered(one.heading)), one) for one in document.sections[1:]]
    for words in aspect.headings:
        for heading, section in headings:
            headed = len(heading) <= _LONGEST_HEADING and words.search(heading)
            if headed and _is_meant(plan, document, section):
                return section
    return None


def _narrowed(document: Document, section: Section, aspect: _Aspect) -> Section:
    """Return the one part of a section that is called by the side alone: 主要问题 of 现状与问题."""
    index = document.sections.index(section)
    below = [one for one in document.sections if one.parent == index]
    called = [one for one in below if any(words.search(_opening(document, one)) for words in aspect.headings)]
    return called[0] if len(called) == 1 < len(below) else section


def _opening(document: Document, section: Section) -> str:
    """Return what may say how a section is called: its first characters up to a stop, folded."""
    return folded_text(document.text[section.start : section.start + _OPENING]).partition("。")[0]


def _told(plan: Plan, aspect: _Aspect, documents: Sequence[Document]) -> Answer | None:
    """Return the sentences that tell the side in so many words."""
    for told in aspect.told:
        for document in documents:
            found = [span for span in _sentences(plan, document) if told.search(_folded(document, span))]
            if found:
                leads = _LEADS.search(_folded(document, found[0]))
                draft = Draft(plan)
                lines = [
                    draft.state(document.text[span.start : span.end], document, *span)
                    for span in (_on_from(document, found[0]) if leads else found[:_MOST])
                ]
                return draft.answer("\n\n".join(lines))
    return None


def _on_from(document: Document, lead: Span) -> list[Span]:
    """Return a sentence that only leads and those behind it in its paragraph."""
    end = paragraph_around(document.text, *lead).end
    return [lead, *sentences(document.text, lead.end, end)][:_MOST_BEHIND]


def _sentences(plan: Plan, document: Document) -> Iterator[Span]:
    for section in document.sections:
        if _is_meant(plan, document, section):
            yield from _own(document, section)


def _is_meant(plan: Plan, document: Document, section: Section) -> bool:
    """Tell whether a section is of the year and of the very place or text that the question names."""
    home = section.region or document.metadata.region
    named = not plan.regions or (home in plan.regions and len(plan.regions) == 1)
    return named and fits(plan, document, section)


def _own(document: Document, section: Section) -> Iterator[Span]:
    """Yield the sentences of a section before its first sub-section."""
    below = (one.start for one in document.sections if one.start >= section.body_start and one is not section)
    yield from sentences(document.text, section.body_start, min([section.end, *below]))


def _folded(document: Document, span: Span) -> str:
    return folded_text(document.text[span.start : span.end])
