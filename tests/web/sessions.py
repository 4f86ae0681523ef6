"""The chat as its own page speaks with it, without a browser: for many users at once."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import httpx

# seconds that an idle connection is used again: the server closes it after five, and a question sent
# at that very moment would be lost
IDLE = 2.0


@dataclass
class Session:
    """One user's conversation, through the queue that the page uses."""

    client: httpx.AsyncClient
    config: dict[str, Any]
    identity: str = field(default_factory=lambda: uuid4().hex[:10])

    @classmethod
    async def open(cls, client: httpx.AsyncClient) -> Session:
        """Return a new session; `client` has the site as its base address."""
        return cls(client, (await client.get("/config")).json())

    async def ask(
        self, question: str, filters: tuple[Any, ...] = ((), (), (), (), "", ""), store: str = ""
    ) -> list[tuple[str, str]]:
        """Return all messages of the chat, role and content, after `question` was answered."""
        event = next(d for d in self.config["dependencies"] if self._is_submit(d))
        joined = await self.client.post(
            "/gradio_api/queue/join",
            json={
                "data": [question, None, store, *filters],
                "fn_index": event["id"],
                "session_hash": self.identity,
                "trigger_id": event["targets"][0][0],
            },
        )
        joined.raise_for_status()
        chat: list[Any] = []
        async with self.client.stream(
            "GET", "/gradio_api/queue/data", params={"session_hash": self.identity}
        ) as stream:
            async for line in stream.aiter_lines():
                message = json.loads(line[5:]) if line.startswith("data:") else {"msg": ""}
                if message["msg"] == "process_generating":
                    chat = grown(chat, message["output"]["data"][1])
                if message["msg"] == "process_completed":
                    assert message["success"], message
                    break
        return [(message["role"], text_of(message["content"])) for message in chat]

    def _is_submit(self, dependency: dict[str, Any]) -> bool:
        box = next(c["id"] for c in self.config["components"] if c["props"].get("elem_id") == "question")
        return [box, "submit"] in [list(target) for target in dependency["targets"]]


def text_of(content: Any) -> str:
    """Return the text of a message, which Gradio sends as a string or in parts."""
    return content if isinstance(content, str) else "".join(part["text"] for part in content)


def grown(value: Any, sent: list[Any]) -> Any:
    """Return an output after one event: the whole value at first, later [action, path, value] changes."""
    if not all(isinstance(change, list) for change in sent):
        return sent
    for action, path, new in sent:
        value = changed(value, action, path, new)
    return value


def changed(value: Any, action: str, path: list[Any], new: Any) -> Any:
    if not path:
        return value + new if action == "append" else new
    key, *rest = path
    if rest:
        value[key] = changed(value[key], action, rest, new)
    elif action == "add" and isinstance(value, list):
        value.insert(key, new)
    elif action == "delete":
        del value[key]
    else:
        value[key] = value[key] + new if action == "append" else new
    return value
