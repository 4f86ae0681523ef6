"""Learn which statement answers and when none does, and draw the curves: refusals against false refusals.

Questions are asked with and without what answers them: reading comprehension (the answering statement cut,
the paragraph withheld, another interrogative), laypeople's questions about laws, questions made from figures
and clauses of documents, questions of another field, and the gold questions that may be looked at. With
`--write` the trees go into the product.
"""

from __future__ import annotations

import argparse
import json
import lzma
import random
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from assistant.answer.choose.judge import MODEL

from ..gold_laws.documents import write
from ..questions import GOLD, LAWS, PAGES, PROVINCES, load
from .cases import Case, figures, gold, reading
from .fit import fitted, out_of_fold
from .laws import laws
from .lists import Listed, listed
from .near import near_topics

if TYPE_CHECKING:
    from assistant import Assistant
    from assistant.types import Document

_TAUGHT = "cmrc2018_train.jsonl.xz"  # the development sets stay for judging
_EVERYDAY = Path(__file__).with_name("elsewhere.txt")
_FOREIGN, _FIGURES, _NEAR = 150, 62, 400  # questions of each of these sorts, for a store
_LINES = (0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5)


def main() -> None:
    """Learn from all questions and print the curves out of fold."""
    parser = argparse.ArgumentParser(prog="python -m eval.calibrate", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the folder of the reading sets and reports")
    parser.add_argument("--questions", type=int, default=1200, help="how many of the reading set")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--write", action="store_true", help="put the trees into the product")
    options = parser.parse_args()
    chance = random.Random(options.seed)
    with tempfile.TemporaryDirectory() as folder:
        asked = [*_asked(options.data, options.questions, chance, Path(folder))]
    _curves(asked)
    if options.write:
        judge = fitted(asked)
        np.savez_compressed(MODEL, **judge.fit.arrays("fit_"), **judge.chance.arrays("chance_"))


def _asked(data: Path, count: int, chance: random.Random, folder: Path) -> Iterator[Listed]:
    yield from _read(folder / "reading", *reading(data / _TAUGHT, count, chance))
    yield from _read(folder / "laws", *laws(data, chance))
    corpus = _store(folder / "corpus", Path("corpus"))
    ours = _gold(GOLD, "dev", "more_dev", "third_dev", "fourth_dev", "fifth_dev", "sixth_dev")
    foreign, everyday = _foreign(data, 2 * _FOREIGN, chance), _everyday()
    yield from _listed(corpus, [*ours, *_near(corpus, chance), *foreign[:_FOREIGN], *everyday])
    reports = _store(folder / "reports", data / "gov_reports")
    made = [case for case in figures(_documents(reports), _FIGURES, chance) if not case.answerable]
    ours = _gold(PROVINCES, "dev", "second_dev", "third_dev", "fourth_dev")
    yield from _listed(reports, [*ours, *_near(reports, chance), *made, *foreign[_FOREIGN:], *everyday])
    pages = _store(folder / "pages", data / "policy_html")
    ours = _gold(PAGES, "dev", "second_dev", "third_dev", "fourth_dev")
    yield from _listed(pages, [*ours, *_near(pages, chance), *everyday])
    write(data, folder / "written")
    asked_about = _store(folder / "asked about", folder / "written")
    yield from _listed(
        asked_about, [*_gold(LAWS, "dev", "second_dev"), *_near(asked_about, chance), *everyday]
    )


def _read(folder: Path, records: Sequence[dict[str, str]], cases: Sequence[Case]) -> Iterator[Listed]:
    """Yield the cases over a store of records."""
    path = folder.with_suffix(".jsonl")
    path.write_text("\n".join(json.dumps(r, ensure_ascii=False) for r in records), encoding="utf-8")
    yield from _listed(_store(folder, path), cases)


def _documents(assistant: Assistant) -> list[Document]:
    return [assistant.document(summary.id) for summary in assistant.documents()]


def _near(assistant: Assistant, chance: random.Random) -> list[Case]:
    return near_topics(_documents(assistant), _NEAR, chance)


def _gold(folder: Path, *sets: str) -> list[Case]:
    return gold([question for name in sets for question in load(folder / f"{name}.jsonl")])


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


def _store(folder: Path, source: Path) -> Assistant:
    from assistant import Assistant

    assistant = Assistant.open(folder)
    assistant.index([source])
    return assistant


def _listed(assistant: Assistant, cases: Sequence[Case]) -> Iterator[Listed]:
    yield from listed(assistant, cases)
    assistant.close()


def _curves(asked: Sequence[Listed]) -> None:
    """Print the shares refused out of fold, and how often the statement chosen is right."""
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
