"""Citation markers as models write them, brought to one form; sentences with the numbers they cite."""

from __future__ import annotations

import re
from typing import NamedTuple

_BRACKETS = str.maketrans("【】［］〔〕", "[][][]")
_LIST = re.compile(
    r"\[\s*(?:资料|来源|引用|source)?\s*(\d{1,3}(?:\s*[,，、;；\s]\s*\d{1,3})*)\s*\]", re.IGNORECASE
)
_RANGE = re.compile(r"\[\s*(\d{1,3})\s*[-—–~至]\s*(\d{1,3})\s*\]")
_MARKER = re.compile(r"\[(\d{1,3})\]")
_SENTENCE = re.compile(
    r"[^。！？!?；;\n]*(?:[。！？!?；;]+[”’」』）)》\"']*|\n|$)(?:[ \t]*\[\d{1,3}\])*[。；;]?"
)
_BULLET = re.compile(r"^\s*(?:[-*•·]|\d{1,2}[.、)])\s+")
_LONGEST_RANGE = 10  # [1-3] stands for three passages; [1-300] is no citation


class Said(NamedTuple):
    """A sentence of a model's answer, without markers, and the passages it cites."""

    text: str
    numbers: tuple[int, ...]
    bullet: bool = False


def normalised(text: str) -> str:
    """Return `text` with every marker as [n]: 【1】, ［1］, [1,2], [1-3] and [资料1] too."""
    text = text.translate(_BRACKETS)
    text = _RANGE.sub(_spread, text)
    return _LIST.sub(lambda match: "".join(f"[{n}]" for n in re.findall(r"\d+", match[1])), text)


def _spread(match: re.Match[str]) -> str:
    first, last = int(match[1]), int(match[2])
    if not first <= last <= first + _LONGEST_RANGE:
        return ""
    return "".join(f"[{number}]" for number in range(first, last + 1))


def sentences(text: str, *, complete: bool) -> list[Said]:
    """Return the sentences of a model's answer; unless it is complete, without the one being written."""
    said = []
    text = normalised(text)
    for match in _SENTENCE.finditer(text):
        written = match.group()
        if not written.strip():
            continue
        if not complete and match.end() >= len(text):
            break
        numbers = tuple(dict.fromkeys(int(number) for number in _MARKER.findall(written)))
        bare = _MARKER.sub("", written)
        plain = re.sub(r"\*\*|^#+\s*", "", _BULLET.sub("", bare)).strip()
        if plain and re.search(r"\w", plain):
            said.append(Said(plain, numbers, bool(_BULLET.match(bare))))
    return said
