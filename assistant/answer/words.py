"""What an answer says of its own: one table, Chinese first, English beside it."""

from __future__ import annotations

from collections.abc import Sequence

from ..types import Plan
from ..zh.fold import to_traditional

_TABLE = {
    "refused": (
        "知识库中没有检索到可以回答这个问题的依据。",
        "The documents hold nothing that answers this question.",
    ),
    "lacking": (
        "知识库中没有检索到可以回答这个问题的依据：缺少与{gaps}有关的内容。",
        "The documents hold nothing that answers this question: nothing on {gaps}.",
    ),
    "untold": (
        "知识库中没有检索到可以回答这个问题的依据：文中讲到有关内容，但没有说明{gaps}。",
        "The documents hold nothing that answers this question: they speak of the matter, "
        "but do not tell {gaps}.",
    ),
    "nothing within": (
        "限定的范围内没有文件。请放宽地区、文件、日期等条件再问。",
        "No document lies within the limits. Widen them (region, document, date) and ask again.",
    ),
    "small talk": (
        "您好，我根据已收录的政策文件回答问题，并给出可核对的原文依据。请直接提出与文件内容有关的问题。",
        "Hello. I answer questions from the policy documents held here, each statement with its source. "
        "Please ask about what the documents say.",
    ),
    "task": (
        "我只根据已收录的政策文件回答问题，不代为写作或执行操作，也不提供系统设置。请提出与文件内容有关的问题。",
        "I only answer questions from the policy documents held here; I do not write, act or tell settings. "
        "Please ask about what the documents say.",
    ),
    "doubt": (
        "这段原文不一定正面回答了所问，请打开原文核对。",
        "This passage may not answer the question itself; please open it and check.",
    ),
    "damaged": (
        "引用的原文在此处有损坏（□），缺失的数字或文字无法恢复。",
        "What is quoted is damaged in its source (□); the missing figures or words cannot be restored.",
    ),
}

# How what is missing ends, and the English of it; a name alone stands as it is.
_ENDINGS = {
    "的可比数值": "figures of {} that compare",
    "的数值": "a figure of {}",
    "的时间": "a time of {}",
    "各指什么": "what {} stands for",
    "是什么": "what {} is",
    "年": "{}",
}
_SORTS = {
    "姓名": "a name",
    "是哪一家": "which one it is",
    "部门": "an office",
    "单位": "a body",
    "高校": "a university",
    "银行": "a bank",
    "法律依据": "a legal basis",
    "材料": "the papers needed",
    "电话": "a telephone number",
    "网址": "a web address",
    "地址": "an address",
    "原因": "a reason",
    "条件": "the conditions",
    "标准": "a standard",
    "这种情形怎么处理": "what is done in such a case",
}


def said(plan: Plan, key: str, gaps: Sequence[str] = ()) -> str:
    """Return the words `key` in the language and script to tell `plan` in, with what is missing by name."""
    chinese, english = _TABLE[key]
    if plan.told_in_english:
        return english.format(gaps=", ".join(map(_in_english, gaps)))
    words = chinese.format(gaps="、".join(gaps))
    return to_traditional(words) if plan.traditional else words


def every_wording(key: str) -> frozenset[str]:
    """Return the words `key` in all languages and scripts."""
    chinese, english = _TABLE[key]
    return frozenset({chinese, to_traditional(chinese), english})


def _in_english(gap: str) -> str:
    if gap in _SORTS:
        return _SORTS[gap]
    ending = next((ending for ending in _ENDINGS if gap.endswith(ending)), "")
    return _ENDINGS[ending].format(gap.removesuffix(ending)) if ending else gap
