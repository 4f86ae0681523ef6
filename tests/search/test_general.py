"""The shipped ranking: an option, readable without LightGBM, over features that mean the same anywhere."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant import Assistant
from assistant.errors import SettingsError
from assistant.learn.train_ranker import Field, Row, judge, learn
from assistant.search.general import (
    FEATURES,
    MONOTONE,
    SHIPPED,
    General,
    load,
    ranker_for,
    save,
    text_features,
)
from assistant.settings import Settings
from assistant.types import Passage


def _passage(text: str, title: str = "", section: str = "") -> Passage:
    return Passage("p", "d", title, (section,) if section else (), 0, len(text), text)


def _feature(name: str) -> int:
    return FEATURES.index(name) - FEATURES.index("rare words")


def test_it_is_small_and_needs_no_lightgbm() -> None:
    assert SHIPPED.stat().st_size < 2_000_000
    code = (
        "import sys; from assistant.search import general; general.load(); print('lightgbm' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


@given(st.integers(0, 2**32 - 1))
def test_a_greater_value_never_ranks_a_passage_lower(seed: int) -> None:
    trees = load().trees
    rng = np.random.default_rng(seed)
    rows = rng.normal(size=(20, len(FEATURES))).astype(np.float32)
    better = rows + np.abs(rng.normal(size=rows.shape)).astype(np.float32) * np.array(MONOTONE)
    assert (trees.score(better.astype(np.float32)) >= trees.score(rows) - 1e-5).all()


def test_a_passage_that_holds_the_words_is_told_from_one_that_does_not() -> None:
    rows = text_features(
        "稳岗返还的标准是多少",
        [
            _passage("稳岗返还的标准为上年度缴费总额的60%。企业应当申请。"),
            _passage("企业应当申请。标准另行规定。"),
            _passage("标准另行规定。", section="稳岗返还"),
        ],
    )
    for name in ("rare words", "telling words", "pairs", "telling pairs", "longest run"):
        assert rows[0, _feature(name)] > rows[1, _feature(name)]
    assert rows[0, _feature("longest run to the longest of all")] == 1
    above = _feature("rare words with title and section")
    assert rows[2, above] > rows[1, above]
    assert rows[2, _feature("rare words")] == rows[1, _feature("rare words")]


def test_what_stands_in_one_sentence_counts_more_than_the_same_apart() -> None:
    together, apart = text_features(
        "稳岗返还标准", [_passage("稳岗返还标准。另有规定。"), _passage("稳岗从严。返还从宽。标准从简。")]
    )
    name = _feature("rare words of the best sentence")
    assert together[name] == 1 > apart[name]


@given(st.text(max_size=30), st.lists(st.text(max_size=60), max_size=4))
def test_any_text_gives_shares(question: str, texts: list[str]) -> None:
    rows = text_features(question, [_passage(text) for text in texts])
    assert rows.shape == (len(texts), len(FEATURES) - FEATURES.index("rare words"))
    assert ((rows >= 0) & (rows <= 1 + 1e-6)).all()


def test_it_ranks_where_it_is_set_and_scores_keep_their_scale(store: Path) -> None:
    asked = "企业技术改造有什么支持"
    plain = Assistant.open(settings=Settings.load(store=store)).search(asked, k=40)
    learnt = Assistant.open(settings=Settings.load(store=store, learnt_ranking=True)).search(asked, k=40)
    assert "learnt" not in plain[0].signals
    judged = [hit.signals["learnt"] for hit in learnt]
    assert judged == sorted(judged, reverse=True)
    assert [hit.score for hit in learnt] == pytest.approx([hit.score for hit in plain])


def test_another_embedding_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="other@1"):
        ranker_for("other@1", Assistant.open(tmp_path / "store")._store.reader())


def _rows(count: int, seed: int) -> list[Row]:
    """Return questions whose right passage has the longest run, whatever the weighted sum says."""
    rng = np.random.default_rng(seed)
    rows = []
    for _ in range(count):
        features = rng.random((40, len(FEATURES))).astype(np.float32)
        right = np.arange(40) == np.argmax(features[:, FEATURES.index("longest run")])
        weighted = rng.normal(size=40).astype(np.float32)
        rows.append(Row(weighted, features, np.arange(40), right, right))
    return rows


def test_training_finds_what_tells_the_right_passage_and_judges_itself_on_others(tmp_path: Path) -> None:
    one, two = _rows(120, 1), _rows(60, 2)
    trees = learn([one, two])
    fresh = _rows(50, 3)
    before = np.mean([np.argmax(row.weighted) == np.argmax(row.right) for row in fresh])
    after = np.mean(
        [np.argmax(row.weighted + trees.score(row.features)) == np.argmax(row.right) for row in fresh]
    )
    assert after > before + 0.3
    save(General("model@1", trees), tmp_path / "trees.npz")
    again = load(tmp_path / "trees.npz")
    assert again.model == "model@1"
    assert np.array_equal(again.trees.score(fresh[0].features), trees.score(fresh[0].features))
    fields = [
        (
            Field(
                name,
                [],
                [""] * len(rows),
                [frozenset("1")] * len(rows),
                [()] * len(rows),
                np.arange(len(rows)) % 5,
            ),
            rows,
        )
        for name, rows in (("one", one), ("two", two))
    ]
    lines = list(judge(fields))
    assert len(lines) == 2
    assert all("recall@1 0." in line for line in lines)  # gains, out of fold
