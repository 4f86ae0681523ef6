"""Put together what people say for words of policy: `python -m assistant.learn.said_words DATA`.

Reads three lists written by hand: `words/said.txt` (words that people ask with, each followed by what texts
have for it), `words/themes.txt` (the same by theme) and `words/policy.txt` (words of texts, each followed by
what people say for it). DATA tells which of the words said are words of policy themselves. Writes
`assistant/zh/data/said_words.txt.xz`.
"""

from __future__ import annotations

import argparse
import lzma
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from ..zh import places
from ..zh.fold import fold
from ..zh.tokens import STOPWORDS, cut
from .texts import read_records

_LISTS = Path(__file__).parent / "words"
_TARGET = Path(__file__).parents[1] / "zh" / "data" / "said_words.txt.xz"
_WORD = re.compile(r"[㐀-鿿]{2,8}")
_ASKING = re.compile(r"什么|怎么|多少|[谁哪几吗呢啥]|如何|为何|是否")
_COUNTED = re.compile(r"[一二两三四五六七八九十].")  # 一家, 一年
# What is listed second is half as likely as what is listed first.
_MOST = 8  # words of policy for one that is said
_OFTEN = 5  # times in the texts of DATA: such a word is one of policy too


def main() -> None:
    """Read the lists and write what each word said may stand for."""
    parser = argparse.ArgumentParser(prog="python -m assistant.learn.said_words", description=__doc__)
    parser.add_argument("data", type=Path)
    options = parser.parse_args()
    likely: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for said, meant, rank in _pairs():
        likely[said][meant] += 1 / rank  # type: ignore[assignment]
    often = _of_policy(options.data, likely)
    lines = [
        " ".join((("" if often[said] >= _OFTEN else "!") + said, *_chosen(meanings)))
        for said, meanings in sorted(likely.items())
    ]
    _TARGET.write_bytes(lzma.compress(("\n".join(lines) + "\n").encode(), preset=9))
    everyday = sum(line.startswith("!") for line in lines)
    print(f"{len(lines)} words, {everyday} of them of no policy, {_TARGET.stat().st_size / 1e6:.2f} MB")


def _pairs() -> Iterator[tuple[str, str, int]]:
    """Yield what is said, what it means, and as the how manieth of what is listed with it."""
    for name in ("said", "themes", "policy"):
        for line in (_LISTS / f"{name}.txt").read_text(encoding="utf-8").splitlines():
            word, *others = fold(line).split()
            for rank, other in enumerate(others, 1):
                said, meant = (other, word) if name == "policy" else (word, other)
                if _fits(said) and _fits(meant) and said not in meant:
                    yield said, meant, rank


def _fits(word: str) -> bool:
    return bool(
        _WORD.fullmatch(word)
        and word not in STOPWORDS
        and not _ASKING.search(word)
        and not _COUNTED.fullmatch(word)
        and not places.find(word)
    )


def _chosen(meanings: Counter[str]) -> list[str]:
    return [word for word, _ in sorted(meanings.items(), key=lambda pair: (-pair[1], pair[0]))[:_MOST]]


def _of_policy(data: Path, words: defaultdict[str, Counter[str]]) -> Counter[str]:
    """Return how often the `words` stand in laws and national reports."""
    counts: Counter[str] = Counter()
    texts = [
        *(record["text"] for record in read_records(data / "law_articles.jsonl.xz")),
        *(record["content"] for record in read_records(data / "national_work_reports.jsonl.xz")),
    ]
    for text in texts:
        pieces = cut(fold(text))
        for size in (1, 2, 3):
            runs = ("".join(pieces[at : at + size]) for at in range(len(pieces) - size + 1))
            counts.update(run for run in runs if run in words)
    return counts


if __name__ == "__main__":
    main()
