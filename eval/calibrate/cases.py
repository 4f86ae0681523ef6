"""Questions that documents answer, and the same or like ones that they do not."""

from __future__ import annotations

import json
import lzma
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.types import Document
from assistant.zh import places
from assistant.zh.fold import fold
from assistant.zh.quantities import quantities
from assistant.zh.sentences import clauses

from ..questions import Question
from .otherwise import otherwise_asked

_MEASURED = re.compile(r"([㐀-鿿]{4,14}?)(?:增长|达到?|超过?|突破|为|完成|实现|约|近)?$")
_MOST_CUT = 2  # statements that give the answer: where there are more, nothing is cut
_OPENING = 18  # characters of a quote that tell where it stands, though a passage may cut it
_PROVINCES = (
    "上海 云南 内蒙古 吉林 四川 宁夏 山东 广西 江西 河北 浙江 湖北 甘肃 西藏 辽宁 陕西 "
    "北京 天津 山西 江苏 安徽 福建 河南 湖南 广东 海南 重庆 贵州 青海 新疆 黑龙江"
).split()


@dataclass(frozen=True, slots=True)
class Case:
    """A question, what answers it, and what is withheld from the search to make it unanswerable."""

    question: str
    answerable: bool
    source: str
    answers: tuple[str, ...] = ()  # texts one of which a right statement holds; empty: not known
    withheld: str = ""  # a document
    quotes: tuple[str, ...] = ()  # passages that hold one of these
    home: str = ""  # the document that answers, where it is known
    evidence: tuple[str, ...] = ()  # the statements that answer, where they are known


def reading(path: Path, count: int, chance: random.Random) -> tuple[list[dict[str, str]], list[Case]]:
    """Return the paragraphs of a reading-comprehension set as records, and the cases of `count` questions.

    Of each paragraph one question loses the statement that answers it: the matter is there and the detail
    is not. The others are asked twice, with their paragraph and with it withheld, and once more with another
    interrogative where they have one that allows it.
    """
    records: list[dict[str, str]] = []
    cases: list[list[Case]] = []
    source = path.stem.split("_")[0]
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            paragraph = json.loads(line)
            id = f"{path.stem.split('.')[0]}-{paragraph['id']}"
            text, without = _cut(paragraph["context"], chance.choice(paragraph["questions"]))
            records.append({"id": id, "title": paragraph["title"], "text": text})
            for one in paragraph["questions"]:
                asked, answers = one["question"], tuple(one["answers"])
                if one["id"] == without:
                    cases.append([Case(asked, False, f"{source}, statement cut", home=id)])
                elif _holds(text, answers):
                    made = [
                        Case(asked, True, source, answers, home=id),
                        Case(asked, False, f"{source}, paragraph withheld", withheld=id),
                    ]
                    if other := otherwise_asked(asked, _telling(text, answers), chance):
                        made.append(Case(other, False, f"{source}, otherwise asked"))
                    cases.append(made)
    chance.shuffle(cases)
    return records, [case for pair in cases[:count] for case in pair]


def _cut(text: str, question: dict[str, Any]) -> tuple[str, str]:
    """Return `text` without the statements that answer `question`, and its id; uncut where they are many."""
    statements = [text[start:end] for start, end in clauses(text)]
    kept = [one for one in statements if not _holds(one, question["answers"])]
    few = 0 < len(statements) - len(kept) <= _MOST_CUT
    return ("".join(kept), question["id"]) if kept and few else (text, "")


def _telling(text: str, answers: Sequence[str]) -> str:
    return "".join(text[start:end] for start, end in clauses(text) if _holds(text[start:end], answers))


def _holds(text: str, answers: Sequence[str]) -> bool:
    return any(plain(answer) in plain(text) for answer in answers)


# Answered by headings and tables, which have rules of their own, or by the questions before.
_ELSEWHERE = frozenset({"outline", "ranking", "comparison", "across", "count", "follow_up", "english"})


def gold(questions: Sequence[Question]) -> list[Case]:
    """Return gold questions as they are, and those that can be answered without their evidence too."""
    cases = []
    for question in questions:
        if question.history or question.kind in _ELSEWHERE:
            continue
        points = tuple(written for point in question.key_points for written in point)
        told = tuple(plain(evidence.quote) for evidence in question.evidence)
        cases.append(Case(question.question, question.answerable, "gold", points, evidence=told))
        if question.answerable:
            quotes = [plain(evidence.quote) for evidence in question.evidence]
            figures = [plain(written) for written in points if re.search(r"\d", written)]
            opening = [quote[:_OPENING] for quote in quotes]
            cases.append(
                Case(question.question, False, "gold, withheld", quotes=(*quotes, *opening, *figures))
            )
    return cases


def plain(text: str) -> str:
    """Return the folded characters of `text` without signs and blanks."""
    return re.sub(r"[^\w%.]", "", fold(text))


def figures(documents: Sequence[Document], count: int, chance: random.Random) -> list[Case]:
    """Return questions made from figures of `documents`, and such of other places, years and measures."""
    stated = [found for document in documents for found in _stated(document)]
    chance.shuffle(stated)
    everything = "".join(document.text for document in documents)
    made: list[Case] = []
    for region, noun, unit in stated[:count]:
        made.append(Case(f"{region}{noun}{_how_much(noun, unit)}？", True, "figures"))
        made.append(
            Case(
                f"{region}{chance.choice((2016, 2018, 2019))}年{noun}{_how_much(noun, unit)}？",
                False,
                "other year",
            )
        )
        others = [p for p in _PROVINCES if p != region and not _said_of(documents, p, noun)]
        if others:
            made.append(
                Case(f"{chance.choice(others)}{noun}{_how_much(noun, unit)}？", False, "other region")
            )
        measure = chance.choice(
            ("人均住房面积", "离婚率", "公交线路", "博物馆参观人次", "图书馆藏书", "养老床位", "出租车数量")
        )
        if measure[:4] not in everything:
            made.append(Case(f"{region}{measure}是多少？", False, "other measure"))
    return made


def _stated(document: Document) -> Iterator[tuple[str, str, str]]:
    for start, end in clauses(document.text):
        text = document.text[start:end]
        section = document.section_at(start)
        region = section.region or document.metadata.region
        for quantity in quantities(text) if region else ():
            before = re.split(r"[，,、；：。（(]", text[: quantity.start])[-1]
            noun = _MEASURED.search(before)
            if (
                noun
                and quantity.low is not None
                and not places.find(noun[1])
                and quantity.dimension in ("money", "percent")
            ):
                trend = re.search(r"增长|下降|提高|上升", before[noun.end(1) :])
                yield places.short(region), noun[1] + (trend.group() if trend else ""), quantity.unit


def _said_of(documents: Sequence[Document], region: str, noun: str) -> bool:
    return any(region in document.title and noun[-4:] in document.text for document in documents)


def _how_much(noun: str, unit: str) -> str:
    if noun.endswith(("增长", "下降", "提高", "上升")):
        return "多少"
    return "是多少元" if unit == "元" else "是多少"
