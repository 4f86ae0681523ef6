"""How Chinese characters are read, in pinyin with tone marks."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

# one syllable as a gloss writes it; ɡ (U+0261) stands for g in some fonts
SYLLABLE = r"[a-zɡüāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿê]{1,6}"
_TONED = re.compile(r"[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ]")


@cache
def _table() -> dict[int, str]:
    from pypinyin.pinyin_dict import pinyin_dict

    table: dict[int, str] = pinyin_dict
    return table


@cache
def readings(character: str) -> frozenset[str]:
    """Return the readings of `character`; a traditional form has those of its simplified one too."""
    from ...zh.fold import fold

    both = {character, fold(character)}
    return frozenset(
        normal(reading) for form in both for reading in _table().get(ord(form), "").split(",") if reading
    )


def normal(syllable: str) -> str:
    """Return `syllable` in one spelling: composed, ɡ as g, a tone of none left as it is."""
    return unicodedata.normalize("NFC", syllable.lower()).replace("ɡ", "g")


def is_reading(syllable: str, character: str) -> bool:
    """Tell whether `syllable` is how `character` is read.

    Without a tone mark the syllable has to be the light reading of the character: (AI) or (km) after
    a character is no gloss.
    """
    return normal(syllable) in readings(character)


def is_toned(syllable: str) -> bool:
    """Tell whether `syllable` carries a tone mark, as no English word does."""
    return bool(_TONED.search(normal(syllable)))
