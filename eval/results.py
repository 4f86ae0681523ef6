"""The results of a run: a jsonl file whose first line says what was run, resumable line by line."""

from __future__ import annotations

import hashlib
import json
import platform
import re
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from .metrics.score import Score
from .questions import Question
from .reply import Reply

_PACKAGES = ("chromadb", "tantivy", "tokenizers", "jieba", "OpenCC", "llama-index-core", "numpy")


@dataclass(frozen=True, slots=True)
class Result:
    """One question with the reply to it and what every metric that applies says."""

    question: Question
    reply: Reply
    scores: Mapping[str, Score]
    record: Mapping[str, Any]  # the line as written

    @property
    def gains(self) -> list[int] | None:
        """Return, per passage, how many pieces of evidence it is the first to hold, as it was judged."""
        score = self.scores.get("recall_at_10")
        return None if score is None else json.loads(score.answer)

    @property
    def is_right(self) -> bool:
        """Tell whether it refuses duly, or has all key points, nothing forbidden, no other figure first."""
        if not self.question.answerable:
            return self.reply.refused
        stated, forbidden, lead = (self.scores.get(name) for name in ("key_points", "forbidden", "lead"))
        # without key points nothing but a refusal can be told to be wrong
        complete = stated.value == 1 if stated else self.reply.spoken
        return complete and not (forbidden and forbidden.value) and not (lead and lead.value == 0)


@dataclass(frozen=True, slots=True)
class Run:
    """The head of a results file and its lines; `peak_mb` is the most memory its process held."""

    head: Mapping[str, Any]
    results: tuple[Result, ...]
    peak_mb: float = 0.0


def head(system: str, settings: Mapping[str, Any], questions: Path, corpus: Path) -> dict[str, Any]:
    """Return what names a run: the system, commit, versions, settings, and hashes of its inputs."""
    return {
        "system": system,
        "set": questions.stem,
        "corpus": corpus.resolve().name,
        "set_hash": fingerprint(questions),
        "corpus_hash": fingerprint(corpus),
        "commit": _git("rev-parse", "--short", "HEAD"),
        "code_hash": fingerprint(Path("assistant"), Path("prompts")),
        "python": platform.python_version(),
        "versions": {name: found for name in _PACKAGES if (found := _version(name))},
        "settings": dict(settings),
    }


def fingerprint(*paths: Path) -> str:
    """Return a hash over the files at and below `paths`: their names and bytes."""
    digest = hashlib.sha256()
    for path in paths:
        files = [path] if path.is_file() else sorted(f for f in path.rglob("*") if f.is_file())
        for file in files:
            if "__pycache__" not in file.parts:
                digest.update(str(file.relative_to(path.parent)).encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()


def _git(*arguments: str) -> str:
    try:
        return subprocess.run(["git", *arguments], capture_output=True, text=True, check=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return "unknown"


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""


def write_head(path: Path, made: Mapping[str, Any]) -> None:
    """Begin a results file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({"run": made}, ensure_ascii=False) + "\n", encoding="utf-8")


def append(path: Path, result: Result) -> None:
    """Write one line, whole, at the end of the file."""
    with path.open("a", encoding="utf-8") as file:
        file.write(json.dumps(result.record, ensure_ascii=False) + "\n")


def write_end(path: Path, peak_mb: float) -> None:
    """Close a results file with the most memory that the run held."""
    with path.open("a", encoding="utf-8") as file:
        file.write(json.dumps({"end": {"peak_mb": round(peak_mb, 1)}}) + "\n")


def peak_memory() -> float:
    """Return the most memory this process has held, in megabytes; 0 where the system does not tell."""
    # not getrusage: its maximum is inherited from the process that started this one
    status = Path("/proc/self/status")
    if not status.exists():
        return 0.0
    (peak,) = re.findall(r"^VmHWM:\s+(\d+) kB", status.read_text(), re.MULTILINE)
    return int(peak) / 1024


def record(question: Question, reply: Mapping[str, Any], scores: Mapping[str, Score]) -> dict[str, Any]:
    """Return the line of one result."""
    return {
        "question": {
            "id": question.id,
            "question": question.question,
            "kind": question.kind,
            "answerable": question.answerable,
            "key_points": [list(point) for point in question.key_points],
            "evidence": [{"document": e.document, "quote": e.quote} for e in question.evidence],
            "must_not": list(question.must_not),
            "history": list(question.history),
        },
        "reply": dict(reply),
        "scores": {
            name: {"value": s.value, "answer": s.answer, "explanation": s.explanation}
            for name, s in scores.items()
        },
    }


def read(path: Path) -> Run:
    """Return the run of a results file; a last line that was cut off is left out.

    Raises ValueError where the file is no results file.
    """
    lines = path.read_text(encoding="utf-8").splitlines()
    try:
        made = json.loads(lines[0])["run"]
    except (IndexError, KeyError, TypeError, json.JSONDecodeError) as error:
        raise ValueError(f"{path} is no results file: its first line names no run.") from error
    results = []
    peak = 0.0
    for number, line in enumerate(lines[1:], 2):
        try:
            parsed = json.loads(line)
            if "end" in parsed:
                peak = parsed["end"]["peak_mb"]
            else:
                results.append(_result(parsed))
        except json.JSONDecodeError as error:
            if number < len(lines):
                raise ValueError(f"{path}, line {number}: {error}") from error
    return Run(made, tuple(results), peak)


def _result(line: dict[str, Any]) -> Result:
    return Result(
        question=Question.from_record(line["question"]),
        reply=Reply.from_record(line["reply"]),
        scores={name: Score(**score) for name, score in line["scores"].items()},
        record=line,
    )
