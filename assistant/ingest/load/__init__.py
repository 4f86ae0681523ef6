"""Files to extracted text: one small module a format, one door."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ...errors import LoadError
from .base import MEGABYTE, Limits, Loaded, Loader
from .sniff import is_plain

__all__ = ["Limits", "Loaded", "Loader", "is_page_part", "load_file"]

_NO_LIMITS_GIVEN = Limits()


def load_file(path: Path, limits: Limits = _NO_LIMITS_GIVEN) -> Iterator[Loaded]:
    """Yield every document in the file at `path`, whatever its format.

    Plain text is read here; any other format in a worker process with the limits of time and
    memory. Raises LoadError naming what is wrong and what to do; where only some records of a
    file or members of a zip are bad, after the good ones were yielded.
    """
    head = _head(path, limits)
    if is_plain(head, extension(path)):
        yield from (loaded for loaded in load_here(path, limits) if loaded)
    else:
        from .worker import load_in_worker

        yield from load_in_worker(path, limits)


def load_here(path: Path, limits: Limits) -> Iterator[Loaded | None]:
    """Yield every document in the file at `path`, parsed in this process; None stands before a slow step."""
    from .formats import load_bytes

    try:
        data = path.read_bytes()
    except OSError as error:
        raise _unreadable(error) from None
    yield from load_bytes(data, extension(path), limits)


def is_page_part(path: Path) -> bool:
    """Tell whether `path` is the folder of pictures and scripts that a browser saves beside a page."""
    stem, mark, kind = path.name.replace(".files", "_files").rpartition("_files")
    if not mark or kind or not path.is_dir():
        return False
    return any(path.with_name(stem + suffix).is_file() for suffix in (".html", ".htm"))


def extension(path: Path) -> str:
    """Return the extension in lower case, without the dot."""
    return path.suffix.lower().removeprefix(".")


def _head(path: Path, limits: Limits) -> bytes:
    """Return the first bytes of the file; raises LoadError when it is too large or unreadable."""
    try:
        if path.exists() and not path.is_file():
            raise LoadError("打不开:它是文件夹、管道或设备,不是文件。", "请给出文件。")
        size = path.stat().st_size
        if size > limits.file_bytes:
            raise LoadError(
                f"文件有 {size / MEGABYTE:.0f} MB,超过上限 {limits.file_bytes // MEGABYTE} MB。",
                "请拆成几个较小的文件。",
            )
        with path.open("rb") as file:
            return file.read(8192)
    except OSError as error:
        raise _unreadable(error) from None


def _unreadable(error: OSError) -> LoadError:
    return LoadError(f"文件打不开({error.strerror})。", "请检查它是否存在、是否有读取权限。")
