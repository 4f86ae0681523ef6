"""The short report in the terminal."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table

from ..results import Run
from ..summary import Change
from . import cells


def show(run: Run, console: Console) -> None:
    """Print the headline figures and the table per kind."""
    table = Table(title=cells.name(run), title_justify="left")
    for column in ("metric", "value (95% interval)", "questions"):
        table.add_column(column, justify="left" if column == "metric" else "right")
    for row in cells.headline(run):
        table.add_row(*row)
    console.print(table)
    kinds = Table("kind", "n", *map(cells.title, cells.KIND_METRICS), title="by kind", title_justify="left")
    for kind_row in cells.kind_rows(run.results):
        kinds.add_row(*kind_row)
    console.print(kinds)


def show_changes(changes: Sequence[Change], console: Console) -> None:
    """Print every question that changed, better first."""
    table = Table("", "id", "metric", "before", "after", "question", title="changed", title_justify="left")
    for change in sorted(changes, key=lambda change: (not change.is_better, change.id)):
        sign = "[green]better[/]" if change.is_better else "[red]worse[/]"
        before, after = (cells.figure(change.metric, value) for value in (change.before, change.after))
        table.add_row(sign, change.id, cells.title(change.metric), before, after, change.question)
    console.print(table if changes else "Nothing changed.")


def show_systems(runs: Sequence[Run], console: Console) -> None:
    """Print the systems side by side."""
    header, rows = cells.system_rows(runs)
    table = Table(*header, title="side by side", title_justify="left")
    for row in rows:
        table.add_row(*row)
    console.print(table)
