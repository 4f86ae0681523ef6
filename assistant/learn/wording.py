"""Collect the words of talk that policy does not use: `python -m assistant.learn.wording DATA`.

Of the words of 617 laypeople's questions on law the articles that answer them hold 55% of those that laws
use as often as everybody does, and 15% of those that they use ten times less: such a word says how
somebody puts it, not what he asks about. Names of things are left out (大熊猫 is what is asked about).
Writes `assistant/answer/wording.txt.xz`.
"""

from __future__ import annotations

import argparse
import lzma
import re
from collections import Counter
from pathlib import Path

from ..zh.tokens import parts_of_speech, share, vocabulary, words
from .texts import read_records

_TARGET = Path(__file__).parents[1] / "answer" / "wording.txt.xz"
_WORD = re.compile(r"[一-鿿]{1,4}")
_TIMES = 5.0  # more often in general than in policy
_LEAST, _UNSEEN = (
    2e-7,
    3e-7,
)  # share of running text: below it a word is asked by nobody; of what never occurs
_CLASSES = "vadilrzcf"  # verbs, adjectives, adverbs, idioms, phrases, pronouns, ...: no names of things
_EVERY = 3  # of the law articles, one in so many


def main() -> None:
    """Read the texts and write the list."""
    parser = argparse.ArgumentParser(prog="python -m assistant.learn.wording", description=__doc__)
    parser.add_argument("data", type=Path)
    data = parser.parse_args().data
    articles = enumerate(read_records(data / "law_articles.jsonl.xz"))
    laws = _shares(Counter(word for at, one in articles if at % _EVERY == 0 for word in words(one["text"])))
    records = read_records(data / "national_work_reports.jsonl.xz")
    reports = _shares(Counter(word for one in records for word in words(one["content"])))
    known = [word for word in vocabulary() if _WORD.fullmatch(word) and share(word) > _LEAST]
    classes = parts_of_speech(frozenset(known))
    found = [
        word
        for word in known
        if classes.get(word, "n")[0] in _CLASSES
        and share(word) > _TIMES * ((laws.get(word, 0.0) + reports.get(word, 0.0)) / 2 + _UNSEEN)
    ]
    _TARGET.write_bytes(lzma.compress(" ".join(sorted(found)).encode(), preset=9))
    print(f"{len(found)} words, {_TARGET.stat().st_size / 1e3:.0f} kB")


def _shares(counts: Counter[str]) -> dict[str, float]:
    total = sum(counts.values())
    return {word: count / total for word, count in counts.items()}


if __name__ == "__main__":
    main()
