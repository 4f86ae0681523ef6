"""`tune`: learn from a desk's own questions, or take the last tuning back."""

from __future__ import annotations

import sys
from pathlib import Path

from ..console import print_table, status
from ..learn.tune import TuneReport, tune, undo
from ..messages import say
from ..settings import Settings

_HEADERS = ("指标 measure", "训练前 before", "训练后 after", "差 difference", "未见过 unseen")


def run_tune(file: Path, settings: Settings) -> int:
    """Learn from the questions in `file`; print what it brought, by cross-validation.

    Returns 1 when some question's evidence is not in the store, each named on stderr, else 0.
    """
    with status(say("tune.progress")) as progress:
        report = tune(file, settings, progress)
    for question in report.unresolved:
        print(say("tune.unresolved", question=question), file=sys.stderr)
    print_table(_HEADERS, _rows(report))
    key = "tune.kept" if report.kept else "tune.harmful" if report.own_words.high < 0 else "tune.dropped"
    told = {"questions": report.questions, "unseen": report.unseen, "seconds": report.seconds}
    print(say(key, **told, own_words=report.own_words), file=sys.stderr)
    return 1 if report.unresolved else 0


def _rows(report: TuneReport) -> list[tuple[str, ...]]:
    columns = (report.before, report.after, report.difference, report.unseen_difference)
    return [
        (measure, *(str(column[measure]) if measure in column else "" for column in columns))
        for measure in report.before
    ]


def run_undo(settings: Settings) -> int:
    """Take the newest tuning of the store away."""
    left = undo(settings.store)
    print(say("tune.undone.left", path=left) if left else say("tune.undone"), file=sys.stderr)
    return 0
