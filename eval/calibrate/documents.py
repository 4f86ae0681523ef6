"""Write the documents of the data that questions were written about: laws, national reports, news."""

from __future__ import annotations

import json
import lzma
from pathlib import Path
from typing import Any

from ..gold_laws.documents import write
from .taught import TAUGHT

_FIRST_YEAR = "2014"  # of the national reports: eleven, that of 2020 is not among the data


def laws(data: Path, folder: Path) -> None:
    """Write the laws that the list in `eval/taught` of the name of `folder` has, a file each."""
    write(data, folder, TAUGHT / f"{folder.name}.txt")


def national(data: Path, folder: Path) -> None:
    """Write the reports on the work of the government, a file each."""
    folder.mkdir(parents=True)
    for report in _lines(data / "national_work_reports.jsonl.xz"):
        title, year = str(report["title"]), report.get("year")
        if year and year >= _FIRST_YEAR and "工作报告" in title:
            (folder / f"{title}.txt").write_text(f"{title}\n{report['content']}", encoding="utf-8")


def news(data: Path, folder: Path) -> None:
    """Write the articles whose numbers, from 0, the list of the name of `folder` has, a file each."""
    folder.mkdir(parents=True)
    wanted = set(map(int, (TAUGHT / f"{folder.name}.txt").read_text(encoding="utf-8").split()))
    for number, article in enumerate(_lines(data / "news.jsonl.xz")):
        if number in wanted:
            (folder / f"{number}.txt").write_text(str(article["text"]), encoding="utf-8")


def _lines(path: Path) -> list[dict[str, Any]]:
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]
