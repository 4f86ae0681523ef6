"""Recognise the text of scanned pages with RapidOCR, which carries its models in its package.

Part of the optional extra `[ocr]`; nothing is downloaded.
"""

from __future__ import annotations

import logging
from functools import cache
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, NamedTuple

from .pdflayout import PageItems
from .pdflines import Char, Line, in_rows, merged

if TYPE_CHECKING:
    import pypdfium2 as pdfium
    from numpy.typing import NDArray

_LONG_SIDE = 2000  # pixels of the picture: 10-point characters are 24 high, and more is scaled down again
_SURE = 0.9  # confidence of a page that is the right way up
_UNSURE = 0.8  # confidence; below it a line is counted in the notice


class Recognised(NamedTuple):
    """The lines of one page, and how many of them are unsure."""

    items: PageItems
    unsure: int


def can_recognise() -> bool:
    """Tell whether the extra `[ocr]` is installed."""
    return find_spec("rapidocr") is not None and find_spec("onnxruntime") is not None


@cache
def _engine() -> Any:
    from rapidocr import RapidOCR

    logging.getLogger("RapidOCR").setLevel(logging.ERROR)
    # pages are turned here, as a whole; asking for each line which way up it is costs a third more
    return RapidOCR(params={"Global.use_cls": False, "Global.log_level": "error"})


def recognise_page(page: pdfium.PdfPage, number: int) -> Recognised:
    """Return the lines that can be read on a picture of `page`, turned upright where it lies."""
    width, height = page.get_size()
    scale = _LONG_SIDE / max(width, height)
    picture = page.render(scale=scale).to_numpy()
    found = _read(picture)
    if _lies(found):
        found = _turned(picture)
        width, height = height, width
    lines = [Line(_chars(box / scale, text, height)) for box, text, _ in found if text.strip()]
    unsure = sum(score < _UNSURE for _, _, score in found)
    return Recognised(PageItems(number, width, height, list(merged(in_rows(lines)))), unsure)


def _turned(picture: NDArray[Any]) -> list[tuple[NDArray[Any], str, float]]:
    """Return what is read on a picture turned to the left, or to the right where that reads better."""
    import numpy as np

    best = _read(np.rot90(picture))
    if _confidence(best) > _SURE:
        return best
    return max(best, _read(np.rot90(picture, 3)), key=_confidence)


def _read(picture: NDArray[Any]) -> list[tuple[NDArray[Any], str, float]]:
    """Return corners, text and confidence of each line on a picture."""
    result = _engine()(picture)
    if result.boxes is None or result.txts is None or result.scores is None:
        return []
    return list(zip(result.boxes, result.txts, result.scores, strict=True))


def _lies(found: list[tuple[NDArray[Any], str, float]]) -> bool:
    """Tell whether most longer lines run upwards or downwards."""
    upright = 0
    longer = [box for box, text, _ in found if len(text) > 2]
    for box in longer:
        wide, high = box.max(axis=0) - box.min(axis=0)
        upright += high > 1.5 * wide
    return upright * 2 > len(longer)


def _confidence(found: list[tuple[NDArray[Any], str, float]]) -> float:
    letters = sum(len(text) for _, text, _ in found)
    return sum(score * len(text) for _, text, score in found) / letters if letters else 0.0


def _chars(box: NDArray[Any], text: str, height: float) -> list[Char]:
    """Spread the characters of a line over its box, a blank after them to part it from the next."""
    left, top = box.min(axis=0)
    right, bottom = box.max(axis=0)
    widths = [1.0 if ord(character) > 0x2E7F else 0.5 for character in text]
    unit = (right - left) / max(sum(widths), 0.5)
    chars = []
    for character, width in zip(text, widths, strict=True):
        end = left + width * unit
        chars.append(Char(character, left, height - bottom, end, height - top, bottom - top))
        left = end
    return [*chars, Char(" ", left, height - bottom, left, height - top, bottom - top)]
