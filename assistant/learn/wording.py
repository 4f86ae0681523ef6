"""Collect the words of talk that policy does not use: `python -m assistant.learn.wording DATA`.

Of the words of 618 laypeople's questions on law the articles that answer them hold 55% of those that policy
uses ten times more often than everybody, 31 to 45% of those it uses as often, and 10 to 15% of those it uses
ten times less: such a word says how somebody puts it, not what he asks about. Names of things are left out
(大熊猫 is what is asked about).
Writes `assistant/answer/evidence/wording.txt.xz`.
"""

from __future__ import annotations

import argparse
import lzma
import re
from collections import Counter
from collections.abc import Iterable
from itertools import islice
from pathlib import Path

from ..zh.tokens import parts_of_speech, share, vocabulary, words
from .texts import read_records

_TARGET = Path(__file__).parents[1] / "answer" / "evidence" / "wording.txt.xz"
_WORD = re.compile(r"[一-鿿]{1,4}")
_TIMES = 5.0  # more often in general than in policy
_TIMES_NEWS = 2.0  # a verb that news say as often as everybody may name a matter of today: 积分
_LEAST, _UNSEEN = (
    2e-7,
    3e-7,
)  # share of running text: below it a word is asked by nobody; of what never occurs
_CLASSES = "vadilzf"  # verbs, adjectives, adverbs, idioms, phrases, ...: no names of things
_VERBS = "vl"
_IN_NAMES = "azf"  # of one character they are parts of names: 绿 of 绿电
_GRAMMAR = "rpcuy"  # pronouns, prepositions, conjunctions, particles: whoever says them
_EVERY = 3  # of the law articles, one in so many; of the news twice that


def main() -> None:
    """Read the texts and write the list."""
    parser = argparse.ArgumentParser(prog="python -m assistant.learn.wording", description=__doc__)
    parser.add_argument("data", type=Path)
    data = parser.parse_args().data
    laws = _shares(
        one["text"] for one in islice(read_records(data / "law_articles.jsonl.xz"), 0, None, _EVERY)
    )
    reports = _shares(one["content"] for one in read_records(data / "national_work_reports.jsonl.xz"))
    news = _shares(one["text"] for one in islice(read_records(data / "news.jsonl.xz"), 0, None, 2 * _EVERY))
    known = [word for word in vocabulary() if _WORD.fullmatch(word) and share(word) > _LEAST]
    classes = parts_of_speech(frozenset(known))
    found = [
        word
        for word in known
        if (kind := classes.get(word, "n")[0]) in _GRAMMAR
        or (
            kind in _CLASSES
            and (len(word) > 1 or kind not in _IN_NAMES)
            and share(word) > _TIMES * ((laws.get(word, 0.0) + reports.get(word, 0.0)) / 2 + _UNSEEN)
            and (kind not in _VERBS or share(word) > _TIMES_NEWS * news.get(word, 0.0))
        )
    ]
    _TARGET.write_bytes(lzma.compress(" ".join(sorted(found)).encode(), preset=9))
    print(f"{len(found)} words, {_TARGET.stat().st_size / 1e3:.0f} kB")


def _shares(texts: Iterable[str]) -> dict[str, float]:
    """Return the share of each word in `texts`."""
    counts = Counter(word for text in texts for word in words(text))
    total = counts.total()
    return {word: count / total for word, count in counts.items()}


if __name__ == "__main__":
    main()
