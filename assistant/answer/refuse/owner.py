"""Whose figure a question asks for: 天开园 in 天开园的总投资; and of which place that no list has: 白鹿县."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...types import Plan
from ...zh import places
from ...zh.fold import fold
from ...zh.tokens import STOPWORDS, cut, rarity

# A name stands at the head of the question, before what is said of it, and ends as names of institutions,
# sites and undertakings end; 老板们腾出来的 and 块头最大的 describe, and a text may describe otherwise.
_HEAD = re.compile(
    r"^[\s,]*(?:听说过?|据说|听闻)?,?(?:\d{2,4}年(?:底|末|以来)?)?"
    r"((?!听说|据说|听闻)[㐀-鿿]{2,10}?(?:园|区|院|所|站|馆|厂|店|港|城|镇|村|桥|寺|湖|山|江|中心|基金|平台|公司|集团|基地|工程|计划|大学|学校|"
    r"实验室|医院|银行|机场|联盟|协会|学会|小镇|走廊|项目|[县市州旗]))"
    r"(?:的|一?共有|总共|累计|已经?|目前|现在|有|对)(?!限|效|色)"
)
_POINTS = re.compile("[这那][些种类个家所]")  # 乡下那些学校 is no name
# 想去敬老院的 and 开公司的 tell who asks
_DOING = frozenset("想 想要 要 去 来 进 住 住进 在 到 开 开办 办 做 送 自己 给 跟 找 租 买 建 离开".split())
# 白鹿县 and not 产粮大县: two characters that are no word of the dictionary, and no part of words either
_PLACE = re.compile(
    r"(?=([㐀-鿿]{2})(?<![去到往从在至回进出])([县市州旗])(?![长委政民级场辖属直内里区县市城]))"
)
_LEAST_MET = 1 / 3  # of its pairs of characters; 南太湖新区 is not met in 环太湖


def owner(plan: Plan) -> str:
    """Return the name, in no dictionary, whose figure is asked for; empty where there is none."""
    head = _HEAD.match(places.left_out(fold(plan.resolved)).strip())
    if not head or rarity(head[1]) < 1 or _POINTS.search(head[1]):
        return ""
    words = cut(head[1])
    return "" if words[0] in _DOING or any(word in STOPWORDS for word in words) else head[1]


def unlisted_place(plan: Plan) -> str:
    """Return the place that the question names and no list does; empty without one."""
    return next(_unlisted(fold(plan.resolved)), "")


def is_of_another(place: str, statement: str) -> bool:
    """Tell whether the folded `statement` names another place that no list has, and not `place`."""
    return place not in statement and any(other[-1] == place[-1] for other in _unlisted(statement))


def _unlisted(text: str) -> Iterator[str]:
    """Yield what the form says is a place, where no list has it and its characters are no words."""
    known = [range(place.start, place.end) for place in places.find(text)]
    for found in _PLACE.finditer(text):
        at, name = found.start(), found[1]
        if any(at in place or at + 1 in place for place in known):
            continue
        apart = all(word in (name, *name) for word in cut(text[max(at - 4, 0) : at + 3])[-3:-1])
        if rarity(name) >= 1 and apart and not any(character in STOPWORDS for character in name):
            yield name + found[2]


def is_met(name: str, text: str) -> bool:
    """Tell whether the folded `text` speaks of `name`, whole or for a good part."""
    pairs = [name[at : at + 2] for at in range(len(name) - 1)]
    return sum(pair in text for pair in pairs) > _LEAST_MET * len(pairs)
