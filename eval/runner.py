"""Ask a system every question of a set, judge the answers, keep the results."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from . import results
from .metrics import MEASURES
from .metrics.score import Score, Sources
from .questions import Question
from .reply import Reply
from .results import Result, Run
from .systems import System

Progress = Callable[[int], None]  # told how many questions are done


def run(
    system: System,
    questions: Sequence[Question],
    sources: Sources,
    output: Path,
    head: dict[str, Any],
    progress: Progress | None = None,
) -> Run:
    """Return the results of `questions`, each written to `output` as it comes.

    What `output` holds of the same run (the same head) is kept and not asked again.
    """
    done = _kept(output, head)
    results.write_head(output, head)  # drops a line that was cut off, and the end of an earlier run
    for result in done.values():
        results.append(output, result)
    for count, question in enumerate(questions, 1):
        if question.id not in done:
            reply = system.reply(question)
            scores = judge(question, Reply.from_record(reply), sources)
            line = results.record(question, reply, scores)
            done[question.id] = Result(question, Reply.from_record(reply), scores, line)
            results.append(output, done[question.id])
        if progress:
            progress(count)
    peak = results.peak_memory()
    results.write_end(output, peak)
    return Run(head, tuple(done[question.id] for question in questions), peak)


def _kept(output: Path, head: dict[str, Any]) -> dict[str, Result]:
    """Return the results that `output` holds of the same run, none where it holds another."""
    if not output.exists():
        return {}
    try:
        earlier = results.read(output)
    except ValueError:
        return {}
    return {result.question.id: result for result in earlier.results} if earlier.head == head else {}


def judge(question: Question, reply: Reply, sources: Sources) -> dict[str, Score]:
    """Return what every metric that applies says of one reply."""
    scores = {name: measure.metric(question, reply, sources) for name, measure in MEASURES.items()}
    return {name: score for name, score in scores.items() if score is not None}
