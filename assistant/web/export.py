"""A conversation to take away: Markdown, or a Word file with its sources as footnotes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING, Any

from ..types import Status
from .conversation import Turn, nearest, source_line
from .markup import portable_markdown
from .texts import Language, text

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.text.paragraph import Paragraph

_MARKER = re.compile(r"\[(\d{1,3})\]")
_ITEM = re.compile(r"\s*[-*]\s+")
_BOLD = re.compile(r"\*\*(.+?)\*\*")
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_FOOTNOTES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
_FOOTNOTES_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"


def as_markdown(turns: Sequence[Turn], language: Language) -> str:
    """Return the conversation as Markdown, every citation a footnote with its quote."""
    lines: list[str] = [f"# {text('name', language)}", ""]
    lines += [text("exported", language, date=date.today().isoformat())]
    notes: list[str] = []
    for number, turn in enumerate(turns, 1):
        known = {citation.n for citation in turn.answer.citations}
        lines += ["", f"## {portable_markdown(_one_line(turn.question))}", ""]
        lines += [_with_footnotes(shown_text(turn, language), number, known)]
        notes += [
            f"[^{number}-{c.n}]: {portable_markdown(source_line(c, turn, language))}"
            for c in turn.answer.citations
        ]
    return "\n".join([*lines, "", *notes, ""])


def _with_footnotes(content: str, turn: int, known: set[int]) -> str:
    pieces = _MARKER.split(content)  # text and numbers in turn
    for index, piece in enumerate(pieces):
        is_marker = index % 2 and int(piece) in known
        written = f"[{piece}]" if index % 2 else piece
        pieces[index] = f"[^{turn}-{piece}]" if is_marker else portable_markdown(written)
    return "".join(pieces)


def shown_text(turn: Turn, language: Language) -> str:
    """Return what an answer says, with all that the page says of it: how it was understood, what it lacks."""
    answer = turn.answer
    parts = [text("resolved", language, question=answer.resolved)] if turn.is_resolved else []
    parts += [turn.scope, f"**{text(turn.outcome, language)}**" if turn.has_verdict else ""]
    parts += [answer.error if answer.status is Status.ERROR else answer.text, *answer.notices]
    parts += [nearest(turn, language)]
    return "\n\n".join(filter(None, parts))


def _one_line(content: str) -> str:
    return " ".join(content.split())


def as_word(turns: Sequence[Turn], language: Language) -> bytes:
    """Return the conversation as a docx file."""
    from docx import Document

    document = Document()
    _set_fonts(document)
    document.core_properties.title = text("name", language)
    document.add_heading(text("name", language), 0)
    document.add_paragraph(text("exported", language, date=date.today().isoformat()))
    notes: list[str] = []
    for turn in turns:
        document.add_heading(_one_line(_printable(turn.question)), 2)
        sources = {citation.n: source_line(citation, turn, language) for citation in turn.answer.citations}
        for block in re.split(r"\n\s*\n", _printable(shown_text(turn, language))):
            if block.lstrip().startswith("|"):
                _add_table(document, block, sources, notes)
                continue
            for item, content in _items(block):
                paragraph = document.add_paragraph(style="List Bullet" if item else None)
                _add_runs(paragraph, content, sources, notes)
    _add_footnotes(document, notes)
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _set_fonts(document: WordDocument) -> None:
    """Set black type in the fonts of Chinese official writing, which every office has."""
    from docx.oxml.ns import qn
    from docx.shared import RGBColor

    for name, chinese in (("Normal", "宋体"), ("Title", "黑体"), ("Heading 2", "黑体")):
        style = document.styles[name]
        style.font.name = "Times New Roman"
        style.font.color.rgb = RGBColor(0, 0, 0)
        fonts = style.element.rPr.rFonts
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)  # it would win over the name
        fonts.set(qn("w:eastAsia"), chinese)


def _items(block: str) -> Iterator[tuple[bool, str]]:
    """Yield the paragraphs of a block, and whether each is an item of a list."""
    lines: list[str] = []
    for line in block.strip().splitlines():
        item = _ITEM.match(line)
        if item:
            if lines:
                yield False, "\n".join(lines)
                lines = []
            yield True, line[item.end() :]
        else:
            lines.append(line)
    if lines:
        yield False, "\n".join(lines)


def _printable(content: str) -> str:
    """Leave out what XML cannot hold."""
    return re.sub(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "", content)


def _add_table(document: WordDocument, block: str, sources: dict[int, str], notes: list[str]) -> None:
    rows = [re.split(r"(?<!\\)\|", line.strip().strip("|")) for line in block.strip().splitlines()]
    rows = [row for row in rows if not all(re.fullmatch(r"\s*:?-+:?\s*", cell) for cell in row)]
    table = document.add_table(len(rows), max(map(len, rows)), style="Table Grid")
    for row, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            _add_runs(table.cell(row, column).paragraphs[0], cell.strip(), sources, notes)


def _add_runs(paragraph: Paragraph, content: str, sources: dict[int, str], notes: list[str]) -> None:
    for piece, is_bold, number in _pieces(content):
        if number in sources:
            notes.append(sources[number])
            _add_reference(paragraph, len(notes))
        else:
            paragraph.add_run(piece).bold = is_bold


def _pieces(content: str) -> Iterator[tuple[str, bool, int]]:
    """Yield the stretches of Markdown text: the text, whether it is bold, and the marker it is or 0."""
    for index, stretch in enumerate(_BOLD.split(content)):
        position = 0
        for match in _MARKER.finditer(stretch):
            yield stretch[position : match.start()], index % 2 == 1, 0
            yield match[0], False, int(match[1])
            position = match.end()
        yield stretch[position:], index % 2 == 1, 0


def _add_reference(paragraph: Paragraph, number: int) -> None:
    run = paragraph.add_run()
    run.font.superscript = True
    run._r.append(_element("footnoteReference", id=number))  # python-docx has no call for footnotes


def _add_footnotes(document: WordDocument, notes: Sequence[str]) -> None:
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part
    from lxml import etree

    root = _element("footnotes")
    # numbers -1 and 0 are the lines above the notes, without which Word calls the file damaged
    for number, mark in ((-1, "separator"), (0, "continuationSeparator")):
        note = _element("footnote", id=number, type=mark)
        note.append(_paragraph(_element(mark)))
        root.append(note)
    for number, content in enumerate(notes, 1):
        note = _element("footnote", id=number)
        words = _element("t")
        words.text = f" {_printable(content)}"
        words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        note.append(_paragraph(_element("footnoteRef"), words))
        root.append(note)
    blob = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    part = Part(PackURI("/word/footnotes.xml"), _FOOTNOTES_TYPE, blob, document.part.package)
    document.part.relate_to(part, _FOOTNOTES)


def _paragraph(*children: Any) -> Any:
    paragraph, run = _element("p"), _element("r")
    run.extend(children)
    paragraph.append(run)
    return paragraph


def _element(name: str, **attributes: object) -> Any:
    from lxml import etree

    element = etree.Element(f"{{{_W}}}{name}", nsmap={"w": _W})
    for key, value in attributes.items():
        element.set(f"{{{_W}}}{key}", str(value))
    return element
