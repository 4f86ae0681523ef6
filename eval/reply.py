"""What a system under evaluation returned for one question, read from the contract's JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Cited:
    """A citation of an answer: its number and the span of a document it points to."""

    n: int
    document: str
    quote: str
    start: int = 0
    end: int = 0
    context: str = ""
    title: str = ""
    section: tuple[str, ...] = ()
    region: str = ""
    damaged: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """A passage that retrieval returned, best first."""

    document: str
    start: int
    end: int
    score: float = 0.0


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer with what was retrieved for it; `seconds` is the time until it was complete."""

    status: str  # answered, partial, refused, error
    answer: str
    citations: tuple[Cited, ...] = ()
    hits: tuple[Found, ...] | None = None  # None: the system has no retrieval to look at
    seconds: float = 0.0
    error: str = ""
    verdicts: Mapping[str, tuple[float | None, str]] = field(default_factory=dict)  # a judge's, per aspect

    @property
    def refused(self) -> bool:
        """Tell whether the system declined to answer."""
        return self.status == "refused"

    @property
    def spoken(self) -> bool:
        """Tell whether there is an answer to judge."""
        return self.status in ("answered", "partial")

    @classmethod
    def from_record(cls, record: Mapping[str, Any]) -> Reply:
        """Return the reply of an answer in the contract's JSON; keys it does not know are ignored."""
        hits = record.get("hits")
        return cls(
            status=record["status"],
            answer=record.get("answer") or "",
            citations=tuple(_cited(item) for item in record.get("citations", ())),
            hits=None if hits is None else tuple(_found(hit) for hit in hits),
            seconds=record.get("seconds") or 0.0,
            error=record.get("error") or "",
            verdicts={name: (v["value"], v["why"]) for name, v in record.get("verdicts", {}).items()},
        )


def _found(item: Mapping[str, Any]) -> Found:
    return Found(item["document"], item["start"], item["end"], item.get("score") or 0.0)


def _cited(item: Mapping[str, Any]) -> Cited:
    return Cited(
        n=item["n"],
        document=item["document"],
        quote=item["quote"],
        start=item["start"],
        end=item["end"],
        context=item.get("context") or "",
        title=item.get("title") or "",
        section=tuple(item.get("section") or ()),
        region=item.get("region") or "",
        damaged=bool(item.get("damaged")),
    )
