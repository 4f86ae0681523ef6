"""The short report as Markdown, for a pull request."""

from __future__ import annotations

from collections.abc import Sequence

from ..damage import Row
from ..results import Run
from ..summary import Change
from . import cells


def markdown(
    run: Run, others: Sequence[Run] = (), damage: Sequence[Row] = (), changes: Sequence[Change] = ()
) -> str:
    """Return the headline figures, the table per kind, the other systems, the damage table, changes."""
    parts = [
        f"### {cells.name(run)}",
        _table(["metric", "value (95% interval)", "questions"], [list(row) for row in cells.headline(run)]),
        _table(["kind", "n", *map(cells.title, cells.KIND_METRICS)], cells.kind_rows(run.results)),
    ]
    if others:
        parts += ["#### Side by side", _table(*cells.system_rows([run, *others]))]
    if damage:
        caught, alarms = cells.damage_rows(damage)
        parts += [
            "#### The metrics, tested by damage",
            _table(["damage", "metric", "caught", "answers"], caught),
        ]
        parts.append(_table(["metric", "false alarms on harmless changes", "answers", "mostly on"], alarms))
    if changes:
        parts += ["#### Changed", _table(["", "id", "metric", "before", "after", "question"], _rows(changes))]
    return "\n\n".join(parts) + "\n"


def _rows(changes: Sequence[Change]) -> list[list[str]]:
    return [
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


def _table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)
