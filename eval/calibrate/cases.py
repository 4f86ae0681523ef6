"""Questions that documents answer, and the same or like ones that they do not."""

from __future__ import annotations

import json
import lzma
import random
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.zh.fold import fold
from assistant.zh.sentences import clauses

from ..questions import Question

_MOST_CUT = 2  # statements that give the answer: where there are more, nothing is cut
_OPENING = 18  # characters of a quote that tell where it stands, though a passage may cut it


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
    is not. The others are asked twice, with their paragraph and with it withheld.
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
                    withheld = Case(asked, False, f"{source}, paragraph withheld", withheld=id)
                    cases.append([Case(asked, True, source, answers, home=id), withheld])
    chance.shuffle(cases)
    return records, [case for pair in cases[:count] for case in pair]


def _cut(text: str, question: dict[str, Any]) -> tuple[str, str]:
    """Return `text` without the statements that answer `question`, and its id; uncut where they are many."""
    statements = [text[start:end] for start, end in clauses(text)]
    kept = [one for one in statements if not _holds(one, question["answers"])]
    few = 0 < len(statements) - len(kept) <= _MOST_CUT
    return ("".join(kept), question["id"]) if kept and few else (text, "")


def _holds(text: str, answers: Sequence[str]) -> bool:
    return any(plain(answer) in plain(text) for answer in answers)


# Answered by headings and tables, which have rules of their own, part by part, or by the questions before.
_ELSEWHERE = frozenset("outline ranking comparison across count follow_up english parts".split())


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
