"""The damage table: does each metric tell a good answer from a damaged one.

Good answers are made from the gold evidence, damaged and re-worded by rule, and shown to the metrics:
the table gives per damage how often it is caught, and per harmless rewording how often it is not let
pass. No system under evaluation takes part.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.zh.sentences import sentences

from .changes import DAMAGES, HARMLESS, Case, Change
from .metrics import MEASURES
from .metrics.score import Sources
from .questions import Evidence, Question
from .reply import Cited, Reply

# what a harmless change must leave alone (`verbatim` is about one form of answer, so not here)
GUARDED = (
    "citation_recall citation_precision citation_validity exactness key_points completeness "
    "region_confusion repetition forbidden false_refusal lead"
).split()


@dataclass(frozen=True, slots=True)
class Row:
    """How often a metric flagged one kind of change."""

    change: str
    harmless: bool
    metric: str
    flagged: int
    count: int

    @property
    def rate(self) -> float:
        """Return the share of the changed answers that the metric flagged."""
        return self.flagged / self.count if self.count else 0.0


def good_cases(questions: Sequence[Question], sources: Sources) -> list[Case]:
    """Return a good answer, made of its evidence, for each question whose evidence carries it."""
    spare = tuple(_spare(sources))
    cases = []
    for question in questions:
        if not question.answerable or any(
            e.quote not in sources.get(e.document, "") for e in question.evidence
        ):
            continue
        cited = tuple(_cite(n, evidence, sources) for n, evidence in enumerate(question.evidence, 1))
        text = "\n".join(f"- {citation.quote}[{citation.n}]" for citation in cited)
        reply = Reply("answered", text, cited, seconds=0.01)
        score = MEASURES["key_points"].metric(question, reply, sources)
        if score is not None and score.value == 1:
            cases.append(Case(question, reply, sources, spare))
    return cases


def _cite(n: int, evidence: Evidence, sources: Sources) -> Cited:
    text = sources[evidence.document]
    start = text.index(evidence.quote)
    return _cited(n, evidence.document, text, start, start + len(evidence.quote))


def _cited(n: int, document: str, text: str, start: int, end: int) -> Cited:
    around = next((s for s in sentences(text) if s.start <= start < s.end), None)
    context = text[around.start : max(around.end, end)] if around else text[start:end]
    headings = [line.strip() for line in text[:start].splitlines() if 2 < len(line.strip()) <= 40]
    return Cited(n, document, text[start:end], start, end, context, section=tuple(headings[-1:]))


def _spare(sources: Sources) -> list[Cited]:
    return [
        _cited(1, document, text, span.start, span.end)
        for document, text in sources.items()
        for span in sentences(text)
        if 25 <= span.end - span.start <= 160
    ]


def table(questions: Sequence[Question], sources: Sources, seed: int = 0) -> list[Row]:
    """Return the damage table: catch rates first, then false alarms."""
    cases = good_cases(questions, sources)
    chance = random.Random(seed)
    rows = []
    for name, (change, metrics) in DAMAGES.items():
        changed = _changed(cases, change, chance)
        rows += [_row(name, False, metric, changed) for metric in metrics]
    rows.append(_unanswerable(questions, cases, sources, chance))
    for name, change in HARMLESS.items():
        changed = _changed(cases, change, chance)
        rows += [_row(name, True, metric, changed) for metric in GUARDED]
    return [row for row in rows if row.count]


def _changed(cases: Sequence[Case], change: Change, chance: random.Random) -> list[tuple[Case, Reply]]:
    pairs = ((case, change(case, chance)) for case in cases)
    return [(case, reply) for case, reply in pairs if reply is not None]


def _row(name: str, harmless: bool, metric: str, changed: Sequence[tuple[Case, Reply]]) -> Row:
    verdicts = [is_flagged(metric, case.question, reply, case.sources) for case, reply in changed]
    applied = [verdict for verdict in verdicts if verdict is not None]
    return Row(name, harmless, metric, sum(applied), len(applied))


def _unanswerable(
    questions: Sequence[Question], cases: Sequence[Case], sources: Sources, chance: random.Random
) -> Row:
    answered = [
        is_flagged("refusal", question, chance.choice(cases).reply, sources)
        for question in questions
        if not question.answerable and cases
    ]
    return Row("unanswerable question answered", False, "refusal", sum(map(bool, answered)), len(answered))


def is_flagged(metric: str, question: Question, reply: Reply, sources: Sources) -> bool | None:
    """Tell whether `metric` finds fault with the answer; None where it does not apply."""
    measure = MEASURES[metric]
    score = measure.metric(question, reply, sources)
    if score is None:
        return None
    return score.value < 1 if measure.higher else score.value > 0
