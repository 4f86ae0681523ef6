"""The reader that is walked in numpy says what the network says that was learnt, and reading teaches it."""

from __future__ import annotations

import random
from dataclasses import replace

import numpy as np
import pytest

torch = pytest.importorskip("torch")

from assistant.answer.choose.reader import FIRST, Reader, bundled, log_odds  # noqa: E402
from assistant.index.embed import load_embedder  # noqa: E402
from eval.calibrate.cases import Case  # noqa: E402
from eval.calibrate.lists import Listed  # noqa: E402
from eval.calibrate.reader import learn, text  # noqa: E402
from eval.calibrate.reader.contrast import Classes, contrasts  # noqa: E402
from eval.calibrate.reader.network import SIZE, Network, batch_of  # noqa: E402
from eval.calibrate.reader.plain import plainly  # noqa: E402

CHARACTERS = {one: FIRST + at for at, one in enumerate("每月补贴标准是多少元人对符合条件的给予")}
QUESTION = "每月补贴多少元"
SAID = [("对符合条件的人每月给予补贴5元", "补贴标准"), ("补贴标准", ""), ("符合条件", "对人给予" * 40)]


def _network() -> Network:
    torch.manual_seed(3)
    start = np.random.default_rng(3).normal(0, 0.3, (FIRST + len(CHARACTERS), SIZE)).astype(np.float32)
    network = Network(start)
    network.eval()
    return network


def test_numpy_walks_the_network_that_was_learnt() -> None:
    network = _network()
    reader = Reader.of(network.arrays(CHARACTERS, np.array([[1, 0, 0], [1, 1, 0]], np.float32)))
    batch = batch_of([reader.encoded(QUESTION, *one) for one in SAID])
    with torch.no_grad():
        learnt = network.answers(batch).numpy()
    assert np.allclose([reader.odds(QUESTION, one) for one in SAID], learnt, atol=2e-2)


def test_a_chance_is_the_judgements_where_the_reader_counts_nothing() -> None:
    reader = Reader.of(_network().arrays(CHARACTERS, np.array([[1, 0, 0], [1, 1, 0]], np.float32)))
    assert reader.chance(QUESTION, SAID[0], 0.3, figure=True) == pytest.approx(0.3, abs=1e-6)
    assert reader.chance(QUESTION, SAID[0], 0.3, figure=False) != pytest.approx(0.3, abs=1e-6)


def test_characters_that_both_sides_have_are_marked() -> None:
    reader = Reader.of(_network().arrays(CHARACTERS, np.zeros((2, 3), np.float32)))
    read = reader.encoded("补贴多少元", "补贴标准5元", "多人")
    assert read.marks.tolist() == [0, 4, 4, 1, 0, 2, 0, 4, 4, 0, 0, 0, 2, 0, 2, 0]
    assert len(read.tokens) == len(read.places) == len(read.parts) == len(read.marks)


def test_learning_moves_the_weights() -> None:
    network = _network()
    before = network.head[2].weight.detach().clone()
    classes = Classes(ENUMERATED, [LUNCH[0]], load_embedder("bundled"))
    taught = list(learn.pairs([listed("午餐每人补贴多少")], CHARACTERS, classes, random.Random(1)))
    assert {pair.answers for pair in taught} == {0.0, 1.0}
    learn.learn(network, taught, minutes=0.01, seed=1)
    assert not torch.equal(before, network.head[2].weight)
    assert np.isfinite(learn.odds(network, [pair.tokens for pair in taught])).all()


def test_text_is_read_and_characters_get_vectors() -> None:
    written = np.array([CHARACTERS[one] for one in "每月补贴标准是多少元" * 80], np.int64)
    found = text.vectors(np.tile(written, 4), FIRST + 300)
    assert found.shape == (FIRST + 300, SIZE)
    network = Network(found)
    before = network.tok.weight.detach().clone()
    text.read(network, written, minutes=0.02, seed=1)
    assert not torch.equal(before, network.tok.weight)


def test_the_shipped_reader_prefers_the_statement_that_answers() -> None:
    question = "县里对返乡创业的人补贴多少"
    right = "对返乡创业人员,给予一次性补贴5000元。", "三、扶持返乡创业"
    wrong = "要大力支持返乡创业,营造良好氛围。", "三、扶持返乡创业"
    assert bundled().odds(question, right) > bundled().odds(question, wrong)


def reader_tokens(question: str, clause: str, around: str) -> learn.Tokens:
    reader = Reader(CHARACTERS, {}, np.zeros((2, 3), np.float32))
    return reader.encoded(question, clause, around)


LUNCH = "午餐每人每餐补贴15元,晚餐自理。", "职工食堂管理办法"
PRICES = "摊位费按面积收取。", "农贸市场管理办法"
ENUMERATED = ["早餐、午餐、晚餐、夜宵等", "供应早餐、午餐、晚餐。"] * 3


def listed(question: str) -> Listed:
    """Return a question that the first of two statements answers."""
    return Listed(
        Case(question, True, "taught"),
        "figure",
        np.zeros((2, 1), np.float32),
        np.array([1, 0], np.int8),
        *(np.array([True, False]),) * 4,
        np.array([0.9, 0.4], np.float32),
        question,
        (LUNCH, PRICES),
        "notice",
    )


def test_what_stands_side_by_side_is_of_one_class() -> None:
    classes = Classes(ENUMERATED, [LUNCH[0]], load_embedder("bundled"))
    assert set(classes.others("午餐")) == {"早餐", "晚餐"}
    assert classes.others("补贴") == {}


def test_a_question_that_differs_by_a_word_is_not_answered() -> None:
    classes = Classes(ENUMERATED, ["早餐八元"], load_embedder("bundled"))
    asked = contrasts(listed("午餐每人补贴多少"), 0, classes, random.Random(1))
    told = {(one.question, one.said[0][:2]): one.answers for one in asked}
    assert told[("早餐每人补贴多少", "午餐")] is False
    assert told[("午餐每人补贴多少", "早餐")] is False
    assert told.get(("早餐每人补贴多少", "早餐"), True) is True


def test_a_clause_is_asked_for_in_its_own_words() -> None:
    said = "县城物业企业达到326家,", "统计公报"
    one = replace(listed("有多少企业"), said=(said, PRICES))
    asked = list(plainly(one, random.Random(1), set()))
    assert [(each.question, each.said[0][:2], each.answers) for each in asked] == [
        ("县城物业企业有多少家", "县城", True),
        ("县城物业企业有多少家", "摊位", False),
    ]


def test_lines_mean_what_they_meant_before() -> None:
    chances = np.linspace(0.02, 0.98, 200)
    told = [
        learn.Judged(listed(f"问题{n}"), int(n % 4 == 0), float(chance)) for n, chance in enumerate(chances)
    ]
    read = np.random.default_rng(1).normal(size=200).astype(np.float32)
    others = [each._replace(one=replace(each.one, kind="passage")) for each in told]
    rows = learn.blend([*told, *others], np.concatenate([read, read]))
    odds = np.array([log_odds(chance) for chance in chances])
    both = rows[0, 0] * odds + rows[0, 1] * read + rows[0, 2]
    for line in (0.2, 0.5):
        assert abs((both < log_odds(line)).mean() - (chances < line).mean()) <= 0.02
