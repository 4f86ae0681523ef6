"""Which elements of a web page nobody sees: hidden, white on white, or without size."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from .package import local

if TYPE_CHECKING:
    from lxml.etree import _Element

_SIMPLE = re.compile(r"[.#]?[\w-]+$")  # one class, id or tag; longer selectors are not followed
_DECLARATION = re.compile(r"([\w-]+)\s*:\s*([^;]+)")
_ZERO = re.compile(r"0(?:\.0+)?(?:px|pt|em|rem|%)?$")
_FAR = re.compile(r"-\d{3,}(?:\.\d+)?(?:px|em|pt)?$")
_WHITE = re.compile(
    r"(?:#fff|#ffffff|white|rgba?\(\s*255\s*,\s*255\s*,\s*255\s*(?:,\s*1(?:\.0*)?\s*)?\))$", re.IGNORECASE
)
_SHEET_LIMIT = 200_000  # characters of style sheets read


class WebStyle:
    """The inline style sheets of one page, as far as they hide text."""

    def __init__(self, root: _Element) -> None:
        """Read every `<style>` element."""
        self._rules: dict[str, dict[str, str]] = {}
        sheets = " ".join(element.text or "" for element in root.iter("style"))[:_SHEET_LIMIT]
        for selectors, body in _rules(sheets):
            declarations = _declarations(body)
            for selector in selectors.split(","):
                if _SIMPLE.match(selector.strip()):
                    self._rules.setdefault(selector.strip(), {}).update(declarations)

    def of(self, element: _Element) -> dict[str, str]:
        """Return the declarations that hold for `element`, its own style last."""
        inline = element.get("style")
        classes, identity = element.get("class"), element.get("id")
        if not self._rules:
            return _declarations(inline) if inline else {}
        names = [local(element.tag), *(f".{name}" for name in (classes or "").split())]
        if identity:
            names.append(f"#{identity}")
        found: dict[str, str] = {}
        for name in names:
            found |= self._rules.get(name, {})
        return found | (_declarations(inline) if inline else {})

    def hides(self, element: _Element) -> bool:
        """Tell whether `element` and all in it is invisible."""
        if element.get("hidden") is not None:
            return True
        style = self.of(element)
        if not style:
            return False
        size = style.get("font-size", "")
        return (
            style.get("display") == "none"
            or style.get("visibility") == "hidden"
            or bool(_ZERO.match(size) or _ZERO.match(style.get("opacity", "")))
            or bool(_FAR.match(style.get("text-indent", "")))
            or (
                style.get("position") == "absolute"
                and bool(_FAR.match(style.get("left", "") or style.get("top", "")))
            )
            or (style.get("overflow") == "hidden" and bool(_ZERO.match(style.get("height", "x"))))
            or (bool(_WHITE.match(style.get("color", ""))) and not self._on_color(element))
        )

    def _on_color(self, element: _Element) -> bool:
        """Tell whether a background other than white is set at or around `element`."""
        around: _Element | None = element
        while around is not None:
            style = self.of(around)
            background = (
                style.get("background-color") or style.get("background") or around.get("bgcolor") or ""
            )
            if background or "background-image" in style:
                return not _WHITE.match(background)
            # outside the body text a class from a style sheet that is not here may set a background
            if (
                around is not element
                and around.get("class")
                and local(around.tag) in ("a", "button", "li", "nav")
            ):
                return True
            around = around.getparent()
        return False


def _rules(sheet: str) -> Iterator[tuple[str, str]]:
    """Yield selectors and declarations; what holds only in print or on small screens is left out."""
    around: list[str] = []
    text = ""
    for part in re.split(r"([{}])", sheet):
        if part == "{":
            around.append(text.strip())
            text = ""
        elif part == "}":
            if len(around) == 1 and not around[0].startswith("@"):
                yield around[0], text
            del around[-1:]
            text = ""
        else:
            text = part


def _declarations(body: str) -> dict[str, str]:
    return {
        name.lower(): value.replace("!important", "").strip().lower()
        for name, value in _DECLARATION.findall(body)
    }
