"""What engines say of full disks and damaged files, as one clear line."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import TypeVar

from ..errors import AssistantError, StoreCorruptError, StoreError

MEND = "Run `index` on any of its folders: it is made again from what the store holds."

# what a system says of a full disk, a quota, a file that may not grow
_FULL = (
    "No space left",
    "disk is full",
    "disk I/O error",
    "Disk quota",
    "File too large",
    "os error 27",
    "os error 28",
)

_Part = TypeVar("_Part")


def open_or_renew(kind: Callable[[Path], _Part], directory: Path) -> _Part:
    """Open a part of an engine; one that cannot be read is set aside and begun anew."""
    try:
        return kind(directory)
    except Exception as error:  # each engine raises its own kinds for a damaged file
        if _is_full(error) or not directory.is_dir():
            raise
    places = (directory.with_name(f"{directory.name}.bad{number}") for number in count(1))
    directory.rename(next(place for place in places if not place.exists()))
    return kind(directory)


@contextmanager
def engine_errors(directory: Path) -> Iterator[None]:
    """Turn what an engine says of a full disk or a damaged file into one clear line."""
    try:
        yield
    except AssistantError:
        raise
    except Exception as error:  # tantivy raises ValueError, Chroma its own kinds
        message = " ".join(str(error).split())
        if _is_full(error):
            raise StoreError(
                f"The disk that holds {directory} is full or failing ({message}).",
                "Nothing that was indexed is lost: make room and index again.",
            ) from error
        raise StoreCorruptError(
            f"An index of the store at {directory} cannot be used ({message}).", MEND
        ) from error


def _is_full(error: Exception) -> bool:
    return any(sign in str(error) for sign in _FULL)
