"""A language model behind any OpenAI-compatible endpoint, through LlamaIndex."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple, Protocol

from ..errors import ModelError

if TYPE_CHECKING:
    from llama_index.llms.openai_like import OpenAILike

_ATTEMPTS = 3
_FIRST_WAIT = 0.5  # seconds; doubled after each attempt
_TOTAL = 5  # a whole answer may take so many times the time-out of one piece
_TEMPERATURE = 0.0  # the same question, the same answer


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

    def stream(self, messages: Sequence[Message]) -> Iterator[str]:
        """Yield the pieces of the reply; failures before the first piece are tried again.

        Raises ModelError saying what happened, never with the key or the server's words.
        """
        for attempt in range(_ATTEMPTS):
            begun = False
            try:
                for piece in self._once(messages):
                    begun = True
                    yield piece
                return
            except _failures() as error:
                if begun or attempt == _ATTEMPTS - 1 or not _passing(error):
                    raise ModelError(
                        f"语言模型没有完成回答（{_what(error)}）。", "请检查模型服务。"
                    ) from None
            self._wait(_FIRST_WAIT * 2**attempt)

    def _once(self, messages: Sequence[Message]) -> Iterator[str]:
        from llama_index.core.llms import ChatMessage

        deadline = time.monotonic() + self._timeout * _TOTAL
        reply = self._client.stream_chat([ChatMessage(role=m.role, content=m.text) for m in messages])
        finished = False
        for part in reply:
            if time.monotonic() > deadline:
                raise TimeoutError
            finished = finished or _finished(part.raw)
            if part.delta:
                yield part.delta
        if not finished:
            raise ConnectionError  # the stream ended without saying that it is complete


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
