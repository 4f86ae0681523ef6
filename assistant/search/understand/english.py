"""English questions over Chinese documents: names, figures and an open glossary carry them over."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from ...zh import places

_FILE = Path(__file__).with_name("english.txt")
_ENGLISH = re.compile(r"^[\x00-\x7f‘’“”–—]*[a-zA-Z]{2}[\x00-\x7f‘’“”–—]*$")
# in order: the first that matches says what is asked for
_FRAMES = tuple(
    (re.compile(pattern), chinese)
    for pattern, chinese in (
        (r"\bhow (?:many|much|large|big|long|high|fast)\b", "有多少"),
        (r"\bwhat (?:percentage|share|proportion|number)\b", "有多少"),
        (
            r"\bwhat (?:is|was|are|were) the (?:total|number|amount|rate|value|size|share|target|growth)",
            "是多少",
        ),
        (r"\bwhen\b|\b(?:what|which) (?:year|date|month)\b", "是什么时候"),
        (r"\bwho\b|\bwhich (?:city|province|bank|company|department|body|institution|bureau)\b", "是谁"),
        (r"\bcompare\b|\bdifference between\b", "对比"),
        (r"\bwhich\b|\blist\b|\bwhat are\b|\bwhat (?:measures|policies|tasks|industries)\b", "有哪些"),
        (r"\bwhat (?:is|does)\b|\bdefine\b", "是什么"),
    )
)
_WORDS = re.compile(
    r"\b(?:the|a|an|of|in|on|at|to|for|and|or|is|are|was|were|be|been|has|have|had|do|does|did|will|would|"
    r"should|can|could|what|which|who|when|where|how|many|much|large|big|long|by|with|from|under|its|it|this|that|there|"
    r"please|tell|me|about|list|give|according|their|as|per|than|more|each|set|set up|s"
    r"|new|during|since|until|"
    r"between|into|after|before|any|all|there|both|also|been|now|currently|so|far|end|year|annual|total|number|"
    r"january|february|march|april|may|june|july|august|september|october|november|"
    r"december)\b|[?.!,'’\"“”%-]"
)


_OTHER_SPELLINGS = {
    "inner mongolia": "内蒙古",
    "tibet": "西藏",
    "hong kong": "香港",
    "macao": "澳门",
    "shaanxi": "陕西",
    "shanxi": "山西",
    "harbin": "哈尔滨",
    "hohhot": "呼和浩特",
    "urumqi": "乌鲁木齐",
    "lhasa": "拉萨",
}


@cache
def _glossary() -> dict[str, str]:
    pairs = {}
    for line in _FILE.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            english, _, chinese = line.rpartition(" ")
            pairs[english] = chinese
    return pairs


@cache
def _names(regions: frozenset[str]) -> dict[str, str]:
    """Return the spelling of each region in Latin letters, and its short name."""
    from pypinyin import lazy_pinyin

    # the store's own places go before a namesake, and counties only where the store holds them
    shorts = [places.short(region) for region in (*places.regions(2), *regions)]
    return {"".join(lazy_pinyin(short)): short for short in shorts} | _OTHER_SPELLINGS


def is_english(text: str) -> bool:
    """Tell whether `text` is a question in English."""
    return bool(_ENGLISH.match(text.strip())) and len(text.split()) > 2


def carried_over(text: str, regions: Iterable[str]) -> str:
    """Return the Chinese question that an English one asks, as far as names and the glossary go.

    A word that neither knows stays, and will be missing in the evidence.
    """
    asked = text.lower().strip()
    frame = next((chinese for pattern, chinese in _FRAMES if pattern.search(asked)), "")
    known = _names(frozenset(regions)) | _glossary()
    spotted = re.compile(r"\b(?:" + "|".join(map(re.escape, sorted(known, key=len, reverse=True))) + r")\b")
    years = "".join(f"{year}年" for year in re.findall(r"\b(?:19|20)\d{2}\b", asked))
    rest = re.sub(r"\b(?:19|20)\d{2}\b", " ", asked)
    found = [known[match.group()] for match in spotted.finditer(rest)]
    unknown = _WORDS.sub(" ", spotted.sub(" ", rest)).split()
    where = [word for word in found if places.find(word)]
    what = [word for word in found if word not in where]
    return years + "".join(dict.fromkeys(where)) + "".join(what) + " ".join(["", *unknown]) + frame
