"""Reading comprehension as an outside check: is the answer inside the extractive answer.

Beside it what bigram BM25 holds in its best passage, its best sentence and its best three, and how many
questions are refused once the paragraph that answers is removed.
`python -m eval.calibrate.reading --data DATA`
"""

from __future__ import annotations

import argparse
import json
import lzma
import math
import random
import re
import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from assistant.answer.choose.score import scored
from assistant.answer.evidence.candidates import READ, candidates
from assistant.answer.refuse.gaps import lacking
from assistant.search.plan import make_plan
from assistant.types import Filters, Status
from assistant.zh.fold import fold
from assistant.zh.sentences import clauses

if TYPE_CHECKING:
    from assistant import Assistant

_SETS = ("cmrc2018_dev", "drcd_dev")
_K1, _B = 1.2, 0.75  # of BM25, as usual


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, its accepted answers and the paragraph that gives them."""

    question: str
    answers: tuple[str, ...]
    paragraph: str

    def is_in(self, text: str) -> bool:
        """Tell whether `text` has one of the answers."""
        said = _plain(text)
        return any(_plain(answer) in said for answer in self.answers)


def main() -> None:
    """Index every paragraph of a set, ask its questions, print the shares."""
    parser = argparse.ArgumentParser(prog="python -m eval.calibrate.reading", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the folder of the reading sets")
    parser.add_argument("--questions", type=int, default=500, help="how many of each set; 0 for all")
    parser.add_argument("--seed", type=int, default=11)
    options = parser.parse_args()
    for name in _SETS:
        with lzma.open(options.data / f"{name}.jsonl.xz", "rt", encoding="utf-8") as lines:
            paragraphs = [json.loads(line) for line in lines]
        every = [
            Asked(q["question"], tuple(q["answers"]), p["id"]) for p in paragraphs for q in p["questions"]
        ]
        asked = random.Random(options.seed).sample(every, min(options.questions or len(every), len(every)))
        print(f"\n{name}, {len(asked)} questions   answer inside   median characters")
        _rivals(paragraphs, asked)
        with tempfile.TemporaryDirectory() as folder:
            assistant = _indexed(paragraphs, Path(folder))
            _product(assistant, asked)
            _removed(assistant, asked)
            assistant.close()


def _indexed(paragraphs: Sequence[dict[str, str]], folder: Path) -> Assistant:
    from assistant import Assistant

    records = [{"id": p["id"], "title": p["title"], "text": p["context"]} for p in paragraphs]
    listed = folder / "paragraphs.jsonl"
    listed.write_text("\n".join(json.dumps(r, ensure_ascii=False) for r in records), encoding="utf-8")
    assistant = Assistant.open(folder / "store")
    assistant.index([listed])
    return assistant


def _product(assistant: Assistant, asked: Sequence[Asked]) -> None:
    said, refused = [], 0
    for one in asked:
        answer = assistant.ask(one.question)
        refused += answer.status is Status.REFUSED
        said.append("" if answer.status is Status.REFUSED else re.sub(r"\[\d+\]", "", answer.text))
    _row("this product", asked, said)
    print(f"  refused {refused / len(asked):.1%}")


def _removed(assistant: Assistant, asked: Sequence[Asked]) -> None:
    """Print how many questions are refused once the paragraph that answers is removed."""
    view = assistant._now()
    refused = 0
    for one in asked:
        plan = make_plan(one.question, (), view.known)
        hits = view.retrieve(plan, Filters(), READ + 1)
        ranked = scored(plan, candidates([h for h in hits if h.passage.document != one.paragraph], view))
        refused += not ranked or bool(lacking(plan, ranked[0]))
    print(f"  refused with the paragraph removed {refused / len(asked):.1%}")


def _rivals(paragraphs: Sequence[dict[str, str]], asked: Sequence[Asked]) -> None:
    """Print what the best passage and the best sentences by bigram BM25 hold."""
    texts = [paragraph["context"] for paragraph in paragraphs]
    sentences = [text[start:end] for text in texts for start, end in clauses(text)]
    by_passage, by_sentence = _Bm25(texts), _Bm25(sentences)
    best = [by_sentence.best(one.question, 3) for one in asked]
    _row("best passage by bigram BM25", asked, ["".join(by_passage.best(one.question, 1)) for one in asked])
    _row("best sentence", asked, ["".join(found[:1]) for found in best])
    _row("best three sentences", asked, ["".join(found) for found in best])


def _row(name: str, asked: Sequence[Asked], said: Sequence[str]) -> None:
    inside = sum(one.is_in(text) for one, text in zip(asked, said, strict=True)) / len(asked)
    spoken = [len(text) for text in said if text] or [0]
    print(f"  {name:28s} {inside:14.1%} {median(spoken):12.0f}")


class _Bm25:
    """BM25 over pairs of characters."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._texts = texts
        self._lists: dict[str, list[tuple[int, int]]] = {}
        lengths = []
        for number, text in enumerate(texts):
            counts = Counter(_pairs(text))
            lengths.append(counts.total())
            for pair, count in counts.items():
                self._lists.setdefault(pair, []).append((number, count))
        mean = sum(lengths) / max(len(lengths), 1)
        self._norms = [_K1 * (1 - _B + _B * length / mean) for length in lengths]

    def best(self, question: str, k: int) -> list[str]:
        """Return the `k` best texts for `question`."""
        scores: dict[int, float] = {}
        for pair in set(_pairs(question)):
            found = self._lists.get(pair, ())
            weight = math.log(1 + (len(self._texts) - len(found) + 0.5) / (len(found) + 0.5))
            for number, count in found:
                share = count * (_K1 + 1) / (count + self._norms[number])
                scores[number] = scores.get(number, 0.0) + weight * share
        return [self._texts[number] for number in sorted(scores, key=lambda at: -scores[at])[:k]]


def _pairs(text: str) -> list[str]:
    plain = _plain(text)
    return [plain[at : at + 2] for at in range(len(plain) - 1)]


def _plain(text: str) -> str:
    return re.sub(r"\W", "", fold(text))


if __name__ == "__main__":
    main()
