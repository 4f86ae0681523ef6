"""Remove pinyin glosses that a converter put behind characters: 高質(zhì)量發(fā)展."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .edits import Edit
from .readings import SYLLABLE, is_reading, is_toned

GLOSS = re.compile(rf"(?<=([㐀-鿿豈-﫿]))[(（]({SYLLABLE})[)）]")

# An author explains how one or two characters are read; a converter glosses all through the text.
FEWEST = 3


def glosses(text: str) -> Iterator[Edit]:
    """Yield the removal of each gloss that is a reading of the character before it."""
    found = [match for match in GLOSS.finditer(text) if is_reading(match[2], match[1])]
    if sum(is_toned(match[2]) for match in found) < FEWEST:
        return
    for match in found:
        yield Edit(match.start(), match.end(), "", "gloss", f"{match[2]} 是“{match[1]}”的注音")
