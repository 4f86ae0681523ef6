"""Write the documents of the data that questions were written about: laws, national reports, news."""

from __future__ import annotations

import json
import lzma
from pathlib import Path
from typing import Any

from ..gold_laws.documents import write
from .taught import TAUGHT

# The years of the national reports that each collection holds, that of 2020 is not among the data.
_YEARS = {"national": ("2014", "2025"), "earlier_national": ("2002", "2013")}


def laws(data: Path, folder: Path) -> None:
    """Write the laws that the list in `eval/taught` of the name of `folder` has, a file each."""
    write(data, folder, TAUGHT / f"{folder.name}.txt")


def national(data: Path, folder: Path) -> None:
    """Write the reports on the work of the government of the years that the name of `folder` stands for."""
    folder.mkdir(parents=True)
    first, last = _YEARS[folder.name]
    for report in _lines(data / "national_work_reports.jsonl.xz"):
        title, year = str(report["title"]), report.get("year")
        if year and first <= year <= last and "工作报告" in title:
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
