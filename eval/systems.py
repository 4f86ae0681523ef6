"""What can be evaluated: anything that turns a question and its history into the contract's JSON."""

from __future__ import annotations

import json
import pickle
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from .questions import Question
from .results import fingerprint

if TYPE_CHECKING:
    from assistant import Assistant
    from assistant.types import Answer, Document

HITS = 10  # as deep as the retrieval metrics look
_PATIENCE = 90  # seconds: a server's allowance is per minute


class System(Protocol):
    """One product or baseline under evaluation."""

    name: str

    def settings(self) -> Mapping[str, Any]:
        """Return what decides its answers, for the head of the results."""

    def reply(self, question: Question) -> dict[str, Any]:
        """Return the answer in the contract's JSON, with `hits` and the measured `seconds`."""


class Product:
    """The assistant in this checkout, over a store of its own."""

    name = "assistant"

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant
        self._asked: dict[tuple[str, ...], Answer] = {}

    def settings(self) -> Mapping[str, Any]:
        """Return the assistant's settings, without the store's place and without keys."""
        settings = self._assistant.settings
        return settings.model_dump(mode="json", exclude={"store", "llm_key", "host", "port"})

    def reply(self, question: Question) -> dict[str, Any]:
        """Return the assistant's answer; the earlier turns of a dialogue are asked first."""
        from assistant.errors import AssistantError
        from assistant.present import answer_json, error_json, hit_json

        begun = time.perf_counter()
        try:
            history = self._conversation(question.history)
            begun = time.perf_counter()
            answer = self._assistant.ask(question.question, history=history)
        except AssistantError as error:
            record = error_json(question.question, str(error), id=question.id)
            return record | {"hits": [], "seconds": time.perf_counter() - begun}
        seconds = time.perf_counter() - begun
        hits = self._assistant.search(answer.resolved or question.question, k=HITS)
        return answer_json(answer) | {
            "id": question.id,
            "seconds": seconds,
            "hits": [hit_json(hit) for hit in hits],
        }

    def _conversation(self, asked: tuple[str, ...]) -> list[tuple[str, Answer]]:
        pairs: list[tuple[str, Answer]] = []
        for turn, text in enumerate(asked, 1):
            key = asked[:turn]
            if key not in self._asked:
                self._asked[key] = self._assistant.ask(text, history=pairs)
            pairs.append((text, self._asked[key]))
        return pairs


class Server:
    """A running server, asked through its HTTP interface."""

    name = "server"

    def __init__(self, url: str) -> None:
        if not url.startswith(("http://", "https://")):
            raise ValueError(f"{url!r} is no http address: give --url http://HOST:PORT.")
        self._url = url.rstrip("/")

    def settings(self) -> Mapping[str, Any]:
        """Return the address that was asked."""
        return {"url": self._url}

    def reply(self, question: Question) -> dict[str, Any]:
        """Return the server's answer; the earlier turns go along as its history."""
        begun = time.perf_counter()
        try:
            body = {"question": question.question, "history": list(question.history)}
            record: dict[str, Any] = self._post("/api/ask", body)
            seconds = time.perf_counter() - begun
            asked = record.get("resolved") or question.question
            hits = self._post("/api/search", {"question": asked, "k": HITS})
        except OSError as error:
            return {"status": "error", "error": str(error), "seconds": time.perf_counter() - begun}
        return record | {"id": question.id, "seconds": seconds, "hits": hits}

    def _post(self, path: str, body: Mapping[str, Any]) -> Any:
        """Return the JSON that the server answers; wait where it allows no more questions yet."""
        headers = {"Content-Type": "application/json"}
        request = urllib.request.Request(self._url + path, json.dumps(body).encode(), headers)
        for _ in range(_PATIENCE):
            try:
                with urllib.request.urlopen(request, timeout=120) as response:
                    return json.load(response)
            except urllib.error.HTTPError as error:
                if error.code != 429:
                    raise
                time.sleep(1)
        raise TimeoutError(f"{self._url} allows no more questions.")


def open_product(corpus: Path, folder: Path) -> Assistant:
    """Return the assistant over `corpus`, indexed into a store under `folder`, never the user's.

    Raises ValueError naming the files that could not be indexed.
    """
    from assistant import Assistant

    assistant = Assistant.open(folder / f"store-{_state(corpus)}")
    failed = [f"{result.path}: {result.reason}" for result in assistant.index([corpus]).failures()]
    if failed:
        assistant.close()
        raise ValueError("Not indexed: " + "; ".join(failed))
    return assistant


def read_documents(corpus: Path, folder: Path) -> list[Document]:
    """Return the documents of `corpus` as the assistant reads them.

    They are kept in a file under `folder`, so that a baseline's process does not hold the assistant.
    """
    kept = folder / f"documents-{_state(corpus)}.pickle"
    if not kept.exists():
        assistant = open_product(corpus, folder)
        documents = [assistant.document(document.id) for document in assistant.documents()]
        assistant.close()
        kept.write_bytes(pickle.dumps(documents))
    found: list[Document] = pickle.loads(kept.read_bytes())
    return found


def _state(corpus: Path) -> str:
    """Return a short hash of the documents and of the code that reads them."""
    return fingerprint(corpus, Path("assistant"))[:12]
