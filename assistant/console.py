"""Tables and progress bars in a terminal, by rich."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from time import monotonic

PLAIN_EVERY = 10.0  # seconds between two lines of progress where there is no terminal

# wide enough that a file or a pipe gets every cell on one line
_UNLIMITED = 100_000


def print_table(headers: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print a table on stdout: fitted to a terminal, unbroken lines anywhere else."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    terminal = sys.stdout.isatty()
    console = Console(file=sys.stdout, width=None if terminal else _UNLIMITED, highlight=False)
    table = Table(box=None, pad_edge=False, header_style="bold")
    for header in headers:
        table.add_column(header, overflow="fold" if terminal else "ignore", no_wrap=not terminal)
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))  # Text: a title may hold [brackets]
    console.print(table)


@contextmanager
def progress(what: str) -> Iterator[Callable[[int, int, str], None]]:
    """Show how far the block is; call what it yields with (done, total, item).

    On a terminal that is a bar with rate and time left, elsewhere a line on stderr now and then.
    """
    from rich.console import Console

    console = Console(stderr=True)
    if not console.is_terminal:
        yield _plain_progress(what)
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
    from rich.table import Column

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
        TextColumn("{task.fields[item]}", markup=False, table_column=Column(no_wrap=True, ratio=1)),
    )
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task(what, total=None, item="", rate="")

        def report(done: int, total: int, item: str) -> None:
            speed = bar.tasks[0].speed
            bar.update(task, completed=done, total=total, item=item, rate=f"{speed:,.1f}/s" if speed else "")

        yield report


def _plain_progress(what: str) -> Callable[[int, int, str], None]:
    last = monotonic()

    def report(done: int, total: int, item: str) -> None:
        nonlocal last
        if monotonic() - last >= PLAIN_EVERY:
            last = monotonic()
            print(f"{what} {done}/{total} {item}", file=sys.stderr, flush=True)

    return report


@contextmanager
def status(what: str) -> Iterator[Callable[[str], None]]:
    """Show on stderr what is being done while the block runs; call what it yields with the step."""
    from rich.console import Console

    console = Console(stderr=True)
    with console.status(what) as shown:
        yield lambda step: shown.update(f"{what} {step}")
