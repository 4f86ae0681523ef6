"""English questions over Chinese documents: grammar, names, figures and open dictionaries carry them over.

Each English word stands for several Chinese ones. Which of them is meant the documents tell: the one
that stands beside what the other words of the question stand for.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from itertools import chain, groupby
from typing import NamedTuple

from ...zh import places
from ...zh.dates import years
from .english_figures import figures_written
from .english_frames import Frame, framed
from .english_words import LONGEST, expression
from .meanings import Meant, Slot, chosen
from .sounds import sounding

_ENGLISH = re.compile(r"^[\x00-\x7f‘’“”–—]*[a-zA-Z]{2}[\x00-\x7f‘’“”–—]*$")
# Boyuan County (泊原县): what is written in Chinese as well
_GLOSS = re.compile(r"([^(),;?（）]*)[(（]\s*[\"“《]?([㐀-鿿][^()（）]*?)[\"”》]?\s*[)）]")
_GLOSSED = 3  # words in small letters that a gloss may stand for
_TOKEN = re.compile(r"[^\s,;]*[^\x00-\x7f][^\s,;]*|[a-z0-9][a-z0-9&.'+/-]*[a-z0-9%]|[a-z0-9]%?|[,;]")
# two questions in one: what did it reach, and by how much did it grow
_TWO = re.compile(r",? and (?=(?:(?:by|with|for|from|in|on|at|to|of) )?(?:how|what|when|who|which|where)\b)")
_LEANING = re.compile(
    r"^(?:(?:and |but )?(?:what|how) about|and(?: (?:in|for|of))?) ([a-zA-Z0-9 ,'&-]{2,60}?)\s*\??$",
    re.IGNORECASE,
)
_HAN = re.compile(r"[㐀-鿿]")
# words of grammar: they shape the question and name nothing
_EMPTY = frozenset(
    "the a an if due of in on at to for and or is are was were be been being has have had do does did will "
    "would shall should can could may might must what which who whom whose when where why how by "
    "with from under its it this that these those there here they them their he she his her we our "
    "you your i my me please tell about give as per than each set up any all both also now currently "
    "so far into between among within during since until s not no yes if then such other another "
    "some many much more most very out off down own kind kinds type types according respectively "
    "total number , ;".split()
)
_PREPOSITIONS = frozenset("of in for under by from on at with between among within for".split())
_SPELLINGS = {
    "inner mongolia": "内蒙古",
    "tibet": "西藏",
    "hong kong": "香港",
    "macao": "澳门",
    "macau": "澳门",
    "shaanxi": "陕西",
    "shanxi": "山西",
    "harbin": "哈尔滨",
    "hohhot": "呼和浩特",
    "urumqi": "乌鲁木齐",
    "lhasa": "拉萨",
}
# what may follow the name of a place and belongs to it
_LEVEL = re.compile(
    r"(?<=[㐀-鿿]) +(?:province|city|county|district|municipality|autonomous region|prefecture)\b(?:'s\b)?"
)

_NAMES = 3  # that an answer may have for an expression, whichever of them is written in the question
# what follows a hyphen and only joins: points-based, export-oriented
_JOINS = frozenset("based oriented related driven led wide run owned funded".split())

Texts = Callable[[Sequence[str], Sequence[str]], Sequence[tuple[str, str]]]


class Reading(NamedTuple):
    """The Chinese question that an English one asks, and other names of its words."""

    question: str
    expansions: tuple[tuple[str, str], ...] = ()


def is_english(text: str) -> bool:
    """Tell whether `text` is a question in English, names in it perhaps in Chinese as well."""
    bare = _GLOSS.sub(r"\1 ", text).strip()
    return bool(_ENGLISH.match(bare)) and len(bare.split()) > 2


def carried_over(text: str, regions: Iterable[str], texts: Texts | None = None) -> Reading:
    """Return the Chinese question that an English one asks.

    `texts(words, regions)` returns passages that hold some of the Chinese `words`, each as headings and
    text; without it each word stands for its commonest meaning. A word that no dictionary has stays,
    and will be missing in the evidence.
    """
    asked = figures_written(_named(_GLOSS.sub(_in_chinese, text), frozenset(regions)))
    frames = [framed(one) for one in _TWO.split(asked) if one.strip()]
    parts = [[_slots(part) for part in frame.parts] for frame in frames]
    slots = [slot for part in chain.from_iterable(parts) for slot in part]
    named = [place.region for slot in slots for place in places.find(slot.english)]
    words = [name for slot in slots for name in slot.names]
    found = texts(words, named) if texts and words else ()
    heard = {slot: sounding(slot, found) for slot in slots}
    meant = chosen(list(heard.values()), found, any(frame.figure for frame in frames))
    return _composed(frames, [[[heard[slot] for slot in part] for part in one] for one in parts], meant)


def leaning(text: str, regions: Iterable[str], texts: Texts | None = None) -> str:
    """Return the Chinese of an English question that only names something else, as What about Jilin.

    Empty where `text` is none.
    """
    match = _LEANING.match(text.strip())
    return f"{carried_over(match[1], regions, texts).question}呢" if match else ""


def _in_chinese(gloss: re.Match[str]) -> str:
    """Return the words before a gloss with it in the place of the name, or of the noun, that it glosses."""
    words = gloss[1].split()
    if words and words[-1][0].isupper():
        while len(words) > 1 and words[-1][0].isupper():
            words.pop()
    else:
        for _ in range(_GLOSSED):
            if words and words[-1] not in _EMPTY:
                words.pop()
    return f"{' '.join(words)} {gloss[2]} "


def _composed(
    frames: Sequence[Frame], parts: Sequence[Sequence[Sequence[Slot]]], meant: dict[Slot, Meant]
) -> Reading:
    expansions: dict[tuple[str, str], None] = {}
    leading = [slot.english for one in parts for part in one for slot in part if slot.leads]
    where = dict.fromkeys(sorted(leading, key=lambda name: not years(name)))  # 2024年吉林
    # in quotation marks: an answer must have it word for word, so the refusal names it
    meant = {slot: one._replace(name=f"“{one.name}”") if one.absent else one for slot, one in meant.items()}
    written = []
    for number, (frame, own) in enumerate(zip(frames, parts, strict=True)):
        chinese = [_joined(meant[slot].name for slot in part if not slot.leads) for part in own]
        written.append(frame.write("" if number else "".join(where), chinese))
    for slot in chain.from_iterable(chain.from_iterable(parts)):
        name = meant[slot].name
        listed = () if meant[slot].absent or not name else slot.names[:_NAMES]
        expansions |= {(name, other): None for other in (*meant[slot].others, *listed) if other != name}
    return Reading("，".join(written), tuple(expansions))


def _joined(words: Iterable[str]) -> str:
    """Return `words` one after the other, a blank beside those in Latin letters."""
    written = ""
    for word, _ in groupby(filter(None, words)):
        glue = written and word and (written[-1].isascii() and word[0].isascii() and word[0].isalpha())
        written += (" " if glue else "") + word
    return written


def _named(text: str, regions: frozenset[str]) -> str:
    """Return `text` in small letters, the names of places in Chinese."""
    asked = re.sub(r"[’‘]", "'", text.lower()).strip().rstrip("?.! ")
    known = _names(regions)
    names = "|".join(map(re.escape, sorted(known, key=len, reverse=True)))
    spotted = re.compile(rf"\b({names})\b(?:'s\b)?")

    def name(match: re.Match[str]) -> str:
        return f" {known[match[1]]} "

    return _LEVEL.sub("", spotted.sub(name, asked))


@cache
def _names(regions: frozenset[str]) -> dict[str, str]:
    """Return the spelling of each region in Latin letters, and its short name."""
    from pypinyin import lazy_pinyin

    # the store's own places go before a namesake, and counties only where the store holds them
    shorts = [places.short(region) for region in (*places.regions(2), *regions)]
    return {"".join(lazy_pinyin(short)): short for short in shorts} | _SPELLINGS


def _slots(part: str) -> list[Slot]:
    """Return what `part` names, in Chinese order: what follows a preposition goes before it."""
    chunks: list[list[Slot]] = [[]]
    tokens = _TOKEN.findall(part)
    position = 0
    while position < len(tokens):
        token = tokens[position]
        found = expression(tokens[position : position + LONGEST])
        if found and (found.words > 1 or token not in _EMPTY):
            chunks[-1].append(Slot(" ".join(tokens[position : position + found.words]), found.names))
            position += found.words
            continue
        if token in _PREPOSITIONS:
            chunks.append([])
        elif token not in _EMPTY:
            chunks[-1] += _unlisted(token)
        position += 1
    return [slot for chunk in reversed(chunks) for slot in chunk]


def _unlisted(token: str) -> list[Slot]:
    """Return the slots of a token that no dictionary has whole: a place, a figure, high-standard."""
    if _HAN.search(token):
        return [Slot(token, (), leads=bool(places.find(token) or years(token)))]
    bare = token.removesuffix("'s")
    parts = [part for part in re.split(r"[-/]", bare) if part and part not in _EMPTY and part not in _JOINS]
    if not parts or parts == [token]:
        return [Slot(token, ())]
    found = [(part, expression([part])) for part in parts]
    if not all(known for _, known in found):
        return [Slot(token, ())]
    return [Slot(part, known.names) for part, known in found if known]
