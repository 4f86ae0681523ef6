"""The short report as Markdown, for a pull request."""

from __future__ import annotations

from collections.abc import Sequence

from ..results import Run
from ..summary import Change
from . import cells


def markdown(run: Run, changes: Sequence[Change] = ()) -> str:
    """Return the headline figures, the table per kind and what changed."""
    parts = [
        f"### {cells.name(run)}",
        _table(["metric", "value (95% interval)", "questions"], [list(row) for row in cells.headline(run)]),
        _table(["kind", "n", *map(cells.title, cells.KIND_METRICS)], cells.kind_rows(run.results)),
    ]
    if changes:
        rows = [
            [
                "better" if change.is_better else "worse",
                change.id,
                cells.title(change.metric),
                cells.figure(change.metric, change.before),
                cells.figure(change.metric, change.after),
                change.question,
            ]
            for change in changes
        ]
        parts.append(_table(["", "id", "metric", "before", "after", "question"], rows))
    return "\n\n".join(parts) + "\n"


def _table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)
