"""Our own gold questions: does a passage with the quoted evidence come first, and the right province."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

import numpy as np

from assistant import Assistant
from assistant.index.embed import Embedder
from assistant.index.reader import Reader
from assistant.learn.asked import Evidence, Known
from assistant.learn.measures import Values
from assistant.learn.passages import Passages
from assistant.search import known as search_known
from assistant.search.plan import make_plan
from assistant.search.rank import Weights
from assistant.search.retrieve import retrieve
from assistant.settings import Settings
from assistant.types import Filters, Hit, Plan

_DEPTH = 10  # as deep as the measures look

# The folder of the questions, and that of the documents: of this checkout, or of the data.
GOLD = {"gold": ("eval/gold", "corpus"), "provinces": ("eval/gold_provinces", "gov_reports")}


@dataclass(frozen=True, slots=True)
class GoldQuestion:
    """A question, its plan, and for each quote of its evidence the passages that hold it."""

    plan: Plan
    evidence: tuple[frozenset[str], ...]
    region: str  # named by the question and that of its evidence; empty where it names none


def read_gold(path: Path, reader: Reader, passages: Passages) -> list[GoldQuestion]:
    """Return the questions of a gold file that stand alone and whose evidence is in the store.

    Raises ValueError naming a quote that no passage holds.
    """
    known = search_known.Known.of(reader.documents(), reader.regions())
    homes = {document.id: document.metadata.region for document in reader.documents()}
    found = []
    for record in map(json.loads, path.read_text(encoding="utf-8").splitlines()):
        if not record["evidence"] or record["history"]:
            continue
        plan = make_plan(record["question"], (), known)
        evidence = []
        for entry in record["evidence"]:
            wanted = Known(record["question"], (Evidence(entry["document"], entry["quote"]),))
            resolved, lost = passages.resolve([wanted])
            if lost:
                raise ValueError(f"{path}: no passage of {entry['document']} holds {entry['quote']!r}")
            evidence.append(frozenset(one.id for one in reader.passages(resolved[0].right.tolist())))
        regions = {homes[entry["document"]] for entry in record["evidence"]}
        region = plan.regions[0] if len(plan.regions) == 1 and {*plan.regions} == regions else ""
        found.append(GoldQuestion(plan, tuple(evidence), region))
    return found


def open_gold(corpus: Path, folder: Path, settings: Settings) -> Assistant:
    """Return the product over the documents in `corpus`, indexed into `folder`."""
    assistant = Assistant.open(folder, settings, rebuild=True)
    report = assistant.index([corpus])
    if report.count("failed"):
        raise ValueError(f"{corpus}: {next(report.failures()).reason}")
    return assistant


def measure_gold(
    questions: list[GoldQuestion], reader: Reader, embedder: Embedder, settings: Settings
) -> tuple[dict[str, dict[str, Values]], dict[str, list[float]]]:
    """Return every measure of every question and its milliseconds, for BM25 and for the search.

    BM25 stands here with what the plan names, as the search does. The last measure counts only
    the questions that name a region.
    """
    measured, milliseconds = {}, {}
    baseline, product = Weights(dense=0, wording=0), Weights(dense=settings.dense_weight)
    for system, weights in (("BM25", baseline), ("search", product)):
        times, rows = [], []
        for question in questions:
            begun = perf_counter()
            hits = retrieve(question.plan, Filters(), _DEPTH, reader, embedder, weights)
            times.append(1000 * (perf_counter() - begun))
            rows.append(_values(question, hits))
        values = np.array(rows).T
        named = np.array([bool(question.region) for question in questions])
        measured[system] = dict(zip(("first", "in three", "evidence in ten"), values, strict=False))
        if named.any():
            measured[system][f"right province first ({named.sum()})"] = values[3][named]
        milliseconds[system] = times
    return measured, milliseconds


def _values(question: GoldQuestion, hits: list[Hit]) -> tuple[float, float, float, float]:
    ids = [hit.passage.id for hit in hits]
    every = frozenset[str]().union(*question.evidence)
    return (
        float(not every.isdisjoint(ids[:1])),
        float(not every.isdisjoint(ids[:3])),
        float(np.mean([not some.isdisjoint(ids) for some in question.evidence])),
        float(bool(hits) and hits[0].passage.region.startswith(question.region)),
    )
