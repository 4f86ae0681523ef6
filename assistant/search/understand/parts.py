"""Several questions in one: 几天办完，卡能用几年，丢了补一张多少钱 is asked part by part."""

from __future__ import annotations

import re
from itertools import pairwise

from ...zh.fold import fold
from .frame import is_asking, kind_of, strip_frame

_STOP = re.compile(r"[。?!\n]+")
_COMMA = re.compile(r"[,;]+")
_PAUSE = re.compile(r"、")
_SIGNS = " ,;。?!、\n"
# 什么都行, 没有多少, 几家都 and 捐过几次 ask nothing; 跟周边几地比 leads in to what is asked
_INDEFINITE = re.compile(
    r"(?:什么|哪[里个些]?|谁|多少|几)[^,]{0,3}[都也](?!是|有)|没有?(?:什么|多少|几)|任何|(?<!过)[了过]几|^(?:跟|和|与|同).*比$"
)
_MOST = 6  # parts; a longer list of questions is a file of them


def parts_of(question: str) -> tuple[str, ...]:
    """Return the parts of `question` that ask, each with what is told before it; empty where one asks.

    All after the first begin with its matter, as a sentence that tells: 办卡。丢了补一张多少钱?
    """
    folded = fold(question)
    parts: list[str] = []
    before = ""
    for sentence in _cut(folded, _STOP):
        tells = "?" in folded and not sentence.endswith("?")
        for segment in _segments(sentence):
            before += segment
            if not tells and _asks(segment):
                parts.append(before.strip(_SIGNS).replace("?", ","))
                before = ""
    if not 1 < len(parts) <= _MOST:
        return ()
    matter = strip_frame(parts[0], kind_of(parts[0])).strip(_SIGNS)
    return (f"{parts[0]}?", *(f"{matter}。{part}?" for part in parts[1:]))


def _segments(sentence: str) -> list[str]:
    """Return `sentence` cut at its commas, and at 、 where it parts questions."""
    return [piece for segment in _cut(sentence, _COMMA) for piece in _questions(segment)]


def _questions(segment: str) -> list[str]:
    pieces: list[str] = []
    before = ""
    for piece in _cut(segment, _PAUSE):
        before += piece
        if _asks(piece):
            pieces.append(before)
            before = ""
    return [*pieces[:-1], pieces[-1] + before] if pieces else [segment]


def _cut(text: str, ends: re.Pattern[str]) -> list[str]:
    stops = [0, *(match.end() for match in ends.finditer(text)), len(text)]
    return [text[start:end] for start, end in pairwise(stops) if start < end]


def _asks(segment: str) -> bool:
    said = segment.strip(_SIGNS)
    return bool(said) and is_asking(said) and not _INDEFINITE.search(said)
