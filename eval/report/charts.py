"""Charts as inline SVG, drawn without a library so that the report stays one small file."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from itertools import pairwise

from ..metrics.interval import Interval

_COLOURS = ("#1f6feb", "#bf5b17", "#2e8b57", "#8250df", "#6e7781", "#b3475f")
_WIDTH, _HEIGHT, _LEFT, _BOTTOM = 520, 240, 44, 34


def bars(rows: Sequence[tuple[str, Interval, str]], name: str) -> str:
    """Return horizontal bars for `(label, share 0..1 with its interval, note)`."""
    height = 24 * len(rows) + 8
    parts = [f'<svg viewBox="0 0 560 {height}" role="img" aria-label="{escape(name)}">']
    for index, (label, interval, note) in enumerate(rows):
        top, value = 24 * index + 4, interval.mean
        low, high = (140 + 300 * bound for bound in (interval.low, interval.high))
        parts += [
            f'<text x="132" y="{top + 14}" class="label" text-anchor="end">{escape(label)}</text>',
            f'<rect x="140" y="{top + 2}" width="300" height="15" class="track"/>',
            f'<rect x="140" y="{top + 2}" width="{300 * value:.1f}" height="15" class="bar"/>',
            f'<path d="M{low:.1f} {top + 6}v7M{low:.1f} {top + 9.5}H{high:.1f}M{high:.1f} {top + 6}v7" '
            'class="interval"/>',
            f'<text x="450" y="{top + 14}" class="note">{value:.0%} {escape(note)}</text>',
        ]
    return "".join([*parts, "</svg>"])


def curves(
    series: Sequence[tuple[str, Sequence[tuple[float, float]]]],
    across: str,
    up: str,
    marks: Sequence[tuple[str, float, float]] = (),
) -> str:
    """Return lines through `(x, y)` points, y and the marks' y in 0..1, x from its least to its most."""
    xs = [x for _, points in series for x, _ in points] + [x for _, x, _ in marks]
    least, most = min(xs), max(xs)

    def place(x: float, y: float) -> tuple[float, float]:
        span = (most - least) or 1
        return (
            _LEFT + (x - least) / span * (_WIDTH - _LEFT - 10),
            (_HEIGHT - _BOTTOM) * (1 - y) + 8,
        )

    parts = [
        f'<svg viewBox="0 0 {_WIDTH} {_HEIGHT + 18 * len(series)}" role="img" aria-label="{escape(up)}">',
        _axes(least, most, across, up),
    ]
    for index, (name, points) in enumerate(series):
        colour, thickness = _COLOURS[index % len(_COLOURS)], 3 if index == 0 else 1.6
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in (place(*point) for point in points))
        top = _HEIGHT + 18 * index + 8
        parts += [
            f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="{thickness}"/>',
            f'<rect x="{_LEFT}" y="{top - 9}" width="14" height="4" fill="{colour}"/>',
            f'<text x="{_LEFT + 20}" y="{top - 3}" class="note">{escape(name)}</text>',
        ]
    for name, x, y in marks:
        left, up_to = place(x, y)
        parts.append(f'<circle cx="{left:.1f}" cy="{up_to:.1f}" r="5" fill="#cf222e"/>')
        parts.append(_note(left + 9, up_to + 12, name, "start"))
    return "".join([*parts, "</svg>"])


def _axes(least: float, most: float, across: str, up: str) -> str:
    bottom = _HEIGHT - _BOTTOM + 8
    parts = []
    for tick in (0, 0.25, 0.5, 0.75, 1):
        y = (_HEIGHT - _BOTTOM) * (1 - tick) + 8
        parts.append(f'<line x1="{_LEFT}" x2="{_WIDTH - 10}" y1="{y}" y2="{y}" class="grid"/>')
        parts.append(_note(_LEFT - 6, y + 4, f"{tick:.0%}", "end"))
    for value, x, anchor in ((least, _LEFT, "start"), (most, _WIDTH - 10, "end")):
        parts.append(_note(x, bottom + 15, f"{value:g}", anchor))
    parts.append(_note((_WIDTH + _LEFT) / 2, bottom + 15, across, "middle"))
    parts.append(_note(_LEFT, -1, up, "start"))
    return "".join(parts)


def _note(x: float, y: float, text: str, anchor: str) -> str:
    return f'<text x="{x}" y="{y}" class="note" text-anchor="{anchor}">{escape(text)}</text>'


def histogram(values: Sequence[float], across: str, count: int = 24) -> str:
    """Return how often values fall into `count` equal bins up to their 99th percentile."""
    ordered = sorted(values)
    most = ordered[min(len(ordered) - 1, int(0.99 * len(ordered)))] or 1.0
    edges = [most * index / count for index in range(count + 1)]
    filled = [sum(low <= v < high for v in values) for low, high in pairwise(edges)]
    filled[-1] += sum(v >= most for v in values)
    tallest = max(filled)
    width = (_WIDTH - _LEFT - 10) / count
    parts = [f'<svg viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" aria-label="{escape(across)}">']
    for index, number in enumerate(filled):
        height = (_HEIGHT - _BOTTOM - 10) * number / tallest
        parts.append(
            f'<rect x="{_LEFT + index * width:.1f}" y="{_HEIGHT - _BOTTOM - height:.1f}" '
            f'width="{width - 2:.1f}" height="{height:.1f}" class="bar"><title>{number}</title></rect>'
        )
    base = _HEIGHT - _BOTTOM + 16
    parts += [
        _note(_LEFT, base, "0", "middle"),
        _note(_WIDTH - 10, base, f"{most:.0f}+", "end"),
        _note(_WIDTH / 2, base, across, "middle"),
        _note(_LEFT - 6, 16, str(tallest), "end"),
    ]
    return "".join([*parts, "</svg>"])
