"""Remove pinyin glosses that a converter put behind characters: 高質(zhì)量發(fā)展."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...types import DAMAGE_MARK
from .edits import Edit
from .readings import SYLLABLE, is_reading, is_toned

GLOSS = re.compile(rf"[(（]({SYLLABLE})[)）]")

# An author explains how one or two characters are read; a converter glosses all through the text.
FEWEST = 3


def fitting_and_failing(text: str) -> tuple[list[re.Match[str]], list[re.Match[str]]]:
    """Return the glosses that read the character before them, and those that a lost one has left.

    There are none of the second in a text that is not glossed throughout.
    """
    fitting: list[re.Match[str]] = []
    failing: list[re.Match[str]] = []
    for match in GLOSS.finditer(text):
        if match.start() and is_reading(match[1], text[match.start() - 1]):
            fitting.append(match)
        elif is_toned(match[1]):
            failing.append(match)
    return fitting, failing if _is_glossed(fitting) else []


def glosses(text: str) -> Iterator[Edit]:
    """Yield the removal of each gloss that is a reading of the character before it.

    In a text that is glossed throughout, one that is no such reading has lost its character: □.
    """
    fitting, failing = fitting_and_failing(text)
    if not _is_glossed(fitting):
        return
    for match in fitting:
        read = text[match.start() - 1]
        yield Edit(match.start(), match.end(), "", "gloss", f"{match[1]} 是“{read}”的注音")
    for match in failing:
        reason = f"注音 {match[1]} 前的汉字已失"
        yield Edit(match.start(), match.end(), DAMAGE_MARK, "unrestorable", reason)


def _is_glossed(fitting: list[re.Match[str]]) -> bool:
    return sum(is_toned(match[1]) for match in fitting) >= FEWEST
