"""Answer a file of questions, row by row; a second run goes on where the first stopped."""

from __future__ import annotations

import hashlib
import sys
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..console import progress
from ..errors import AssistantError, StoreError, UsageError
from ..messages import describe, one_line, say
from ..present import answer_json, error_json
from .journal import Journal
from .outputs import OUTPUTS, Output, open_output
from .questions import Questions, Row, read_questions

if TYPE_CHECKING:
    from ..core import Assistant

Filters = Mapping[str, Any]


def run_batch(
    assistant: Assistant,
    source: Path,
    output: Path,
    *,
    column: str | None,
    filters: Filters,
    overwrite: bool = False,
) -> int:
    """Answer the questions in `source` into `output` and return the exit code.

    1 when some row failed (each named on stderr), else 0. Raises UsageError on input, output or filters
    that cannot be used and for an output that is there and not to `overwrite`, StoreError when the store
    fails, KeyboardInterrupt once what is done is saved.
    """
    questions = read_questions(source, column)
    _check_output(source, output)
    assistant.documents(**filters)  # a filter that nothing meets ends the run before anything is written
    journal = Journal(
        output.with_name(output.name + ".journal"), _identity(assistant, source, questions.column, filters)
    )
    if output.exists() and not (overwrite or journal.begun):  # what a run has begun it goes on with
        raise UsageError(say("batch.exists", path=output))
    _tell_start(journal, len(questions.rows))
    for sheet in questions.left_out:
        print(sheet, file=sys.stderr)
    with journal:
        counts = _answer_all(assistant, questions, output, journal, filters)
    if not counts["error"]:
        journal.remove()
    print(say("batch.done", total=len(questions.rows), path=output, **counts), file=sys.stderr)
    return 1 if counts["error"] else 0


def _check_output(source: Path, output: Path) -> None:
    if output.suffix.lower() not in OUTPUTS:
        raise UsageError(say("batch.format", path=output, formats=", ".join(OUTPUTS)))
    if not output.parent.is_dir():
        raise UsageError(say("batch.folder", path=output.parent))
    if output.exists() and output.samefile(source):
        raise UsageError(say("batch.same", path=output))


def _identity(assistant: Assistant, source: Path, column: str, filters: Filters) -> dict[str, Any]:
    """Return what makes two runs the same: their answers may stand in one file."""
    settings = assistant.settings
    return {
        "input": hashlib.sha256(source.read_bytes()).hexdigest(),
        "column": column,
        "filters": {name: str(value) for name, value in filters.items() if value},
        "store": [str(settings.store), assistant.generation],
        "models": [settings.embedding, settings.llm_url, settings.llm_model],
    }


def _tell_start(journal: Journal, total: int) -> None:
    if journal.outdated:
        print(say("batch.changed"), file=sys.stderr)
    elif journal.done:
        done = len(journal.done)
        print(say("batch.resumed", done=done, left=total - done), file=sys.stderr)


def _answer_all(
    assistant: Assistant, questions: Questions, output: Path, journal: Journal, filters: Filters
) -> Counter[str]:
    counts = Counter(answered=0, partial=0, refused=0, error=0)
    total = len(questions.rows)
    try:
        target = open_output(output, questions)
        try:
            with progress(say("batch.progress")) as report:
                for row in questions.rows:
                    answer = journal.done.get(row.number) or _answer(assistant, row, journal, filters)
                    _write(target, row, answer, counts)
                    report(row.number, total, "")
        except KeyboardInterrupt:
            print(say("batch.interrupted", done=counts.total(), total=total), file=sys.stderr)
            raise
        finally:
            target.close()
    except PermissionError as error:
        raise UsageError(say("batch.locked", path=output, journal=journal.path)) from error
    return counts


def _answer(assistant: Assistant, row: Row, journal: Journal, filters: Filters) -> dict[str, Any]:
    """Return the answer to one row; whatever is wrong with the row stays with the row."""
    if row.error:
        return error_json(row.question, row.error, id=row.id)
    try:
        answer = answer_json(replace(assistant.ask(row.question, **filters), id=row.id))
    except StoreError:
        raise
    except AssistantError as error:
        return error_json(row.question, describe(error), id=row.id)
    except Exception as error:
        return error_json(row.question, one_line(f"{type(error).__name__}: {error}"), id=row.id)
    if answer["status"] != "error":  # an error is tried again by the next run
        journal.add(row.number, answer)
    return answer


def _write(target: Output, row: Row, answer: Mapping[str, Any], counts: Counter[str]) -> None:
    target.write(row, answer)
    counts[answer["status"]] += 1
    if answer["status"] == "error":
        print(say("batch.row", sheet=row.sheet, row=row.line, reason=answer["error"]), file=sys.stderr)
