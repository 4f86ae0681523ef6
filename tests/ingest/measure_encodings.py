"""Measure how often an encoding is recognised: `python -m tests.ingest.measure_encodings --data DATA`.

Prints the table of docs/encodings.md. The texts are law articles and news (simplified), DRCD
(traditional) and news converted to traditional; the character model has seen none of them.
"""

from __future__ import annotations

import argparse
import json
import lzma
import random
from collections.abc import Callable, Iterator
from pathlib import Path

from assistant.errors import LoadError
from assistant.ingest.load.encoding import decode
from assistant.zh.fold import converter

LENGTHS = (5, 10, 20, 60, 200)
SAMPLES = 1000
# kind of text, encodings it is written in
CASES = (
    ("law", ("gb2312", "gbk", "gb18030", "utf-8", "utf-16-le", "utf-16-be")),
    ("news", ("gbk", "utf-8")),
    ("DRCD", ("big5", "cp950", "big5hkscs", "gbk", "utf-8", "utf-16-le")),
    ("news, traditional", ("big5", "cp950", "big5hkscs")),
)


def read_ours(data: bytes) -> str:
    """Return the text as the loaders read it."""
    try:
        return decode(data).text
    except LoadError:
        return ""


def read_charset_normalizer(data: bytes) -> str:
    """Return the text as charset-normalizer reads it."""
    from charset_normalizer import from_bytes

    best = from_bytes(data).best()
    return str(best) if best else ""


def texts(data: Path) -> dict[str, list[str]]:
    """Return the texts of each kind."""

    def lines(name: str, field: str) -> Iterator[str]:
        with lzma.open(data / name, "rt", encoding="utf-8") as file:
            for line in file:
                yield json.loads(line)[field].replace("\r", "")

    news = list(lines("news.jsonl.xz", "text"))[:4000]
    to_taiwan = converter("s2tw").convert
    return {
        "law": list(lines("law_articles.jsonl.xz", "text")),
        "news": news,
        "DRCD": list(lines("drcd_dev.jsonl.xz", "context")),
        "news, traditional": [to_taiwan(text[:600]) for text in news],
    }


def pieces(found: list[str], length: int, encoding: str, count: int) -> Iterator[str]:
    """Yield pieces of `length` characters that `encoding` can write and that are not all ASCII."""
    given = 0
    choose = random.Random(f"{length} {encoding}")
    while given < count:
        text = choose.choice(found)
        if len(text) < length:
            continue
        start = choose.randrange(len(text) - length + 1)
        piece = text[start : start + length]
        try:
            coded = piece.encode(encoding)
        except UnicodeEncodeError:
            continue
        if any(byte > 127 for byte in coded) and piece.strip():
            given += 1
            yield piece


def share(found: list[str], length: int, encoding: str, read: Callable[[bytes], str], count: int) -> float:
    """Return in how many of 100 pieces the text comes back exactly."""
    right = sum(read(piece.encode(encoding)) == piece for piece in pieces(found, length, encoding, count))
    return 100 * right / count


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--rival", action="store_true", help="measure charset-normalizer instead")
    options = parser.parse_args()
    read, count = (read_charset_normalizer, SAMPLES // 5) if options.rival else (read_ours, SAMPLES)
    found = texts(options.data)
    print("| text | encoding |", " | ".join(f"{length}" for length in LENGTHS), "|")
    print("|---|---|" + "---|" * len(LENGTHS))
    for kind, encodings in CASES:
        for encoding in encodings:
            row = [f"{share(found[kind], length, encoding, read, count):.1f}" for length in LENGTHS]
            print(f"| {kind} | {encoding} |", " | ".join(row), "|", flush=True)


if __name__ == "__main__":
    main()
