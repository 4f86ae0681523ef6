"""The documents of a store as the page shows them: the table, and the filter values that exist."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..types import DocumentSummary
from ..zh import places
from ..zh.dated import days_of
from ..zh.fold import fold
from .markup import escape, reader_link
from .texts import Language, text

if TYPE_CHECKING:
    from ..core import Assistant

Counts = tuple[tuple[str, str, int], ...]  # what a list shows, the value behind it, how much has it

FIELDS = ("region", "document", "kind", "validity")  # what a question can be limited to, beside dates
LISTED = 1000  # documents that a browser lists without a pause; the field above finds the others
COLUMNS = ("title", "region", "issued", "kind", "issuer", "number", "source", "validity", "length")
NAMED_REGIONS = 4  # regions of one document that the list names


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All documents of one generation of the store, and what they can be limited to."""

    generation: int
    documents: Mapping[str, DocumentSummary]  # by id
    values: Mapping[str, Counts]  # for each of FIELDS; passages of regions and documents, else documents
    years: Mapping[int, int]  # documents of each year that any is of, as limits by day take them
    regions: int

    @classmethod
    def of(cls, assistant: Assistant) -> Catalogue:
        """Return the catalogue of the store as it is now."""
        generation = assistant.generation
        documents = tuple(assistant.documents())
        regions = {region: count for region, count in sorted(assistant.regions().items()) if region}
        return cls(
            generation,
            {document.id: document for document in documents},
            values={
                # a limit to a region lets its parts through
                "region": tuple(
                    (whole, whole, sum(n for part, n in regions.items() if part.startswith(whole)))
                    for whole in regions
                ),
                "document": tuple((d.title, d.id, d.passages) for d in documents[:LISTED]),
                "kind": _counted(document.metadata.kind for document in documents),
                "validity": _counted(document.metadata.validity for document in documents),
            },
            years=Counter(sorted(days[0].year for d in documents if (days := days_of(d.metadata)))),
            regions=len(regions),
        )

    @property
    def passages(self) -> int:
        """Return how many passages the store holds."""
        return sum(document.passages for document in self.documents.values())

    def title_of(self, document: str) -> str:
        """Return the title of a document's id, the id itself where it is unknown."""
        return self.documents[document].title if document in self.documents else document

    def source_of(self, document: str) -> str:
        """Return where a document was published, else who issued it; empty where nobody knows."""
        if document not in self.documents:
            return ""
        metadata = self.documents[document].metadata
        return metadata.source or metadata.issuer

    def choices(self, field: str, language: Language) -> list[tuple[str, str]]:
        """Return what the list of `field` offers: each value with how much has it."""
        key = "of_passages" if field in ("region", "document") else "of_documents"
        return [
            (text(key, language, value=shown, count=count), value)
            for shown, value, count in self.values[field]
        ]

    def year_choices(self, bound: str, language: Language) -> list[tuple[str, str]]:
        """Return what the list of years for `since` or `until` offers, each with the documents it leaves."""
        choices = [(text("any", language), "")]
        for year in self.years:
            left = sum(n for y, n in self.years.items() if (y >= year if bound == "since" else y <= year))
            choices.append((text("of_documents", language, value=year, count=left), str(year)))
        return choices


def _counted(values: Iterable[str]) -> Counts:
    counts = Counter(filter(None, values))
    return tuple((value, value, count) for value, count in sorted(counts.items()))


def holdings(catalogue: Catalogue, language: Language) -> str:
    """Return the HTML of what the store holds in figures: documents, regions, years, passages."""
    years = sorted(catalogue.years)
    span = f"{years[0]}–{years[-1]}" if len(years) > 1 else "".join(map(str, years))
    dated = sum(catalogue.years.values())
    figures = [
        (f"{len(catalogue.documents):,}", "held_documents"),
        (f"{catalogue.regions:,}" if catalogue.regions else "", "held_regions"),
        # the year of the one document that names it says nothing of the others
        (span if 2 * dated >= len(catalogue.documents) else "", "held_years"),
        (f"{catalogue.passages:,}", "held_passages"),
    ]
    shown = "".join(
        f'<span class="figure"><b>{figure}</b> {escape(text(key, language))}</span>'
        for figure, key in figures
        if figure
    )
    return f'<p class="holdings">{shown}</p>'


def document_table(
    catalogue: Catalogue, language: Language, words: str = "", limit: int = LISTED, store: str = ""
) -> str:
    """Return the HTML of the document list on one line: `limit` documents that hold all of `words`.

    Columns that nothing fills are left out.
    """
    if not catalogue.documents:
        return f'<p class="nothing">{escape(text("empty_store", language))}</p>'
    every = [(document, _cells(document, language)) for document in catalogue.documents.values()]
    wanted = fold(words).split()
    found = [(d, c) for d, c in every if not wanted or _holds(d, c, wanted)]
    rows = found[:limit]
    columns = [column for column in COLUMNS if any(cells[column] for _, cells in rows)]
    head = "".join(
        f'<th scope="col" class="{column}"><a href="#sort-{number}">{escape(text(column, language))}</a></th>'
        for number, column in enumerate(columns)
    )
    body = "".join(_row(document, cells, columns, store) for document, cells in rows)
    key = "document_count" if len(rows) == len(found) else "document_count_cut"
    count = escape(text(key, language, count=len(found), shown=len(rows)))
    if not rows:
        return f'<section class="catalogue"><p class="count">{count}</p></section>'
    return (
        f'<section class="catalogue"><p class="count">{count}</p>'
        f'<div class="table-scroll"><table><thead><tr>{head}</tr></thead>'
        f"<tbody>{body}</tbody></table></div></section>"
    )


def _holds(document: DocumentSummary, cells: dict[str, str], wanted: Sequence[str]) -> bool:
    content = fold(" ".join((*cells.values(), *document.regions)))
    return all(word in content for word in wanted)


def _cells(document: DocumentSummary, language: Language) -> dict[str, str]:
    metadata = document.metadata
    return {
        "title": document.title,
        "region": metadata.region or _regions(document, language),
        "issued": metadata.issued.isoformat() if metadata.issued else "",
        "kind": metadata.kind,
        "issuer": metadata.issuer,
        "number": metadata.document_number,
        "source": metadata.source if metadata.source != metadata.issuer else "",
        "validity": metadata.validity,
        "length": str(document.passages),
    }


def _regions(document: DocumentSummary, language: Language) -> str:
    """Return the regions that the sections of a document are about, the first few by name."""
    names = [places.short(region) for region in sorted(filter(None, document.regions))]
    shown = "、".join(names[:NAMED_REGIONS])
    more = len(names) - NAMED_REGIONS
    return shown if more <= 0 else text("and_regions", language, shown=shown, count=len(names))


def _row(document: DocumentSummary, cells: dict[str, str], columns: Sequence[str], store: str) -> str:
    link = escape(reader_link(document.id, 0, 0, store))
    shown = [
        f'<a class="open" href="{link}">{escape(cells[column])}</a>'
        if column == "title"
        else escape(cells[column])
        for column in columns
    ]
    cell = "".join(f'<td class="{column}">{value}</td>' for column, value in zip(columns, shown, strict=True))
    return f"<tr>{cell}</tr>"
