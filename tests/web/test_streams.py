"""Few events, and the last state of an answer always among them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from assistant.types import Answer, Status
from assistant.web.chat import coalesced


def growing(texts: list[str]) -> list[Answer]:
    return [Answer("问", Status.ANSWERED, text) for text in texts]


@given(st.lists(st.text(max_size=5), max_size=50))
def test_a_fast_stream_becomes_its_beginning_and_its_end(texts: list[str]) -> None:
    answers = growing(texts)
    sent = list(coalesced(iter(answers)))
    assert sent[:1] == answers[:1]
    assert sent[-1:] == answers[-1:]
    assert len(sent) <= max(2, len(answers))
    positions = [next(i for i, answer in enumerate(answers) if answer is each) for each in sent]
    assert positions == sorted(positions)
