"""The metrics tell damaged answers from good ones, on both question sets."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from eval import damage, questions

if TYPE_CHECKING:
    from assistant import Assistant

# what the evaluation promises: faults of citations and figures are caught 95 times in 100, and 3
# in 100 of the harmless changes raise a false alarm
CAUGHT, FALSE_ALARM = 0.95, 0.03


@pytest.fixture(scope="module", params=["dev", "test"])
def table(request: pytest.FixtureRequest, assistant: Assistant) -> list[damage.Row]:
    sources = {summary.id: assistant.document(summary.id).text for summary in assistant.documents()}
    return damage.table(questions.load(questions.find(request.param)), sources)


def test_every_damage_is_caught(table: list[damage.Row]) -> None:
    caught = [row for row in table if not row.harmless]
    assert {row.change for row in caught} >= set(damage.DAMAGES)
    assert not [row for row in caught if row.rate < CAUGHT]


def test_harmless_changes_pass(table: list[damage.Row]) -> None:
    for metric in damage.GUARDED:
        rows = [row for row in table if row.harmless and row.metric == metric]
        assert sum(row.flagged for row in rows) <= FALSE_ALARM * sum(row.count for row in rows), metric
