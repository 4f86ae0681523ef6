"""What every loader takes and gives: the limits, the loaded document, and the one-call protocol."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from ...errors import LoadError
from ...types import Extract

MEGABYTE = 2**20


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may cost; a file that needs more is refused with a LoadError."""

    file_bytes: int = 200 * MEGABYTE  # a policy file of 200 MB is a mistake or an attack
    unpacked_bytes: int = 500 * MEGABYTE  # all members of a zip, docx, xlsx, ... together
    members: int = 10_000  # files in one zip
    nesting: int = 3  # zips within zips
    cells: int = 2_000_000  # of all sheets of a workbook
    seconds: float = 60.0  # for parsing one file
    step_seconds: float = 300.0  # for a scanned page to recognise, or a member of a zip
    total_seconds: float = 3600.0  # for all pages or members of a file together
    memory_bytes: int = 3072 * MEGABYTE  # address space of the worker process; recognition takes 1.8 GB


@dataclass(frozen=True, slots=True)
class Loaded:
    """One document of a file.

    `name` is empty for the file's single document, else the member's name in a zip or the
    record's id; `record` holds a record's other fields.
    """

    name: str
    extract: Extract
    record: Mapping[str, str] = field(default_factory=dict)


class Loader(Protocol):
    """Read the documents in the bytes of one file."""

    def __call__(self, data: bytes, limits: Limits, /) -> Iterator[Loaded | None]:
        """Yield the documents, None before each slow step; raise LoadError for the rest."""
        ...


def damaged(kind: str, error: Exception | str) -> LoadError:
    """Return the LoadError of a file that is broken or not what it says."""
    return LoadError(f"{kind} 文件损坏或不完整({error})。", "请用原来的软件打开并重新保存,或重新下载后再试。")


def encrypted(kind: str) -> LoadError:
    """Return the LoadError of a file that needs a password."""
    return LoadError(f"{kind} 文件已加密,需要密码才能打开。", "请去掉密码后重新保存再试。")
