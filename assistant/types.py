"""The nouns that every stage takes and returns, all frozen.

Offsets are in characters (Unicode code points). Unless a name says `original`, they count in the
readable text of a document: what `show DOCUMENT` prints and what every quote is cut from.
A region is a full path of names, `浙江省湖州市长兴县`; a region contains those it is a prefix of.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from operator import itemgetter
from typing import NamedTuple

DAMAGE_MARK = "□"  # stands in the readable text for what no method could restore


@dataclass(frozen=True, slots=True)
class Alignment:
    """Map between a readable text and its original, as runs of (readable, original) boundaries.

    `boundaries[i]` to `boundaries[i + 1]` is one run. A run as long on both sides maps character
    by character; any other run (a repair, a removal) maps as a whole.
    """

    boundaries: tuple[tuple[int, int], ...]

    @classmethod
    def identity(cls, length: int) -> Alignment:
        """Return the alignment of a text of `length` characters with itself."""
        return cls(((0, 0), (length, length)))

    def to_original(self, start: int, end: int) -> tuple[int, int]:
        """Return the smallest original span that holds the readable span [start, end)."""
        return self._project(start, end, 0)

    def to_readable(self, start: int, end: int) -> tuple[int, int]:
        """Return the smallest readable span that holds the original span [start, end)."""
        return self._project(start, end, 1)

    def _project(self, start: int, end: int, side: int) -> tuple[int, int]:
        first = self._edge(start, side, left=True)
        return (first, self._edge(end - 1, side, left=False)) if start < end else (first, first)

    def _edge(self, position: int, side: int, *, left: bool) -> int:
        # the run that holds `position`: the last boundary at or before it
        index = bisect_right(self.boundaries, position, key=itemgetter(side)) - 1
        index = max(0, min(index, len(self.boundaries) - 2))
        here, there = self.boundaries[index], self.boundaries[index + 1]
        if here[1 - side] - here[side] == there[1 - side] - there[side]:
            return position + here[1 - side] - here[side] + (0 if left else 1)
        return here[1 - side] if left else there[1 - side]


@dataclass(frozen=True, slots=True)
class Repair:
    """One change that made the original readable: where, what, of which kind, and why."""

    start: int  # in the readable text
    end: int
    original_start: int
    original_end: int
    before: str
    after: str
    kind: str  # gloss, furniture, lost character, shifted bytes, unrestorable, correction
    reason: str


@dataclass(frozen=True, slots=True)
class Mark:
    """What a file format says about a span of the extracted text."""

    kind: str  # heading, table, row, page, footnote, hidden, title
    start: int
    end: int
    value: str = ""  # heading: its level "1" to "9"; page: its number


@dataclass(frozen=True, slots=True)
class Extract:
    """The text of one file as its loader found it, before repair."""

    text: str
    marks: tuple[Mark, ...] = ()
    properties: Mapping[str, str] = field(default_factory=dict)  # title, date, author, ...
    encoding: str = ""
    notices: tuple[str, ...] = ()  # what the reader of the report should know


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with all that stands under it; the root section has an empty path."""

    path: tuple[str, ...]  # headings from the outermost to this one
    start: int  # of the heading
    body_start: int  # first character after the heading
    end: int
    level: int = 0
    label: str = ""  # the number as written: "一、", "(二)", "第三条"
    region: str = ""
    parent: int = -1  # index in Document.sections; -1 for the root

    @property
    def heading(self) -> str:
        """Return the section's own heading, empty for the root."""
        return self.path[-1] if self.path else ""


@dataclass(frozen=True, slots=True)
class Repeal:
    """Another document that a document repeals, as it is named there."""

    title: str = ""
    document_number: str = ""
    years: tuple[int, ...] = ()  # of its issue, where they are named


@dataclass(frozen=True, slots=True)
class Metadata:
    """What is known of a document; `found_in` names where each field was found."""

    title: str = ""
    document_number: str = ""  # 文号
    issuer: str = ""
    issued: date | None = None
    effective: date | None = None
    region: str = ""
    kind: str = ""  # 方案, 办法, 通知, 报告, 新闻, 研究, ...
    source: str = ""
    validity: str = ""  # 现行, 已废止, 已失效, 已修订
    found_in: Mapping[str, str] = field(default_factory=dict)
    repeals: tuple[Repeal, ...] = ()
    expires: date | None = None  # the last day it is in force


CELL_SEPARATOR = " | "  # between the cells of a row, as the text of a document has it


@dataclass(frozen=True, slots=True)
class Document:
    """A policy document: its readable text, where it came from, and its outline."""

    id: str
    text: str
    original: str
    alignment: Alignment
    metadata: Metadata
    sections: tuple[Section, ...]  # in reading order; the first is the root
    repairs: tuple[Repair, ...] = ()
    pages: tuple[tuple[int, str], ...] = ()  # (offset where a page begins, its number)
    tables: tuple[tuple[int, int], ...] = ()  # spans of tables in the readable text
    path: str = ""  # the file it was read from, as given
    names: tuple[str, ...] = ()  # other files with the same content
    notices: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """Return the title, or the id where no title was found."""
        return self.metadata.title or self.id

    def original_span(self, start: int, end: int) -> str:
        """Return the original characters behind the readable span [start, end)."""
        first, last = self.alignment.to_original(start, end)
        return self.original[first:last]

    def is_damaged(self, start: int, end: int) -> bool:
        """Tell whether [start, end) touches something that could not be restored."""
        at = bisect_left(self.repairs, end, key=lambda repair: repair.start)
        while at and start < max(self.repairs[at - 1].end, self.repairs[at - 1].start + 1):
            at -= 1  # repairs are in order and do not overlap: those before this one end before it
            if self.repairs[at].kind == "unrestorable":
                return True
        return DAMAGE_MARK in self.text[start:end]

    def page(self, offset: int) -> str:
        """Return the page that holds `offset`, empty where the format has no pages."""
        index = bisect_right(self.pages, offset, key=lambda page: page[0]) - 1
        return self.pages[index][1] if index >= 0 else ""

    def section_at(self, offset: int) -> Section:
        """Return the innermost section that holds `offset`."""
        index = bisect_right(self.sections, offset, key=lambda section: section.start) - 1
        while index > 0 and self.sections[index].end <= offset:
            index = self.sections[index].parent
        return self.sections[max(index, 0)]


@dataclass(frozen=True, slots=True)
class DocumentSummary:
    """What a list of documents shows of one: all but its text."""

    id: str
    metadata: Metadata
    path: str = ""
    names: tuple[str, ...] = ()  # other files with the same content
    notices: tuple[str, ...] = ()
    passages: int = 0
    regions: tuple[str, ...] = ()  # its own and those of its sections

    @property
    def title(self) -> str:
        """Return the title, or the id where no title was found."""
        return self.metadata.title or self.id


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of one section of one document, the unit of search."""

    id: str
    document: str
    title: str
    section: tuple[str, ...]
    start: int
    end: int
    text: str  # the readable text from start to end
    region: str = ""  # of the section, else of the document
    issued: date | None = None
    kind: str = ""
    validity: str = ""
    page: str = ""
    damaged: bool = False
    table_header: str = ""  # the header row, where the passage is rows of a table


class Cell(NamedTuple):
    """How much of a store speaks of a topic in a region."""

    passages: int
    documents: int


@dataclass(frozen=True, slots=True)
class Coverage:
    """What a store covers: regions down, topics across; the region of passages without one is empty."""

    topics: tuple[str, ...]
    regions: tuple[str, ...]
    cells: Mapping[tuple[str, str], Cell]  # (region, topic); nothing where none speaks of it
    totals: Mapping[str, Cell]  # of each region


@dataclass(frozen=True, slots=True)
class Filters:
    """Hard limits set by the user; an empty field does not limit."""

    region: tuple[str, ...] = ()
    document: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    kind: tuple[str, ...] = ()
    validity: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return any((self.region, self.document, self.since, self.until, self.kind, self.validity))


class Kind(StrEnum):
    """What a question asks for."""

    FIGURE = "figure"  # a figure, a share, an amount
    DATE = "date"
    BODY = "body"  # a person, an office, a company
    DEFINITION = "definition"
    LIST = "list"
    OUTLINE = "outline"
    COMPARISON = "comparison"
    ACROSS = "across"  # the same matter in all documents or regions
    RANKING = "ranking"  # maximum, order, count, sum, threshold over regions
    YES_NO = "yes_no"
    CATALOGUE = "catalogue"
    PASSAGE = "passage"  # anything else the documents may say
    SMALL_TALK = "small_talk"
    TASK = "task"  # to write, to act, to reveal settings: not what this product does


@dataclass(frozen=True, slots=True)
class Plan:
    """What a question asks, and of which regions, years and documents."""

    question: str  # as asked
    resolved: str  # with what it inherits from the history
    kind: Kind = Kind.PASSAGE
    topic: str = ""  # the question without its frame, regions and years: what is searched
    regions: tuple[str, ...] = ()
    at_home: bool = False  # the store speaks of no other place than these, above or within them
    years: tuple[int, ...] = ()
    titles: tuple[str, ...] = ()  # in 《》
    document_numbers: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()  # 第三条, 第二点
    documents: tuple[str, ...] = ()  # ids meant by title or number
    unit: str = ""  # the unit the question asks for: 家, 亿元, %
    expansions: tuple[tuple[str, str], ...] = ()  # names in the question, and others of the same thing
    told: tuple[tuple[str, str], ...] = ()  # those of them that a reader should know of
    formal: tuple[str, ...] = ()  # what policy says for words of everyday talk in the question
    notices: tuple[str, ...] = ()  # such as a corrected place name
    traditional: bool = False  # the question is in traditional characters
    english: bool = False  # the question is in English, and is resolved word by word
    told_in_english: bool = False  # what is said beside the documents' words: question or page is English
    parts: tuple[Plan, ...] = ()  # of a question that asks for several things, each on its own


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that search found."""

    rank: int
    score: float
    passage: Passage
    signals: Mapping[str, float] = field(default_factory=dict)  # each part of the score


@dataclass(frozen=True, slots=True)
class Citation:
    """The span of a document that a statement stands on."""

    n: int
    document: str
    title: str
    section: tuple[str, ...]
    quote: str
    start: int
    end: int
    context: str
    original: str
    page: str = ""
    region: str = ""
    date: date | None = None
    damaged: bool = False


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence of an answer and the citations that carry it."""

    text: str
    citations: tuple[int, ...]
    supported: bool = True
    reason: str = ""  # why it is not supported


class Status(StrEnum):
    """How a question ended."""

    ANSWERED = "answered"
    PARTIAL = "partial"
    REFUSED = "refused"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Answer:
    """What the assistant says, and on what it stands."""

    question: str
    status: Status
    text: str  # Markdown with markers [1] [2]
    mode: str = "extractive"  # or generative
    resolved: str = ""
    statements: tuple[Statement, ...] = ()
    citations: tuple[Citation, ...] = ()
    related: tuple[Hit, ...] = ()
    notices: tuple[str, ...] = ()
    seconds: float = 0.0
    error: str = ""
    id: str = ""


History = Sequence[tuple[str, Answer]]  # earlier questions with their answers, oldest first


@dataclass(frozen=True, slots=True)
class FileResult:
    """How one file ended when a folder was indexed."""

    path: str
    status: str  # indexed, unchanged, skipped, failed, removed
    reason: str = ""
    passages: int = 0
    repairs: int = 0


@dataclass(frozen=True, slots=True)
class IndexReport:
    """What an indexing run did, file by file."""

    files: tuple[FileResult, ...]
    seconds: float = 0.0

    def count(self, status: str) -> int:
        """Return how many files ended with `status`."""
        return sum(result.status == status for result in self.files)

    def failures(self) -> Iterator[FileResult]:
        """Yield the files that failed."""
        return (result for result in self.files if result.status == "failed")
