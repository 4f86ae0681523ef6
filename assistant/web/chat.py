"""What the chat does with a question, apart from how page and interface look."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from threading import Event, Lock
from time import monotonic
from typing import TYPE_CHECKING, Any

from ..errors import AnswerStoppedError, AssistantError
from ..types import Answer, Coverage, Status
from .catalogue import Catalogue
from .conversation import STOPPED, Turn, history
from .downloads import Downloads
from .examples import Examples
from .filters import Chosen
from .limits import RateLimit
from .metrics import Metrics
from .records import Records, records_path
from .texts import Language, text
from .view import Pages

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
        self.pages = Pages()
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
        """Return questions that the store answers; the first call may wait for some of them."""
        self.catalogue()
        return self._examples.so_far()

    def _find_examples(self) -> Examples:
        # trying them takes a second or two, which questions need not wait for
        # without a model: it would be asked dozens of questions that nobody has
        examples = Examples()
        self._background.submit(examples.find, self.assistant.without_model())
        return examples

    def check(self, limits: Chosen) -> None:
        """Raise FilterError for a limit that nothing in the store meets."""
        self.assistant.search("政策", 1, **limits.arguments())  # a search checks its filters first

    def ask(
        self,
        question: str,
        earlier: Sequence[tuple[str, Answer]],
        filters: Mapping[str, Any],
        who: str,
        stop: Event | None = None,
        language: Language = "zh",
    ) -> Iterator[Answer]:
        """Yield the growing answer; count it. A refusal is told in `language`, or in that of the question.

        Raises what `Assistant.ask_stream` raises, and when to ask again.
        """
        self.shared.limit.take(who)
        started = monotonic()
        answer: Answer | None = None
        status = Status.ERROR.value
        try:
            in_english = language == "en"
            for answer in self.assistant.ask_stream(
                question, earlier, stop=stop, in_english=in_english, **filters
            ):
                status = answer.status.value
                yield answer
        except AnswerStoppedError:
            status = STOPPED
            raise
        finally:
            self.shared.metrics.count(status, monotonic() - started)
            self.shared.records.add_audit(who, question, status, answer, self.name)

    def turns(
        self,
        question: str,
        turns: Sequence[Turn],
        limits: Chosen,
        who: str,
        language: Language,
        stop: Event | None = None,
    ) -> Iterator[Turn]:
        """Yield the growing turn that answers `question`; an error is a turn of its own, never raised.

        Once `stop` is set, the turn ends with what is written by then.
        """
        turn = Turn(question, Answer(question, Status.PARTIAL, ""), store=self.name)
        try:
            words = limits.words(self.catalogue(), language)
            scope = " ".join(filter(None, [self.name and f"{text('store', language)}：{self.name}", words]))
            turn = replace(turn, scope=scope, address=limits.address(question, self.name))
            earlier = history([each for each in turns if each.store == self.name])
            for answer in coalesced(self.ask(question, earlier, limits.arguments(), who, stop, language)):
                turn = replace(turn, answer=answer, sources=self._sources(answer))
                yield turn
        except AnswerStoppedError:
            yield replace(turn, is_stopped=True)
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
    """Yield at most one answer every `STREAM_INTERVAL` seconds, and the last one always.

    Raises AnswerStoppedError after it where `answers` do.
    """
    sent, waiting, stopped = 0.0, None, None
    try:
        for answer in answers:
            waiting = answer
            if monotonic() - sent >= STREAM_INTERVAL:
                yield answer
                sent, waiting = monotonic(), None
    except AnswerStoppedError as error:
        stopped = error
    if waiting is not None:
        yield waiting
    if stopped:
        raise stopped


def failed_turn(question: str, message: str, store: str = "") -> Turn:
    """Return a question that ended in an error, as the conversation shows it."""
    return Turn(question, Answer(question, Status.ERROR, "", error=message), store=store)
