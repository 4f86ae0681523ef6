"""Find out what a document says of itself: title, 文号, issuer, dates, region, kind, validity."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import cached_property, lru_cache
from pathlib import PurePath
from typing import Any

from ..types import Mark, Metadata
from ..zh.fold import fold
from ..zh.places import find, lookup, short
from .catalogue import CatalogueEntry, parse_date
from .locality import locality
from .repeals import repeals
from .terms import DATE, as_date, closing, effective_on, expires_on
from .titles import BODY, KIND_AT_END, LETTERHEAD, LONGEST_TITLE, NUMBER, first_line, title_line

HEAD = 1500  # characters in which a document says what it is
TAIL = 600  # characters in which it is signed and dated

_RESEARCH = {"研究", "调研", "启示", "对策", "分析", "案例"}
_BROAD = {"实施方案": "方案", "行动方案": "方案", "工作方案": "方案", "实施细则": "细则", "管理办法": "办法"}
_BROAD |= {"暂行办法": "办法", "实施意见": "意见", "指导意见": "意见", "工作报告": "报告", "若干措施": "措施"}
_BROAD |= {"规划纲要": "规划", "行动计划": "计划"} | dict.fromkeys(_RESEARCH, "研究")

_ISSUER_LABEL = r"(?:发布|发文|制定|实施|印发|编制)(?:机构|单位|机关|部门)|采购人|招标人"
_EFFECTIVE_LABEL = r"(?:实施|施行|生效)(?:日期|时间)"
_ISSUED_LABEL = re.compile(r"(?:发布|成文|印发|公布|发文)(?:日期|时间|日)")
_SOURCE = re.compile(r"(?:信息)?来源\s*[::]\s*(?P<source>[^\s\d|,。;]{2,20})")
_FROM_TITLE = re.compile(r"^(?P<issuer>[一-鿿、 ]{3,40}?)(?:印发)?(?:关于|印发|发布)")
# 在全县…动员大会上的讲话 names no county; 《白鹿县…行动方案》 that it speaks of does
_WHOLE_OF, _NAMED_TEXT = re.compile(r"全([省市县區区州旗])"), re.compile(r"《([^《》\n]{4,60})》")
_THIS_SITE = re.compile(r"^本(?:网|网站|站)\s*")
_LABEL = r"(?:有效性|效力状态|时效性)\s*:\s*(?:已)?"
_VALIDITY = (
    ("已废止", re.compile(rf"[\[(【]\s*(?:已)?废止\s*[\])】]|{_LABEL}废止")),
    ("已失效", re.compile(rf"[\[(【]\s*(?:已)?失效\s*[\])】]|{_LABEL}失效")),
    ("已修订", re.compile(r"(?:有效性|效力状态|时效性)\s*:\s*(?:已)?(?:修订|被修改)")),
    ("现行", re.compile(r"(?:有效性|效力状态|时效性)\s*:\s*(?:现行)?有效")),
)
# the same where the page labels it
_LABELLED = (
    ("已废止", re.compile("废止")),
    ("已失效", re.compile("失效|过期")),
    ("已修订", re.compile("修订|修改")),
    ("现行", re.compile("有效|现行")),
)
# a document is about a region that has this share of all mentions, and so many of them
ENOUGH_SHARE, ENOUGH_MENTIONS = 0.6, 5
SHORTEST_TELLING = 400  # characters; a shorter text names no place so often


@lru_cache(maxsize=1024)
def _first_region(text: str) -> str:
    # records of one law have one title
    places = find(text)
    return places[0].region if places else ""


Found = tuple[Any, str]  # a value and where it was found


def describe(
    text: str,
    *,
    name: str = "",
    properties: Mapping[str, str] | None = None,
    marks: Sequence[Mark] = (),
    given: Mapping[str, CatalogueEntry] | None = None,
) -> Metadata:
    """Return the metadata of a document, each field with where it was found.

    `name` is the file's name. What is `given` wins over the text, the first that gives it over the others;
    the keys say by what it is given: "correction", "catalogue", "record".
    """
    given = given or {}
    title = next((entry.title for entry in given.values() if entry.title), "")
    facts = _Facts(text, PurePath(name).stem, properties or {}, marks, title)
    finders: dict[str, Callable[[], Found | None]] = {
        "title": facts.title,
        "document_number": lambda: facts.document_number,
        "issuer": lambda: facts.issuer,
        "issued": lambda: facts.issued,
        "effective": lambda: facts.effective,
        "expires": facts.expires,
        "region": facts.region,
        "kind": facts.kind,
        "source": facts.source,
        "validity": facts.validity,
    }
    values: dict[str, Any] = {}
    found_in: dict[str, str] = {}
    for name, find_out in finders.items():
        said = ((getattr(entry, name), by) for by, entry in given.items() if getattr(entry, name))
        found = next(said, None) or find_out()
        if found:
            values[name], found_in[name] = found
    return Metadata(**values, found_in=found_in, repeals=repeals(text, values.get("title", "")))


class _Facts:
    """One document as the finders see it."""

    def __init__(
        self, text: str, stem: str, properties: Mapping[str, str], marks: Sequence[Mark], title: str
    ) -> None:
        self.text, self.stem, self.properties = text, stem, properties
        self.head = fold(text[:HEAD])
        self.marked = [text[m.start : m.end].strip() for m in marks if m.kind == "title"] or [
            text[m.start : m.end].strip() for m in marks if m.kind == "heading" and m.value == "1"
        ]
        self.marked = [line for line in self.marked if not LETTERHEAD.search(fold(line))]
        self._title = title or (self.title() or ("", ""))[0]

    def title(self) -> Found | None:
        if self.marked and len(self.marked[0]) <= LONGEST_TITLE:
            return " ".join(self.marked[0].split()), "heading"
        line = title_line(self.text[:HEAD])
        if line:
            return line, "text"
        if self.properties.get("title", "").strip():
            return self.properties["title"].strip(), "properties"
        if line := first_line(self.text[:HEAD]):
            return line, "text"
        return (self.stem, "file name") if self.stem else None

    @cached_property
    def document_number(self) -> Found | None:
        for line in self.head.split("\n"):
            match = NUMBER.search(line)
            # a number in running text, behind a 《title》, is another document's
            if match and len(line.strip()) <= len(match.group()) + 20 and "》" not in line:
                at = self.head.index(match.group())
                return self.text[at : at + len(match.group())], "text"
        said = self.properties.get("document_number", "").strip()
        return (said, "properties") if NUMBER.fullmatch(fold(said)) else None

    @cached_property
    def issuer(self) -> Found | None:
        match = _FROM_TITLE.match(fold(self._title))
        if match and BODY.search(match["issuer"].strip()):
            return self._title[: match.end("issuer")].strip(), "title"
        if self._signature and (find(self._signature) or locality(self._signature, self.text)):
            return self._signature, "signature"
        # a labelled box names who put it on the page, most often but not always who issued it
        said = re.split(r"[,，;；]", self.properties.get("issuer", ""))[0].strip()
        if BODY.search(fold(said)):
            return said, "properties"
        labelled = self._labelled(_ISSUER_LABEL)
        return (labelled, "text") if BODY.search(fold(labelled)) else None

    def _labelled(self, label: str) -> str:
        """Return what stands behind `label` and a colon in the head of the text, up to a blank or sign."""
        found = re.search(rf"(?:^|[\s|])(?:{label})\s*[:|]\s*([^\s,;。、|]{{2,30}})", self.head)
        return self.text[found.start(1) : found.end(1)] if found else ""

    @cached_property
    def _signature(self) -> str:
        """Return the last line that is the name of a body."""
        lines = (line.rpartition("：")[2].strip() for line in self.text[-TAIL:].split("\n")[::-1])
        return next((one for one in lines if 3 <= len(one) <= 30 and BODY.search(fold(one))), "")

    @cached_property
    def issued(self) -> Found | None:
        signed = _signed(self.text)
        if signed:
            return signed, "signature"
        for line in self.head.split("\n")[:20]:
            match = DATE.search(line)
            if match and " | " in line and not _ISSUED_LABEL.search(line):
                continue  # a row of a table: any date
            if match and len(line.strip()) <= LONGEST_TITLE and not re.search("[。;]", line):
                return as_date(match), "text"
        return self._dated("issued") or self._dated("date")

    def _dated(self, name: str) -> Found | None:
        said = parse_date(self.properties.get(name, ""))
        return (said, "properties") if said else None

    @cached_property
    def effective(self) -> Found | None:
        if labelled := self._dated("effective"):
            return labelled
        first = effective_on(self._closing, self.issued[0] if self.issued else None)
        first = first or parse_date(self._labelled(_EFFECTIVE_LABEL))
        return (first, "text") if first else None

    def expires(self) -> Found | None:
        """Return the last day that the document is in force."""
        if labelled := self._dated("expires"):
            return labelled
        last = expires_on(self._closing, self.effective[0] if self.effective else None)
        return (last, "text") if last else None

    @cached_property
    def _closing(self) -> tuple[str, ...]:
        return closing(self.text, self.head)

    def region(self) -> Found | None:
        issuer = self.issuer[0] if self.issuer else ""
        named = ((self._title, "title"), (self.stem, "file name"), (issuer, "issuer"))
        unlisted = locality(self._title, self.text)
        for part, where in named:
            region = _first_region(part)
            # 津市 is no place in 鹭津市
            if region and (not unlisted or short(region) not in unlisted):
                return region, where
        if unlisted := unlisted or locality(self._signature, self.text) or locality(issuer, self.text):
            return unlisted, "title" if unlisted in fold(self._title) else "issuer"
        if unlisted := self._whole_of():
            return unlisted, "text"
        if self.document_number and (known := lookup(self.document_number[0][0])):
            return known[0], "document number"
        if len(self.text) < SHORTEST_TELLING:
            return None
        counts = Counter(place.region for place in find(self.text[: 4 * HEAD]))
        region, count = counts.most_common(1)[0] if counts else ("", 0)
        if count >= ENOUGH_MENTIONS and count >= ENOUGH_SHARE * sum(counts.values()):
            return region, "text"
        return None

    def _whole_of(self) -> str:
        """Return the county that 全县 of the title means: the one whose plans the text names; else empty."""
        whole = _WHOLE_OF.search(self._title)
        if whole is None:
            return ""
        named = {locality(title, self.text) for title in _NAMED_TEXT.findall(self.text)}
        found = [place for place in named if place.endswith(fold(whole[1]))]
        return found[0] if len(found) == 1 else ""

    def kind(self) -> Found | None:
        match = KIND_AT_END.search(fold(self._title))
        if match:
            return _BROAD.get(match[1], match[1]), "title"
        if re.search("|".join(_RESEARCH), fold(self._title)):
            return "研究", "title"
        return ("新闻", "text") if self.source() or re.search(r"记者|新华社", self.head) else None

    def source(self) -> Found | None:
        match = _SOURCE.search(self.head)
        found = self.text[match.start("source") : match.end("source")] if match else ""
        labelled = _THIS_SITE.sub("", self.properties.get("source", "")).strip()
        if labelled and (not found or fold(labelled).startswith(fold(found))):
            return labelled, "properties"
        found = _THIS_SITE.sub("", found)
        return (found, "text") if found else None

    def validity(self) -> Found | None:
        label = fold(self.properties.get("validity", ""))
        for value, pattern in _LABELLED:
            if pattern.search(label):
                return value, "properties"
        for value, pattern in _VALIDITY:
            if pattern.search(self.head) or pattern.search(fold(self._title)):
                return value, "text"
        return None


def _signed(text: str) -> date | None:
    """Return the date under the name of the body that signs, at the end or before what is attached."""
    lines = [fold(line).strip() for line in text.split("\n") if line.strip()]
    dates = [
        (index, match) for index, line in enumerate(lines) if (match := DATE.fullmatch(line.strip("()")))
    ]
    for index, match in dates:
        if index and BODY.search(lines[index - 1]):
            return as_date(match)
    last = dates[-1] if dates else None
    return as_date(last[1]) if last and last[0] == len(lines) - 1 and last[0] > 0 else None
