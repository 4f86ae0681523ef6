"""The assistant, without a model, stays above the floor on the questions nobody tuned it on."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from eval import floor, questions, results
from eval.runner import run
from eval.systems import Product

if TYPE_CHECKING:
    from assistant import Assistant


def test_nothing_falls_below_the_floor(assistant: Assistant, tmp_path: Path) -> None:
    path = questions.find("test")
    sources = {summary.id: assistant.document(summary.id).text for summary in assistant.documents()}
    system = Product(assistant)
    head = results.head(system.name, system.settings(), path, Path(__file__).parents[2] / "corpus")
    made = run(system, questions.load(path), sources, tmp_path / "test.jsonl", head)
    assert not floor.below(made)
