"""What composing an answer needs from the store, as one narrow interface."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from ..types import Document, DocumentSummary, Filters, Hit


class Sources(Protocol):
    """The documents of the store, and search over them for a second round."""

    def document(self, id: str) -> Document:
        """Return the document `id`."""

    def documents(self) -> Sequence[DocumentSummary]:
        """Return all documents, without their texts."""

    def search(self, text: str, filters: Filters, k: int) -> Sequence[Hit]:
        """Return the `k` best passages for `text` within `filters`."""
