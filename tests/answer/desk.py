"""A desk of a few documents written for one test file."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from assistant import Assistant
from assistant.answer.evidence.candidates import Candidate, candidates
from assistant.search.plan import make_plan
from assistant.types import Filters, Plan

_HITS = 20


@contextmanager
def desk_of(folder: Path, *texts: str) -> Iterator[Assistant]:
    """Open a store in `folder` of documents with these `texts`; the first line of each is its title."""
    listed = folder / "documents.jsonl"
    records = [{"id": str(n), "title": text.split("\n", 1)[0], "text": text} for n, text in enumerate(texts)]
    listed.write_text("\n".join(json.dumps(one, ensure_ascii=False) for one in records), encoding="utf-8")
    opened = Assistant.open(folder / "store")
    try:
        opened.index([listed])
        yield opened
    finally:
        opened.close()


def looked_at(desk: Assistant, question: str) -> tuple[Plan, list[Candidate]]:
    """Return the plan of a question and the statements that the product looks at for it."""
    view = desk._now()
    plan = make_plan(question, (), view.known)
    return plan, candidates(view.retrieve(plan, Filters(), _HITS), view)
