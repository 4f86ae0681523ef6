"""Measure the verifier on corrupted and on true statements."""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator
from pathlib import Path

from assistant.answer.proof.verify import verify
from assistant.ingest.load import load_file
from assistant.ingest.read import documents
from assistant.types import Citation, Document
from assistant.zh import places
from assistant.zh.quantities import quantities
from assistant.zh.sentences import clauses

from .corruptions import CORRUPTIONS, TRUE, Case, Change

CHECKOUT = Path(__file__).parents[2]
_SHORTEST, _LONGEST = 14, 140  # characters of a statement


def main() -> None:
    """Print, for each corruption, how many are caught, and how many true statements are rejected."""
    parser = argparse.ArgumentParser(prog="python -m eval.verify", description=__doc__)
    parser.add_argument("--data", type=Path, help="a folder with gov_reports/, beside the five documents")
    parser.add_argument("--statements", type=int, default=1500, help="how many true statements to take")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--show", type=int, default=0, help="how many mistakes of each sort to print")
    options = parser.parse_args()
    folders = [CHECKOUT / "corpus"] + ([options.data / "gov_reports"] if options.data else [])
    chance = random.Random(options.seed)
    cases = list(_cases(folders))
    chance.shuffle(cases)
    cases = cases[: options.statements]
    print(f"{len(cases)} statements")
    _report("caught", CORRUPTIONS, cases, chance, options.show, wrong="")
    _report("rejected", TRUE, cases, chance, options.show, wrong="reason")


def _report(
    word: str, changes: dict[str, Change], cases: list[Case], chance: random.Random, show: int, wrong: str
) -> None:
    total = failed = 0
    for name, change in changes.items():
        made = [(case, text) for case in cases if (text := change(case, chance)) is not None]
        made = [(c, t) for c, t in made if t != c.text or name == "verbatim"]
        reasons = [verify(text, [case.citation]) for case, text in made]
        caught = sum(bool(reason) for reason in reasons)
        total, failed = total + len(made), failed + caught
        print(f"{name:16s} {caught:5d} of {len(made):5d} {word}  {caught / max(1, len(made)):6.1%}")
        shown = [(c, t, r) for (c, t), r in zip(made, reasons, strict=True) if bool(r) == bool(wrong)]
        for case, text, reason in shown[:show]:
            print(f"    {case.citation.quote}\n    -> {text}  [{reason}]")
    print(f"{'all':16s} {failed:5d} of {total:5d} {word}  {failed / max(1, total):6.1%}\n")


def _cases(folders: list[Path]) -> Iterator[Case]:
    for folder in folders:
        read = [_read(path) for path in sorted(folder.iterdir()) if path.suffix in (".txt", ".docx")]
        every = [(d, s) for document in read for d, s in _statements(document)]
        texts = [document.text[start:end] for document, (start, end) in every]
        for index, (document, (start, end)) in enumerate(every):
            others = texts[max(0, index - 60) : index] + texts[index + 1 : index + 60]
            yield Case(document.text[start:end], _citation(document, start, end), others)


def _read(path: Path) -> Document:
    loaded = next(iter(load_file(path)))
    return documents(loaded, id=path.stem, path=path.name)


def _statements(document: Document) -> Iterator[tuple[Document, tuple[int, int]]]:
    for start, end in clauses(document.text):
        text = document.text[start:end]
        inside = document.section_at(start)
        if _SHORTEST <= end - start <= _LONGEST and start >= inside.body_start and _tells(text):
            yield document, (start, end)


def _tells(text: str) -> bool:
    return bool(quantities(text) or places.find(text) or "、" in text)


def _citation(document: Document, start: int, end: int) -> Citation:
    text = document.text
    first = max(text.rfind("。", 0, start), text.rfind("\n", 0, start)) + 1
    stops = [position for mark in "。\n" if (position := text.find(mark, end - 1)) >= 0]
    last = min(stops, default=len(text)) + 1
    section = document.section_at(start)
    return Citation(
        n=1,
        document=document.id,
        title=document.title,
        section=section.path,
        quote=text[start:end],
        start=start,
        end=end,
        context=text[first:last],
        original=text[start:end],
        region=section.region or document.metadata.region,
        date=document.metadata.issued,
    )


if __name__ == "__main__":
    main()
