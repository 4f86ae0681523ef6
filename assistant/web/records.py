"""What is written down about use, in one SQLite file: feedback, and the audit log where it is on."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Lock
from typing import Any

from ..errors import SettingsError
from ..present import answer_json
from ..settings import Settings
from ..types import Answer

_SCHEMA = """
CREATE TABLE IF NOT EXISTS feedback (
  id INTEGER PRIMARY KEY, place TEXT NOT NULL UNIQUE, time TEXT NOT NULL, who TEXT NOT NULL,
  verdict TEXT NOT NULL, comment TEXT NOT NULL DEFAULT '', question TEXT NOT NULL, answer TEXT NOT NULL,
  store TEXT NOT NULL DEFAULT '');
CREATE TABLE IF NOT EXISTS audit (
  time TEXT NOT NULL, who TEXT NOT NULL, question TEXT NOT NULL, status TEXT NOT NULL, cited TEXT NOT NULL,
  store TEXT NOT NULL DEFAULT '');
CREATE INDEX IF NOT EXISTS audit_time ON audit (time);
"""

CITATION_WRONG = "citation"
VERDICTS = ("helpful", "wrong", CITATION_WRONG)  # the last: a citation does not carry its statement


def records_path(settings: Settings) -> Path:
    """Return the file of records: the setting's, else one beside the store."""
    return settings.records or settings.store.with_name(f"{settings.store.name}-records.sqlite")


class Records:
    """The file of records; every call is one short transaction, from any thread.

    Raises SettingsError when the file cannot be written.
    """

    def __init__(self, path: Path, audit_days: int = 0) -> None:
        self.audit_days = audit_days
        self._lock = Lock()
        self._swept = datetime.min.replace(tzinfo=UTC)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._connection = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
            self._connection.execute("PRAGMA journal_mode=WAL")
            self._connection.executescript(_SCHEMA)
            for table in ("feedback", "audit"):
                self._add_store(table)
        except (sqlite3.Error, OSError) as error:
            raise SettingsError(
                f"设置 records：无法写入 {path}（{error}）。",
                "请换一个文件 (name a file that can be written).",
            ) from None

    def _add_store(self, table: str) -> None:
        """Bring a file up to date that was written before there were named stores."""
        columns = {row[1] for row in self._connection.execute(f"PRAGMA table_info({table})")}
        if "store" not in columns:
            self._connection.execute(f"ALTER TABLE {table} ADD COLUMN store TEXT NOT NULL DEFAULT ''")

    def add_feedback(
        self, who: str, place: str, verdict: str, question: str, answer: Answer, store: str = ""
    ) -> int:
        """Write down what somebody thinks of an answer; return its number.

        `place` names the answer within all conversations: a second verdict takes the place of the first.
        """
        if verdict not in VERDICTS:
            raise ValueError(f"no verdict {verdict!r}")
        whole = json.dumps(answer_json(answer), ensure_ascii=False)
        with self._lock:
            cursor = self._connection.execute(
                "INSERT INTO feedback (place, time, who, verdict, question, answer, store)"
                " VALUES (?, ?, ?, ?, ?, ?, ?)"
                " ON CONFLICT (place) DO UPDATE SET verdict = excluded.verdict RETURNING id",
                (place, _now().isoformat(), who, verdict, question, whole, store),
            )
            return int(cursor.fetchone()[0])

    def add_comment(self, number: int, comment: str) -> None:
        """Add words to a piece of feedback."""
        with self._lock:
            self._connection.execute("UPDATE feedback SET comment = ? WHERE id = ?", (comment, number))

    def add_audit(self, who: str, question: str, status: str, answer: Answer | None, store: str = "") -> None:
        """Write down that a question was asked, where the log is on; forget what is too old."""
        if not self.audit_days:
            return
        cited = [f"{c.document}:{c.start}-{c.end}" for c in answer.citations] if answer else []
        with self._lock:
            self._sweep()
            self._connection.execute(
                "INSERT INTO audit VALUES (?, ?, ?, ?, ?, ?)",
                (_now().isoformat(), who, question, status, json.dumps(cited, ensure_ascii=False), store),
            )

    def _sweep(self) -> None:
        if _now() - self._swept < timedelta(hours=1):
            return
        self._swept = _now()
        oldest = self._swept - timedelta(days=self.audit_days)
        self._connection.execute("DELETE FROM audit WHERE time < ?", (oldest.isoformat(),))

    def audited(self) -> list[tuple[str, ...]]:
        """Return the audit log, oldest first: time, who, question, status, cited passages, store."""
        with self._lock:
            return list(self._connection.execute("SELECT * FROM audit ORDER BY time"))

    def close(self) -> None:
        """Release the file."""
        with self._lock:
            self._connection.close()


def feedback_candidates(path: Path) -> Iterator[dict[str, Any]]:
    """Yield every piece of feedback as a candidate for the gold set, oldest first.

    Its evidence is what the answer cited; a person writes the key points before it joins the set.
    """
    with closing(sqlite3.connect(path)) as connection:
        # all columns by name: a file from before there were named stores has none for them
        connection.row_factory = sqlite3.Row
        for row in map(dict, connection.execute("SELECT * FROM feedback ORDER BY id")):
            number, verdict, comment, question, whole = (
                row[name] for name in ("id", "verdict", "comment", "question", "answer")
            )
            answer = json.loads(whole)
            cited = [{"document": c["document"], "quote": c["quote"]} for c in answer["citations"]]
            yield {
                "id": f"feedback-{number}",
                "question": question,
                "kind": "",
                "answerable": answer["status"] != "refused",
                "key_points": [],
                "evidence": cited if verdict == "helpful" else [],
                "must_not": [],
                "history": [],
                "feedback": {
                    "verdict": verdict,
                    "comment": comment,
                    "store": row.get("store", ""),
                    "answer": answer["answer"],
                    "cited": cited,
                },
            }


def _now() -> datetime:
    return datetime.now(UTC)
