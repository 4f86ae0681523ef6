"""The stores that one server offers, each to its own users. What is read here is read by nobody else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from starlette.requests import HTTPConnection

from ..errors import SettingsError, UsageError
from ..settings import Settings
from .chat import Chat, Shared
from .conversation import Turn
from .people import user_of
from .running import Running

if TYPE_CHECKING:
    from ..core import Assistant

EVERYBODY = "*"


class StoreRefusedError(UsageError):
    """A store that does not exist, or not for this user: which of the two is not told."""


class Stores:
    """Every store with its chat, by name; a single store has the empty name and is open to all who get in.

    Whatever shows a passage gets its store from `of`: there is no other way to one. Raises
    SettingsError for users named where nobody is asked for a name.
    """

    def __init__(self, assistants: Mapping[str, Assistant], settings: Settings) -> None:
        self.shared = Shared.of(settings)
        self.running = Running()
        self.streams = bool(settings.llm_url)  # a model's answers grow, others come as a whole
        self._chats = {name: Chat(assistant, self.shared, name) for name, assistant in assistants.items()}
        if settings.stores and set(assistants) != set(settings.stores):
            raise SettingsError(
                "设置 stores 与打开的文件库不一致。", "请为每个名称打开一个 (open one for each name)."
            )
        self._users = {
            name: settings.stores[name].users if settings.stores else (EVERYBODY,) for name in assistants
        }
        has_names = bool(settings.identity_header or settings.token_secret.get_secret_value())
        for name, users in self._users.items():
            if set(users) != {EVERYBODY} and not has_names:
                raise SettingsError(
                    f"设置 stores.{name}.users 写了用户，却没有办法知道是谁在问。",
                    '请设置 identity_header 或 token_secret；对所有人开放则写 users = ["*"]'
                    " (naming users needs an identity).",
                )

    def names(self, request: HTTPConnection | None) -> list[str]:
        """Return the names of the stores offered to whoever sent `request`."""
        user = user_of(request)
        return [
            name
            for name in self._chats
            if EVERYBODY in self._users[name] or (user and user in self._users[name])
        ]

    def of(self, request: HTTPConnection | None, name: str | None = "") -> Chat:
        """Return the chat over the store `name`, without a name over the first one offered.

        Raises StoreRefusedError where that store is not offered to whoever sent `request`.
        """
        offered = self.names(request)
        if not offered:
            raise StoreRefusedError("没有向您开放的文件库。", "请联系管理员 (no store is open to you).")
        if name and name not in offered:
            named = "、".join(filter(None, offered))
            advice = f"可用的有：{named}。" if named else "这里只有一个文件库，不必写名称。"
            raise StoreRefusedError(f"没有名为 {name[:40]!r} 的文件库。", advice)
        return self._chats[name or offered[0]]

    def readable(self, request: HTTPConnection | None, turns: Sequence[Turn]) -> tuple[Turn, ...]:
        """Return a conversation to whoever may read all of it, and none of it to anybody else."""
        offered = {"", *self.names(request)}  # a question that was refused has been asked of no store
        return tuple(turns) if all(turn.store in offered for turn in turns) else ()

    def document_count(self) -> int:
        """Return how many documents all stores hold."""
        return sum(len(chat.catalogue().documents) for chat in self._chats.values())
