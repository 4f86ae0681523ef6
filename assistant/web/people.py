"""Who is asking: the user that identity has established, else the address."""

from __future__ import annotations

from typing import Any, Protocol


class HasScope(Protocol):
    """A request of FastAPI or of Gradio, as far as it is looked at here."""

    @property
    def scope(self) -> Any:
        """Return the ASGI scope."""
        ...


def who(request: HasScope) -> str:
    """Return a name for limits and logs: `user:...` where one is known, else `address:...`."""
    user = request.scope.get("state", {}).get("user", "")
    if user:
        return f"user:{user}"
    client = request.scope.get("client")
    return f"address:{client[0] if client else 'unknown'}"
