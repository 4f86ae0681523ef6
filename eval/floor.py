"""The floor: figures that the assistant has reached and must not fall below."""

from __future__ import annotations

import tomllib
from pathlib import Path

from .results import Run
from .summary import summarise

FLOOR = Path(__file__).parent / "floor.toml"


def below(run: Run, path: Path = FLOOR) -> list[str]:
    """Return a line for each figure of `run` that is worse than the floor of its set."""
    floors = tomllib.loads(path.read_text(encoding="utf-8")).get(run.head["set"], {})
    summary = summarise(run.results)
    lines = []
    for name, bounds in floors.items():
        value = summary[name].mean
        if value < bounds.get("least", value) or value > bounds.get("most", value):
            lines.append(f"{name} is {value:.4f}, the floor since {bounds['since']} is {bounds}.")
    return lines
