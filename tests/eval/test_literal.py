"""The plainest question, a clause's own words with 多少 for its figure, is answered."""

from __future__ import annotations

from pathlib import Path

from eval.calibrate.literal import share_right


def test_what_stands_word_for_word_is_told(tmp_path: Path) -> None:
    counts = share_right(Path("corpus"), tmp_path / "store")
    assert counts.total() > 20
    assert counts["right"] >= 0.9 * counts.total()
