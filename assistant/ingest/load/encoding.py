"""Recognise the encoding of a Chinese text by which decoding reads as Chinese.

Every candidate turns the same bytes into some text, so the likeliest text (a character model, see
`characters`) names the likeliest encoding. No statistics of bytes: short files come out right.
"""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

from ...errors import LoadError
from .characters import likelihood

# GB18030 holds GBK and GB2312. cp950 before big5hkscs: where both read the same characters the
# commoner one is named.
_CANDIDATES = ("utf-8", "gb18030", "cp950", "big5hkscs", "utf-16-le", "utf-16-be")
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16 LE, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_FAMILIES = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "cp936": "gb18030",
    "big5": "cp950",
    "utf-16": "utf-16-le",
}
_SAMPLE = 65_536  # bytes that decide; every candidate is certain long before
_DECLARED = 20.0  # nats: a declaration counts as much as two common characters, no more
_UNREADABLE = -11.0  # nats a character: Chinese and English text stay above -8, random bytes below -12
# Bytes of GBK or Big5 follow the rules of UTF-8 by chance once in seven characters: four nats each speak
# for UTF-8 (naïve is no 茂), and after so many characters nothing else is possible.
_WELL_FORMED, _CERTAIN = 4.0, 12
_META = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_\-]+)""", re.IGNORECASE)


class Decoded(NamedTuple):
    """A text, the encoding it was in, and what the reader should know."""

    text: str
    encoding: str
    notices: tuple[str, ...] = ()


def declared_encoding(data: bytes) -> str:
    """Return the encoding that an HTML or XML head declares, empty where it declares none."""
    match = _META.search(data[:4096])
    if not match:
        return ""
    try:
        name = codecs.lookup(match.group(1).decode("ascii")).name
    except LookupError:
        return ""
    return _FAMILIES.get(name, name)


def decode(data: bytes, declared: str = "") -> Decoded:
    """Return the text of `data`, its line ends as `\\n` and no byte order mark.

    `declared` is the encoding that the file claims: a weak hint. Bytes that the encoding does not
    know become U+FFFD and are counted in a notice. Raises LoadError when nothing reads as text.
    """
    encoding = _encoding(data, declared)
    text = data.decode(encoding, "replace").removeprefix("\ufeff")
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd")
    lost = text.count("\ufffd")
    notices = (f"有 {lost} 处字节无法按 {encoding} 解码,显示为 \ufffd。",) if lost else ()
    return Decoded(text, encoding, notices)


def _encoding(data: bytes, declared: str) -> str:
    for mark, name in _BOMS:
        if data.startswith(mark):
            return name
    sample = _evidence(data)
    if sample.isascii() and b"\0" not in sample:
        return "utf-8"
    well_formed = _well_formed(sample)
    if well_formed >= _CERTAIN:
        return "utf-8"
    scores = {name: _score(sample, name, declared) for name in _CANDIDATES}
    scores["utf-8"] += _WELL_FORMED * well_formed
    best = max(_CANDIDATES, key=lambda name: scores[name])
    if scores[best] < _UNREADABLE * max(len(_read(sample, best)), 1):
        raise LoadError(
            "内容不是文本,任何中文编码都读不通。",
            "请确认文件没有损坏,或用原来的软件另存为 docx、pdf 或 txt。",
        )
    return best


def _evidence(data: bytes) -> bytes:
    """Return the bytes that decide: from shortly before the first one that is not ASCII."""
    first = re.search(rb"[^\x01-\x7f]", data)
    if first is None:
        return data[:_SAMPLE]
    start = max(first.start() - 64, 0) & ~1  # even, for UTF-16
    return data[start : start + _SAMPLE]


def _read(sample: bytes, encoding: str) -> str:
    # not final: the sample may end within a character
    return codecs.getincrementaldecoder(encoding)("replace").decode(sample, len(sample) < _SAMPLE)


def _well_formed(sample: bytes) -> int:
    """Return how many characters beyond ASCII `sample` holds in flawless UTF-8, 0 where it has a flaw."""
    try:
        text = codecs.getincrementaldecoder("utf-8")().decode(sample, len(sample) < _SAMPLE)
    except UnicodeDecodeError:
        return 0
    return sum(character > "\x7f" for character in text)


def _score(sample: bytes, encoding: str, declared: str) -> float:
    return likelihood(_read(sample, encoding)) + _DECLARED * (encoding == declared)
