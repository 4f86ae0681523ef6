"""A language model behind any OpenAI-compatible endpoint, through LlamaIndex."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from queue import Empty, SimpleQueue
from threading import Event, Thread
from typing import TYPE_CHECKING, NamedTuple, Protocol
from urllib.parse import urlsplit

from ...errors import AnswerStoppedError, ModelError

if TYPE_CHECKING:
    from llama_index.core.llms import ChatMessage
    from llama_index.llms.openai_like import OpenAILike

_ATTEMPTS = 3
_FIRST_WAIT = 0.5  # seconds; doubled after each attempt
_TOTAL = 5  # a whole answer may take so many times the time-out of one piece
_TEMPERATURE = 0.0  # the same question, the same answer
_LOOK = 0.1  # seconds between two looks whether a silent model is still to be waited for


class Message(NamedTuple):
    """One turn: system, user or assistant."""

    role: str
    text: str


class Model(Protocol):
    """What writes an answer, piece by piece."""

    def stream(self, messages: Sequence[Message]) -> Iterator[str]:
        """Yield the pieces of the reply. Raises ModelError."""


class OpenAICompatible:
    """A model at an endpoint such as DeepSeek's, Ollama's or vLLM's."""

    def __init__(
        self,
        url: str,
        name: str,
        key: str = "",
        *,
        timeout: float = 60.0,
        wait: Callable[[float], None] = time.sleep,
    ) -> None:
        """Reach the model `name` at `url`; `timeout` is in seconds for each piece of a reply."""
        self._url, self._name, self._key = url, name, key
        self._timeout, self._wait = timeout, wait

    @property
    def _host(self) -> str:
        """Return where the model is, without what an address may hold of names, passwords and keys."""
        return urlsplit(self._url).hostname or ""

    @cached_property
    def _client(self) -> OpenAILike:
        from llama_index.llms.openai_like import OpenAILike

        return OpenAILike(
            model=self._name,
            api_base=self._url,
            api_key=self._key or "none",  # the client refuses an empty one; local servers want none
            is_chat_model=True,
            timeout=self._timeout,
            max_retries=0,
            temperature=_TEMPERATURE,
        )

    @cached_property
    def _loop(self) -> asyncio.AbstractEventLoop:
        """Run replies where each can be cut off at any moment, which a thread that reads cannot be."""
        loop = asyncio.new_event_loop()
        Thread(target=loop.run_forever, name="model", daemon=True).start()
        return loop

    def until(self, stop: Event) -> Model:
        """Return this model, to be cut off once `stop` is set."""
        return _Until(self, stop)

    def stream(self, messages: Sequence[Message], stop: Event | None = None) -> Iterator[str]:
        """Yield the pieces of the reply; failures before the first piece are tried again.

        The connection is closed with the iterator, and once `stop` is set. Raises AnswerStoppedError
        then, and ModelError saying what happened at which host, never with the key or the server's
        words.
        """
        for attempt in range(_ATTEMPTS):
            begun = False
            try:
                for piece in self._once(messages, stop):
                    begun = True
                    yield piece
                return
            except _failures() as error:
                if begun or attempt == _ATTEMPTS - 1 or not _passing(error):
                    raise ModelError(
                        f"{self._host} 的语言模型没有完成回答（{_what(error)}）。", "请检查模型服务。"
                    ) from None
            self._wait(_FIRST_WAIT * 2**attempt)

    def _once(self, messages: Sequence[Message], stop: Event | None) -> Iterator[str]:
        from llama_index.core.llms import ChatMessage

        sent = [ChatMessage(role=m.role, content=m.text) for m in messages]
        pieces: SimpleQueue[str | None] = SimpleQueue()
        reading = asyncio.run_coroutine_threadsafe(self._read(self._client, sent, pieces.put), self._loop)
        reading.add_done_callback(lambda _: pieces.put(None))
        try:
            while (piece := _next(pieces, stop)) is not None:
                yield piece
            reading.result()  # raises what ended it
        finally:
            reading.cancel()

    async def _read(
        self, client: OpenAILike, messages: Sequence[ChatMessage], put: Callable[[str], None]
    ) -> None:
        finished = False
        async with asyncio.timeout(self._timeout * _TOTAL):
            async for part in await client.astream_chat(messages):
                finished = finished or _finished(part.raw)
                if part.delta:
                    put(part.delta)
        if not finished:
            raise ConnectionError  # the stream ended without saying that it is complete


@dataclass(frozen=True)
class _Until:
    """A model that writes until it is stopped."""

    model: OpenAICompatible
    stop: Event

    def stream(self, messages: Sequence[Message]) -> Iterator[str]:
        """Yield the pieces of the reply. Raises ModelError and, once stopped, AnswerStoppedError."""
        return self.model.stream(messages, self.stop)


def _next(pieces: SimpleQueue[str | None], stop: Event | None) -> str | None:
    """Return the next piece, None at the end."""
    while not (stop and stop.is_set()):
        try:
            return pieces.get(timeout=_LOOK)
        except Empty:
            continue
    raise AnswerStoppedError("回答已停止。")


def _finished(raw: object) -> bool:
    choices = getattr(raw, "choices", None) or ()
    return any(getattr(choice, "finish_reason", None) for choice in choices)


def _failures() -> tuple[type[Exception], ...]:
    import httpx
    from openai import OpenAIError

    return (OpenAIError, httpx.HTTPError, TimeoutError, ConnectionError, ValueError)


def _passing(error: Exception) -> bool:
    """Tell whether a failure may pass: a time-out, 429, 5xx or a broken connection."""
    status = getattr(error, "status_code", None)
    return status is None or status == 429 or status >= 500


def _what(error: Exception) -> str:
    status = getattr(error, "status_code", None)
    if status:
        return f"HTTP {status}"
    return "超时" if "timeout" in type(error).__name__.lower() else "连接中断"
