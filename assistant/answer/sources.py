"""What composing an answer needs from the store, as one narrow interface."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from ..types import Document, Filters, Hit, Metadata


class Described(Protocol):
    """A document as far as its catalogue entry goes; a `Document` is one."""

    @property
    def id(self) -> str:
        """Return the id."""

    @property
    def title(self) -> str:
        """Return the title."""

    @property
    def metadata(self) -> Metadata:
        """Return what is known of it."""


class Sources(Protocol):
    """The documents of the store, and search over them for a second round."""

    def document(self, id: str) -> Document:
        """Return the document `id`."""

    def documents(self) -> Sequence[Described]:
        """Return all documents, without their texts where that is cheaper."""

    def search(self, text: str, filters: Filters, k: int) -> Sequence[Hit]:
        """Return the `k` best passages for `text` within `filters`."""
