"""Questions beside the point by construction: what a clause tells is asked for what it may not tell.

Each is made from a clause of a document: who does it, when, for how much money, why, where. The clause tells
it or does not; the words of the question are the same in both cases.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from assistant.types import Document
from assistant.zh.dates import dates
from assistant.zh.fold import fold
from assistant.zh.quantities import quantities
from assistant.zh.sentences import clauses
from assistant.zh.tokens import cut

from .cases import Case, plain
from .otherwise import PERHAPS

SOURCE = "near topic"
_ORDINAL = re.compile(
    r"^\s*(?:第[一二三四五六七八九十百\d]+[条章节款]|[(（][一二三四五六七八九十\d]+[)）]|\d+[.、．]|"
    r"[一二三四五六七八九十]+[、是])\s*"
)
_SEGMENT = re.compile(r"[,，、:：;；。]")
_SHORTEST, _LONGEST = 8, 45  # characters of what is asked about
_KEPT = 0.75  # of the words of a clause: nobody asks in all of its words


class _Asked(NamedTuple):
    forms: tuple[str, ...]
    told: re.Pattern[str]  # what a text says that tells it


# The interrogatives of grammar, in the ways to put them; what is said around a clause may tell it as well.
_SORTS = {
    "who": _Asked(
        (
            "{}由哪个部门负责？",
            "{}由谁牵头？",
            "谁负责{}？",
            "哪些单位负责{}？",
            "{}归哪家机构管？",
        ),
        re.compile(
            r"由[^,，。；;]{2,20}?(?=负责|牵头|组织|承担|实施|制定|审批|批准|管理|办理|会同|依法|按照|给予|责令|处)"
        ),
    ),
    "when": _Asked(
        (
            "{}是什么时候？",
            "什么时候{}？",
            "哪一年{}？",
            "{}从哪天开始？",
            "{}的时间是哪天？",
            "{}何时完成？",
        ),
        re.compile(r"\d{4}年(?:\d{1,2}月)?(?:\d{1,2}日)?[底末初前]?|\d{1,2}月\d{1,2}日[前起]?"),
    ),
    "money": _Asked(
        ("{}花了多少钱？", "{}的资金有多少？", "{}总共投资多少？", "{}一共多少元？"),
        re.compile(r"[\d.,]+(?:余|多)?[万亿千百]*(?:美|欧|港)?元"),
    ),
    "share": _Asked(
        ("{}的比例是多少？", "{}占多大比重？", "{}提高了多少？"),
        re.compile(r"\d[\d.]*(?:%|个百分点)|百分之[一二三四五六七八九十]+"),
    ),
    "why": _Asked(
        ("为什么{}？", "{}的原因是什么？", "为何{}？", "{}，原因是什么？"),
        re.compile(r"(?:由于|因|鉴于|为了?)[^,，。；;]{4,30}(?=[,，])"),
    ),
    "which": _Asked(
        ("{}有哪些？", "{}包括哪些？", "{}分别是哪几个？", "哪些{}？", "{}具体是哪几家？"),
        re.compile(r"[^,，。；;:：、]{2,12}、[^,，。；;:：]{2,60}"),
    ),
    "where": _Asked(
        ("{}在哪里？", "在哪里{}？", "{}设在什么地方？", "{}的地址在哪？"),
        re.compile(r"(?:位于|设在|坐落于?|选址)[^,，。；;]{2,15}"),
    ),
}


def near_topics(documents: Sequence[Document], count: int, chance: random.Random) -> list[Case]:
    """Return at most `count` questions, at most half of them such as their clause tells."""
    made = [case for document in documents for case in _of_document(document, chance)]
    chance.shuffle(made)
    by_sort: dict[tuple[str, bool], list[Case]] = {}
    for name, case in made:
        by_sort.setdefault((name, case.answerable), []).append(case)
    each = count // (2 * len(_SORTS))
    return [case for some in by_sort.values() for case in some[:each]]


def _of_document(document: Document, chance: random.Random) -> Iterator[tuple[str, Case]]:
    for line in re.finditer(r"[^\n]+", document.text):
        paragraph = fold(line.group())
        for start, end in clauses(paragraph):
            name = chance.choice(list(_SORTS))
            if case := _made(paragraph[start:end], paragraph, name, chance):
                yield name, case


def _made(written: str, paragraph: str, name: str, chance: random.Random) -> Case | None:
    """Return a question of a sort about a clause; None where `paragraph` may tell it in other words."""
    sort, clause = _SORTS[name], _ORDINAL.sub("", written)
    told = sort.told.search(clause)
    if not told and PERHAPS[name].search(paragraph):
        return None
    matter = _matter(f"{clause[: told.start()]} {clause[told.end() :]}" if told else clause, chance)
    if not _SHORTEST <= len(matter) <= _LONGEST:
        return None
    question = chance.choice(sort.forms).format(matter)
    answers = (plain(written),) if told else ()
    return Case(question, bool(told), SOURCE, answers, evidence=answers)


def _matter(clause: str, chance: random.Random) -> str:
    """Return a run of segments of `clause`, some of its words left out."""
    text = clause
    for found in sorted([*quantities(text), *dates(text)], key=lambda one: -one.start):
        text = text[: found.start] + " " + text[found.end :]
    segments = [segment.strip() for segment in _SEGMENT.split(text)]
    long = [segment for segment in segments if len(segment) >= _SHORTEST]
    if not long:
        return ""
    words = [word for word in cut(chance.choice(long)) if chance.random() < _KEPT]
    return re.sub(r"\s+", "", "".join(words))
