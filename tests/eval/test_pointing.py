"""The layer that points learns where in a statement the answer stands, and is walked as it was learnt."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("onnx")

from assistant import Assistant  # noqa: E402
from assistant.answer.choose.reader import FIRST, Reader, bundled, reach_of  # noqa: E402
from eval.calibrate.cases import Case, plain  # noqa: E402
from eval.calibrate.reader import point  # noqa: E402
from eval.calibrate.reader.contrast import Asked  # noqa: E402
from eval.calibrate.reader.file import file_of, pointer_file_of  # noqa: E402
from eval.calibrate.reader.network import Network, Pointer, batch_of  # noqa: E402
from eval.calibrate.reader.pairs import tokens_in  # noqa: E402

CLAUSE = "城区学校每生每年补助480元,乡镇学校每生每年补助360元。"
SAID = (CLAUSE, "营养餐补助办法")
CHARACTERS = {one: FIRST + at for at, one in enumerate(dict.fromkeys(CLAUSE + "营养餐办法多少"))}
ASKED = [
    point.Pointing("城区学校补助多少", SAID, (CLAUSE.index("480"), CLAUSE.index("480") + 4)),
    point.Pointing("乡镇学校补助多少", SAID, (CLAUSE.index("360"), CLAUSE.index("360") + 4)),
    point.Pointing("营养餐办法多少", SAID, None),
]


def learnt(minutes: float) -> tuple[Network, Pointer]:
    torch.manual_seed(5)
    network = Network(FIRST + len(CHARACTERS))
    return network, point.learn_pointing(network, CHARACTERS, ASKED, minutes, seed=1)


def test_it_learns_where_the_answer_stands() -> None:
    network, pointer = learnt(0.15)
    rows = list(point._rows(network, CHARACTERS, ASKED))
    _, begun = learnt(1e-6)
    with torch.no_grad():
        before, after = (float(point._loss(each.eval(), rows)) for each in (begun, pointer))
    assert after < 0.6 * before


def test_the_files_say_what_was_learnt() -> None:
    network, pointer = learnt(0.05)
    network.eval(), pointer.eval()
    counts = np.array([[1, 1, 0], [1, 1, 0]], np.float32)
    reader = Reader(file_of(network, CHARACTERS, counts), pointer_file_of(pointer))
    one = ASKED[0]
    tokens = tokens_in(CHARACTERS, one.question, one.said)
    first, last = reach_of(tokens)
    with torch.no_grad():
        states = network.states(*batch_of([tokens]))[:, :last]
        told = torch.sigmoid(pointer(states, torch.ones(1, last, dtype=torch.bool)))[0, first:].numpy()
    walked = reader.pointed(one.question, one.said)
    assert len(walked) == len(CLAUSE)
    assert np.corrcoef(walked, told)[0, 1] > 0.95  # whole numbers of seven bits


def test_where_an_answer_stands_is_found_in_the_statement_that_gives_it(tmp_path: Path) -> None:
    texts = {
        "办法": f"营养餐补助办法\n{CLAUSE}",
        "旧办法": "旧办法\n乡镇学校每生每年补助300元，另补360元交通费。",
    }
    records = [{"id": name, "title": name, "text": text} for name, text in texts.items()]
    source = tmp_path / "texts.jsonl"
    source.write_text("\n".join(json.dumps(one, ensure_ascii=False) for one in records), encoding="utf-8")
    cases = [
        Case(
            "乡镇学校每人补助多少", True, "taught", ("360元",), evidence=(plain("乡镇学校每生每年补助360元"),)
        ),
        Case("谁来补助", False, "taught, detail"),
        Case("学校补助多少", True, "taught", ("每生每年补助",), evidence=(plain(CLAUSE),)),  # in two places
    ]
    assistant = Assistant.open(tmp_path / "store")
    assistant.index([source])
    (found,) = point.pointings(assistant, cases)
    assistant.close()
    start, end = found.answer or (0, 0)
    assert found.said[0][start:end] == "360元"
    assert "乡镇" in found.said[0][:start]


def test_what_a_near_statement_does_not_answer_points_nowhere() -> None:
    asked = [Asked("补助多少", SAID, True), Asked("何时补助", SAID, False)]
    assert point.nowhere(asked) == [point.Pointing("何时补助", SAID, None)]


@pytest.mark.parametrize(("question", "figure"), [("城区学校补助多少", "480"), ("乡镇学校补助多少钱", "360")])
def test_the_shipped_one_points_to_the_figure_asked_for(question: str, figure: str) -> None:
    pointed = bundled().pointed(question, SAID)
    told = {one: float(pointed[(at := CLAUSE.index(one)) : at + 3].mean()) for one in ("480", "360")}
    assert max(told, key=told.__getitem__) == figure
