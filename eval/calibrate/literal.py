"""Ask for the figures of documents in their own words: `python -m eval.calibrate.literal FOLDER...`.

What is learnt from questions in other words, and from near topics in the same ones, may come to distrust a
statement that has all words of a question: the plainest question is then refused. Each clause that says
one figure of something is asked for it (规模以上企业有多少家); prints how many are answered with it.
"""

from __future__ import annotations

import argparse
import random
import re
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from assistant.types import Document, Status
from assistant.zh.fold import fold, folded_text
from assistant.zh.sentences import clauses

from ..systems import open_product

_LINK = r"(?:是|为|达到|达|不超过|共|约|超过)?"
_SUMS, _TIMES = "亿元|万元|元|%|公里", "天|年|个月"
_COUNTS = "个|家|人|万人|套|名|项|张|亩|万亩|户|座|件"
_SAID = re.compile(rf"([㐀-鿿]{{6,18}}?){_LINK}(\d[\d.]*)({_SUMS}|{_TIMES}|{_COUNTS})[^㐀-鿿]*")
# what such a segment says is of another noun, or of several
_NOT_ALONE = re.compile(r"其中|分别|增长|下降|比上年|以上|^[和与及]")
_SEGMENT = re.compile(r"[,;。:]")
_MOST = 120  # questions of a folder


class Asked(NamedTuple):
    """A question in the words of a text, and the figure that the text has for it."""

    question: str
    figure: str


def asked_of(document: Document) -> Iterator[Asked]:
    """Yield a question for each segment of `document` that says one figure of one thing."""
    for span in clauses(document.text, 0, len(document.text)):
        yield from asked_in(folded_text(document.text[span.start : span.end]))


def asked_in(clause: str) -> Iterator[Asked]:
    """Yield a question for each segment of a folded `clause` that says one figure of one thing."""
    for segment in _SEGMENT.split(clause.strip()):
        said = _SAID.fullmatch(segment)
        if said and not _NOT_ALONE.search(said[1]):
            yield Asked(f"{said[1]}{_asking(said[3])}", said[2] + said[3])


def _asking(unit: str) -> str:
    if unit == "%":
        return "是百分之多少"
    if re.fullmatch(_TIMES, unit):
        return f"几{unit}"
    return f"{'是' if re.fullmatch(_SUMS, unit) else '有'}多少{unit}"


def share_right(folder: Path, store: Path, seed: int = 4) -> Counter[str]:
    """Return how many of the questions over `folder` end right, with another figure, and refused."""
    assistant = open_product(folder, store)
    view = assistant._now()
    asked = [one for each in assistant.documents() for one in asked_of(view.document(each.id))]
    random.Random(seed).shuffle(asked)
    counts: Counter[str] = Counter()
    for one in asked[:_MOST]:
        answer = assistant.ask(one.question)
        told = "right" if one.figure in fold(answer.text) else "another"
        counts["refused" if answer.status is Status.REFUSED else told] += 1
    assistant.close()
    return counts


def main() -> None:
    """Print the counts of each folder."""
    parser = argparse.ArgumentParser(prog="python -m eval.calibrate.literal", description=__doc__)
    parser.add_argument("folders", type=Path, nargs="+")
    for folder in parser.parse_args().folders:
        with tempfile.TemporaryDirectory() as store:
            counts = share_right(folder, Path(store))
        print(f"{folder.name}: {counts['right']} of {counts.total()} right, {counts['refused']} refused")


if __name__ == "__main__":
    main()
