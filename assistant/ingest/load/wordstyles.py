"""How Word paragraphs and runs look, styles and direct formatting taken together."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from .numbering import W, to_number

if TYPE_CHECKING:
    from lxml.etree import _Element

_HEADING_NAME = re.compile(r"(?:heading|标题|標題)\s*([1-9])", re.IGNORECASE)
_NO_LEVEL = -1
_TINY = 3  # half-points; nothing of 1.5 points can be read
_OFF = ("0", "false", "off", "none")


@dataclass(frozen=True, slots=True)
class Look:
    """How a run of characters is shown."""

    bold: bool = False
    vanish: bool = False
    color: str = ""
    shaded: bool = False
    size: int = 21  # half-points; Word's default for Chinese

    @property
    def hidden(self) -> bool:
        """Tell whether no reader can see it: hidden, white on white, or too small."""
        return self.vanish or (self.color.upper() == "FFFFFF" and not self.shaded) or self.size <= _TINY


@dataclass(frozen=True, slots=True)
class ParagraphStyle:
    """How a paragraph stands: its outline level (0 is the title, -1 none), its list, its look."""

    level: int = _NO_LEVEL
    number: tuple[str, int] | None = None
    centered: bool = False
    look: Look = Look()


class Styles:
    """The named styles of one document."""

    def __init__(self, root: _Element | None) -> None:
        """Read `word/styles.xml`; None for a document without styles."""
        found = root.iter(f"{W}style") if root is not None else ()
        self._elements = {element.get(f"{W}styleId", ""): element for element in found}
        self._cache: dict[str, ParagraphStyle] = {}
        default = root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr") if root is not None else None
        self._default = ParagraphStyle(look=_look(default, Look()))

    def paragraph(self, paragraph: _Element) -> ParagraphStyle:
        """Return the style of `paragraph`."""
        properties = paragraph.find(f"{W}pPr")
        style = self._default
        if properties is not None:
            style = self._named(_attribute(properties, "pStyle"), 0)
            style = _shade(properties, _paragraph_style(properties, style))
        cell = next(paragraph.iterancestors(f"{W}tc"), None)
        if cell is not None and _is_shaded_cell(cell):
            style = replace(style, look=replace(style.look, shaded=True))
        return style

    def run(self, run: _Element, look: Look) -> Look:
        """Return the look of `run` in a paragraph that looks like `look`."""
        properties = run.find(f"{W}rPr")
        if properties is None:
            return look
        name = _attribute(properties, "rStyle")
        if name in self._elements:
            look = _look(self._elements[name].find(f"{W}rPr"), look)
        return _look(properties, look)

    def _named(self, name: str, depth: int) -> ParagraphStyle:
        if name not in self._elements or depth > 20:  # styles may be based on each other in a ring
            return self._default
        if name not in self._cache:
            element = self._elements[name]
            style = self._named(_attribute(element, "basedOn"), depth + 1)
            style = _named_level(_attribute(element, "name"), style)
            properties = element.find(f"{W}pPr")
            if properties is not None:
                style = _shade(properties, _paragraph_style(properties, style))
            self._cache[name] = replace(style, look=_look(element.find(f"{W}rPr"), style.look))
        return self._cache[name]


def _named_level(name: str, style: ParagraphStyle) -> ParagraphStyle:
    if match := _HEADING_NAME.match(name):
        return replace(style, level=int(match.group(1)))
    return replace(style, level=0) if name.lower() in ("title", "标题", "標題") else style


def _paragraph_style(properties: _Element, style: ParagraphStyle) -> ParagraphStyle:
    level = _attribute(properties, "outlineLvl")
    if level.isdigit() and style.level != 0:
        style = replace(style, level=int(level) + 1 if int(level) < 9 else _NO_LEVEL)
    number = properties.find(f"{W}numPr")
    if number is not None:
        identity = _attribute(number, "numId")
        depth = to_number(_attribute(number, "ilvl"))
        style = replace(style, number=(identity, depth) if identity not in ("", "0") else None)
    if justification := _attribute(properties, "jc"):
        style = replace(style, centered=justification == "center")
    return style


def _shade(properties: _Element, style: ParagraphStyle) -> ParagraphStyle:
    return replace(style, look=replace(style.look, shaded=True)) if _is_shaded(properties) else style


def _look(properties: _Element | None, look: Look) -> Look:
    if properties is None:
        return look
    size = _attribute(properties, "sz")
    return Look(
        bold=_switch(properties, "b", look.bold),
        vanish=_switch(properties, "vanish", look.vanish),
        color=_attribute(properties, "color") or look.color,
        shaded=look.shaded or _is_shaded(properties) or properties.find(f"{W}highlight") is not None,
        size=int(size) if size.isdigit() else look.size,
    )


def _is_shaded(properties: _Element) -> bool:
    shade = properties.find(f"{W}shd")
    return shade is not None and shade.get(f"{W}fill", "auto").upper() not in ("AUTO", "FFFFFF", "")


def _is_shaded_cell(cell: _Element) -> bool:
    properties = cell.find(f"{W}tcPr")
    if properties is not None and _is_shaded(properties):
        return True
    table = next(cell.iterancestors(f"{W}tbl"), None)
    # a table style may shade its rows and columns: white text in it counts as visible
    return table is not None and table.find(f"{W}tblPr/{W}tblStyle") is not None


def _switch(properties: _Element, name: str, inherited: bool) -> bool:
    element = properties.find(f"{W}{name}")
    return inherited if element is None else element.get(f"{W}val", "1") not in _OFF


def _attribute(parent: _Element, name: str) -> str:
    child = parent.find(f"{W}{name}")
    return child.get(f"{W}val", "") if child is not None else ""
