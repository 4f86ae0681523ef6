"""The way of a document, joined: load → repair → outline → split → embed → store.

`core` calls `index_paths`; no other place joins these stages.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from ..index.embed import Embedder
from ..index.sources import scan
from ..index.store import Store
from ..types import FileResult
from .context import Context, is_companion
from .reading import prepared
from .run import Progress, Run

__all__ = ["Progress", "index_paths"]


def index_paths(
    paths: Iterable[Path],
    store: Store,
    embedder: Embedder,
    *,
    budget: int,
    again: bool = False,
    progress: Progress | None = None,
) -> list[FileResult]:
    """Bring `store` up to date with the files under `paths`; tell how each file ended.

    `budget` is the size of a passage in tokens; `again` reads every file, changed or not, and forgets
    those of a path that is gone. One bad file never stops the others. Raises UsageError for a path that
    does not exist, StoreLockedError when another process writes the store.
    """
    roots = [path.absolute() for path in paths]
    context = Context(roots, budget)
    with store.writer() as writer:
        known = store.known()
        if again:
            known = {path: replace(old, modified=-1, fingerprint="") for path, old in known.items()}
        found = scan(roots, known, context=context.of, ignore=is_companion, forget=again)
        run = Run(writer, embedder, found, progress, again)
        run.take(prepared(found, context))
        run.settle()
    return run.results
