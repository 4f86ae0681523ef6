"""Figures for Prometheus, counted here: five numbers need no library."""

from __future__ import annotations

from collections import Counter
from threading import Lock

# upper bounds in seconds: extractive answers end in the first three, answers of a model in the rest
BOUNDS = (0.05, 0.1, 0.25, 1.0, 5.0, 30.0)


class Metrics:
    """Questions by status and the time they took, since the start."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._questions: Counter[str] = Counter()
        self._buckets: Counter[float] = Counter()
        self._seconds = 0.0

    def count(self, status: str, seconds: float) -> None:
        """Count one answered question."""
        with self._lock:
            self._questions[status] += 1
            self._seconds += seconds
            self._buckets.update(bound for bound in BOUNDS if seconds <= bound)

    def text(self, documents: int) -> str:
        """Return everything in Prometheus' text format, version 0.0.4."""
        with self._lock:
            total = sum(self._questions.values())
            lines = [
                "# TYPE policy_questions_total counter",
                *(f'policy_questions_total{{status="{s}"}} {n}' for s, n in sorted(self._questions.items())),
                "# TYPE policy_answer_seconds histogram",
                *(f'policy_answer_seconds_bucket{{le="{b}"}} {self._buckets[b]}' for b in BOUNDS),
                f'policy_answer_seconds_bucket{{le="+Inf"}} {total}',
                f"policy_answer_seconds_sum {self._seconds:.6f}",
                f"policy_answer_seconds_count {total}",
                "# TYPE policy_documents gauge",
                f"policy_documents {documents}",
            ]
        return "\n".join(lines) + "\n"
