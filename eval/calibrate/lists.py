"""What the product looks at for a question: statements with their signals, and which of them are right."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from assistant.answer.choose.phrasing import Marks, Phrasing, said
from assistant.answer.choose.score import LIKELY, Scored, speaks, weighed
from assistant.answer.evidence.candidates import READ, Candidate, candidates
from assistant.answer.forms.sorts import AS_GOOD, Sort, about, showing, sort_of
from assistant.answer.refuse.gaps import misplaced
from assistant.search.plan import make_plan
from assistant.trees import Scores
from assistant.types import Filters, Hit, Plan

from .cases import Case, plain

if TYPE_CHECKING:
    from assistant import Assistant

_BEHIND = 1e3  # what no fit makes up for


@dataclass(frozen=True, slots=True)
class Listed:
    """A case with the statements looked at for it, those that speak of the place and year asked for first."""

    case: Case
    kind: str
    signals: NDArray[np.float32]  # a row for each statement
    right: NDArray[np.int8]  # 1 for a statement that answers, 0 for one that does not, -1 not known
    says: NDArray[np.bool_]  # whether it holds the answer, wherever it stands
    first: NDArray[np.bool_]  # whether it goes before the others, whatever its chance
    named: NDArray[np.bool_]  # whether a rule names what it lacks, or it lacks what must be shown
    shows: NDArray[np.bool_]  # whether it shows a thing of the sort asked for, where there is a sort
    score: NDArray[np.float32]  # by rule
    question: str  # as it was resolved
    said: tuple[tuple[str, str], ...]  # each statement and what stands around it
    genre: str  # of the documents

    @property
    def tells(self) -> bool:
        """Tell whether it is known if its statements answer, and one can where one should."""
        return not self.case.answerable or bool(self.says.any())

    def best(self, fit: Scores) -> int:
        """Return the place of the statement that the product would choose, given how well each fits."""
        order = np.argsort(-np.where(self.first, fit, fit - _BEHIND), kind="stable")
        as_good = self.score[order] >= AS_GOOD * self.score[order[0]]
        showing = order[self.shows[order] & as_good]
        return int(showing[0] if len(showing) else order[0])

    def likely(self, fit: Scores) -> list[int]:
        """Return the places of the statements that the product looks at for the likeliest one."""
        best = self.best(fit)
        if self.shows.any():
            return [best]
        behind = [int(at) for at in np.argsort(-fit, kind="stable") if at != best and self.first[at]]
        return [best, *(behind if self.first[best] else [])][:LIKELY]

    def marks(self, at: int) -> Marks:
        """Return the marks of the wording that the statement at place `at` has."""
        return Phrasing(self.question).marks(*self.said[at])

    def answers(self, at: int) -> bool:
        """Tell whether stating the statement at place `at` would be right."""
        return self.case.answerable and bool(self.says[at]) and bool(self.right[at])


def listed(assistant: Assistant, cases: Sequence[Case], genre: str) -> Iterator[Listed]:
    """Yield each of the `cases` as the product sees it over documents of a `genre`."""
    for case, plan, found in retrieved(assistant, cases):
        sort = sort_of(plan)
        plan = about(plan, sort) if sort else plan
        closely, signals = weighed(plan, found)
        if closely:
            yield _list(case, plan, sort, closely, signals, genre)


def retrieved(assistant: Assistant, cases: Sequence[Case]) -> Iterator[tuple[Case, Plan, list[Candidate]]]:
    """Yield each of the `cases` with its plan and the statements that search finds, but what is withheld."""
    view = assistant._now()
    for case in cases:
        plan = make_plan(case.question, (), view.known)
        hits = [hit for hit in view.retrieve(plan, Filters(), 2 * READ) if not _is_withheld(hit, case)]
        hits = [replace(hit, rank=rank) for rank, hit in enumerate(hits[:READ], 1)]
        yield case, plan, candidates(hits, view)


def _list(
    case: Case,
    plan: Plan,
    sort: Sort | None,
    closely: Sequence[Scored],
    signals: NDArray[np.float32],
    genre: str,
) -> Listed:
    holds = np.array([_holds(case, one.candidate) for one in closely], np.bool_)
    right = np.array(
        [_right(case, one.candidate, its) for one, its in zip(closely, holds, strict=True)], np.int8
    )
    named = bool(plan.regions or plan.years)
    shows = np.array([bool(sort and showing(sort, [one])) for one in closely])
    untold = ~shows if sort and sort.required else np.zeros(len(closely), np.bool_)
    return Listed(
        case,
        plan.kind.value,
        signals,
        right,
        holds,
        np.array([not named or speaks(one) for one in closely]),
        untold | np.array([bool(misplaced(plan, one)) for one in closely]),
        shows,
        np.array([one.score for one in closely], np.float32),
        plan.resolved,
        tuple(said(one.candidate) for one in closely),
        genre,
    )


def is_right(case: Case, candidate: Candidate) -> bool:
    """Tell whether it is known of a statement that it answers."""
    return _right(case, candidate, _holds(case, candidate)) == 1


def _holds(case: Case, candidate: Candidate) -> bool:
    text = plain(candidate.folded)
    return any(plain(answer) in text for answer in case.answers)


def _right(case: Case, candidate: Candidate, said: bool) -> int:
    """Return 1 for a statement that answers, 0 for one that does not, -1 where that is not known."""
    if not case.answerable:
        return 0
    if not case.answers:
        return -1
    if not said:
        return 0
    if case.home:
        return 1 if candidate.document.id == case.home else -1
    text = plain(candidate.folded)
    return 1 if any(text in quote or quote in text for quote in case.evidence) else -1


def _is_withheld(hit: Hit, case: Case) -> bool:
    if case.withheld and hit.passage.document == case.withheld:
        return True
    text = plain(hit.passage.text) if case.quotes else ""
    return any(quote in text for quote in case.quotes)
