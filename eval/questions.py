"""The gold questions: what is asked, what must be said, and where the documents say it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

GOLD = Path(__file__).parent / "gold"
PROVINCES = Path(__file__).parent / "gold_provinces"
PAGES = Path(__file__).parent / "gold_web"
LAWS = Path(__file__).parent / "gold_laws"
NOTICES = Path(__file__).parent / "gold_notices"
_TYPED = "typed_"  # sets of what people type first, about documents that another set has too

# what a question of the set is about; the first row can be answered, the second cannot
ANSWERABLE_KINDS = frozenset(
    "figure date body definition list outline comparison across paraphrase traditional typo english "
    "follow_up ranking count false_premise yes_no damaged target result project measure "
    "parts passage".split()
)
UNANSWERABLE_KINDS = frozenset(
    "off_topic near_topic wrong_region wrong_year missing_figure injection follow_up".split()
)


def notices_of(path: Path) -> Path:
    """Return the folder of the invented documents that the set `path` of `NOTICES` is about."""
    return NOTICES / "documents" / f"notices_{path.stem.removeprefix(_TYPED)}"


@dataclass(frozen=True, slots=True)
class Evidence:
    """A span of a document that carries the answer, word for word."""

    document: str
    quote: str


@dataclass(frozen=True, slots=True)
class Question:
    """One gold question.

    `key_points` holds, per fact that the answer must state, the accepted ways to state it.
    `history` holds the earlier questions of the same conversation, in order.
    """

    id: str
    question: str
    kind: str
    answerable: bool
    key_points: tuple[tuple[str, ...], ...] = ()
    evidence: tuple[Evidence, ...] = ()
    must_not: tuple[str, ...] = ()
    history: tuple[str, ...] = ()

    @classmethod
    def from_record(cls, record: dict[str, Any]) -> Question:
        """Return the question of one line of a set.

        Raises ValueError naming the question and what is wrong with it.
        """
        # exported feedback tells beside the question what was thought of an answer
        unknown = record.keys() - set(cls.__slots__) - {"feedback"}
        missing = {"id", "question"} - record.keys()
        if unknown or missing:
            raise ValueError(
                f"Question {record.get('id')!r}: unknown {sorted(unknown)}, missing {sorted(missing)}."
            )
        points = record.get("key_points", [])
        return cls(
            id=str(record["id"]),
            question=record["question"],
            kind=record.get("kind") or "other",
            answerable=record.get("answerable", True),
            key_points=tuple(tuple([point] if isinstance(point, str) else point) for point in points),
            evidence=tuple(Evidence(item["document"], item["quote"]) for item in record.get("evidence", [])),
            must_not=tuple(record.get("must_not", ())),
            history=tuple(record.get("history", ())),
        )


def load(path: Path) -> list[Question]:
    """Return the questions of a set file, one JSON object a line.

    Raises ValueError naming the line that cannot be read.
    """
    questions = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip():
            continue
        try:
            questions.append(Question.from_record(json.loads(line)))
        except (ValueError, KeyError, TypeError) as error:
            raise ValueError(f"{path}, line {number}: {error}") from error
    return questions


def find(name: str) -> Path:
    """Return the file of a set named `dev`, `test` or `spine`, or the file itself.

    Raises FileNotFoundError naming what was looked for.
    """
    for path in (GOLD / f"{name}.jsonl", Path(name)):
        if path.is_file():
            return path
    raise FileNotFoundError(f"No question set {name!r}: give dev, test, spine or a .jsonl file.")
