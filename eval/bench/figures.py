"""A measured figure and the bar it is held against, as a table in the terminal and in Markdown."""

from __future__ import annotations

import os
import platform
import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Figure:
    """What was measured, several times, and what it must stay under."""

    name: str
    values: tuple[float, ...]
    unit: str
    below: float | None = None  # the bar, in the same unit; None: measured for information
    note: str = ""
    processor: tuple[float, ...] = ()  # the same runs in processor time, where it was taken

    @classmethod
    def timed(
        cls, name: str, timings: Sequence[tuple[float, float]], below: float | None = None, note: str = ""
    ) -> Figure:
        """Return runs as seconds of the clock and of the processor."""
        clock, processor = zip(*timings, strict=True)
        return cls(name, clock, "s", below, note, processor)

    @property
    def median(self) -> float:
        """Return the middle of the runs."""
        return statistics.median(self.values)

    @property
    def reached(self) -> bool:
        """Tell whether the figure stays under its bar."""
        return self.below is None or self.median < self.below

    def cells(self) -> tuple[str, ...]:
        """Return the figure as a row of a table."""
        spread = f"{_number(min(self.values))} – {_number(max(self.values))}" if len(self.values) > 1 else ""
        bar = f"< {_number(self.below)} {self.unit}" if self.below is not None else ""
        verdict = "" if self.below is None else ("yes" if self.reached else "NO")
        processor = f"{_number(statistics.median(self.processor))} {self.unit}" if self.processor else ""
        return (
            self.name,
            f"{_number(self.median)} {self.unit}".strip(),
            processor,
            spread,
            bar,
            verdict,
            self.note,
        )


HEADERS = ("figure", "median", "processor", "range", "bar", "reached", "note")


def _number(value: float) -> str:
    return f"{value:.3g}" if value < 100 else f"{value:,.0f}"


def machine() -> str:
    """Return the machine in words: processor, cores, memory, system, Python."""
    processor = platform.processor() or platform.machine()
    information = Path("/proc/cpuinfo")
    if information.exists():
        names = [line for line in information.read_text().splitlines() if line.startswith("model name")]
        processor = names[0].partition(":")[2].strip() if names else processor
    return f"{processor}, {os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}"


def load() -> str:
    """Return how many processes wanted a core over the last minute, empty on Windows."""
    return f"{os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""


def markdown(figures: Sequence[Figure]) -> str:
    """Return the figures as a Markdown table."""
    rows = [HEADERS, ("---",) * len(HEADERS), *(figure.cells() for figure in figures)]
    return "\n".join("| " + " | ".join(row) + " |" for row in rows)
