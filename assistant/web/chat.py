"""What the chat does with a question, apart from how the page looks."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from time import monotonic
from typing import TYPE_CHECKING

from ..errors import AssistantError
from ..types import Answer, Status
from .catalogue import Catalogue
from .conversation import Turn, history
from .examples import example_questions
from .filters import Chosen
from .texts import Language, text

if TYPE_CHECKING:
    from ..core import Assistant

log = logging.getLogger(__name__)

STREAM_INTERVAL = 0.15  # seconds between two events of one answer: each costs the server and the page


class Chat:
    """One assistant as the page's events use it. It holds only what all users share."""

    def __init__(self, assistant: Assistant) -> None:
        self.assistant = assistant
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

    def answers(
        self, question: str, turns: Sequence[Turn], limits: Chosen, language: Language
    ) -> Iterator[Turn]:
        """Yield the growing turn that answers `question`; an error is a turn of its own, never raised."""
        try:
            catalogue = self.catalogue()
            scope = limits.checked(catalogue, language).words(catalogue, language)
            arguments = limits.arguments()
            for answer in coalesced(self.assistant.ask_stream(question, history(turns), **arguments)):
                yield Turn(question, answer, scope)
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
