"""What every engine must do: one contract, inherited by the test of each implementation."""

from __future__ import annotations

from contextlib import closing
from datetime import date
from itertools import product
from pathlib import Path
from typing import ClassVar

import numpy as np
import pytest

from assistant.index import manifest
from assistant.index.columns import Column, Columns
from assistant.index.engine import EngineReader, EngineWriter, Entry
from assistant.index.local import LocalSearcher, LocalWriter
from assistant.index.vectors import VectorIndex
from assistant.types import Filters

COUNT = 60
REGIONS = ("浙江省", "浙江省湖州市", "江苏省", "")
KINDS = ("办法", "报告", "")
RANDOM = np.random.default_rng(3)
VECTORS = RANDOM.standard_normal((COUNT, 16)).astype(np.float32)
VECTORS /= np.linalg.norm(VECTORS, axis=1, keepdims=True)
ROWS = np.arange(COUNT, dtype=np.int64) * 7 + 3  # row numbers have gaps


def columns(rows: np.ndarray = ROWS) -> Columns:
    chosen = [int((row - 3) // 7) for row in rows]
    return Columns(
        rows=rows,
        document=Column.of([f"d{i // 4}" for i in chosen]),
        region=Column.of([REGIONS[i % 4] for i in chosen]),
        home=Column.of([REGIONS[(i // 4) % 4] for i in chosen]),
        kind=Column.of([KINDS[i % 3] for i in chosen]),
        validity=Column.of(["" for _ in chosen]),
        issued=np.array([date(2000 + i % 20, 1, 1).toordinal() if i % 5 else -1 for i in chosen], np.int32),
    )


def entries() -> list[Entry]:
    return [
        Entry(int(row), "通知", "一", f"共同 单独{i} 组{i % 10}", vector)
        for i, (row, vector) in enumerate(zip(ROWS, VECTORS, strict=True))
    ]


FILTERS = [
    Filters(*values)
    for values in product(
        [(), ("浙江省",), ("浙江省湖州市", "江苏省"), ("海南省",)],
        [(), ("d2", "d3", "d9")],
        [None, date(2005, 1, 1)],
        [None, date(2010, 6, 1)],
        [(), ("报告", "办法")],
    )
]


def passes(i: int, limits: Filters) -> bool:
    """Say in plain words what a filter means."""
    regions = (REGIONS[i % 4], REGIONS[(i // 4) % 4])
    issued = date(2000 + i % 20, 1, 1) if i % 5 else None
    return (
        (not limits.region or any(region.startswith(limits.region) for region in regions))
        and (not limits.document or f"d{i // 4}" in limits.document)
        and (not limits.kind or KINDS[i % 3] in limits.kind)
        and (limits.since is None or (issued is not None and issued >= limits.since))
        and (limits.until is None or (issued is not None and issued <= limits.until))
    )


class EngineContract:
    """A subclass makes a writer over a folder and a reader of some rows of it."""

    @classmethod
    def writer(cls, directory: Path) -> EngineWriter:
        raise NotImplementedError

    @classmethod
    def reader(cls, directory: Path, rows: np.ndarray) -> EngineReader:
        raise NotImplementedError

    @pytest.fixture(scope="class")
    @classmethod
    def filled(cls, tmp_path_factory: pytest.TempPathFactory) -> Path:
        directory = tmp_path_factory.mktemp("engine")
        writer = cls.writer(directory)
        writer.add(entries())
        writer.close()
        return directory

    def test_what_was_added_is_counted_and_named(self, filled: Path) -> None:
        writer = self.writer(filled)
        assert (writer.count(), writer.rows()) == (COUNT, set(ROWS.tolist()))
        writer.close()

    def test_a_word_of_one_passage_finds_it(self, filled: Path) -> None:
        reader = self.reader(filled, ROWS)
        for i in (0, 17, COUNT - 1):
            assert reader.search_keywords([f"单独{i}"], 5, Filters()).positions.tolist() == [i]

    def test_the_nearest_of_a_passage_is_itself(self, filled: Path) -> None:
        reader = self.reader(filled, ROWS)
        for i in range(0, COUNT, 9):
            found = reader.search_vectors(VECTORS[i], 3, Filters())
            assert found.positions[0] == i
            assert found.scores[0] == pytest.approx(1, abs=2e-3)
            assert (np.diff(found.scores) <= 0).all()

    def test_no_more_than_asked_for(self, filled: Path) -> None:
        reader = self.reader(filled, ROWS)
        assert len(reader.search_keywords(["共同"], 7, Filters()).positions) == 7
        assert len(reader.search_vectors(VECTORS[0], 7, Filters()).positions) == 7

    def test_a_filter_lets_through_exactly_what_it_says(self, filled: Path) -> None:
        reader = self.reader(filled, ROWS)
        for limits in FILTERS:
            allowed = [i for i in range(COUNT) if passes(i, limits)]
            assert sorted(reader.search_keywords(["共同"], COUNT, limits).positions.tolist()) == allowed
            assert sorted(reader.search_vectors(VECTORS[0], COUNT, limits).positions.tolist()) == allowed

    def test_scores_of_given_passages_are_those_of_the_search(self, filled: Path) -> None:
        reader = self.reader(filled, ROWS)
        found = reader.search_keywords(["组3", "共同"], COUNT, Filters())
        again = reader.score_keywords(["组3", "共同"], found.positions)
        assert again == pytest.approx(found.scores, abs=1e-4)
        assert reader.score_keywords(["没有"], found.positions).tolist() == [0] * COUNT

    def test_rows_that_the_manifest_does_not_know_are_dropped_and_cost_no_place(self, filled: Path) -> None:
        known = ROWS[10:]
        reader = self.reader(filled, known)
        assert len(reader.search_keywords(["共同"], len(known), Filters()).positions) == len(known)
        assert reader.search_keywords(["单独3"], 5, Filters()).positions.tolist() == []

    def test_what_was_removed_is_gone_and_removing_it_again_is_no_error(self, tmp_path: Path) -> None:
        writer = self.writer(tmp_path)
        writer.add(entries())
        gone = [int(ROWS[0]), int(ROWS[5])]
        writer.remove(gone)
        writer.remove([*gone, 999_999])
        assert writer.rows() == set(ROWS.tolist()) - set(gone)
        assert writer.count() == COUNT - 2
        writer.close()


class TestLocalEngine(EngineContract):
    """Keywords by tantivy, vectors by an exact scan."""

    exact_limit: ClassVar[int] = 100_000

    @classmethod
    def writer(cls, directory: Path) -> LocalWriter:
        path = directory / "manifest.sqlite"
        if not path.exists():
            manifest.create(path, "model", VECTORS.shape[1])
        return LocalWriter(directory, manifest.connect(path))

    @classmethod
    def reader(cls, directory: Path, rows: np.ndarray) -> LocalSearcher:
        chosen = VECTORS[(rows - 3) // 7].astype(np.float16)
        return LocalSearcher(directory, columns(rows), lambda: chosen, int(ROWS[-1]), cls.exact_limit)


class TestLocalEngineBeyondTheExactLimit(TestLocalEngine):
    """Keywords by tantivy, vectors by Chroma's graph unless a filter leaves few."""

    exact_limit: ClassVar[int] = 10


class TestLocalEngineWithWaitingVectors(TestLocalEngine):
    """The second half of the vectors has not reached Chroma: they stand in the manifest alone."""

    exact_limit: ClassVar[int] = 10
    given: ClassVar[int] = int(ROWS[COUNT // 2 - 1])

    @pytest.fixture(scope="class")
    @classmethod
    def filled(cls, tmp_path_factory: pytest.TempPathFactory) -> Path:
        directory = tmp_path_factory.mktemp("engine")
        for half in (entries()[: COUNT // 2], entries()[COUNT // 2 :]):
            writer = cls.writer(directory)
            with closing(manifest.connect(directory / "manifest.sqlite")) as connection:
                connection.executemany(
                    "INSERT INTO vectors VALUES(?, ?)",
                    [(entry.row, entry.vector.astype(np.float16).tobytes()) for entry in half],
                )
            writer.add(half)
            writer.close()
        held = VectorIndex(directory / "vectors")
        assert held.count() == COUNT // 2
        held.close()
        return directory

    @classmethod
    def reader(cls, directory: Path, rows: np.ndarray) -> LocalSearcher:
        chosen = VECTORS[(rows - 3) // 7].astype(np.float16)
        return LocalSearcher(directory, columns(rows), lambda: chosen, cls.given, cls.exact_limit)
