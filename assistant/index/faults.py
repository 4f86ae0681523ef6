"""What engines say of full disks, missing rights and damaged files, as one clear line."""

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

# what a system says where the rights of a file or its folder do not suffice
_CLOSED = (
    "Permission denied",
    "PermissionDenied",
    "readonly database",
    "Read-only file system",
    "os error 30",
)

_Part = TypeVar("_Part")


def open_or_renew(kind: Callable[[Path], _Part], directory: Path) -> _Part:
    """Open a part of an engine; one that cannot be read is set aside and begun anew."""
    try:
        return kind(directory)
    except Exception as error:  # each engine raises its own kinds for a damaged file
        if _is_full(error) or _is_closed(error) or not directory.is_dir():
            raise
    places = (directory.with_name(f"{directory.name}.bad{number}") for number in count(1))
    directory.rename(next(place for place in places if not place.exists()))
    return kind(directory)


@contextmanager
def engine_errors(directory: Path) -> Iterator[None]:
    """Turn what an engine says of a full disk, missing rights or a damaged file into one clear line."""
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
        if _is_closed(error):
            raise closed(directory, message) from error
        raise StoreCorruptError(
            f"An index of the store at {directory} cannot be used ({message}).", MEND
        ) from error


def closed(directory: Path, message: str) -> StoreError:
    """Return the error of a store whose files may not be opened or written, which is no damage."""
    return StoreError(
        f"文件库 {directory} 打不开或不能写入（{message}）。",
        "请检查这个文件夹及其中文件的权限 (check the rights of the folder and its files).",
    )


def _is_full(error: Exception) -> bool:
    return any(sign in str(error) for sign in _FULL)


def _is_closed(error: Exception) -> bool:
    return any(sign in str(error) for sign in _CLOSED)
