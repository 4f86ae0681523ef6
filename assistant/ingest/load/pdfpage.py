"""One page of a pdf: its characters with their places, pictures and hidden text.

Coordinates are in points, the origin at the lower left of the page.
"""

from __future__ import annotations

import ctypes
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .pdflines import Char

if TYPE_CHECKING:
    import pypdfium2 as pdfium

_LINE_END_HYPHEN = 2  # as which the engine gives a hyphen that ends a line
_DESCENT = 0.2  # of the size, below the baseline
_BOLD = 600  # font weight
_INVISIBLE = 3  # text render mode of the pdf format
_TINY = 1.5  # points; smaller letters cannot be read
_WHITE = 240  # of 255: lighter text needs a darker ground to be seen
_CONTRAST = 24  # of 255: less between text and ground is not seen


@dataclass(slots=True)
class PdfPage:
    """What one page holds."""

    width: float
    height: float
    chars: list[tuple[int, Char]]  # with their order in the file
    breaks: set[int]  # orders after which the engine saw a line end
    hidden: str = ""
    unmapped: int = 0  # characters whose font does not say what they are
    pictured: bool = False  # an image covers most of the page


def read_page(page: pdfium.PdfPage) -> PdfPage:
    """Return the visible characters of `page` and what is hidden on it."""
    import pypdfium2.raw as raw

    width, height = page.get_size()
    found = PdfPage(width, height, [], set(), pictured=_is_pictured(page, width * height))
    text_page = page.get_textpage()
    handle = text_page.raw
    pale: list[tuple[int, Char, int]] = []
    hidden: list[str] = []
    for index in range(raw.FPDFText_CountChars(handle)):
        code = raw.FPDFText_GetUnicode(handle, index)
        if code in (10, 13):
            found.breaks.add(index)
            continue
        if code == _LINE_END_HYPHEN:
            code = ord("-")
        if (
            code in (0, 0xFFFE, 0xFFFD)
            or 0xE000 <= code <= 0xF8FF
            or raw.FPDFText_HasUnicodeMapError(handle, index) == 1
        ):
            found.unmapped += 1
        if code < 32 or 0xD800 <= code < 0xE000 or (code >= 0xFFFE and code <= 0xFFFF):
            continue
        char = _char(handle, index, code)
        if _is_unseen(handle, index, char, found):
            hidden.append(char.text)
        elif (shade := _pale(handle, index)) is not None:
            pale.append((index, char, shade))
        else:
            found.chars.append((index, char))
    if pale:
        seen = _seen(page, pale)
        hidden += [char.text for index, char, _ in pale if index not in seen]
        found.chars = sorted(
            [*found.chars, *((index, char) for index, char, _ in pale if index in seen)],
            key=lambda item: item[0],
        )
    found.hidden = "".join(hidden)
    text_page.close()
    return found


def _char(handle: ctypes.c_void_p, index: int, code: int) -> Char:
    import pypdfium2.raw as raw

    box, matrix = raw.FS_RECTF(), raw.FS_MATRIX()
    x, baseline = ctypes.c_double(), ctypes.c_double()
    raw.FPDFText_GetLooseCharBox(handle, index, box)
    raw.FPDFText_GetMatrix(handle, index, matrix)
    raw.FPDFText_GetCharOrigin(handle, index, x, baseline)
    # a font of size 1 may stand in a matrix that scales it
    size = raw.FPDFText_GetFontSize(handle, index) * math.hypot(matrix.c, matrix.d)
    # heights by the baseline: the box of a flat character such as 一 may be as flat as its stroke
    return Char(
        chr(code),
        min(box.left, box.right),
        baseline.value - _DESCENT * size,
        max(box.left, box.right),
        baseline.value + (1 - _DESCENT) * size,
        size,
        raw.FPDFText_GetFontWeight(handle, index) >= _BOLD,
        raw.FPDFText_IsGenerated(handle, index) == 1,
    )


def _is_unseen(handle: ctypes.c_void_p, index: int, char: Char, page: PdfPage) -> bool:
    import pypdfium2.raw as raw

    if char.text.isspace():
        return False
    if (
        char.size < _TINY
        or char.right < 0
        or char.left > page.width
        or char.top < 0
        or char.bottom > page.height
    ):
        return True
    text_object = raw.FPDFText_GetTextObject(handle, index)
    # an invisible layer over a picture of the page is what recognition left there: the text itself
    return (
        bool(text_object)
        and raw.FPDFTextObj_GetTextRenderMode(text_object) == _INVISIBLE
        and not page.pictured
    )


def _pale(handle: ctypes.c_void_p, index: int) -> int | None:
    """Return how light a pale character is, 0 where it is transparent; None where it is dark enough."""
    import pypdfium2.raw as raw

    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    if not raw.FPDFText_GetFillColor(handle, index, red, green, blue, alpha):
        return None
    if alpha.value <= 255 - _WHITE:
        return 0
    shade = min(red.value, green.value, blue.value)
    return shade if shade >= _WHITE else None


def _seen(page: pdfium.PdfPage, pale: list[tuple[int, Char, int]]) -> set[int]:
    """Return the orders of the pale characters that stand out from what is behind them.

    The shade a character is written in counts as drawn: a machine without its font draws nothing.
    """
    import numpy as np

    picture = np.asarray(page.render(scale=2, grayscale=True).to_numpy()).squeeze()
    height, width = picture.shape[:2]
    seen = set()
    for index, char, shade in pale:
        rows = slice(max(int(height - 2 * char.top), 0), max(int(height - 2 * char.bottom), 0) + 1)
        columns = slice(max(int(2 * char.left), 0), min(int(2 * char.right) + 1, width))
        patch = picture[rows, columns]
        if patch.size and max(int(patch.max()), shade) - int(patch.min()) >= _CONTRAST:
            seen.add(index)
    return seen


def _is_pictured(page: pdfium.PdfPage, area: float) -> bool:
    import pypdfium2.raw as raw

    covered = 0.0
    for picture in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=3):
        left, bottom, right, top = picture.get_bounds()
        covered += max(right - left, 0) * max(top - bottom, 0)
    return covered > 0.5 * area
