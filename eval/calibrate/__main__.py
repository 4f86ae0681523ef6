"""Learn which statement answers and when none does, and draw the curves: refusals against false refusals.

Questions are asked with and without what answers them: questions written to teach over six collections,
reading comprehension (the answering statement cut, the paragraph withheld), laypeople's questions about laws,
questions of another field, and the gold questions that may be looked at. With `--write` the trees go into
the product.
"""

from __future__ import annotations

import argparse
import json
import lzma
import random
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from assistant.answer.choose.judge import MODEL

from ..gold_laws.documents import write
from ..questions import GOLD, LAWS, NOTICES, PAGES, PROVINCES, load, notices_of
from . import documents
from .cases import Case, gold, reading
from .fit import fitted, out_of_fold
from .laws import laws
from .lists import Listed, listed
from .taught import TAUGHT, taught

_TAUGHT = "cmrc2018_train.jsonl.xz"  # the development sets stay for judging
_EVERYDAY = Path(__file__).with_name("elsewhere.txt")
# collections of documents that questions were written about, by their genre
_LAWS = ("laws", "more_laws", "third_laws")
_NEWS = ("news", "more_news", "third_news")
_NATIONAL = ("national", "earlier_national")
_NOTICES = tuple(f"notices_{number}" for number in range(1, 18))  # invented, each of its own places
_FOREIGN = 150  # questions about encyclopedia articles, for a store
_LINES = (0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5)


def main() -> None:
    """Learn from all questions and print the curves out of fold."""
    parser = argparse.ArgumentParser(prog="python -m eval.calibrate", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the folder of the reading sets and reports")
    parser.add_argument("--questions", type=int, default=2000, help="how many of the reading set")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--write", action="store_true", help="put the trees into the product")
    options = parser.parse_args()
    chance = random.Random(options.seed)
    with tempfile.TemporaryDirectory() as folder:
        asked = [
            one
            for number, collection in enumerate(
                collections(options.data, options.questions, chance, Path(folder))
            )
            for one in looked_at(collection, Path(folder, f"store {number}"))
        ]
    _curves(asked)
    if options.write:
        judge = fitted(asked)
        np.savez_compressed(MODEL, **judge.arrays())


class Collection(NamedTuple):
    """What is indexed, of which genre, and the questions asked of it."""

    genre: str
    source: Path
    cases: list[Case]


def collections(data: Path, count: int, chance: random.Random, folder: Path) -> list[Collection]:
    """Return all collections; what is in no file yet is put into `folder`."""
    write(data, folder / "asked about")
    for name in _NATIONAL:
        documents.national(data, folder / name)
    for name in _LAWS:
        documents.laws(data, folder / name)
    for name in _NEWS:
        documents.news(data, folder / name)
    foreign, everyday = _foreign(data, 2 * _FOREIGN, chance), _everyday()
    ours = [*_gold(GOLD), *taught("corpus"), *foreign[:_FOREIGN], *everyday]
    reports = [*_gold(PROVINCES), *taught("reports"), *foreign[_FOREIGN:], *everyday]
    return [
        _records("encyclopedia", folder / "reading.jsonl", *reading(data / _TAUGHT, count, chance)),
        _records("law", folder / "law questions.jsonl", *laws(data, chance)),
        Collection("study", Path("corpus"), ours),
        Collection("report", data / "gov_reports", reports),
        Collection("guide", data / "policy_html", [*_gold(PAGES), *taught("pages"), *everyday]),
        Collection("law", folder / "asked about", [*_gold(LAWS), *everyday]),
        *(Collection("report", folder / name, taught(name)) for name in _NATIONAL),
        *(Collection("law", folder / name, taught(name)) for name in _LAWS),
        *(Collection("news", folder / name, taught(name)) for name in _NEWS),
        *(Collection("notice", TAUGHT / name, taught(name)) for name in _NOTICES),
        *(
            Collection("notice", notices_of(path), _cases(path))
            for path in sorted(NOTICES.glob("*dev.jsonl"))
        ),
    ]


def looked_at(collection: Collection, store: Path) -> Iterator[Listed]:
    """Yield the cases of a collection as the product sees them over a store of it."""
    from assistant import Assistant

    assistant = Assistant.open(store)
    assistant.index([collection.source])
    yield from listed(assistant, collection.cases, collection.genre)
    assistant.close()


def _records(genre: str, path: Path, records: Sequence[dict[str, str]], cases: list[Case]) -> Collection:
    path.write_text("\n".join(json.dumps(r, ensure_ascii=False) for r in records), encoding="utf-8")
    return Collection(genre, path, cases)


def _gold(folder: Path) -> list[Case]:
    """Return the cases of the sets of `folder` that may be looked at."""
    return [case for path in sorted(folder.glob("*dev.jsonl")) for case in _cases(path)]


def _cases(path: Path) -> list[Case]:
    return gold(load(path))


def _foreign(data: Path, count: int, chance: random.Random) -> list[Case]:
    """Return questions about encyclopedia articles, which no policy document answers."""
    with lzma.open(data / _TAUGHT, "rt", encoding="utf-8") as lines:
        asked = [question["question"] for line in lines for question in json.loads(line)["questions"]]
    return [Case(question, False, "other matter") for question in chance.sample(asked, count)]


def _everyday() -> list[Case]:
    """Return questions of everyday life, which no policy document answers either."""
    lines = _EVERYDAY.read_text(encoding="utf-8").splitlines()
    return [
        Case(line, False, "other matter, everyday") for line in lines if line and not line.startswith("#")
    ]


def _curves(asked: Sequence[Listed]) -> None:
    """Print the shares refused over genres not learnt from, and how often the statement chosen is right."""
    found = out_of_fold(asked)
    for name, is_figure in (("figure", True), ("other", False)):
        of = [
            (one, *choice)
            for one, choice in zip(asked, found, strict=True)
            if (one.kind == "figure") is is_figure
        ]
        sources = sorted({(one.case.source, one.case.answerable) for one, _, _ in of})
        print(f"\n{name}: share refused out of fold, by the least chance")
        print(
            "line  "
            + "".join(f"{source + (', answerable' if able else ''):>32s}" for source, able in sources)
        )
        for line in _LINES:
            cells = []
            for source in sources:
                refused = [
                    chance < line or one.named[at]
                    for one, at, chance in of
                    if (one.case.source, one.case.answerable) == source
                ]
                cells.append(f"{np.mean(refused):32.1%}")
            print(f"{line:5.2f} " + "".join(cells))
        right = [one.says[at] for one, at, _ in of if one.case.answerable and one.says.any()]
        print(f"right statement chosen, where one is looked at: {np.mean(right):.1%} of {len(right)}")


if __name__ == "__main__":
    main()
