"""How often one user or address may ask."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from time import monotonic

from ..errors import AssistantError

REMEMBERED = 10_000  # users whose allowance is remembered; the one longest quiet is forgotten first


class TooManyQuestionsError(AssistantError):
    """A user has asked more questions than a minute allows."""


class RateLimit:
    """A bucket for every user that holds a minute's questions and fills again evenly."""

    def __init__(self, per_minute: int, now: Callable[[], float] = monotonic) -> None:
        self.per_minute = per_minute
        self._now = now
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()  # questions left, and when
        self._lock = Lock()

    def take(self, who: str) -> None:
        """Count one question of `who`. Raises TooManyQuestionsError saying when to ask again."""
        if not self.per_minute:
            return
        with self._lock:
            now = self._now()
            left, before = self._buckets.pop(who, (float(self.per_minute), now))
            left = min(float(self.per_minute), left + (now - before) * self.per_minute / 60)
            allowed = left >= 1
            self._buckets[who] = (left - 1 if allowed else left, now)
            while len(self._buckets) > REMEMBERED:
                self._buckets.popitem(last=False)
        if not allowed:
            seconds = max(1, round((1 - left) * 60 / self.per_minute))
            raise TooManyQuestionsError(
                f"每分钟最多 {self.per_minute} 个问题。",
                f"请在 {seconds} 秒后再问 (at most {self.per_minute} questions a minute).",
            )
