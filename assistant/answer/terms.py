"""The terms of a question, how much each weighs, and how far a text holds them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from ..types import Plan
from ..zh.fold import fold
from ..zh.tokens import content_words, rarity

# A term of rarity r weighs FLOOR + r: even the commonest content word counts for something.
_FLOOR = 0.15
# A longer term of which only a part is found counts by its bigrams, discounted:
# 科技创新 and 制度创新 share half their bigrams and mean two things.
_PARTIAL = 0.6
# Verbs and nouns of so general a use that a text may say the same without them.
_LIGHT = frozenset(
    "情况 方面 内容 具体 相关 有关 主要 目前 现在 截至 多少 数量 总数 总共 一共 共有 已有 现有 达到 约 大约 "
    "左右 提出 要求 规定 明确 表示 指出 提到 说 开展 推进 实施 进行 采取 做 来 去 个 家 项 年 提供 属于 哪里 "
    "得到 成为 位于 需要 作为 称为 叫做 叫 使用 用 计划 预计 累计 全部 所有 文件 文中 文章 方案 报告".split()
)
_LIGHT_WEIGHT = 0.3

folded_text = lru_cache(maxsize=8192)(fold)  # passages come back question after question


class Term(NamedTuple):
    """A word of the question, its other names, and its weight."""

    text: str
    names: tuple[str, ...]  # the word itself first, all folded
    weight: float
    quoted: bool = False  # in quotation marks or 《》: must be there literally


@lru_cache(maxsize=1024)
def terms_of(plan: Plan) -> tuple[Term, ...]:
    """Return the terms of what `plan` asks about, each once, in reading order."""
    topic = plan.topic or fold(plan.resolved)
    quoted = tuple(re.findall(r"[“\"'‘《]([^”\"'’》]{2,40})[”\"'’》]", topic))
    other = dict.fromkeys(written for written, _ in plan.expansions)
    for phrase in quoted:
        topic = topic.replace(phrase, " ")
    words = list(quoted) + _joined(topic, tuple(other))
    terms = []
    for word in dict.fromkeys(words):
        names = (word, *(name for written, name in plan.expansions if written == word))
        terms.append(Term(word, names, _weight(word), word in quoted))
    return tuple(terms)


def _weight(word: str) -> float:
    if word in _LIGHT:
        return _LIGHT_WEIGHT * _FLOOR
    parts = content_words(word)
    rare = max((rarity(part) for part in parts), default=rarity(word)) if len(parts) > 1 else rarity(word)
    # a word of several known parts is rarer than each of them
    return _FLOOR + min(1.0, rare + 0.1 * (len(parts) - 1 if len(parts) > 1 else 0))


def _joined(topic: str, expanded: Sequence[str]) -> list[str]:
    """Return the content words of `topic`; known names and runs of single characters stay whole."""
    pieces = re.split("(" + "|".join(map(re.escape, sorted(expanded, key=len, reverse=True))) + ")", topic)
    words: list[str] = []
    for piece in pieces if expanded else [topic]:
        if piece in expanded:
            words.append(piece)
            continue
        run = ""
        for word in content_words(piece):
            if len(word) == 1 and "一" <= word <= "鿿" and run + word in piece:
                run += word
                continue
            words += [run, word] if run else [word]
            run = ""
        words += [run] if run else []
    return [word for word in words if word]


def match(term: Term, text: str) -> float:
    """Return how far the folded `text` holds `term`, from 0 to 1."""
    if any(name in text for name in term.names):
        return 1.0
    if term.quoted:
        bare = re.sub(r"[^\w]", "", term.text)
        return 1.0 if bare and bare in re.sub(r"[^\w]", "", text) else 0.0
    bigrams = [term.text[i : i + 2] for i in range(len(term.text) - 1)]
    if len(bigrams) < 2:
        return 0.0
    return _PARTIAL * sum(bigram in text for bigram in bigrams) / len(bigrams)


def coverage(terms: Sequence[Term], *texts: tuple[str, float]) -> float:
    """Return the weighted share of `terms` found in folded `texts`, each with its discount."""
    total = sum(term.weight for term in terms)
    if not total:
        return 0.0
    found = sum(
        term.weight * max((discount * match(term, text) for text, discount in texts if text), default=0.0)
        for term in terms
    )
    return found / total
