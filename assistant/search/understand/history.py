"""Follow-up questions: what they leave out is taken from the conversation before them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ...types import Answer, Kind
from ...zh import places
from ...zh.dates import years
from ...zh.fold import fold
from ...zh.numbering import to_int
from ...zh.tokens import content_words
from .frame import is_asking, kind_of, strip_frame

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
    r"^(?:那么?|而|还有|换成|如果是|改成|至于|它们?的?|其|该[市省县区]的?|这个?|那里的?|这里的?)+"
)
_TAIL = re.compile(r"[呢吗啊呀吧?？。!！\s]+$")
# A question of fewer content words of its own leans on what came before.
_SELF_CONTAINED_WORDS = 3
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
    if not is_asking(folded):
        return _headed(_bare(question), before) + _FRAMES.get(kind_of(fold(before)), "")
    if _ANAPHOR.search(folded) or _leans(folded, rest):
        few = len(content_words(strip_frame(rest))) < 2
        topic = _topic(before) if few else ""
        return _headed(
            topic + _bare(question) if topic not in question else _bare(question), before, question
        )
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


def _leans(folded: str, rest: str) -> bool:
    if places.find(folded) or "《" in folded:
        return False
    return len(content_words(strip_frame(rest))) < _SELF_CONTAINED_WORDS


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
    regions, old = places.find(question), places.find(before)
    if regions:
        written = "和".join(question[place.start : place.end] for place in regions)
        resolved = resolved[: old[0].start] + written + resolved[old[-1].end :] if old else written + resolved
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
    if not 0 < number <= len(items):
        return question
    named = re.sub(r"\*\*|\[\d+\]", "", items[number - 1]).split("。")[0].strip("；; ")
    rest = _TAIL.sub("", match[2]).lstrip("的,，") or "具体内容是什么"
    return _headed(f"“{named[:40]}”{rest}", before)
