"""The metrics: pure functions of a question, an answer and the readable texts."""

from __future__ import annotations

from dataclasses import dataclass

from .citation_precision import citation_precision
from .citation_recall import citation_recall
from .citation_validity import citation_validity
from .completeness import completeness
from .exactness import exactness
from .false_refusal import false_refusal
from .forbidden import forbidden
from .judged import entailed, judged_faithful, judged_relevant
from .key_points import key_point_recall
from .latency import latency
from .lead import lead
from .length import length
from .refusal import refusal
from .region_confusion import region_confusion
from .repetition import repetition
from .retrieval import ndcg_at_10, recall_at_5, recall_at_10, reciprocal_rank
from .score import Metric
from .verbatim import verbatim


@dataclass(frozen=True, slots=True)
class Measure:
    """A metric with how it is read: which way is better, mean or median, its unit."""

    metric: Metric
    title: str
    higher: bool = True
    median: bool = False
    unit: str = "%"


MEASURES: dict[str, Measure] = {
    "recall_at_5": Measure(recall_at_5, "Recall@5"),
    "recall_at_10": Measure(recall_at_10, "Recall@10"),
    "mrr": Measure(reciprocal_rank, "MRR", unit=""),
    "ndcg_at_10": Measure(ndcg_at_10, "nDCG@10", unit=""),
    "key_points": Measure(key_point_recall, "Key points"),
    "exactness": Measure(exactness, "Exact figures"),
    "lead": Measure(lead, "Figures set first"),
    "completeness": Measure(completeness, "Complete lists"),
    "refusal": Measure(refusal, "Refused, rightly"),
    "false_refusal": Measure(false_refusal, "Refused, wrongly", higher=False),
    "forbidden": Measure(forbidden, "Forbidden said", higher=False),
    "citation_validity": Measure(citation_validity, "Citations valid"),
    "citation_recall": Measure(citation_recall, "Citation recall"),
    "citation_precision": Measure(citation_precision, "Citation precision"),
    "verbatim": Measure(verbatim, "Verbatim"),
    "judged_faithful": Measure(judged_faithful, "Judge: faithful"),
    "judged_relevant": Measure(judged_relevant, "Judge: relevant"),
    "entailed": Measure(entailed, "Entailed (NLI)"),
    "region_confusion": Measure(region_confusion, "Region confused", higher=False),
    "repetition": Measure(repetition, "Repetition", higher=False),
    "length": Measure(length, "Length", higher=False, median=True, unit="characters"),
    "latency": Measure(latency, "Latency", higher=False, median=True, unit="ms"),
}
