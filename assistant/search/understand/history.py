"""Follow-up questions: what they leave out is taken from the conversation before them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ...types import Answer
from ...zh import places
from ...zh.fold import fold
from ...zh.numbering import to_int
from ...zh.quantities import years
from ...zh.tokens import content_words
from .frame import strip_frame

_MORE = re.compile(
    r"^(?:请|能|可以|能不能|可不可以|麻烦)?(?:再|更|还)?(?:说|讲|介绍|解释|展开|补充|描述)?(?:得|的)?(?:再)?(?:详细|具体|深入|多|完整)(?:一点|一些|点|些|说说|讲讲)?(?:说|讲|介绍)?(?:吗|吧|呢|一下)*[??。!]*$|"
    r"^(?:请)?(?:展开|继续|接着)(?:说说|讲讲|说|讲|介绍)?(?:一下|吧)?[??。!]*$|^(?:还有(?:呢|吗|别的吗|其他的?吗|哪些)?|然后呢)[??。]*$"
)
_ITEM = re.compile(r"^(?:那么?)?第([一二三四五六七八九十\d]+)(?:条|点|项|个|部分|方面|款)?(.*)$")
_ANAPHOR = re.compile(
    r"^(?:那么?|这|它们?|其(?!他)|该|此|上述|前者|后者|他们)|它们?的?|其(?:中|目标|规模)|该(?:市|省|县|区|文件|方案|企业|公司)|这个|这些|那个|上面|刚才"
)
_TAIL = re.compile(r"[呢吗啊呀吧??。!\s]+$")
# a question of so few content words of its own leans on what came before
_SELF_CONTAINED_WORDS = 3


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
    own_regions, old_regions = places.find(question), places.find(before)
    rest = _TAIL.sub("", _own_words(folded, own_regions))
    if not rest:
        return _substituted(question, before)
    if _leans_on_history(folded, rest):
        return _inherited(question, before, bool(own_regions or not old_regions))
    return question


def _own_words(folded: str, regions: Sequence[places.Place]) -> str:
    """Return what is left of a question without regions, years and connectives."""
    spans = [(place.start, place.end) for place in regions]
    spans += [(year.start, year.end) for year in years(folded)]
    kept = [c for index, c in enumerate(folded) if not any(start <= index < end for start, end in spans)]
    return re.sub(r"^(?:那么?|而|还有|换成|如果是|改成|至于)+|[的在和与、,]", "", "".join(kept))


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


def _leans_on_history(folded: str, rest: str) -> bool:
    return bool(_ANAPHOR.search(folded)) or len(content_words(strip_frame(rest))) < _SELF_CONTAINED_WORDS


def _inherited(question: str, before: str, has_region: bool) -> str:
    """Return `question` headed by the region, year and document of the question before."""
    inherited = re.findall(r"《[^《》]+》", before) if "《" not in question else []
    if not has_region:
        found = places.find(before)
        inherited += [before[place.start : place.end] for place in found[:1]]
    if not years(question) and (found_years := years(before)):
        inherited += [before[found_years[0].start : found_years[-1].end]]
    bare = re.sub(r"^(?:那么?|它们?的?|其|该[市省县区]的?|这个?)", "", question)
    topic = "" if inherited else strip_frame(fold(before)) + " "
    return "".join(inherited) + topic + bare


def _item(question: str, match: re.Match[str], before: str, answer: Answer) -> str:
    """Return the question after the item that 第二条呢 points at in the answer before."""
    number = to_int(match[1]) if not match[1].isdigit() else int(match[1])
    items = answer.statements
    if not number or number > len(items):
        return question
    rest = _TAIL.sub("", match[2]) or "具体内容"
    del before
    return f"“{items[number - 1].text.rstrip('。;；')}”{rest}"
