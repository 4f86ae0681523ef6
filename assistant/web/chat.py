"""What the chat does with a question, apart from how page and interface look."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from threading import Lock
from time import monotonic
from typing import TYPE_CHECKING, Any

from ..errors import AssistantError
from ..types import Answer, Coverage, Status
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


@dataclass(frozen=True, slots=True)
class Shared:
    """What all stores of one server share."""

    limit: RateLimit
    metrics: Metrics
    downloads: Downloads
    records: Records

    @classmethod
    def of(cls, settings: Settings) -> Shared:
        """Return what the settings ask for."""
        records = Records(records_path(settings), settings.audit_days)
        return cls(RateLimit(settings.questions_per_minute), Metrics(), Downloads(), records)


class Chat:
    """One store as page and interface use it. It holds only what all its users share."""

    def __init__(self, assistant: Assistant, shared: Shared, name: str = "") -> None:
        self.assistant = assistant
        self.name = name
        self.shared = shared
        self._catalogue = Catalogue.of(assistant)
        self._background = ThreadPoolExecutor(1, "examples")
        self._examples = self._find_examples()
        self._covering = Lock()
        self._coverage: tuple[int, Coverage] | None = None  # with the generation it was made of

    def catalogue(self) -> Catalogue:
        """Return the catalogue of the store as it is now."""
        if self._catalogue.generation != self.assistant.generation:
            self._catalogue = Catalogue.of(self.assistant)
            self._examples = self._find_examples()
        return self._catalogue

    def coverage(self) -> Coverage:
        """Return what the store covers, as it is now; the first call reads all of it."""
        with self._covering:
            if self._coverage is None or self._coverage[0] != self.assistant.generation:
                self._coverage = (self.assistant.generation, self.assistant.coverage())
            return self._coverage[1]

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
        self.shared.limit.take(who)
        started = monotonic()
        answer: Answer | None = None
        try:
            for answer in self.assistant.ask_stream(question, earlier, **filters):
                yield answer
        finally:
            status = (answer.status if answer else Status.ERROR).value
            self.shared.metrics.count(status, monotonic() - started)
            self.shared.records.add_audit(who, question, status, answer, self.name)

    def turns(
        self, question: str, turns: Sequence[Turn], limits: Chosen, who: str, language: Language
    ) -> Iterator[Turn]:
        """Yield the growing turn that answers `question`; an error is a turn of its own, never raised."""
        try:
            words = limits.words(self.catalogue(), language)
            scope = " ".join(filter(None, [self.name and f"{text('store', language)}：{self.name}", words]))
            earlier = history([turn for turn in turns if turn.store == self.name])
            for answer in coalesced(self.ask(question, earlier, limits.arguments(), who)):
                address = limits.address(question, self.name)
                yield Turn(question, answer, scope, address, self.name, self._sources(answer))
        except AssistantError as error:
            yield failed_turn(question, str(error), self.name)
        except Exception:
            log.exception("A question could not be answered")
            yield failed_turn(question, text("unexpected", language), self.name)

    def _sources(self, answer: Answer) -> dict[str, str]:
        """Return where the documents that an answer shows were published, by their ids."""
        shown = {citation.document for citation in answer.citations}
        shown.update(hit.passage.document for hit in answer.related)
        return {id: source for id in shown if (source := self.catalogue().source_of(id))}


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


def failed_turn(question: str, message: str, store: str = "") -> Turn:
    """Return a question that ended in an error, as the conversation shows it."""
    return Turn(question, Answer(question, Status.ERROR, "", error=message), store=store)
