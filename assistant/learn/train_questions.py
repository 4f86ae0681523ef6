"""Teach the bundled model how laypeople ask: `python -m assistant.learn.train_questions DATA FOLDER`.

Run after `train_embedding`. Passages keep their vectors; what questions read in another way goes
into one more file of the folder.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..index.embed import QUESTIONS, StaticEmbedder, mean_vectors
from ..search.ranker import Integers, Matrix
from .passage_side import Fixed
from .question_side import Lesson, Schedule, teach
from .texts import read_records

# Slower than a desk's own tuning: at three times the rate questions of other fields lose more.
SCHEDULE = Schedule(epochs=10, batch=128, scale=10.0, rate=0.01, alike=20, others=2_000)

_ALIKE = 50  # nearest passages of a question, to tell the right one from
_BLOCK = 64  # questions compared with all passages at once
_OTHERS = 3_000  # questions about encyclopedia paragraphs, so that the law does not bend all words


@dataclass(frozen=True, slots=True)
class Lessons:
    """Questions about laws and about other things, over the vectors of all their passages."""

    laws: list[Lesson]
    others: list[Lesson]
    passages: Matrix


def read_lessons(data: Path, embedder: StaticEmbedder) -> Lessons:
    """Return the labelled questions of the folder `data`; the development sets stay unread."""
    articles = {record["id"]: record for record in read_records(data / "law_articles.jsonl.xz")}
    places = {id: place for place, id in enumerate(articles)}
    texts = [f"{article['title']}\n{article['section']}\n{article['text']}" for article in articles.values()]
    asked = [
        (record["question"], [places[id] for id in record["gold"]])
        for record in read_records(data / "law_questions_train.jsonl")
    ]
    paragraphs: dict[str, int] = {}
    others = []
    for record in read_records(data / "cmrc2018_train.jsonl.xz"):
        place = paragraphs.setdefault(record["context"], len(paragraphs))
        others += [(question["question"], [place]) for question in record["questions"]]
    chosen = np.random.default_rng(SCHEDULE.seed).permutation(len(others))[:_OTHERS]
    laws, encyclopedia = embedder.passages(texts), embedder.passages(list(paragraphs))
    return Lessons(
        _lessons(asked, embedder, laws, 0),
        _lessons([others[i] for i in chosen], embedder, encyclopedia, len(laws)),
        np.concatenate([laws, encyclopedia]),
    )


def teach_questions(
    lessons: Lessons, laws: Sequence[Lesson], embedder: StaticEmbedder
) -> tuple[Integers, Matrix]:
    """Return the tokens of `laws` and their new vectors, learnt beside the other questions."""
    tokens, vectors = teach([*laws, *lessons.others], embedder.table, Fixed(lessons.passages), SCHEDULE)
    kept = np.isin(tokens, np.concatenate([lesson.tokens for lesson in laws]))
    return tokens[kept], vectors[kept]


def main(arguments: list[str] | None = None) -> None:
    """Teach the model in FOLDER from the questions of DATA and write what it learnt beside it."""
    from safetensors.numpy import save_file

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("folder", type=Path)
    options = parser.parse_args(arguments)
    embedder = StaticEmbedder(options.folder)
    lessons = read_lessons(options.data, embedder)
    tokens, vectors = teach_questions(lessons, lessons.laws, embedder)
    arrays: dict[str, NDArray[Any]] = {
        "tokens": tokens.astype(np.int32),
        "vectors": vectors.astype(np.float16),
    }
    save_file(arrays, options.folder / QUESTIONS)
    print(f"{len(lessons.laws):,} + {len(lessons.others):,} questions moved {len(tokens):,} tokens")


def _lessons(
    asked: Sequence[tuple[str, list[int]]], embedder: StaticEmbedder, passages: Matrix, offset: int
) -> list[Lesson]:
    tokens = [embedder.tokens(question) for question, _ in asked]
    vectors = mean_vectors(embedder.table, tokens)
    lessons = []
    for start in range(0, len(asked), _BLOCK):
        for number, likeness in enumerate(vectors[start : start + _BLOCK] @ passages.T, start=start):
            alike = np.argpartition(-likeness, _ALIKE)[:_ALIKE]
            right = np.unique(asked[number][1])
            lessons.append(Lesson(tokens[number], right + offset, alike + offset))
    return lessons


if __name__ == "__main__":
    main()
