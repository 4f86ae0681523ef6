"""Documents and passages as rows of the manifest, and back."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple

from ..types import Alignment, Document, Metadata, Passage, Repair, Repeal, Section

FILE_NAME = "file name"  # what `Metadata.found_in` says of a field taken from the name of the file


class DocumentRow(NamedTuple):
    """A document as the manifest keeps it; `original` is None where it equals `text`."""

    id: str
    metadata: str
    body: str
    text: str
    original: str | None

    def digest(self) -> bytes:
        """Return what changes whenever anything of the document changes."""
        return _digest([self.id, self.metadata, self.body, self.text, self.original or ""])


def pack_document(document: Document) -> DocumentRow:
    """Return `document` as a row; where it was read from is kept beside it, not in it."""
    metadata = document.metadata
    body = {
        "sections": [
            (list(s.path), s.start, s.body_start, s.end, s.level, s.label, s.region, s.parent)
            for s in document.sections
        ],
        "repairs": [
            (r.start, r.end, r.original_start, r.original_end, r.before, r.after, r.kind, r.reason)
            for r in document.repairs
        ],
        "pages": document.pages,
        "tables": document.tables,
    }
    same = document.original == document.text
    if not (same and document.alignment == Alignment.identity(len(document.text))):
        body["alignment"] = document.alignment.boundaries
    return DocumentRow(
        document.id,
        _dump(
            {
                "title": metadata.title,
                "document_number": metadata.document_number,
                "issuer": metadata.issuer,
                "issued": _iso(metadata.issued),
                "effective": _iso(metadata.effective),
                "expires": _iso(metadata.expires),
                "region": metadata.region,
                "kind": metadata.kind,
                "source": metadata.source,
                "validity": metadata.validity,
                "found_in": dict(metadata.found_in),
                "repeals": [(r.title, r.document_number, r.years) for r in metadata.repeals],
                **({"notices": document.notices} if document.notices else {}),
            }
        ),
        _dump({name: value for name, value in body.items() if value}),
        document.text,
        None if same else document.original,
    )


def unpack_document(row: DocumentRow, path: str, names: Sequence[str]) -> Document:
    """Return the document of `row`, read from `path` and known under `names` too."""
    body: dict[str, Any] = json.loads(row.body)
    boundaries = body.get("alignment")
    metadata, notices = unpack_metadata(row.metadata)
    return Document(
        id=row.id,
        text=row.text,
        original=row.text if row.original is None else row.original,
        alignment=(
            Alignment.identity(len(row.text))
            if boundaries is None
            else Alignment(tuple((readable, original) for readable, original in boundaries))
        ),
        metadata=metadata,
        sections=tuple(Section(tuple(path), *rest) for path, *rest in body.get("sections", ())),
        repairs=tuple(Repair(*values) for values in body.get("repairs", ())),
        pages=tuple((offset, number) for offset, number in body.get("pages", ())),
        tables=tuple((start, end) for start, end in body.get("tables", ())),
        path=path,
        names=tuple(names),
        notices=notices,
    )


def unpack_metadata(text: str) -> tuple[Metadata, tuple[str, ...]]:
    """Return the metadata and the notices that `pack_document` wrote as `text`."""
    fields: dict[str, Any] = json.loads(text)
    notices = tuple(fields.pop("notices", ()))
    for name in ("issued", "effective", "expires"):
        fields[name] = to_date(fields.get(name))
    fields["repeals"] = tuple(
        Repeal(title, number, tuple(years)) for title, number, years in fields.get("repeals", ())
    )
    return Metadata(**fields), notices


def identity(document: Document) -> bytes:
    """Return what two documents share that say the same: text, outline and metadata.

    A title taken from the name of a file does not tell two copies apart.
    """
    metadata = document.metadata
    title = "" if metadata.found_in.get("title", "") == FILE_NAME else metadata.title
    return _digest(
        [
            document.text,
            title,
            metadata.document_number,
            metadata.region,
            _iso(metadata.issued) or "",
            *("\t".join(section.path) for section in document.sections),
        ]
    )


def pack_passage(passage: Passage) -> tuple[Any, ...]:
    """Return the columns of `passage` in the order of PASSAGE_COLUMNS."""
    return (
        passage.id,
        passage.start,
        passage.end,
        passage.text,
        passage.title,
        _dump(passage.section),
        passage.region,
        _iso(passage.issued),
        passage.kind,
        passage.validity,
        passage.page,
        passage.damaged,
        passage.table_header,
    )


PASSAGE_COLUMNS = (
    "id, start, end, text, title, section, region, issued, kind, validity, page, damaged, header"
)


def unpack_passage(document: str, values: Sequence[Any]) -> Passage:
    """Return the passage of `document` whose PASSAGE_COLUMNS are `values`."""
    id_, start, end, text, title, section, region, issued, kind, validity, page, damaged, header = values
    return Passage(
        id=id_,
        document=document,
        title=title,
        section=tuple(json.loads(section)),
        start=start,
        end=end,
        text=text,
        region=region,
        issued=to_date(issued),
        kind=kind,
        validity=validity,
        page=page,
        damaged=bool(damaged),
        table_header=header,
    )


def to_date(text: str | None) -> date | None:
    """Return the date written as `text`."""
    return date.fromisoformat(text) if text else None


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _dump(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _digest(parts: Iterable[str]) -> bytes:
    digest = hashlib.sha256()
    for part in parts:
        digest.update(part.encode("utf-8", "surrogatepass"))
        digest.update(b"\0")
    return digest.digest()
