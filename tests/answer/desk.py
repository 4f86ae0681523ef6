"""A desk of a few documents written for one test file."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from assistant import Assistant


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
