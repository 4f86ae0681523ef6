"""Whether two segments say the same thing with opposite sign: 不得 and 可以, 增长 and 下降."""

from __future__ import annotations

import re

_NEGATION = re.compile(
    r"不(?:得|能|准|可(?!或缺|避免|分割)|应|许|予|再)|不(?!断|仅|但|同|少|久|良|足|等|低于|少于|超过|高于|动产|久|锈|可或缺|可避免|可分割|遗余力|懈)|未(?!来|央|成年)|"
    r"没有?|无(?!线|人|论|缝|形|障碍|锡|偿|害|疑|缝|穷|愧|损|废|纸|限)|禁止|严禁|并非|绝非|切勿|勿|拒绝|停止|取消"
)
_OPPOSITES = (
    ("增长", "下降"),
    ("增长", "减少"),
    ("增加", "减少"),
    ("新增", "减少"),
    ("超", "不足"),
    ("提高", "降低"),
    ("提升", "下降"),
    ("提升", "降低"),
    ("上升", "下降"),
    ("扩大", "缩小"),
    ("高于", "低于"),
    ("超过", "不足"),
    ("多于", "少于"),
    ("不低于", "不超过"),
    ("不少于", "不超过"),
    ("以上", "以下"),
    ("以上", "以内"),
    ("允许", "禁止"),
    ("鼓励", "限制"),
    ("支持", "反对"),
    ("强化", "弱化"),
    ("加强", "削弱"),
    ("加快", "放缓"),
    ("最高", "最低"),
    ("首位", "末位"),
    ("进口", "出口"),
    ("开放", "关闭"),
    ("盈利", "亏损"),
)
_SEGMENT = re.compile(r"[,;:。!?…\n]+")
# Segments that share fewer of their bigrams say different things: nothing to compare.
_LEAST_SHARED = 0.5


_RISE = re.compile(r"增长|增加|提高|上升|提升|增速|增幅|涨幅|扩大|新增|上涨|翻番")
_FALL = re.compile(r"下降|减少|降低|回落|缩小|降幅|收窄|下跌|缩短")


def trend(beside: str) -> int:
    """Return 1 where the folded words beside a figure tell of a rise, -1 of a fall, else 0."""
    return bool(_RISE.search(beside)) - bool(_FALL.search(beside))


def polarity_differs(said: str, quote: str, around: str) -> str:
    """Return the segment of the folded `said` whose sign differs from its source's; empty where none."""
    sources = [segment for text in (quote, around) for segment in _SEGMENT.split(text) if segment.strip()]
    for segment in _SEGMENT.split(said):
        if len(segment.strip()) < 4:
            continue
        source = max(sources, key=lambda other: _shared(segment, other), default="")
        if _shared(segment, source) >= _LEAST_SHARED and _opposed(segment, source):
            return segment.strip()
    return ""


def _shared(one: str, other: str) -> float:
    """Return the share of the bigrams of `one` that `other` has, weighed down by what it has beyond."""
    own = {one[i : i + 2] for i in range(len(one) - 1)}
    others = {other[i : i + 2] for i in range(len(other) - 1)}
    if not own or not others:
        return 0.0
    common = len(own & others)
    return common / len(own) + 0.1 * common / len(others)


def _opposed(one: str, other: str) -> bool:
    # a negation that stands only in what `one` leaves out is none of its own
    if len(_NEGATION.findall(one)) > len(_NEGATION.findall(other)):
        return True
    if len(_NEGATION.findall(one)) < len(_NEGATION.findall(other)) and _negated_part(one, other):
        return True
    return any(
        (a in one and a not in other and b in other and b not in one)
        or (b in one and b not in other and a in other and a not in one)
        for a, b in _OPPOSITES
    )


def _negated_part(one: str, other: str) -> bool:
    """Tell whether `one` holds the words that a negation of `other` stands before, without it."""
    for negation in _NEGATION.finditer(other):
        following = other[negation.end() : negation.end() + 3]
        if len(following) >= 2 and following[:2] in one and negation.group() + following[:2] not in one:
            return True
    return False
