"""Definitions, enumerations and purposes by their form, looked for in the whole of the documents found.

本法所称食品浪费，是指…; 市场主体登记包括设立登记、变更登记和注销登记; 为了…，制定本条例.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ...types import Kind, Plan
from ...zh.fold import fold, folded_document, folded_text
from ...zh.sentences import Span, clauses, paragraph_around
from ..evidence.candidates import Candidate, behind_head, sibling
from ..evidence.terms import coverage, terms_of

_DOCUMENTS = 5
_QUOTED = re.compile(r"[“\"'‘《]([^”\"'’》]{2,30})[”\"'’》]")
# 讲话稿开头要说清楚什么是新质生产力,材料里有吗: what stands right behind 什么是
_NAMED = re.compile(r"(?:什么是|何谓|何为|什么叫做?|啥是|啥叫)([㐀-鿿\w]{2,20}?)(?=[,。?!;\s]|$)")
_CLOSED = r"[”\"'’》)]*(?:\([^)]{0,40}\))?"
_DEFINES = rf"{_CLOSED},?(?:主要|一般|通常)?(?:就?是指|指的?是|系指|指(?![出导标数引明向示定挥南]))"
# X是…, at the head of a sentence, says what X is too, unless it says what X is for: 是推动发展的重要抓手
_ROLE = (
    r"(?:抓手|途径|路径|引擎|动力|动能|要求|基础|支撑|保障|方向|着力点|选择|体现|标志|任务|举措|力量|载体|前提|目标|手段|平台|窗口|阵地|"
    r"条件|源泉|因素|要素|环节|内容|使命|工程|关键|核心|重点|根本|所在|优势|机遇|主题|之举|之路)"
)
_OPENS = r"(?:^|(?<=[。;!?\n]))(?:所谓)?[“\"'‘《]?"
_IS = rf"{_CLOSED}是(?![否什谁哪指由在从为])(?![^。;\n]*{_ROLE}(?:[。;\n]|$))"
_THAT_IS = rf"{_CLOSED}[㐀-鿿]{{0,8}},?(?:即|也就是)(?![将使可刻时便日起])"
# “两重”：… in a list of terms, and A类护理：… at the head of an item
_NUMERAL = r"[\d一二三四五六七八九十]{1,3}"
_LISTED = rf"(?:^|(?<=\n))\s*(?:{_NUMERAL}[.、．)]|\({_NUMERAL}\))?\s*[“\"'‘《]?"
_COLON = rf"{_CLOSED}:(?=[^\n]{{6}})"
# 长期护理保险(以下简称长护险)
_SHORT_FOR = r"[㐀-鿿]{2}\((?:以下|下文|下面)?(?:统称|简称|合称|称)[为作:]?[“\"'‘《]?"
_SHORTENED = r"[”\"'’》]?[,)]"
# 四是设立“企业宁静期”。每月1日至20日…: a heading that runs in, and what it heads
_SETS_UP = r"(?:设立|设置|推行|实行|实施|推出|建立|开展|打造|构建|创设|首创)(?:了)?[“\"'‘《]?"
_AS_HEAD = rf"{_CLOSED}(?:制度|机制|模式|窗口|行动|工程|服务)?。(?=[^\n])"
_COUNTS_UP = (
    rf"{_CLOSED}(?:主要|一般|具体|共|应当|可以)*"
    r"(?:(?:包括|包含|涵盖|分为|分成)[^。;]*[、和:]|由[^。;]*[、和][^。;]*(?:组成|构成))"
)
_ASKS_FOR_PARTS = re.compile(r"包括|包含|涵盖|分为?|组成|构成|有哪几[种类]")
_ASKS_FOR_PURPOSE = re.compile(
    r"(?:为什么|为何|为了什么|为啥)[^,]{0,3}(?:制定|出台|立法|颁布|印发)|(?:立法|制定)[^,]{0,24}目的"
)
_PURPOSE = re.compile(r"为了?[^。;]{4,240}制定本")
_LEAST_TITLED = 0.5  # of the question's words, by the title of the document whose purpose is asked for


def forms_of(plan: Plan) -> tuple[re.Pattern[str], ...]:
    """Return the forms of what `plan` asks for, a definition, an enumeration, a purpose, the surest first."""
    if _ASKS_FOR_PURPOSE.search(fold(plan.resolved)):
        return (_PURPOSE,)
    name = _name(plan)
    if len(name) < 2:
        return ()
    # a name and nothing else, as into a search box, is told what it is where a text says so
    if plan.kind is Kind.DEFINITION or (plan.kind is Kind.PASSAGE and fold(plan.resolved) == name):
        core = name.rpartition("的")[2]  # 报告里讲算力用的eflops
        return (*_defining(name), *(_defining(core) if 2 <= len(core) < len(name) else ()))
    if plan.kind is Kind.LIST and _ASKS_FOR_PARTS.search(fold(plan.resolved)):
        return (re.compile(re.escape(name) + _COUNTS_UP),)
    return ()


def _defining(name: str) -> tuple[re.Pattern[str], ...]:
    """Return the forms in which a text says what `name` is, the surest first."""
    word = re.escape(name)
    ends = _DEFINES, _THAT_IS
    heads = _OPENS + word + _IS, _LISTED + word + _COLON, _SHORT_FOR + word + _SHORTENED
    forms = *(word + end for end in ends), *heads, _SETS_UP + word + _AS_HEAD
    return tuple(map(re.compile, forms))


def in_form(plan: Plan, form: re.Pattern[str], found: Sequence[Candidate]) -> list[Candidate]:
    """Return the clauses of that `form` in the documents of `found`, as candidates."""
    by_document: dict[str, Candidate] = {}
    for candidate in found:
        by_document.setdefault(candidate.document.id, candidate)
    return [
        sibling(candidate, span)
        for candidate in list(by_document.values())[:_DOCUMENTS]
        if form is not _PURPOSE or _titled(plan, candidate)
        for span in _clauses(candidate, form)
    ]


def _name(plan: Plan) -> str:
    quoted = _QUOTED.search(plan.topic)
    if quoted:
        return quoted[1]
    asked = _NAMED.search(fold(plan.resolved)) if plan.kind is Kind.DEFINITION else None
    return asked[1] if asked else max(plan.topic.split(), key=len, default="").removesuffix("的")


def _titled(plan: Plan, candidate: Candidate) -> bool:
    if candidate.document.id in plan.documents:
        return True
    return coverage(terms_of(plan), (folded_text(candidate.document.title), 1.0)) >= _LEAST_TITLED


def _clauses(candidate: Candidate, form: re.Pattern[str]) -> list[Span]:
    text = candidate.document.text
    spans = []
    for match in form.finditer(folded_document(text)):
        around = clauses(text, *paragraph_around(text, match.start(), match.end()))
        for span in around:
            if span.start <= match.start() < span.end:
                asks = text[span.start : span.end].endswith(("?", "？"))
                spans += _reply(text, span) if asks else [_with_headed(text, span)]
    return spans


def _with_headed(text: str, span: Span) -> Span:
    """Return the span of a clause with the one behind it, where it only heads that."""
    behind = behind_head(text, span, paragraph_around(text, *span).end)
    return Span(span.start, behind.end) if behind else span


def _reply(text: str, question: Span) -> list[Span]:
    """Return the first clause of the line below a question: 答：是指…."""
    below = text.find("\n", question.end) + 1
    line = paragraph_around(text, below, below) if below else None
    return clauses(text, *line)[:1] if line and line.end > line.start else []
