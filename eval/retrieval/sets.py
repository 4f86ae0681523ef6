"""Question sets with the records that answer them."""

from __future__ import annotations

import json
import lzma
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

LAW_QUESTIONS = "law_questions_train.jsonl"


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """Records to be searched (`id`, `title`, `section`, `text`) and questions with gold record ids."""

    name: str
    records: list[dict[str, str]]
    questions: list[str]
    gold: list[frozenset[str]]


def laws(data: Path) -> QuestionSet:
    """Return 1,235 laypeople's questions over 58,637 law articles."""
    asked = list(_read(data / LAW_QUESTIONS))
    return QuestionSet(
        "law",
        list(_read(data / "law_articles.jsonl.xz")),
        [record["question"] for record in asked],
        [frozenset(record["gold"]) for record in asked],
    )


def paragraphs(file: str) -> Callable[[Path], QuestionSet]:
    """Return what loads a reading-comprehension set: each question's paragraph among all of them."""

    def load(data: Path) -> QuestionSet:
        numbers: dict[str, int] = {}
        questions, gold = [], []
        for record in _read(data / f"{file}.jsonl.xz"):
            # one paragraph may stand in the file several times, once for each of its questions
            number = numbers.setdefault(record["context"], len(numbers))
            for question in record["questions"]:
                questions.append(question["question"])
                gold.append(frozenset([str(number)]))
        records = [{"id": str(number), "title": "", "text": text} for text, number in numbers.items()]
        return QuestionSet(file, records, questions, gold)

    return load


SETS: dict[str, Callable[[Path], QuestionSet]] = {
    "law": laws,
    "cmrc": paragraphs("cmrc2018_dev"),
    "drcd": paragraphs("drcd_dev"),
}


def _read(path: Path) -> Iterator[dict[str, Any]]:
    opener = lzma.open if path.suffix == ".xz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)
