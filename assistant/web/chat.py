"""What the chat does with a question, apart from how page and interface look."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from time import monotonic
from typing import TYPE_CHECKING, Any

from ..errors import AssistantError
from ..types import Answer, Status
from .catalogue import Catalogue
from .conversation import Turn, history
from .downloads import Downloads
from .examples import example_questions
from .filters import Chosen
from .limits import RateLimit
from .metrics import Metrics
from .records import Records, records_path
from .texts import Language, text

if TYPE_CHECKING:
    from ..core import Assistant
    from ..settings import Settings

log = logging.getLogger(__name__)

STREAM_INTERVAL = 0.15  # seconds between two events of one answer: each costs the server and the page


class Chat:
    """One assistant as page and interface use it. It holds only what all users share."""

    def __init__(self, assistant: Assistant, settings: Settings) -> None:
        self.assistant = assistant
        self.limit = RateLimit(settings.questions_per_minute)
        self.metrics = Metrics()
        self.downloads = Downloads()
        self.records = Records(records_path(settings), settings.audit_days)
        self._catalogue = Catalogue.of(assistant)
        self._background = ThreadPoolExecutor(1, "examples")
        self._examples = self._find_examples()

    def catalogue(self) -> Catalogue:
        """Return the catalogue of the store as it is now."""
        if self._catalogue.generation != self.assistant.generation:
            self._catalogue = Catalogue.of(self.assistant)
            self._examples = self._find_examples()
        return self._catalogue

    def examples(self) -> list[str]:
        """Return questions that the store answers; the first call may wait for them."""
        self.catalogue()
        return self._examples.result()

    def _find_examples(self) -> Future[list[str]]:
        # trying them takes a second or two, which questions need not wait for
        return self._background.submit(example_questions, self.assistant)

    def check(self, limits: Chosen) -> None:
        """Raise FilterError for a limit that nothing in the store meets."""
        self.assistant.search("政策", 1, **limits.arguments())  # a search checks its filters first

    def ask(
        self, question: str, earlier: Sequence[tuple[str, Answer]], filters: Mapping[str, Any], who: str
    ) -> Iterator[Answer]:
        """Yield the growing answer; count it. Raises what `Assistant.ask` raises, and when to ask again."""
        self.limit.take(who)
        started = monotonic()
        answer: Answer | None = None
        try:
            for answer in self.assistant.ask_stream(question, earlier, **filters):
                yield answer
        finally:
            status = (answer.status if answer else Status.ERROR).value
            self.metrics.count(status, monotonic() - started)
            self.records.add_audit(who, question, status, answer)

    def turns(
        self, question: str, turns: Sequence[Turn], limits: Chosen, who: str, language: Language
    ) -> Iterator[Turn]:
        """Yield the growing turn that answers `question`; an error is a turn of its own, never raised."""
        try:
            scope = limits.words(self.catalogue(), language)
            for answer in coalesced(self.ask(question, history(turns), limits.arguments(), who)):
                yield Turn(question, answer, scope, limits.address(question))
        except AssistantError as error:
            yield Turn(question, _failed(question, str(error)))
        except Exception:
            log.exception("A question could not be answered")
            yield Turn(question, _failed(question, text("unexpected", language)))


def coalesced(answers: Iterator[Answer]) -> Iterator[Answer]:
    """Yield at most one answer every `STREAM_INTERVAL` seconds, and the last one always."""
    sent, waiting = 0.0, None
    for answer in answers:
        waiting = answer
        if monotonic() - sent >= STREAM_INTERVAL:
            yield answer
            sent, waiting = monotonic(), None
    if waiting is not None:
        yield waiting


def with_last(turns: Iterator[Turn]) -> Iterator[tuple[Turn, bool]]:
    """Yield every turn with whether it is the last; each comes when the next one is known."""
    held = next(turns, None)
    for turn in turns:
        if held is not None:
            yield held, False
        held = turn
    if held is not None:
        yield held, True


def _failed(question: str, message: str) -> Answer:
    return Answer(question, Status.ERROR, "", error=message)
