"""What filters need of every passage, as numpy columns in the memory of a reader."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from ..types import Filters
from ..zh.dated import Days, days_of
from .codec import unpack_metadata

_UNDATED = -1
Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class Column:
    """One value for each passage, as a code into its distinct values."""

    values: tuple[str, ...]
    codes: NDArray[np.int32]

    @classmethod
    def of(cls, values: Sequence[str]) -> Column:
        """Return `values`, one for each passage, as a column."""
        known: dict[str, int] = {}
        codes = np.fromiter(
            (known.setdefault(v, len(known)) for v in values), dtype=np.int32, count=len(values)
        )
        return cls(tuple(known), codes)

    def where(self, accepts: Callable[[str], bool]) -> Mask:
        """Return the mask of the passages whose value is accepted."""
        chosen = np.fromiter((accepts(value) for value in self.values), dtype=bool, count=len(self.values))
        mask: Mask = chosen[self.codes] if len(self.values) else np.zeros(0, dtype=bool)
        return mask

    def among(self, wanted: Sequence[str]) -> Mask:
        """Return the mask of the passages whose value is one of `wanted`."""
        codes = [self._codes[value] for value in wanted if value in self._codes]
        return np.isin(self.codes, codes)

    @cached_property
    def counts(self) -> dict[str, int]:
        """Return how many passages have each value, the empty value left out."""
        totals = np.bincount(self.codes, minlength=len(self.values))
        return {value: int(n) for value, n in zip(self.values, totals, strict=True) if value and n}

    @cached_property
    def _codes(self) -> dict[str, int]:
        return {value: code for code, value in enumerate(self.values)}


@dataclass(frozen=True)
class Columns:
    """The columns of all passages, sorted by row number."""

    rows: NDArray[np.int64]
    document: Column  # ids
    region: Column  # of the passage
    home: Column  # region of its document
    kind: Column
    validity: Column
    issued: NDArray[np.int32]  # proleptic Gregorian ordinal, -1 where unknown
    stand_ins: Callable[[], Mapping[str, Days]] = field(default=dict)  # by documents without a day of issue

    def __len__(self) -> int:
        return len(self.rows)

    @classmethod
    def load(cls, connection: sqlite3.Connection, ended: Mapping[int, tuple[str, str]]) -> Columns:
        """Read the columns of every passage in the manifest; `ended` says whose validity is another now."""
        documents = {
            key: (id_, region)
            for key, id_, region in connection.execute("SELECT key, id, region FROM documents")
        }
        found = connection.execute(
            "SELECT row, document, region, issued, kind, validity FROM passages INDEXED BY passage_columns"
        ).fetchall()
        found.sort()
        ordinals: dict[str | None, int] = {None: _UNDATED, "": _UNDATED}
        for issued in {values[3] for values in found} - set(ordinals):
            ordinals[issued] = date.fromisoformat(issued).toordinal()
        return cls(
            rows=np.fromiter((v[0] for v in found), dtype=np.int64, count=len(found)),
            document=Column.of([documents[v[1]][0] for v in found]),
            home=Column.of([documents[v[1]][1] for v in found]),
            region=Column.of([v[2] for v in found]),
            issued=np.fromiter((ordinals[v[3]] for v in found), dtype=np.int32, count=len(found)),
            kind=Column.of([v[4] for v in found]),
            validity=Column.of([ended[v[1]][0] if v[1] in ended else v[5] for v in found]),
            stand_ins=lambda: _stand_ins(connection),
        )

    @cached_property
    def years(self) -> NDArray[np.int32]:
        """Return the year of issue of every passage, 0 where unknown."""
        days, codes = np.unique(self.issued, return_inverse=True)
        years = [date.fromordinal(day).year if day > 0 else 0 for day in days.tolist()]
        return np.array(years, dtype=np.int32)[codes]

    def mask(self, filters: Filters) -> Mask:
        """Return which passages `filters` let through."""
        mask = np.ones(len(self), dtype=bool)
        if filters.region:
            inside = lambda value: value.startswith(filters.region)  # noqa: E731
            mask &= self.region.where(inside) | self.home.where(inside)
        for column, wanted in (
            (self.document, filters.document),
            (self.kind, filters.kind),
            (self.validity, filters.validity),
        ):
            if wanted:
                mask &= column.among(wanted)
        if filters.since:
            mask &= self._days[1] >= filters.since.toordinal()
        if filters.until:
            mask &= (self._days[0] <= filters.until.toordinal()) & (self._days[0] != _UNDATED)
        return mask

    @cached_property
    def _days(self) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
        """Return the first and the last day that each passage may be of, -1 where nothing dates it."""
        known = self.stand_ins()
        found = [known.get(id_) for id_ in self.document.values]
        ends = [[days[end].toordinal() if days else _UNDATED for days in found] for end in (0, 1)]
        first, last = np.array(ends, dtype=np.int32)[:, self.document.codes]
        is_known = self.issued != _UNDATED
        return np.where(is_known, self.issued, first), np.where(is_known, self.issued, last)

    def regions(self) -> dict[str, int]:
        """Return how many passages lie in each region, by themselves or through their document."""
        pairs = Counter(zip(self.region.codes.tolist(), self.home.codes.tolist(), strict=True))
        counts: Counter[str] = Counter()
        for (region, home), count in pairs.items():
            for value in {self.region.values[region], self.home.values[home]} - {""}:
                counts[value] += count
        return dict(counts)


def _stand_ins(connection: sqlite3.Connection) -> dict[str, Days]:
    """Read what dates the documents that have no day of issue."""
    undated = connection.execute(
        "SELECT id, metadata FROM documents WHERE json_extract(metadata, '$.issued') IS NULL"
    )
    return {id_: days for id_, packed in undated if (days := days_of(unpack_metadata(packed)[0]))}
