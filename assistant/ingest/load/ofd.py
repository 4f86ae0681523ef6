"""OFD, the fixed layout format of Chinese offices: a zip of XML whose pages hold placed text."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from typing import TYPE_CHECKING

from .base import Limits, Loaded, damaged
from .numbering import to_number
from .package import Package, local
from .pdf import build
from .pdflayout import PageItems
from .pdflines import Char, lines_of

if TYPE_CHECKING:
    from lxml.etree import _Element

_HIDDEN_ALPHA = 10  # of 255
_A4 = (210.0, 297.0)  # millimetres


def load_ofd(data: bytes, limits: Limits) -> Iterator[Loaded]:
    """Yield the documents of the file (nearly always one), laid out like the pages of a pdf."""
    package = Package(data, limits, "ofd")
    roots = [_join("", element.text) for element in _named(package.xml("OFD.xml"), "DocRoot")]
    for number, root in enumerate(roots):
        pages, hidden = _document(package, root)
        if not any(page.items for page in pages):
            raise damaged("ofd", "页面里没有文字,可能是扫描图像")
        extract = build(pages, hidden).extract(_properties(package))
        yield Loaded("" if len(roots) == 1 else str(number + 1), extract)
    if not roots:
        raise damaged("ofd", "没有文档")


def _document(package: Package, root: str) -> tuple[list[PageItems], list[str]]:
    folder = posixpath.dirname(root)
    document = _member(package, root)
    templates = {
        element.get("ID", ""): _join(folder, element.get("BaseLoc"))
        for element in _named(document, "TemplatePage")
    }
    pages: list[PageItems] = []
    hidden: list[str] = []
    size = _size(document) or _A4
    for number, element in enumerate(_named(document, "Page"), 1):
        content = _member(package, _join(folder, element.get("BaseLoc")))
        page_width, page_height = _size(content) or size
        layers = [content]
        # a template holds what repeats on each page: a letterhead, a page number
        for template in _named(content, "Template"):
            if (name := templates.get(template.get("TemplateID", ""), "")) in package.members:
                layers.insert(0, package.xml(name))
        chars = [char for layer in layers for char in _chars(layer, page_height, hidden)]
        page = PageItems(number, page_width, page_height)
        numbered = list(enumerate(chars))
        page.items = list(lines_of(numbered, set()))
        pages.append(page)
    return pages, hidden


def _chars(content: _Element, height: float, hidden: list[str]) -> Iterator[Char]:
    """Yield the characters of a page at their places, in millimetres from its lower left."""
    for text_object in _named(content, "TextObject"):
        boundary = _numbers(text_object.get("Boundary"))
        if len(boundary) < 4:
            continue
        matrix = _numbers(text_object.get("CTM")) or [1.0, 0.0, 0.0, 1.0, 0.0, 0.0]
        size = _number(text_object.get("Size"), 3.0) * abs(matrix[3] or matrix[0] or 1.0)
        bold = to_number(text_object.get("Weight"), 400) >= 600
        unseen = (
            text_object.get("Visible") == "false" or to_number(text_object.get("Alpha"), 255) <= _HIDDEN_ALPHA
        )
        for code in _named(text_object, "TextCode"):
            text = code.text or ""
            if unseen or size < 0.3:
                hidden.append(text)
                continue
            x, y = _number(code.get("X"), 0.0), _number(code.get("Y"), 0.0)
            steps = _deltas(code.get("DeltaX"), len(text), size / abs(matrix[0] or 1.0))
            falls = _deltas(code.get("DeltaY"), len(text), 0.0)
            for index, character in enumerate(text):
                left = boundary[0] + matrix[0] * x + matrix[2] * y + (matrix[4] if len(matrix) > 4 else 0.0)
                base = boundary[1] + matrix[1] * x + matrix[3] * y + (matrix[5] if len(matrix) > 5 else 0.0)
                width = size if ord(character) > 0x2E7F else size / 2
                bottom = height - base
                yield Char(
                    character, left, bottom - 0.2 * size, left + width, bottom + 0.8 * size, size, bold
                )
                x += steps[index] if index < len(steps) else size
                y += falls[index] if index < len(falls) else 0.0


def _deltas(text: str | None, length: int, default: float) -> list[float]:
    """Return the steps from character to character: `3 4 g 2 5` is 3, 4, 5, 5."""
    if not text:
        return [default] * length
    steps: list[float] = []
    words = iter(text.split())
    for word in words:
        if word == "g":
            count = min(to_number(next(words, "")), length)
            steps += [_number(next(words, ""), default)] * count
        else:
            steps.append(_number(word, default))
    return steps


def _size(element: _Element) -> tuple[float, float] | None:
    """Return width and height of a page, None where it names none."""
    box = next(iter(_named(element, "PhysicalBox")), None)
    numbers = _numbers(box.text) if box is not None else []
    return (numbers[2], numbers[3]) if len(numbers) > 3 else None


def _properties(package: Package) -> dict[str, str]:
    names = {"Title": "title", "Author": "author", "CreationDate": "created", "ModDate": "modified"}
    return {
        names[local(element.tag)]: (element.text or "").strip()
        for element in package.xml("OFD.xml").iter()
        if local(element.tag) in names
    }


def _member(package: Package, name: str) -> _Element:
    if name not in package.members:
        raise damaged("ofd", f"缺少 {name}")
    return package.xml(name)


def _named(root: _Element, name: str) -> list[_Element]:
    return [element for element in root.iter() if local(element.tag) == name]


def _join(folder: str, place: str | None) -> str:
    place = (place or "").strip()
    return place.lstrip("/") if place.startswith("/") else posixpath.normpath(posixpath.join(folder, place))


def _numbers(text: str | None) -> list[float]:
    return [_number(word, 0.0) for word in (text or "").split()]


def _number(text: str | None, default: float) -> float:
    try:
        return float(text or "")
    except ValueError:
        return default
