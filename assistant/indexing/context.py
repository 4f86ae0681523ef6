"""What beside its bytes decides how a file is read."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from ..ingest import catalogue
from ..ingest.catalogue import CatalogueEntry
from ..ingest.load import is_page_part

# Raise it when reading changes, so that files that did not change are read again.
READING = "5"

_CORRECTIONS = ".policy.toml"  # beside a document: what a person corrected in it


def is_companion(path: Path) -> bool:
    """Tell whether a file or folder is no document but belongs to documents."""
    return path.name == catalogue.FILE_NAME or path.name.endswith(_CORRECTIONS) or is_page_part(path)


class Context:
    """The catalogues, corrections and settings under which the files of some roots are read."""

    def __init__(self, roots: Sequence[Path], budget: int) -> None:
        """Take the folders or files to index and the size of a passage in tokens."""
        self._roots = [root if root.is_dir() else root.parent for root in roots]
        self.budget = budget
        self._catalogue = cache(catalogue.read_catalogue)

    def entry(self, path: Path) -> CatalogueEntry | None:
        """Return what the catalogue says of a file. Raises LoadError for a catalogue that is none."""
        root = next((root for root in self._roots if path.is_relative_to(root)), path.parent)
        return self._catalogue(root).get(path.relative_to(root).as_posix())

    def of(self, path: Path) -> str:
        """Return all of it as a string: another string, and the file must be read again."""
        corrections = path.with_name(path.name + _CORRECTIONS)
        corrected = hashlib.sha256(corrections.read_bytes()).hexdigest() if corrections.is_file() else ""
        return f"{READING} {self.budget} {self.entry(path)} {corrected}"
