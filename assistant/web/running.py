"""The answer that every session waits for, so that its reader can stop it.

Gradio can cancel an event, but its page may then lose the answer to the next question: an answer is
never cancelled here, it is told to come to its end.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Event, Lock

PATIENCE = 5.0  # seconds that a new answer waits for the end of the one before


@dataclass(eq=False, slots=True)
class Answering:
    """One answer in the making."""

    stop: Event = field(default_factory=Event)
    ended: Event = field(default_factory=Event)
    is_wanted: bool = True  # False: its conversation is gone, nothing more of it is shown


class Running:
    """The answers in the making, one a session at most."""

    def __init__(self) -> None:
        self._answers: dict[str, Answering] = {}
        self._lock = Lock()

    @contextmanager
    def answering(self, session: str) -> Iterator[Answering]:
        """Enter a new answer of `session`, in place of one that is under way."""
        self.drop(session)
        answer = Answering()
        with self._lock:
            self._answers[session] = answer
        try:
            yield answer
        finally:
            answer.ended.set()
            with self._lock:
                if self._answers.get(session) is answer:
                    del self._answers[session]

    def stop(self, session: str) -> None:
        """Let the answer of `session` end where it is; what is written of it stays."""
        with self._lock:
            answer = self._answers.get(session)
        if answer:
            answer.stop.set()

    def drop(self, session: str) -> None:
        """End the answer of `session`, and wait until nothing more of it can be shown."""
        with self._lock:
            answer = self._answers.get(session)
        if answer:
            answer.is_wanted = False
            answer.stop.set()
            answer.ended.wait(PATIENCE)
