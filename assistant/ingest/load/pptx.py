"""Presentations (.pptx): a slide is a page, its title a heading; tables and speaker's notes too."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from .base import Limits, Loaded
from .builder import TextBuilder
from .docx import core_properties
from .numbering import to_number
from .package import Package, local

if TYPE_CHECKING:
    from lxml.etree import _Element

_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_TITLES = ("title", "ctrTitle")
_FURNITURE = ("dt", "ftr", "sldNum", "hdr")  # date, footer and number of a slide
_TINY = 200  # hundredths of a point


def load_pptx(data: bytes, limits: Limits) -> Iterator[Loaded]:
    """Yield the presentation in the order of its slides, hidden slides left out."""
    package = Package(data, limits, "pptx")
    builder = TextBuilder()
    for number, name in enumerate(_slides(package), 1):
        root = package.xml(name)
        if root.get("show") == "0":
            builder.hide(" ".join(_paragraph_text(paragraph) for paragraph in root.iter(f"{_A}p")))
            continue
        builder.page(str(number))
        begun = builder.length
        _shapes(builder, root)
        if not begun:
            builder.title()
        _notes(builder, package, name)
    yield Loaded("", builder.extract(core_properties(package)))


def _slides(package: Package) -> list[str]:
    """Return the slides' members in the order of the presentation."""
    targets = _relations(package, "ppt/presentation.xml")
    listed = package.xml("ppt/presentation.xml").iter(f"{_P}sldId")
    names = [targets.get(slide.get(f"{_R}id", ""), "") for slide in listed]
    return [name for name in names if name in package.members]


def _relations(package: Package, name: str) -> dict[str, str]:
    folder, file = posixpath.split(name)
    root = package.optional_xml(f"{folder}/_rels/{file}.rels")
    return {
        relation.get("Id", ""): posixpath.normpath(posixpath.join(folder, relation.get("Target", ""))).lstrip(
            "/"
        )
        for relation in (root if root is not None else ())
    }


def _shapes(builder: TextBuilder, root: _Element) -> None:
    """Append the shapes of a slide, title first, then from top to bottom as they lie in the file."""
    shapes = [*root.iter(f"{_P}sp", f"{_P}graphicFrame")]
    for shape in sorted(shapes, key=lambda shape: _placeholder(shape) not in _TITLES):
        kind = _placeholder(shape)
        if kind in _FURNITURE:
            continue
        for table in shape.iter(f"{_A}tbl"):
            builder.table([[_text(cell) for cell in row.iter(f"{_A}tc")] for row in table.iter(f"{_A}tr")])
        if shape.tag == f"{_P}sp":
            _paragraphs(builder, shape, kind in _TITLES)


def _paragraphs(builder: TextBuilder, shape: _Element, is_title: bool) -> None:
    if _is_hidden(shape):
        builder.hide(_text(shape))
        return
    if is_title:
        builder.line(_text(shape), "heading", "1")
        return
    for paragraph in shape.iter(f"{_A}p"):
        builder.line(_paragraph_text(paragraph, builder))


def _notes(builder: TextBuilder, package: Package, slide: str) -> None:
    for target in _relations(package, slide).values():
        if re.search(r"notesSlides/[^/]+$", target) and target in package.members:
            for shape in package.xml(target).iter(f"{_P}sp"):
                if _placeholder(shape) == "body":
                    builder.line(_text(shape), "footnote")


def _placeholder(shape: _Element) -> str:
    placeholder = next(shape.iter(f"{_P}ph"), None)
    return placeholder.get("type", "body") if placeholder is not None else ""


def _is_hidden(shape: _Element) -> bool:
    properties = next(shape.iter(f"{_P}cNvPr"), None)
    return properties is not None and properties.get("hidden") in ("1", "true")


def _text(element: _Element) -> str:
    return " ".join(
        text for paragraph in element.iter(f"{_A}p") if (text := _paragraph_text(paragraph).strip())
    )


def _paragraph_text(paragraph: _Element, builder: TextBuilder | None = None) -> str:
    """Return the words of a paragraph; text too small to read goes to `builder` as hidden."""
    words = []
    for run in paragraph:
        if local(run.tag) == "br":
            words.append("\n")
            continue
        text = "".join(part.text or "" for part in run.iter(f"{_A}t"))
        properties = run.find(f"{_A}rPr")
        if builder and properties is not None and 0 < to_number(properties.get("sz")) <= _TINY:
            builder.hide(text)
        else:
            words.append(text)
    return "".join(words)
