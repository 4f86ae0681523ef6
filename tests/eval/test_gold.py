"""The gold questions are well formed, stand in the documents, and the first thirty are answered."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from assistant.types import Status
from eval import questions
from eval.metrics.text import says
from eval.questions import ANSWERABLE_KINDS, UNANSWERABLE_KINDS, Question

if TYPE_CHECKING:
    from assistant import Assistant

# a folder with `gov_reports/`, `policy_html/` and the laws, what these questions are about; not in the
# checkout
DATA = os.environ.get("EVAL_DATA", "")
OUTSIDE = {questions.PROVINCES: "gov_reports", questions.PAGES: "policy_html", questions.LAWS: "laws"}
ABOUT_OUTSIDE = [
    q for folder in OUTSIDE for path in sorted(folder.glob("*.jsonl")) for q in questions.load(path)
]
# invented documents, which lie beside their questions
NOTICES = sorted(questions.NOTICES.glob("*.jsonl"))
ABOUT_NOTICES = [question for path in NOTICES for question in questions.load(path)]
SETS = sorted(questions.GOLD.glob("*.jsonl"))
EVERY = [question for path in SETS for question in questions.load(path)]
SPINE = questions.load(questions.GOLD / "spine.jsonl")


def test_ids_and_questions_are_used_once() -> None:
    everything = [*EVERY, *ABOUT_OUTSIDE, *ABOUT_NOTICES]
    assert len({question.id for question in everything}) == len(everything)
    assert len({(question.question, question.history) for question in everything}) == len(everything)


@pytest.mark.parametrize(
    ("held_back", "seen"),
    [("test", "dev"), ("blind", "*dev"), ("blind_two", "*dev"), ("blind_three", "*dev")],
)
def test_questions_held_back_are_no_copies_of_those_that_may_be_seen(held_back: str, seen: str) -> None:
    # `more_dev` came after `test`: the documents are too short to keep these two apart as well
    for folder in (questions.GOLD, questions.PROVINCES):
        visible = [question for path in folder.glob(f"{seen}.jsonl") for question in questions.load(path)]
        hidden = questions.load(folder / f"{held_back}.jsonl")
        facts = {(e.document, e.quote) for question in visible for e in question.evidence}
        shared = [q.id for q in hidden if {(e.document, e.quote) for e in q.evidence} & facts]
        # an outline's first and last heading may begin other questions too
        assert len(shared) <= 0.1 * len(hidden), f"{len(shared)} of {len(hidden)}"


@pytest.mark.parametrize(
    "question", [*EVERY, *ABOUT_OUTSIDE, *ABOUT_NOTICES], ids=lambda question: question.id
)
def test_a_question_says_what_it_needs(question: Question) -> None:
    if question.answerable:
        assert question.kind in ANSWERABLE_KINDS
        assert question.key_points
        assert question.evidence
        assert all(point and all(point) for point in question.key_points)
    else:
        assert question.kind in UNANSWERABLE_KINDS
        assert not question.key_points
        assert not question.evidence


@pytest.mark.parametrize("question", EVERY, ids=lambda question: question.id)
def test_every_quote_stands_in_its_document(question: Question, assistant: Assistant) -> None:
    for evidence in question.evidence:
        assert evidence.quote in assistant.document(evidence.document).text


@pytest.mark.parametrize("path", NOTICES, ids=lambda path: path.stem)
def test_every_quote_stands_in_its_notice(path: Path, tmp_path: Path) -> None:
    from eval.systems import read_documents

    folder = questions.notices_of(path)
    texts = {document.id: document.text for document in read_documents(folder, tmp_path)}
    asked = questions.load(path)
    assert asked
    assert not [(q.id, e.quote) for q in asked for e in q.evidence if e.quote not in texts[e.document]]


@pytest.mark.skipif(not DATA, reason="EVAL_DATA names no folder with the reports and pages")
@pytest.mark.parametrize(("sets", "documents"), OUTSIDE.items(), ids=OUTSIDE.values())
def test_every_quote_stands_in_its_report_page_or_law(sets: Path, documents: str, tmp_path: Path) -> None:
    from eval.gold_laws.documents import write
    from eval.systems import read_documents

    corpus = Path(DATA) / documents
    if sets == questions.LAWS:  # all laws come as one file of articles
        corpus = tmp_path / documents
        write(Path(DATA), corpus)
    texts = {document.id: document.text for document in read_documents(corpus, tmp_path)}
    asked = [question for path in sets.glob("*.jsonl") for question in questions.load(path)]
    absent = [(q.id, e.quote) for q in asked for e in q.evidence if e.quote not in texts[e.document]]
    assert not absent


@pytest.mark.parametrize("question", SPINE, ids=lambda question: question.id)
def test_the_first_thirty_are_answered_with_a_quote_or_refused(
    question: Question, assistant: Assistant
) -> None:
    answer = assistant.ask(question.question)
    if not question.answerable:
        assert answer.status is Status.REFUSED, answer.text
        return
    assert answer.status is Status.ANSWERED, answer.text
    for accepted in question.key_points:
        assert any(says(answer.text, phrase) for phrase in accepted), (accepted, answer.text)
        assert any(says(citation.quote, phrase) for citation in answer.citations for phrase in accepted), (
            accepted,
            [citation.quote for citation in answer.citations],
        )
    for citation in answer.citations:
        text = assistant.document(citation.document).text
        assert text[citation.start : citation.end] == citation.quote
