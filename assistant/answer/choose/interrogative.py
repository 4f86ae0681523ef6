"""What a question asks for by its interrogative, and which words of it stand beside that."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from ...types import Plan
from ...zh.fold import fold
from ..evidence.terms import Term

INTERROGATIVE = re.compile(
    r"(?P<where>哪里|哪儿|何处|何地|(?:什么|哪个?|何)(?:地方|地区|地点|位置|城市|国家|省份?|州))"
    r"|(?P<when>何时|何年|何月|(?:什么|哪个?|哪一)(?:时候|时间|时期|年代|年份?|月份?|天|日期|世纪|朝代?))"
    r"|(?P<who>谁|何人|(?:什么|哪一?(?:个|位|名)?|哪些)人(?![种群类们])|哪一?位)"
    r"|(?P<why>为什么|为何|因何|为啥|什么原因|何故|(?:原因|理由|缘故)(?:是|为|有)?(?:什么|哪些|何)?)"
    r"|(?P<how>怎么样?|怎样|如何|(?:什么|哪[些种]?|何种?)(?:方式|方法|办法|手段|途径|形式))"
    r"|(?P<much>多少|几(?!乎|何|率)|多[大长高久远宽深重快])"
    r"|(?P<which>哪(?:[一二两三四五六七八九十几\d]{0,2}[㐀-鿿](?<![里儿])|些)|哪)"
    r"|(?P<what>什么|啥|何种?|(?<=[是为指])(?=$))"
)
CLASSES = ("where", "when", "who", "why", "how", "much", "which", "what")
# What a text that answers such a question says, as far as a closed class of words can tell.
SAYS = {
    "where": r"[㐀-鿿][省市县区镇乡村国州府岛洲山河湖路街道港站]|位于|坐落|地处|在[㐀-鿿]{2}",
    "when": r"\d{1,4}(?:年|月|日|世纪|年代)|时期|朝|之?后|之?前|期间|时候?",
    "who": r"·|由[㐀-鿿]{2}|[㐀-鿿]{2,4}(?:先生|女士|教授|导演|王|帝|家|师|员|长|者|人)|被[㐀-鿿]{2}",
    "why": r"因|由于|为[了㐀-鿿]|以便|导致|缘|所以|使得?|出于|鉴于|从而|以[㐀-鿿]",
    "how": r"通过|利用|采[用取]|以[㐀-鿿]|用[㐀-鿿]|方[式法]|借|按|依",
    "much": r"\d|[一二两三四五六七八九十百千万半]",
    "which": r"、|《|“|和|与|及",
    "what": r"是|为|叫|称|即|指|“|《",
}
_SIGNS = re.compile(r"\W+")


class Interrogative(NamedTuple):
    """What a question asks with and what stands beside it."""

    kind: str  # one of CLASSES, empty where there is none
    text: str  # the folded question
    beside: tuple[str, ...]  # the terms that stand nearest to the interrogative on either side
    left: int  # the number of the term that stands nearest before the interrogative, -1 for none
    right: int  # and behind it
    bigrams: tuple[str, ...]  # pairs of characters of all but the interrogative, each once


def interrogative(plan: Plan, terms: Sequence[Term]) -> Interrogative:
    """Return what `plan` asks with; `terms` are its terms."""
    text = fold(plan.resolved).rstrip("?。 ")
    found = INTERROGATIVE.search(text)
    start, end = found.span() if found else (len(text), len(text))
    kind = (found.lastgroup or "") if found else ""
    # 哪项措施: the measure word may be part of what is asked for
    behind = max(start, end - 1) if kind in ("which", "what") else end
    telling = [(number, term.text) for number, term in enumerate(terms) if not term.light]
    before = [(at, number) for number, word in telling if (at := text.rfind(word, 0, start)) >= 0]
    after = [(at, number) for number, word in telling if (at := text.find(word, behind)) >= 0]
    runs = _SIGNS.split(f"{text[:start]} {text[end:]}")
    bigrams = dict.fromkeys(run[at : at + 2] for run in runs for at in range(len(run) - 1))
    left, right = max(before)[1] if before else -1, min(after)[1] if after else -1
    beside = tuple(terms[number].text for number in (left, right) if number >= 0)
    return Interrogative(kind, text, beside, left, right, tuple(bigrams))
