"""What a person corrected in a document, in a small file beside it: `<file name>.policy.toml`.

    [metadata]                       # the fields of the catalogue
    date = 2024-05-01
    region = "浙江省"

    [[repair]]                       # `before` as the readable or the original text has it
    before = "交通圈內□縣域內"
    after = "交通圈內。縣域內"

    [[heading]]                      # a line, or its beginning; level 0: no heading
    text = "以科技创新作为核心要素"
    level = 1

The document of a record or of a zip's member has the same under `[document."its name"]`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ..errors import LoadError
from ..types import Mark
from .catalogue import CatalogueEntry, entry_of, read_toml
from .repair.edits import Edit, Repaired

SUFFIX = ".policy.toml"
_PARTS = {"metadata", "repair", "heading", "document"}


@dataclass(frozen=True, slots=True)
class Corrections:
    """The corrections of one document, and the file that holds them."""

    path: Path
    entry: CatalogueEntry = field(default_factory=CatalogueEntry)
    repairs: tuple[tuple[str, str], ...] = ()  # before, after
    headings: tuple[tuple[str, int], ...] = ()  # text, level

    def edits(self, readable: Repaired, original: str) -> list[Edit]:
        """Return the corrected repairs in the offsets of the original.

        Raises LoadError for a passage that is not in the document.
        """
        return [self._edit(before, after, readable, original) for before, after in self.repairs]

    def marks(self, text: str) -> list[Mark]:
        """Return the corrected headings as marks. Raises LoadError for a line that is not in `text`."""
        found = []
        for line, level in self.headings:
            start = self._find(text, line)
            found.append(Mark("heading", start, start + len(line), str(level)))
        return found

    def _edit(self, before: str, after: str, readable: Repaired, original: str) -> Edit:
        if before in readable.text:
            start = readable.text.index(before)
            first, last = readable.alignment.to_original(start, start + len(before))
        else:
            first = self._find(original, before)
            last = first + len(before)
        return Edit(first, last, after, "correction", f"人工更正:{self.path.name}")

    def _find(self, text: str, wanted: str) -> int:
        place = text.find(wanted)
        if place < 0:
            raise LoadError(f"{self.path}:文中没有 {wanted!r}。", "请照文中原样抄写这一处。")
        return place


def read_corrections(path: str, name: str = "") -> Corrections:
    """Return what is corrected in the document `name` of the file `path`; nothing where no such file is.

    Raises LoadError naming what cannot be understood.
    """
    file = Path(path + SUFFIX)
    if not path or not file.is_file():
        return Corrections(file)
    given = read_toml(file)
    if name:
        given = given.get("document", {}).get(name, {})
    unknown = set(given) - _PARTS
    if unknown:
        raise LoadError(f"{file}:不认识 {sorted(unknown)}。", f"可用的是:{'、'.join(sorted(_PARTS))}。")
    return Corrections(
        file,
        entry_of(given.get("metadata", {}), str(file)),
        tuple((_text(r, "before", file), str(r.get("after", ""))) for r in _tables(given, "repair", file)),
        tuple((_text(h, "text", file), _level(h, file)) for h in _tables(given, "heading", file)),
    )


def _tables(given: Mapping[str, Any], part: str, file: Path) -> Sequence[Mapping[str, Any]]:
    tables = given.get(part, [])
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise LoadError(f"{file}:{part} 应写成 [[{part}]]。", "请参照说明改正。")
    return tables


def _text(table: Mapping[str, Any], key: str, file: Path) -> str:
    value = table.get(key)
    if not isinstance(value, str) or not value:
        raise LoadError(f"{file}:缺少 {key}。", "请写明更正的是哪一处文字。")
    return value


def _level(table: Mapping[str, Any], file: Path) -> int:
    level = table.get("level")
    if not isinstance(level, int) or not 0 <= level <= 9:
        raise LoadError(f"{file}:level = {level!r}。", "level 是 0 到 9 的整数,0 表示不是标题。")
    return level
