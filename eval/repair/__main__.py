"""`python -m eval.repair --data DATA`: damage clean texts, repair them, count what comes back."""

from __future__ import annotations

import argparse
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path
from random import Random

from assistant.ingest.load import load_file
from assistant.ingest.repair import repair
from assistant.learn.characters import HELD_OUT
from assistant.learn.texts import read_records
from assistant.types import DAMAGE_MARK, Extract
from assistant.zh.fold import to_traditional
from assistant.zh.sentences import sentences

from . import damage

Damage = Callable[[str, Random], str]
# name, how, whether the text is in traditional characters
KINDS: tuple[tuple[str, Damage, bool], ...] = (
    ("a byte lost, �", damage.drop_byte, False),
    ("a byte lost, �", damage.drop_byte, True),
    ("a byte lost, page", damage.drop_byte_of_page, False),
    ("a byte lost, page", damage.drop_byte_of_page, True),
    ("glosses", damage.gloss, True),
    ("glosses between bytes", damage.gloss_bytes, True),
    ("a glossed character lost", damage.drop_glossed, True),
)
SHORTEST, LONGEST = 60, 400  # characters of a text: one accident in each
OUTCOMES = ("restored", "marked", "left", "wrong")


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, metavar="DATA")
    parser.add_argument("--texts", type=int, default=100, help="of each source and kind")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--show", choices=OUTCOMES, help="print the texts that ended so")
    given = parser.parse_args()
    print(
        "| damage | script | source | texts | restored | marked □ | left as found | wrong |\n"
        + "|---" * 8
        + "|"
    )
    for name, how, traditional in KINDS:
        for source, read in SOURCES.items():
            random = Random(given.seed)
            counts: Counter[str] = Counter()
            for clean in islice(read(given.data), given.texts):
                text = to_traditional(clean) if traditional else clean
                damaged = how(text, random)
                if damaged == text:
                    continue
                repaired = repair(Extract(damaged)).text
                outcome = judge(text, damaged, repaired)
                counts[outcome] += 1
                if outcome == given.show:
                    print(f"--- {name}\n{text}\n{damaged}\n{repaired}")
            shares = " | ".join(f"{counts[o] / max(1, counts.total()):.1%}" for o in OUTCOMES)
            script = "traditional" if traditional else "simplified"
            print(f"| {name} | {script} | {source} | {counts.total()} | {shares} |", flush=True)


def judge(clean: str, damaged: str, repaired: str) -> str:
    """Return how a text ended; with □ in it it may lack what stood there, and nothing else."""
    if repaired == clean:
        return "restored"
    if DAMAGE_MARK in repaired:
        pattern = re.escape(repaired).replace(re.escape(DAMAGE_MARK), r"[\s\S]{0,12}")
        if re.fullmatch(pattern, clean):
            return "marked"
    return "left" if repaired == damaged else "wrong"


def _held_out(path: Path) -> Iterator[str]:
    for number, record in enumerate(read_records(path)):
        if number % HELD_OUT == 0:
            yield from _fitting(_paragraphs(record["text"]))


def _paragraphs(text: str) -> Iterator[str]:
    """Yield the lines of `text`, long ones in pieces of whole sentences."""
    for line in text.split("\n"):
        start = 0
        for sentence in sentences(line):
            if sentence.end - start > SHORTEST:
                yield line[start : sentence.end]
                start = sentence.end


def _fitting(lines: Iterable[str]) -> Iterator[str]:
    # characters that GBK lacks cannot be damaged in its bytes
    return (line for line in lines if SHORTEST <= len(line) <= LONGEST and _is_gbk(line))


def _is_gbk(line: str) -> bool:
    return line.encode("gbk", "ignore").decode("gbk") == line


def _reports(data: Path) -> Iterator[str]:
    for path in sorted((data / "gov_reports").glob("*.docx")):
        for loaded in load_file(path):
            yield from islice(_fitting(loaded.extract.text.split("\n")), 20)


SOURCES: dict[str, Callable[[Path], Iterator[str]]] = {
    "law": lambda data: _held_out(data / "law_articles.jsonl.xz"),
    "news": lambda data: _held_out(data / "news.jsonl.xz"),
    "report": _reports,
}

if __name__ == "__main__":
    main()
