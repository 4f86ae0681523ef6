"""How common each Chinese character is, the model by which an encoding is recognised.

`characters.txt` is derived from the word frequencies of jieba's dictionary (MIT), in simplified
characters and, converted by OpenCC (Apache-2.0), in the traditional ones of Taiwan and Hong Kong.
Make it again with `python -m assistant.ingest.load.characters`.
"""

from __future__ import annotations

import math
from collections import Counter
from functools import cache
from pathlib import Path

_FILE = Path(__file__).with_name("characters.txt")
_STEP = 4  # steps of a quarter of a nat: finer ones change no decision

# What jieba's dictionary does not hold, as log probabilities: punctuation as in running text (one
# character in ten), the rest as rare as a text in Chinese has them.
_PUNCTUATION = "，。、：；（）《》“”！？"
_RARE_PUNCTUATION = "‘’「」『』【】〔〕—…·%％○〇△※℃～‧　①②③④⑤⑥⑦⑧⑨⑩\ufeff"


def _other(code: int) -> float:
    if code < 0x20:
        return -4.0 if code in (9, 10, 13) else -16.0
    if code < 0x7F:
        return -4.5
    if 0xFF01 <= code <= 0xFF5E:  # full-width letters and digits
        return -8.0
    if 0x3400 <= code <= 0x9FFF or 0x20000 <= code <= 0x323AF:  # a character that no word has
        return -15.0
    if 0xE000 <= code <= 0xF8FF or code == 0xFFFD:  # private use, undecodable: no text has them
        return -25.0
    return -13.0


@cache
def _known() -> dict[str, float]:
    known: dict[str, float] = {}
    for line in _FILE.read_text("utf-8").splitlines():
        step, _, characters = line.partition("\t")
        known |= dict.fromkeys(characters, -int(step) / _STEP)
    return known | dict.fromkeys(_PUNCTUATION, -4.5) | dict.fromkeys(_RARE_PUNCTUATION, -7.5)


def likelihood(text: str) -> float:
    """Return the log probability, in nats, of the characters of `text` as Chinese text."""
    known = _known()
    return sum(
        count * (known[character] if character in known else _other(ord(character)))
        for character, count in Counter(text).items()
    )


def _counts() -> Counter[str]:
    import jieba

    from ...zh.fold import converter

    counts: Counter[str] = Counter()
    for line in (Path(jieba.__file__).parent / "dict.txt").read_text("utf-8").splitlines():
        word, frequency, *_ = line.split(" ")
        # half of the weight for each script; for the traditional the forms of Taiwan and of Hong Kong
        island, harbour = (converter(name).convert(word) for name in ("s2tw", "s2hk"))
        for character in word + word + island + harbour:
            counts[character] += int(frequency)
    return Counter({character: count for character, count in counts.items() if ord(character) > 0x2E7F})


def _make() -> None:
    counts = _counts()
    total = sum(counts.values())
    steps: dict[int, list[str]] = {}
    for character, count in counts.most_common():
        steps.setdefault(round(-math.log(count / total) * _STEP), []).append(character)
    lines = [f"{step}\t{''.join(sorted(characters))}\n" for step, characters in sorted(steps.items())]
    _FILE.write_text("".join(lines), "utf-8")


if __name__ == "__main__":
    _make()
