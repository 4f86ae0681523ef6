"""The place that a document is of where no list has it: a new district, a place of an example."""

from __future__ import annotations

import re
from itertools import accumulate

from ..zh.fold import fold
from ..zh.places import is_listed
from ..zh.tokens import cut, rarity

_SUFFIX = re.compile(r"[省市县区旗州](?=[㐀-鿿\d\"“《:])")
_STEMS = (3, 2)  # characters before 市 or 县, the longer first: 乌石岭区, 沧垣市
_OPENING = re.compile(r"(?:^|[年度《]|关于|[对在]|政协|中共|印发)$")
# 各县区, 三个市 and 城区 are said of places; 经开区 and 景区 of what lies in one
_NO_STEM = re.compile(
    r"^[本我该此每某其两一二三四五六七八九十]|[全各在]|[省市县区旗镇乡村]|^(?:经开|高新|自贸|综保|保税|示范|开发)"
)
_ENOUGH = 2
_RARE = 0.7  # 安澜; 贫困 and 试点 are at .6
_NEARLY_AS_OFTEN = 0.8  # as without its first character: 沙溪口县 and not 溪口县


def locality(text: str, body: str) -> str:
    """Return the first name in `text`, a title or a signature, that is of a place by its form: 沧垣市.

    It is made of no word and opens the text, or `body` has it again, or has it before the name of a
    government.
    """
    folded = fold(text)
    suffixes = list(_SUFFIX.finditer(folded))
    if not suffixes:
        return ""  # most titles: the whole text need not be folded for them
    around = fold(body)
    edges = {0, *accumulate(map(len, cut(folded)))}
    for suffix in suffixes:
        starts = [suffix.start() - size for size in _STEMS if suffix.start() >= size]
        often = {start: around.count(folded[start : suffix.end()]) for start in starts}
        for start in starts:
            as_often = often[start] >= _NEARLY_AS_OFTEN * max(often.values())
            name = folded[start : suffix.end()]
            opens = bool(_OPENING.search(folded[:start]))
            # 市政府 is one word: the stem ends where a word begins, or the name where one ends
            whole = start in edges and not edges.isdisjoint(suffix.span())
            if as_often and whole and _is_place(name, around, opens=opens):
                return name
    return ""


def _is_place(name: str, around: str, *, opens: bool) -> bool:
    stem = name[:-1]
    if not re.fullmatch("[㐀-鿿]+", stem) or _NO_STEM.search(stem) or is_listed(name):
        return False
    if f"{name}人民政府" in around:
        return True
    if max(map(len, cut(stem))) > 1:  # 安澜 is a rare word
        return opens and rarity(stem) >= _RARE and around.count(name) >= _ENOUGH
    return opens or around.count(name) >= _ENOUGH
