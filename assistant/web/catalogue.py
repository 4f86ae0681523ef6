"""The documents of a store as the page shows them: the table, and the filter values that exist."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..types import DocumentSummary
from ..zh.fold import fold
from .markup import escape, reader_link
from .texts import Language, text

if TYPE_CHECKING:
    from ..core import Assistant

Choice = tuple[str, str]  # what the list shows, and the value behind it

FIELDS = ("region", "document", "kind", "validity")  # what a question can be limited to, beside dates
LISTED = 1000  # documents that a browser lists without a pause; the field above finds the others
COLUMNS = ("title", "region", "issued", "kind", "issuer", "number", "source", "validity")


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All documents of one generation of the store, and what they can be limited to."""

    generation: int
    documents: tuple[DocumentSummary, ...]
    choices: Mapping[str, tuple[Choice, ...]]  # for each of FIELDS
    years: tuple[int, ...]

    @classmethod
    def of(cls, assistant: Assistant) -> Catalogue:
        """Return the catalogue of the store as it is now."""
        generation = assistant.generation
        documents = tuple(assistant.documents())
        return cls(
            generation,
            documents,
            choices={
                "region": _counted(region for document in documents for region in document.regions),
                "document": tuple((document.title, document.id) for document in documents[:LISTED]),
                "kind": _counted(document.metadata.kind for document in documents),
                "validity": _counted(document.metadata.validity for document in documents),
            },
            years=tuple(sorted({d.metadata.issued.year for d in documents if d.metadata.issued})),
        )

    def title_of(self, document: str) -> str:
        """Return the title of a document's id, the id itself where it is unknown."""
        return next((each.title for each in self.documents if each.id == document), document)


def _counted(values: Iterable[str]) -> tuple[Choice, ...]:
    counts = Counter(filter(None, values))
    return tuple((f"{value}（{count}）", value) for value, count in sorted(counts.items()))


def document_table(catalogue: Catalogue, language: Language, words: str = "", limit: int = LISTED) -> str:
    """Return the HTML of the document list on one line: `limit` documents that hold all of `words`.

    Columns that nothing fills are left out.
    """
    if not catalogue.documents:
        return f'<p class="nothing">{escape(text("empty_store", language))}</p>'
    every = [(document, _cells(document)) for document in catalogue.documents]
    wanted = fold(words).split()
    found = [(d, c) for d, c in every if not wanted or _holds(c, wanted)]
    rows = found[:limit]
    columns = [column for column in COLUMNS if any(cells[column] for _, cells in rows)]
    head = "".join(
        f'<th scope="col"><a href="#sort-{number}">{escape(text(column, language))}</a></th>'
        for number, column in enumerate(columns)
    )
    body = "".join(_row(document, cells, columns) for document, cells in rows)
    key = "document_count" if len(rows) == len(found) else "document_count_cut"
    count = escape(text(key, language, count=len(found), shown=len(rows)))
    return (
        f'<section class="catalogue"><p class="count">{count}</p>'
        f'<div class="table-scroll"><table><thead><tr>{head}</tr></thead>'
        f"<tbody>{body}</tbody></table></div></section>"
    )


def _holds(cells: dict[str, str], wanted: Sequence[str]) -> bool:
    content = fold(" ".join(cells.values()))
    return all(word in content for word in wanted)


def _cells(document: DocumentSummary) -> dict[str, str]:
    metadata = document.metadata
    return {
        "title": document.title,
        "region": metadata.region,
        "issued": metadata.issued.isoformat() if metadata.issued else "",
        "kind": metadata.kind,
        "issuer": metadata.issuer,
        "number": metadata.document_number,
        "source": metadata.source,
        "validity": metadata.validity,
    }


def _row(document: DocumentSummary, cells: dict[str, str], columns: Sequence[str]) -> str:
    link = escape(reader_link(document.id, 0, 0))
    shown = [
        f'<a class="open" href="{link}">{escape(cells[column])}</a>'
        if column == "title"
        else escape(cells[column])
        for column in columns
    ]
    return f"<tr>{''.join(f'<td>{cell}</td>' for cell in shown)}</tr>"
