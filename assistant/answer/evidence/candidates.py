"""Candidate statements: the sentences and clauses of the passages that search found."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache

from ...types import CELL_SEPARATOR, Document, Hit, Section
from ...zh import places
from ...zh.fold import folded_text
from ...zh.sentences import Span, clauses, paragraph_around, sentences
from ..sources import Sources
from .orders import is_order

# Passages beyond this rank add candidates that never win and cost milliseconds.
READ = 20
# A clause shorter than this is a fragment ("二是。") and no statement.
_SHORTEST = 4
# How far back in a paragraph its subject and year may stand.
_LOOK_BACK = 1200
_ABOVE = 500  # and in its section, what leads into a list
_SENTENCE = re.compile(r"[。!?]")
# (一) of a list, or 一是 of a sentence
RUN_IN = re.compile(
    r"^\s*(?:[(（][一二三四五六七八九十\d]{1,2}[)）]|\d{1,2}[.、．]|[一二三四五六七八九十]{1,2}[、是])"
)


# 现将有关事项通知如下, 特此公告: of the wording that GB/T 9704 documents open and close with
_FORMULA = re.compile(
    r"现(?:就|将|把|对)[^,;。:]{0,40}如下[。:]?|特此(?:通知|公告|通告|公示|函复|函告|复函|答复|报告|批复|说明)[。!]?|"
    r"[^,。;\d]{2,10}(?:代表|委员|同志|部门|单位|处|局|办)?:|"
    r"(?:附?[表图]|专栏)\s*[\d一二三四五六七八九十]{1,3}[\s:、.].{0,40}|"
    r"请(?:结合实际)?,?(?:认真)?(?:遵照|贯彻|组织|抓好)[^,;。]{0,12}(?:执行|落实|实施)[。!]?|感谢(?:你|您)们?对[^,;。]{0,30}[。!]?"
)

_YEAR = re.compile(r"\s*\d{4}年?[底末]?\s*")  # of a column
_LEAST_OF_TITLE = 8  # characters: the title may begin with who issued it, on a line of its own
_TABLE = re.compile(rf"(?:^[^\n]*{re.escape(CELL_SEPARATOR)}[^\n]*(?:\n|$))+", re.MULTILINE)
_LONGEST_CONTENTS, _MARKS = 60, " \t-*•·"

# who has signed, above the date
_SIGNED = re.compile(
    r"[^\s，,。；;：:]{2,24}(?:\s*\n\s*|[ \u3000]{2,})"
    r"(?:\d{4}|[二〇○零一]{4})年[\d一二三四五六七八九十]{1,3}月[\d一二三四五六七八九十]{1,3}日[）)]?\s*(?:\n|$)"
)

_FIGURES = re.compile(r"\s*\d[\d.,]*\s*[%㐀-鿿]{0,3}\s*")

# A sentence of so few characters, without comma and figure, heads the ones behind it.
_LONGEST_HEAD = 14


@dataclass(frozen=True)  # without slots, so that what stands around it is worked out once
class Candidate:
    """A clause of a document that may answer, with what stands around it."""

    document: Document
    hit: Hit
    start: int
    end: int
    section: Section
    folded: str  # the clause
    before: str  # what stands before it in its paragraph, folded
    frame: str  # the headings, the title and the header of the table that it stands under, folded

    @property
    def text(self) -> str:
        """Return the clause as written."""
        return self.document.text[self.start : self.end]

    @cached_property
    def sentence_before(self) -> str:
        """Return what stands before the clause in its sentence, or leads into a list item, folded."""
        said = _SENTENCE.split(self.before)[-1]
        if said.strip() or not RUN_IN.match(self.folded):
            return said
        led = [line for line in self.above.split("\n") if line.rstrip().endswith(":")]
        return _SENTENCE.split(led[-1])[-1] if led else said

    @cached_property
    def above(self) -> str:
        """Return what stands in its section before its paragraph, the nearest part of it, folded."""
        opening = self.document.text.rfind("\n", 0, self.start) + 1
        section = self.section
        if opening <= section.start and section.parent >= 0:  # an item that is a section of its own
            section = self.document.sections[section.parent]
        start = max(section.start, opening - _ABOVE) if section.path else opening
        return folded_text(self.document.text[start:opening])

    @property
    def around(self) -> str:
        """Return its headings, what stands before it in its paragraph, and itself, folded."""
        return f"{self.frame} {self.before} {self.folded}"

    @property
    def region(self) -> str:
        """Return the region of its section, else of its document."""
        return self.section.region or self.hit.passage.region or self.document.metadata.region

    @property
    def is_heading(self) -> bool:
        """Tell whether it is a heading and no statement."""
        # 第六条 opens its first sentence: that is a statement
        return bool(self.section.path) and self.start < self.section.body_start >= self.end - 1

    def place(self, offset: int) -> int:
        """Return the offset in the clause of `offset` in the document."""
        return offset - self.start


def candidates(hits: Iterable[Hit], sources: Sources) -> list[Candidate]:
    """Return the clauses of the passages of `hits`, each once, in the order of the hits."""
    documents: dict[str, Document] = {}
    found: dict[tuple[str, int], Candidate] = {}
    for hit in hits:
        id = hit.passage.document
        document = documents[id] = documents.get(id) or sources.document(id)
        for candidate in _of_passage(hit, document):
            found.setdefault((id, candidate.start), candidate)
    return list(found.values())


_clauses = lru_cache(maxsize=8192)(clauses)


def _of_passage(hit: Hit, document: Document) -> Iterable[Candidate]:
    passage = hit.passage
    text = document.text[passage.start : passage.end]
    folded = folded_text(text)
    section = document.section_at(passage.start)
    title = folded_text(document.title)
    frame = f"{folded_text(' '.join(section.path))} {title}".strip()
    header = ""

    for start, end in _clauses(text):
        said = folded[start:end].strip()
        if len(said) < _SHORTEST or is_order(said) or _says_nothing(said, title):
            continue
        first, last = passage.start + start, passage.start + end
        if _is_in_contents(document, first, last) or _SIGNED.match(document.text, first):
            continue
        is_row = CELL_SEPARATOR in text[start:end]
        if is_row and _is_header(document.text, first, last):
            continue
        header = (header or _header_above(document.text, first)) if is_row else ""
        opening = max(document.text.rfind("\n", 0, first) + 1, first - _LOOK_BACK)
        if opening < passage.start:  # the paragraph began in an earlier passage
            before = folded_text(document.text[opening : passage.start]) + folded[:start]
        else:
            before = folded[opening - passage.start : start]
        around = f"{frame} {header}" if header else frame
        yield Candidate(document, hit, first, last, section, folded[start:end], before, around)


def _says_nothing(said: str, title: str) -> bool:
    """Tell whether a clause is the title of its document, a question, or a formula that opens or closes."""
    is_title = said == title or (len(said) >= _LEAST_OF_TITLE and said in title)
    return is_title or said.endswith("?") or _FORMULA.fullmatch(said) is not None


def _is_in_contents(document: Document, start: int, end: int) -> bool:
    """Tell whether the line that [start, end) is in is that of a heading further down."""
    line = paragraph_around(document.text, start, end)
    if line.end - line.start > _LONGEST_CONTENTS:
        return False
    said = document.text[line.start : line.end].strip(_MARKS)
    return any(section.heading == said and section.start > end for section in document.sections)


def _is_header(text: str, start: int, end: int) -> bool:
    """Tell whether the row of a table that [start, end) is in is its first, and has no figure of its own."""
    line = paragraph_around(text, start, end)
    above = text[text.rfind("\n", 0, max(0, line.start - 1)) + 1 : max(0, line.start - 1)]
    below = text[line.end + 1 :].partition("\n")[0]
    cells = text[line.start : line.end].split(CELL_SEPARATOR)
    figures = any(_FIGURES.fullmatch(cell) and not _YEAR.fullmatch(cell) for cell in cells)
    return CELL_SEPARATOR not in above and CELL_SEPARATOR in below and not figures


def _header_above(text: str, at: int) -> str:
    """Return the first row of the table that the row at `at` is in, folded; empty where it is that row."""
    tables = _tables(text)
    first = tables[bisect_right(tables, at) - 1]
    end = text.find("\n", first)
    return folded_text(text[first:end]) if first <= end < at else ""


@lru_cache(maxsize=64)  # once for all rows of a document
def _tables(text: str) -> list[int]:
    """Return where the tables of `text` begin: runs of lines that have cells."""
    return [match.start() for match in _TABLE.finditer(text)]


def is_head(folded: str) -> bool:
    """Tell whether a folded sentence, such as 拓展传统消费, heads the ones behind it in its paragraph."""
    return len(folded) <= _LONGEST_HEAD and folded.endswith("。") and not re.search(r"[,\d]", folded)


def behind_head(text: str, head: Span, end: int) -> Span | None:
    """Return the clause of `text` that stands behind `head` up to `end`, where that is a bare heading."""
    if not is_head(folded_text(text[head.start : head.end])):
        return None
    return next(iter(clauses(text, head.end, end)), None)


def lead_in(candidate: Candidate) -> Span | None:
    """Return the sentence that leads into the list that a candidate is an item of, else None."""
    text = candidate.document.text
    end = text.rfind("\n", 0, candidate.start) if RUN_IN.match(candidate.folded) else 0
    while end > 0 and candidate.start - end < _LOOK_BACK:
        begin = text.rfind("\n", 0, end) + 1
        line = folded_text(text[begin:end]).rstrip()
        if line.endswith(":"):
            return sentences(text, begin, end)[-1]
        if line and not RUN_IN.match(line):
            return None
        end = begin - 1
    return None


def sibling(candidate: Candidate, span: Span) -> Candidate:
    """Return the candidate for another `span` of the same section."""
    document = candidate.document
    opening = max(document.text.rfind("\n", 0, span.start) + 1, span.start - _LOOK_BACK)
    return Candidate(
        document,
        candidate.hit,
        span.start,
        span.end,
        document.section_at(span.start),
        folded_text(document.text[span.start : span.end]),
        folded_text(document.text[opening : span.start]),
        candidate.frame,
    )


def speaks_of(candidate: Candidate, region: str) -> bool:
    """Tell whether a candidate is about `region` itself, not only about a part of it."""
    if candidate.region == region:
        return True
    short = folded_text(places.short(region))
    named = places.find(candidate.folded)
    # a clause that names places of its own speaks of those, whatever its sentence named before
    around = candidate.folded if named else candidate.sentence_before
    if short not in around:
        return False
    # a longer name may hold a shorter one: 河南 in 河南岸
    return any(place.region == region for place in named or places.find(around))


# What these tell is of the place that they are about, and of no place within it; rules hold there too.
_OF_A_PLACE = frozenset({"报告", "规划", "计划", "纲要", "公报", "研究", "方案", "通报", "要点"})
_RULES = frozenset({"法", "宪法", "条例", "办法", "规定", "细则", "规则", "决定", "解释", "标准"})


def holds_in(candidate: Candidate, region: str, *, only_home: bool) -> bool:
    """Tell whether a candidate is a rule of the state or of a place above `region`, and so holds in it.

    Where `only_home` says that the store speaks of no other place, so does what is no rule by its kind, such
    as a guide that says 我市.
    """
    kind, own = candidate.document.metadata.kind, candidate.region
    above = not own or (own != region and places.contains(own, region))
    return (
        above
        and kind not in _OF_A_PLACE
        and (only_home or kind in _RULES)
        and all(places.contains(place.region, region) for place in places.find(candidate.folded))
    )
