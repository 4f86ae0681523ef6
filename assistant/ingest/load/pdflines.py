"""The characters of a page in their places, and the lines that they make.

Coordinates are in points, the origin at the lower left of the page.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import pairwise

_GAP = 1.5  # in characters: a wider blank parts the columns of a table
_BACK = 0.5  # of the size: kerning moves a character back by less
_WORD_GAP = 0.2  # of the size: a wider gap between letters is a blank
_DISORDER = 0.2  # share of lines above their predecessor from which the file's order means nothing


@dataclass(frozen=True, slots=True)
class Char:
    """One character in its box."""

    text: str
    left: float
    bottom: float
    right: float
    top: float
    size: float
    bold: bool = False
    generated: bool = False  # a blank that the engine infers from a gap


@dataclass(slots=True)
class Line:
    """Characters beside each other, cut into chunks where the blank between them is wide."""

    chars: list[Char]
    order: int = 0  # of its first character in the file
    alone: bool = False  # nothing after it belongs to it
    left: float = field(init=False)
    right: float = field(init=False)
    bottom: float = field(init=False)
    top: float = field(init=False)
    size: float = field(init=False)

    def __post_init__(self) -> None:
        visible = [char for char in self.chars if not char.text.isspace()] or self.chars
        self.left = min(char.left for char in visible)
        self.right = max(char.right for char in visible)
        self.bottom = min(char.bottom for char in visible)
        self.top = max(char.top for char in visible)
        self.size = sorted(char.size for char in visible)[len(visible) // 2]

    @property
    def bold(self) -> bool:
        """Tell whether every letter is bold."""
        return all(char.bold for char in self.chars if not char.text.isspace())

    @property
    def chunks(self) -> list[str]:
        """Return the texts between wide blanks."""
        return [text_of(chunk) for chunk in cut_chunks(self.chars)]

    @property
    def text(self) -> str:
        """Return the whole line."""
        return " ".join(self.chunks)


def lines_of(chars: list[tuple[int, Char]], breaks: set[int]) -> list[Line]:
    """Return the lines of a page in reading order: the file's, unless that jumps about."""
    pieces: list[Line] = []
    run: list[Char] = []
    first = last = -1
    for index, char in chars:
        if run and (any(number in breaks for number in range(last + 1, index)) or _leaves(run[-1], char)):
            pieces.append(Line(in_order(run), first))
            run = []
        if not run:
            first = index
        run.append(char)
        last = index
    if run:
        pieces.append(Line(in_order(run), first))
    pieces = [piece for piece in pieces if any(not char.text.isspace() for char in piece.chars)]
    upward = sum(later.bottom > earlier.top for earlier, later in pairwise(pieces))
    if upward > _DISORDER * len(pieces) and len(pieces) > 5:
        pieces = in_rows(pieces)
    return merged(pieces)


def in_rows(pieces: list[Line]) -> list[Line]:
    """Return pieces from the top down, those beside each other from left to right."""
    rows: list[list[Line]] = []
    for piece in sorted(pieces, key=lambda piece: -(piece.top + piece.bottom)):
        above = rows[-1][0] if rows else None
        if above and above.bottom < (piece.top + piece.bottom) / 2 < above.top:
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return [piece for row in rows for piece in sorted(row, key=lambda piece: piece.left)]


def _leaves(before: Char, char: Char) -> bool:
    """Tell whether `char` is on another line than `before`."""
    overlap = min(before.top, char.top) - max(before.bottom, char.bottom)
    return overlap < 0.3 * min(before.top - before.bottom, char.top - char.bottom)


def merged(pieces: list[Line]) -> list[Line]:
    """Join pieces that follow each other and stand beside each other."""
    lines: list[Line] = []
    for piece in pieces:
        if lines:
            before = lines[-1]
            overlap = min(before.top, piece.top) - max(before.bottom, piece.bottom)
            if (
                overlap > 0.5 * min(before.top - before.bottom, piece.top - piece.bottom)
                and piece.left >= before.right - 1
            ):
                lines[-1] = Line([*before.chars, *piece.chars], before.order)
                continue
        lines.append(piece)
    return lines


def cut_chunks(chars: list[Char]) -> list[list[Char]]:
    """Cut the characters of one line where the blank between two is wider than a character and a half."""
    chunks: list[list[Char]] = []
    before: Char | None = None
    for char in chars:
        if char.text.isspace():
            if chunks:
                chunks[-1].append(char)
            continue
        if before is None or char.left - before.right > _GAP * max(char.size, before.size):
            chunks.append([])
        chunks[-1].append(char)
        before = char
    return chunks


def text_of(chars: list[Char]) -> str:
    """Return the text of characters beside each other, blanks that only spread the line left out."""
    words: list[str] = []
    for position, char in enumerate(chars):
        if char.text.isspace() and 0 < position < len(chars) - 1:
            words.append("" if _is_spread(chars[position - 1], char, chars[position + 1]) else " ")
        else:
            words.append(char.text)
    return "".join(words).strip()


def in_order(chars: list[Char]) -> list[Char]:
    """Return the characters of one line from left to right where the file jumps back within it.

    Some programs write what another font shows (a dash among Chinese characters) behind its line.
    """
    visible = [char for char in chars if not char.generated]
    if all(after.left > before.left - _BACK * before.size for before, after in pairwise(visible)):
        return chars
    ordered = sorted(visible, key=lambda char: char.left)
    # blanks that the engine inferred stand where the file jumps; between words they are inferred anew
    parted: list[Char] = []
    for char in ordered:
        before = parted[-1] if parted else char
        gap = char.left - before.right
        if gap > _WORD_GAP * char.size and before.text.isascii() and char.text.isascii():
            parted.append(replace(before, text=" ", left=before.right, right=char.left, generated=True))
        parted.append(char)
    return parted


def _is_spread(before: Char, blank: Char, after: Char) -> bool:
    """Tell whether a blank comes from justified lines, or from the space set between 年 and 2025."""
    gap = (after.left - before.right) / max(blank.size, before.size, 1.0)
    if _is_wide(before.text) and _is_wide(after.text):
        return gap < 0.2
    mixed = (_is_wide(before.text) and after.text.isalnum()) or (
        before.text.isalnum() and _is_wide(after.text)
    )
    return blank.generated and mixed and gap < 0.4


def _is_wide(text: str) -> bool:
    return "⺀" <= text <= "鿿" or "豈" <= text <= "﫿" or "！" <= text <= "｠"
