"""Word documents (.docx): paragraphs, headings, automatic numbers, tables, footnotes, text boxes.

Read from the XML itself: python-docx shows neither automatic numbers, footnotes, text boxes nor
tracked changes, and a lost number or note is a lost statement.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from .base import Limits, Loaded, damaged
from .builder import TextBuilder
from .numbering import Numbering, W, to_number
from .package import Package, local
from .wordstyles import Look, Styles

if TYPE_CHECKING:
    from lxml.etree import _Element

_SKIPPED = frozenset(
    (
        "del",
        "moveFrom",
        "instrText",
        "delText",
        "rPr",
        "pPr",
        "Fallback",
        "rt",
        "annotation",
        "drawing",
        "pict",
    )
)
_TITLE_SIZE = 36  # half-points: titles of official documents are set in 18 to 22 points, text in 16


def load_docx(data: bytes, limits: Limits) -> Iterator[Loaded]:
    """Yield the document, footnotes after the paragraph that refers to them."""
    package = Package(data, limits, "docx")
    body = package.xml("word/document.xml").find(f"{W}body")
    if body is None:
        raise damaged("docx", "没有正文")
    reader = _Reader(package)
    reader.blocks(body)
    yield Loaded("", reader.builder.extract(core_properties(package)))


def core_properties(package: Package) -> dict[str, str]:
    """Return title, author and dates of an Office package as its author left them."""
    root = package.optional_xml("docProps/core.xml")
    names = {
        "title": "title",
        "creator": "author",
        "created": "created",
        "modified": "modified",
        "subject": "subject",
    }
    return {
        names[local(child.tag)]: (child.text or "").strip()
        for child in (root if root is not None else ())
        if local(child.tag) in names
    }


class _Reader:
    """Walk the body of one document in reading order."""

    def __init__(self, package: Package) -> None:
        self.builder = TextBuilder()
        self._styles = Styles(package.optional_xml("word/styles.xml"))
        self._numbering = Numbering(package.optional_xml("word/numbering.xml"))
        self._notes = _notes(package, "foot") | _notes(package, "end")
        self._titled = False

    def blocks(self, parent: _Element) -> None:
        """Append the paragraphs and tables under `parent`."""
        for child in parent:
            tag = local(child.tag)
            if tag == "p":
                self._paragraph(child)
            elif tag == "tbl":
                self._table(child)
            elif tag not in _SKIPPED and tag != "sectPr":
                self.blocks(child)  # content controls, tracked insertions, custom XML

    def _paragraph(self, paragraph: _Element) -> None:
        style = self._styles.paragraph(paragraph)
        runs = list(self._runs(paragraph, style.look))
        text = "".join(words for words, _ in runs)
        if text.strip():
            label = self._numbering.next_label(*style.number) if style.number else ""
            kind, value = self._kind(style.level, style.centered, text, runs)
            bold = _leading_bold(runs)
            self.builder.line(label + text, kind, value, bold and bold + len(label))
        for reference in paragraph.iter(f"{W}footnoteReference", f"{W}endnoteReference"):
            note = self._notes.get((local(reference.tag)[:3], reference.get(f"{W}id", "")))
            if note is not None:
                self.builder.line(self._inner_text(note), "footnote", reference.get(f"{W}id", ""))
        for box in paragraph.iter(f"{W}txbxContent"):
            inside = [local(above.tag) for above in box.iterancestors()]
            # a box in a box is read with the outer one; Fallback repeats what Choice says
            if (
                "Fallback" not in inside[: inside.index("p")]
                and next(box.iterancestors(f"{W}p")) is paragraph
            ):
                self.blocks(box)

    def _kind(self, level: int, centered: bool, text: str, runs: list[tuple[str, Look]]) -> tuple[str, str]:
        if level == 0 or (
            not self._titled
            and centered
            and len(text) < 100
            and max((look.size for words, look in runs if words.strip()), default=0) >= _TITLE_SIZE
        ):
            self._titled = True
            return "title", ""
        return ("heading", str(level)) if level > 0 else ("", "")

    def _runs(self, parent: _Element, look: Look) -> Iterator[tuple[str, Look]]:
        """Yield the visible words under `parent` with how they look; hide the others."""
        for child in parent:
            tag = local(child.tag)
            if tag == "r":
                run_look = self._styles.run(child, look)
                words = _words(child)
                if run_look.hidden:
                    self.builder.hide(words)
                else:
                    yield words, run_look
            elif tag not in _SKIPPED:
                yield from self._runs(child, look)

    def _inner_text(self, parent: _Element) -> str:
        """Return the visible text of all paragraphs under `parent` as one line."""
        return " ".join(
            text for paragraph in parent.iter(f"{W}p") if (text := self._numbered_text(paragraph).strip())
        )

    def _numbered_text(self, paragraph: _Element) -> str:
        style = self._styles.paragraph(paragraph)
        text = "".join(words for words, _ in self._runs(paragraph, style.look))
        return (self._numbering.next_label(*style.number) if style.number and text.strip() else "") + text

    def _table(self, table: _Element) -> None:
        rows = list(_children(table, "tr"))
        if all(len(list(_children(row, "tc"))) <= 1 for row in rows):
            for row in rows:  # a frame around text, not a table
                for cell in _children(row, "tc"):
                    self.blocks(cell)
            return
        header_rows = sum(row.find(f"{W}trPr/{W}tblHeader") is not None for row in rows) or 1
        grid: list[list[str]] = []
        for row in rows:
            grid.append(self._row(row, grid[-1] if grid else []))
        self.builder.table(grid, header_rows)

    def _row(self, row: _Element, above: list[str]) -> list[str]:
        cells: list[str] = []
        for cell in _children(row, "tc"):
            merge = cell.find(f"{W}tcPr/{W}vMerge")
            if merge is not None and merge.get(f"{W}val") != "restart":
                cells.append(above[len(cells)] if len(cells) < len(above) else "")  # the cell goes on
            else:
                cells.append(self._inner_text(cell))
            span = cell.find(f"{W}tcPr/{W}gridSpan")
            width = to_number(span.get(f"{W}val"), 1) if span is not None else 1
            cells += [""] * (min(width, 100) - 1)
        return cells


def _children(parent: _Element, name: str) -> Iterator[_Element]:
    """Yield the rows or cells of `parent`, also those inside content controls."""
    for child in parent:
        tag = local(child.tag)
        if tag == name:
            yield child
        elif tag in ("sdt", "sdtContent", "ins", "moveTo", "customXml"):
            yield from _children(child, name)


def _notes(package: Package, kind: str) -> dict[tuple[str, str], _Element]:
    root = package.optional_xml(f"word/{kind}notes.xml")
    notes = root.iter(f"{W}{kind}note") if root is not None else ()
    return {(kind[:3], note.get(f"{W}id", "")): note for note in notes if note.get(f"{W}type") is None}


def _words(parent: _Element) -> str:
    words = []
    for child in parent:
        tag = local(child.tag)
        if tag == "t":
            words.append(child.text or "")
        elif tag == "tab":
            words.append(" ")
        elif tag in ("br", "cr"):
            words.append("\n")
        elif tag == "noBreakHyphen":
            words.append("-")
        elif tag == "sym":
            words.append(_symbol(child.get(f"{W}char", "")))
        elif tag not in _SKIPPED:
            words.append(_words(child))
    return "".join(words)


def _symbol(code: str) -> str:
    try:
        value = int(code, 16)
    except ValueError:
        return ""
    # F0xx is a place in a symbol font: its glyph has no name in text
    return "" if 0xF000 <= value <= 0xF0FF or not 0x20 <= value < 0xD800 else chr(value)


def _leading_bold(runs: list[tuple[str, Look]]) -> int:
    length = 0
    for words, look in runs:
        if words.strip() and not look.bold:
            break
        length += len(words)
    return length
