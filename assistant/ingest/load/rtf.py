"""Rich text (.rtf): its words in their code pages, paragraphs, table rows and hidden text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from .base import Limits, Loaded, damaged
from .builder import TextBuilder

_TOKEN = re.compile(
    rb"\\'([0-9a-fA-F]{2})|\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|\\([^a-zA-Z])|([{}])|([^\\{}\r\n]+)|[\r\n]+|\\"
)
# groups that hold no text of the document
_SKIPPED = frozenset(
    "fonttbl colortbl stylesheet info pict object header footer headerl headerr headerf footerl footerr "
    "footerf listtable listoverridetable rsidtbl generator themedata colorschememapping datastore "
    "latentstyles xmlnstbl fldinst filetbl revtbl pgptbl nonshppict bkmkstart bkmkend".split()
)
_CHARSETS = {
    134: "gb18030",
    136: "cp950",
    128: "cp932",
    129: "cp949",
    0: "cp1252",
    1: "",
    238: "cp1250",
    204: "cp1251",
}
_CODEPAGES = {936: "gb18030", 950: "cp950", 932: "cp932", 949: "cp949", 65001: "utf-8", 54936: "gb18030"}
_CHARACTERS = {"tab": " ", "emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’", "ldblquote": "“",
               "rdblquote": "”", "bullet": "•", "emspace": " ", "enspace": " ", "line": "\n"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _State:
    """What holds within the braces."""

    skipped: bool = False
    hidden: bool = False
    bold: bool = False
    font: int = -1
    fallback: int = 1  # bytes after \\u that stand for readers without Unicode
    white: bool = False
    size: int = 24  # half-points
    note: bool = False  # in a footnote


def load_rtf(data: bytes, _limits: Limits) -> Iterator[Loaded]:
    """Yield the document. Raises LoadError when it holds no text."""
    reader = _Reader(data)
    builder = reader.read()
    if not builder.length:
        raise damaged("rtf", "没有正文")
    yield Loaded("", builder.extract())


class _Reader:
    def __init__(self, data: bytes) -> None:
        self._data = data
        self._builder = TextBuilder()
        self._state = _State()
        self._stack: list[_State] = []
        self._encoding = "cp1252"
        self._fonts: dict[int, str] = {}
        self._bytes = bytearray()
        self._line: list[tuple[str, bool]] = []  # words, bold
        self._note: list[str] = []
        self._cells: list[str] = []
        self._rows: list[list[str]] = []
        self._colors: list[bool] = []  # which colours of the table are white
        self._skip = 0  # fallback characters still to leave out
        self._in_table = False
        self._level = 0
        self._read_fonts()

    def _read_fonts(self) -> None:
        """Note the encoding of each font and which colours are white."""
        table = self._data[:200_000]
        if match := re.search(rb"\\ansicpg(\d+)", table):
            self._encoding = _CODEPAGES.get(int(match.group(1)), f"cp{int(match.group(1))}")
        for font, charset in re.findall(rb"\\f(\d{1,5})[^{}]*?\\fcharset(\d{1,3})", table):
            self._fonts[int(font)] = _CHARSETS.get(int(charset), "")
        if match := re.search(rb"\{\\colortbl([^}]*)\}", table):
            self._colors = [
                bool(re.search(rb"\\red255\s*\\green255\s*\\blue255", color))
                for color in match.group(1).split(b";")
            ]

    def read(self) -> TextBuilder:
        """Go through the file once."""
        for match in _TOKEN.finditer(self._data):
            code, word, number, symbol, brace, text = match.groups()
            if code:
                self._add_bytes(bytes([int(code, 16)]))
            elif text:
                self._add_bytes(text)
            else:
                self._flush()
                if word:
                    self._control(word.decode("ascii"), int(number) if number else None)
                elif symbol:
                    self._symbol(symbol)
                elif brace == b"{":
                    self._stack.append(self._state)
                elif brace == b"}" and self._stack:
                    self._state = self._stack.pop()
        self._flush()
        self._end_line()
        self._end_table()
        return self._builder

    def _add_bytes(self, data: bytes) -> None:
        if self._state.skipped:
            return
        dropped = min(self._skip, len(data))
        self._skip -= dropped
        self._bytes += data[dropped:]

    def _flush(self) -> None:
        """Decode the bytes collected in one font."""
        if self._bytes:
            encoding = self._fonts.get(self._state.font) or self._encoding
            try:
                text = self._bytes.decode(encoding, "replace")
            except LookupError:
                text = self._bytes.decode("gb18030", "replace")
            self._bytes.clear()
            self._say(text)

    def _say(self, text: str) -> None:
        state = self._state
        if state.skipped:
            return
        if state.hidden or state.white or state.size <= 3:
            self._builder.hide(text)
        elif state.note:
            self._note.append(text)
        else:
            self._line.append((text, state.bold))

    def _symbol(self, symbol: bytes) -> None:
        if symbol == b"*":
            self._state = replace(self._state, skipped=True)
        elif symbol in (b"\\", b"{", b"}"):
            self._say(symbol.decode())
        elif symbol == b"~":
            self._say(" ")
        elif symbol == b"_":
            self._say("-")
        elif symbol in (b"\n", b"\r"):
            self._end_line()

    def _control(self, word: str, number: int | None) -> None:
        on = number != 0
        if word == "u" and number is not None:
            self._say(_character(number))
            self._skip = self._state.fallback
            return
        self._skip = 0
        if word in _SKIPPED:
            self._state = replace(self._state, skipped=True)
        elif word in _CHARACTERS:
            self._say(_CHARACTERS[word])
        elif word == "footnote":
            self._state = replace(self._state, note=True)
        elif word in ("par", "sect", "page"):
            self._end_line()
        elif word == "pard":
            self._in_table, self._level = False, 0
        elif word == "intbl":
            self._in_table = True
        elif word == "outlinelevel":
            self._level = (number or 0) + 1
        elif word == "cell":
            self._cells.append(_joined("".join(words for words, _ in self._line)))
            self._line = []
        elif word == "row":
            self._rows.append(self._cells)
            self._cells = []
        else:
            self._format(word, number, on)

    def _format(self, word: str, number: int | None, on: bool) -> None:
        state = self._state
        if word == "v":
            self._state = replace(state, hidden=on)
        elif word == "b":
            self._state = replace(state, bold=on)
        elif word == "f":
            self._state = replace(state, font=number or 0)
        elif word == "uc":
            self._state = replace(state, fallback=min(number or 0, 8))
        elif word == "fs":
            self._state = replace(state, size=number or 24)
        elif word == "cf":
            white = bool(number) and (number or 0) < len(self._colors) and self._colors[number or 0]
            self._state = replace(state, white=white)
        elif word in ("highlight", "cb", "chcbpat"):
            self._state = replace(state, white=False)
        elif word == "plain":
            self._state = replace(state, hidden=False, bold=False, white=False, size=24)

    def _end_line(self) -> None:
        if self._state.note:
            self._note.append(" ")
            return
        if self._in_table and not self._line:
            return
        if self._in_table:
            self._line.append((" ", False))  # a paragraph within a cell
            return
        self._end_table()
        text = "".join(words for words, _ in self._line)
        bold = 0
        for words, is_bold in self._line:
            if words.strip() and not is_bold:
                break
            bold += len(words)
        kind, level = ("heading", str(self._level)) if 0 < self._level < 10 else ("", "")
        self._builder.line(_joined(text), kind, level, bold)
        self._builder.line(_joined("".join(self._note)), "footnote")
        self._line, self._note = [], []

    def _end_table(self) -> None:
        if self._cells:
            self._rows.append(self._cells)
        self._builder.table(self._rows)
        self._rows, self._cells = [], []


def _character(number: int) -> str:
    """Return the character of \\uN, a signed number of 16 bits; halves of pairs are joined later."""
    return chr(number % 0x10000)


def _joined(text: str) -> str:
    """Return `text` with the two halves of rare characters made one."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
