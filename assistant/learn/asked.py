"""Read the questions of a desk, and find the passages that answer them in its store."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ..errors import UsageError


@dataclass(frozen=True, slots=True)
class Evidence:
    """What answers a question: a document, or the passage of it that holds `quote`."""

    document: str
    quote: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """A question with what answers it, and the answer that somebody wrote, where there is one."""

    question: str
    evidence: tuple[Evidence, ...] = field(default=())
    answer: str = ""


def read_known(path: Path) -> list[Known]:
    """Return the questions of a `.jsonl` file; see `docs/retrieval.md` for the forms of a line.

    A line without evidence (a refusal, a question nobody judged) teaches nothing and is left out.
    Raises UsageError naming the line that cannot be read.
    """
    found = []
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"读不了问题文件 {path}：{error}。", "请给出 UTF-8 编码的 .jsonl 文件。") from error
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip():
            try:
                found.append(_known(json.loads(line)))
            except (ValueError, KeyError, TypeError, AttributeError) as error:
                raise UsageError(
                    f"{path} 第 {number} 行不是一个问题：{error}。",
                    '每行写成 {"question": "……", "gold": ["文件 id"]}。',
                ) from error
    return [known for known in found if known.evidence]


def _known(record: dict[str, Any]) -> Known:
    answer = record.get("answer")
    return Known(
        str(record["question"]),
        tuple(dict.fromkeys(_evidence(record))),
        answer if isinstance(answer, str) else "",
    )


def _evidence(record: dict[str, Any]) -> Iterator[Evidence]:
    for document in record.get("gold", ()):
        yield Evidence(str(document))
    for entry in (*record.get("evidence", ()), *record.get("citations", ())):
        yield Evidence(str(entry["document"]), str(entry.get("quote", "")))
