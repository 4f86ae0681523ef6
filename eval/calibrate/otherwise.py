"""The same question with another interrogative: its matter is told, what it asks for now is not."""

from __future__ import annotations

import random
import re

# What may tell it in words that no form gives away: then nothing is asked.
PERHAPS = {
    "who": re.compile(r"部门|委|局|厅|办|单位|机构|政府|公司|中心|由|负责|院|银行|协会|[我省市区县]"),
    "when": re.compile(r"\d|年|月|日|期|届|时|已|今|近|目前|当前|前|后"),
    "money": re.compile(r"元|资|金|费|款|[万亿]"),
    "share": re.compile(r"%|百分|比|率|占|成|倍|分之"),
    "why": re.compile(
        r"因|由于|为|鉴于|以便|以|从而|使|导致|有利|推动|促进|确保|防止|实现|需|不足|问题|随着"
    ),
    "which": re.compile(r"、|和|与|及|包括|《|等"),
    "where": re.compile(r"位于|在|地|设|[省市区县镇村路街园校]"),
}


# Adverbs of grammar that stand in for one another without a change to the rest of the question.
_ADVERBS = {
    "when": ("什么时候", "何时", "哪一年", "哪年"),
    "where": ("在哪里", "在什么地方", "在哪儿"),
    "why": ("为什么", "为何"),
}


def otherwise_asked(question: str, told: str, chance: random.Random) -> str:
    """Return `question` with another interrogative, empty where there is none.

    `told` is what answers the question as it was; it does not answer the other one.
    """
    for name, adverbs in _ADVERBS.items():
        stands = re.search(rf"(?<!在)(?:{'|'.join(adverbs)})(?=[㐀-鿿]{{2}})", question)
        others = [other for other in _ADVERBS if other != name and not PERHAPS[other].search(told)]
        if stands and others:
            other = chance.choice(_ADVERBS[chance.choice(others)])
            return question[: stands.start()] + other + question[stands.end() :]
    return ""
