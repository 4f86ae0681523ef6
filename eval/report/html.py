"""The whole report as one html file that needs nothing beside it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from html import escape
from pathlib import Path
from string import Template
from typing import Any

from ..damage import Row
from ..metrics import MEASURES
from ..metrics.interval import wilson
from ..results import Result, Run
from ..summary import by_kind, percentile, recall_curve, refusal_curve, summarise
from . import cells, charts

_TEMPLATE = Path(__file__).parent / "page.html"
_CARDS = ("right", "key_points", "refusal", "false_refusal", "citation_recall", "recall_at_5", "latency")


def page(run: Run, others: Sequence[Run] = (), damage: Sequence[Row] = ()) -> str:
    """Return the report of a run beside other systems, with the damage table."""
    caught, alarms = cells.damage_rows(damage)
    return Template(_TEMPLATE.read_text(encoding="utf-8")).substitute(
        title=escape(cells.name(run)),
        head=escape(json.dumps(run.head, ensure_ascii=False, indent=2)),
        cards=_cards(run),
        kinds=_kind_chart(run),
        retrieval=_retrieval([run, *others]),
        refusals=_refusals(run),
        latency=_latency(run),
        metrics=_table(["metric", "value (95% interval)", "questions"], cells.headline(run)),
        systems=_table(*cells.system_rows([run, *others])),
        damage=_table(["damage", "metric", "caught", "answers"], caught),
        alarms=_table(["metric", "false alarms", "answers", "mostly on"], alarms),
        # "<" written so that no answer can close the script element
        data=json.dumps([_row(result) for result in run.results], ensure_ascii=False).replace("<", "\\u003c"),
    )


def _cards(run: Run) -> str:
    summary = summarise(run.results)
    parts = []
    for name in _CARDS:
        if name in summary:
            interval = summary[name]
            bounds = f"{cells.figure(name, interval.low)} – {cells.figure(name, interval.high)}"
            parts.append(
                f'<div class="card"><b>{cells.figure(name, interval.mean)}</b>'
                f"<span>{escape(cells.title(name))}</span>"
                f"<small>{bounds}<br>{interval.count} questions</small></div>"
            )
    return "".join(parts)


def _kind_chart(run: Run) -> str:
    rows = []
    for kind, group in by_kind(run.results).items():
        right = sum(result.is_right for result in group)
        rows.append((kind, wilson(right, len(group)), f"{right} of {len(group)}"))
    return charts.bars(rows, "Right, by kind of question")


def _retrieval(runs: Sequence[Run]) -> str:
    series = [(run.head["system"], recall_curve(run.results)) for run in runs]
    series = [(name, points) for name, points in series if points]
    return charts.curves(series, "passages", "share of the evidence found") if series else ""


def _refusals(run: Run) -> str:
    summary = summarise(run.results)
    points = refusal_curve(run.results)
    if not points or "refusal" not in summary or "false_refusal" not in summary:
        return "<p>This set has no question of one of the two kinds.</p>"
    mark = ("this run", summary["false_refusal"].mean, summary["refusal"].mean)
    name = "refusing below a threshold on the best passage's score alone"
    return charts.curves([(name, points)], "refused wrongly (share)", "refused rightly", [mark])


def _latency(run: Run) -> str:
    spent = [result.reply.seconds * 1000 for result in run.results if result.reply.status != "error"]
    tail = percentile(run.results, "latency", 0.95) * 1000
    return charts.histogram(spent, "milliseconds") + f"<p>95 of 100 answers within {tail:.0f} ms.</p>"


def _table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    head = "".join(f"<th>{escape(cell)}</th>" for cell in header)
    body = "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in rows)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _row(result: Result) -> dict[str, Any]:
    """Return what the page shows of one question."""
    question, reply = result.question, result.reply
    faults = [
        {"metric": MEASURES[name].title, "value": cells.figure(name, score.value), "why": score.explanation}
        for name, score in result.scores.items()
        if MEASURES[name].unit == "%" and (score.value < 1 if MEASURES[name].higher else score.value > 0)
    ]
    return {
        "id": question.id,
        "kind": question.kind,
        "question": question.question,
        "history": question.history,
        "answerable": question.answerable,
        "right": result.is_right,
        "status": reply.status,
        "answer": reply.answer or reply.error,
        "wanted": [list(accepted) for accepted in question.key_points],
        "evidence": [evidence.quote for evidence in question.evidence],
        "citations": [
            {"n": c.n, "document": c.title or c.document, "section": " › ".join(c.section), "quote": c.quote}
            for c in reply.citations
        ],
        "faults": faults,
        "ms": round(reply.seconds * 1000, 1),
    }
