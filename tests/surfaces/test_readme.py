"""What the README shows of an answer is what comes back."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from assistant import Assistant

ROOT = Path(__file__).parents[2]
_EXAMPLE = re.compile(r"^    \$ python -m assistant ask (\S+)\n    (.+)$", re.M)


@pytest.mark.parametrize("name", ["README.md", "README.zh.md"])
def test_the_answers_shown_are_those_given(assistant: Assistant, name: str) -> None:
    shown = _EXAMPLE.findall((ROOT / name).read_text(encoding="utf-8"))
    assert shown
    for question, line in shown:
        assert assistant.ask(question).text.splitlines()[0] == line
