"""The texts that the bundled model learns from: public sources, read without any labels."""

from __future__ import annotations

import json
import lzma
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..zh.fold import fold

_NEWS_STAMP = re.compile(r"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d，正文：")
_BLANK_LINES = re.compile(r"\n\s*\n")


@dataclass(frozen=True, slots=True)
class Text:
    """A folded text of one source; texts with one `group` belong to the same document."""

    source: str
    group: str
    title: str
    body: str
    question: str = ""


def read_texts(data: Path) -> Iterator[Text]:
    """Yield every text of the folder `data`, folded (see its README for the sources).

    Development sets and labelled questions are left out, so that they can judge the model.
    """
    for source in (_laws, _news, _reports, _papers, _paragraphs):
        for text in source(data):
            yield Text(
                text.source, text.group, fold(text.title), fold(text.body).strip(), fold(text.question)
            )


def read_records(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the records of a `.jsonl` or `.jsonl.xz` file."""
    opener = lzma.open if path.suffix == ".xz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def _laws(data: Path) -> Iterator[Text]:
    for record in read_records(data / "law_articles.jsonl.xz"):
        yield Text("law", record["title"], record["title"], record["text"])


def _news(data: Path) -> Iterator[Text]:
    for number, record in enumerate(read_records(data / "news.jsonl.xz")):
        yield Text("news", str(number), "", _NEWS_STAMP.sub("", record["text"]))


def _reports(data: Path) -> Iterator[Text]:
    for record in read_records(data / "national_work_reports.jsonl.xz"):
        for paragraph in _BLANK_LINES.split(record["content"]):
            yield Text("report", record["title"], record["title"], paragraph)


def _papers(data: Path) -> Iterator[Text]:
    with lzma.open(data / "paper_titles.tsv.xz", "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            _, abstract, title = line.rstrip("\n").split("\t")
            yield Text("paper", str(number), title, abstract)


def _paragraphs(data: Path) -> Iterator[Text]:
    for record in read_records(data / "cmrc2018_train.jsonl.xz"):
        yield Text("encyclopedia", record["title"], record["title"], record["context"])
        for question in record["questions"]:
            yield Text("question", record["title"], record["title"], record["context"], question["question"])
