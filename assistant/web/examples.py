"""Example questions drawn from what the store holds, each one tried before it is offered."""

from __future__ import annotations

import logging
from collections import Counter, deque
from collections.abc import Callable, Iterator
from itertools import count
from threading import Condition
from typing import TYPE_CHECKING

from ..errors import AssistantError
from ..types import Answer, Document, Status
from .candidates import FORMS, Candidate

if TYPE_CHECKING:
    from ..core import Assistant

log = logging.getLogger(__name__)

WANTED = 6  # as many as a phone shows without scrolling
ALIKE = WANTED // 2  # questions of one form: six definitions show little of what can be asked
TRIED = 8  # questions tried for one document, each a few milliseconds
ASKED = 80  # questions tried in all, some seconds in a large store
PATIENCE = 1.0  # seconds that a page waits for all of them; then it opens with those found
DOCUMENTS = 400  # looked at, a millisecond each: in a store of single articles few make a question

Form = Callable[[Document], Iterator[Candidate]]


class Examples:
    """The examples of one state of a store, while they are looked for and after."""

    def __init__(self) -> None:
        self._found: list[str] = []
        self._is_complete = False
        self._changed = Condition()

    def find(self, assistant: Assistant) -> None:
        """Look for them all; meant for a thread of its own."""
        try:
            for question in example_questions(assistant):
                self._tell(question)
        except AssistantError as error:  # such as a store that was closed meanwhile
            log.warning("No more example questions: %s", error)
        except Exception:
            log.exception("No example questions could be found")  # the page opens without them
        self._tell()

    def _tell(self, *found: str) -> None:
        with self._changed:
            self._found.extend(found)
            self._is_complete = not found
            self._changed.notify_all()

    def so_far(self) -> list[str]:
        """Return all of them, or those found after `PATIENCE` seconds, one at least where there is any."""
        with self._changed:
            self._changed.wait_for(lambda: self._is_complete, PATIENCE)
            self._changed.wait_for(lambda: self._is_complete or self._found)
            return list(self._found)


def example_questions(assistant: Assistant) -> Iterator[str]:
    """Yield up to `WANTED` questions, of as many documents and forms as possible, that are answered well."""
    summaries = assistant.documents()
    step = max(1, len(summaries) // DOCUMENTS)
    offered: Counter[Form] = Counter()
    asked = count()
    # one good question of every document in turn, until there are enough
    waiting = deque(
        _good_questions(assistant, summary.id, offered, asked) for summary in summaries[::step][:DOCUMENTS]
    )
    found: set[str] = set()
    while waiting and len(found) < WANTED:
        questions = waiting.popleft()
        question = next(questions, None)
        if question is None:
            continue
        waiting.append(questions)
        if question not in found:
            found.add(question)
            yield question


def _good_questions(
    assistant: Assistant, identity: str, offered: Counter[Form], asked: Iterator[int]
) -> Iterator[str]:
    """Yield the questions of one document that are answered from where they were made."""
    document = assistant.document(identity)
    left = {form: form(document) for form in FORMS}
    for _ in range(TRIED):
        form, candidate = _next_candidate(left, offered)
        if candidate is None or next(asked) >= ASKED:
            return
        if _is_answered(assistant, candidate):
            offered[form] += 1
            yield candidate.question


def _next_candidate(
    left: dict[Form, Iterator[Candidate]], offered: Counter[Form]
) -> tuple[Form, Candidate | None]:
    """Return the next question in the form that was offered least; none where no form has any left."""
    for form in sorted((form for form in left if offered[form] < ALIKE), key=lambda form: offered[form]):
        candidate = next(left[form], None)
        if candidate is not None:
            return form, candidate
    return FORMS[0], None


def _is_answered(assistant: Assistant, candidate: Candidate) -> bool:
    try:
        answer = assistant.ask(candidate.question)
    except AssistantError:
        return False
    return answer.status is Status.ANSWERED and _cites(answer, candidate)


def _cites(answer: Answer, candidate: Candidate) -> bool:
    return any(
        citation.document == candidate.document
        and citation.start < candidate.end
        and candidate.start < citation.end
        for citation in answer.citations
    )
