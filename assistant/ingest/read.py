"""The room's one door: a loaded file in, a Document out."""

from __future__ import annotations

from dataclasses import replace

from ..types import Document, Mark, Section
from .catalogue import CatalogueEntry, entry_of_record
from .corrections import read_corrections
from .load.base import Loaded
from .metadata import describe
from .outline import outline
from .repair import Repaired, repair


def documents(loaded: Loaded, *, id: str, path: str, entry: CatalogueEntry | None = None) -> Document:
    """Return the document `id` read from the file `path`, repaired, outlined and described.

    What a person corrected beside the file comes first, then the catalogue's `entry`, then the record's
    own fields, then what the text says. Raises LoadError for corrections that do not fit.
    """
    extract = loaded.extract
    corrections = read_corrections(path, loaded.name)
    repaired = repair(extract, corrections.edits)
    given = {
        "correction": corrections.entry,
        "catalogue": entry or CatalogueEntry(),
        "record": entry_of_record(loaded.record),
    }
    sections = outline(repaired.text, repaired.marks, corrections.marks(repaired.text))
    if loaded.record.get("section"):
        sections = _under(sections, loaded.record["section"])
    return Document(
        id=id,
        text=repaired.text,
        original=extract.text,
        alignment=repaired.alignment,
        metadata=describe(
            repaired.text,
            name=loaded.name or path,
            properties=extract.properties,
            marks=repaired.marks,
            given=given,
        ),
        sections=sections,
        repairs=repaired.repairs,
        pages=tuple((mark.start, mark.value) for mark in _of_kind(repaired, "page")),
        tables=tuple((mark.start, mark.end) for mark in _of_kind(repaired, "table")),
        path=path,
        notices=extract.notices,
    )


def _of_kind(repaired: Repaired, kind: str) -> list[Mark]:
    return sorted((mark for mark in repaired.marks if mark.kind == kind), key=lambda mark: mark.start)


def _under(sections: tuple[Section, ...], heading: str) -> tuple[Section, ...]:
    """Put all that a record holds under the section that the record names."""
    root, *below = sections
    if any(section.heading.startswith(heading) for section in below):
        return sections
    top = Section((heading,), 0, 0, root.end, level=1, label=heading, parent=0)
    moved = [replace(s, path=(heading, *s.path), level=s.level + 1, parent=s.parent + 1) for s in below]
    return (root, top, *moved)
