"""What tells a statement near the topic from one that answers."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assistant import Assistant
from assistant.answer.choose import demand
from assistant.answer.choose.score import weighed
from assistant.answer.choose.signals import NAMES

from .desk import desk_of, looked_at

TEXT = (
    "安澜桥横跨清河，由交通局养护。桥上禁止货车通行。积极推动安澜桥申报文物。安澜桥建于宣统年间，"
    "因洪水冲毁而重建，重建花费三万元。每年汛期结束以后，河道两岸的碎石都要清理，由水利局运走。"
)
PENALTY = "".join(
    [
        "某市环境执法决定书\n当事人恒锐公司从事零件加工。\n",
        *(f"恒锐公司第{number}车间生产时产生废液{number}吨。\n" for number in range(11, 31)),
        "以上合计罚款87万元。\n恒锐公司可以申请行政复议。\n",
    ]
)


@pytest.fixture(scope="module")
def bridge(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder = tmp_path_factory.mktemp("demand")
    path = folder / "bridge.jsonl"
    path.write_text(json.dumps({"id": "bridge", "title": "桥", "text": TEXT}, ensure_ascii=False))
    assistant = Assistant.open(folder / "store")
    assistant.index([path])
    return assistant


def told(assistant: Assistant, question: str, name: str) -> dict[str, float]:
    """Return one signal of each statement, by its opening."""
    closely, signals = weighed(*looked_at(assistant, question))
    column = NAMES.index(name)
    return {one.candidate.folded: float(row[column]) for one, row in zip(closely, signals, strict=True)}


def of(signals: dict[str, float], words: str) -> float:
    return next(value for text, value in signals.items() if words in text)


def test_a_statement_without_a_body_does_not_tell_who(bridge: Assistant) -> None:
    tells = told(bridge, "安澜桥由哪个部门养护？", "tells it")
    assert of(tells, "交通局") == 1
    assert of(tells, "申报文物") == 0


def test_what_tells_it_is_nearer_in_the_clause_that_speaks_of_the_thing(bridge: Assistant) -> None:
    distance = told(bridge, "安澜桥由谁养护？", "distance of what tells it")
    assert of(distance, "交通局") < of(distance, "水利局")


def test_a_word_of_the_question_tells_nothing_new(bridge: Assistant) -> None:
    assert of(told(bridge, "交通局归哪个单位管？", "tells it"), "交通局") == 0


def test_a_story_before_the_question_hides_no_statement(bridge: Assistant) -> None:
    question = "我搬来以后天天推着婴儿车散步，孩子总睡不好，安澜桥为什么重建？"
    asking, all_of_it = told(bridge, question, "asking segment"), told(bridge, question, "sentence")
    assert of(asking, "洪水") > 0.9 > of(all_of_it, "洪水")


def test_what_is_urged_is_told_from_what_is_done(bridge: Assistant) -> None:
    urged = told(bridge, "安澜桥申报文物了吗？", "urges")
    assert [text for text, value in urged.items() if value] == ["积极推动安澜桥申报文物。"]


def test_signals_have_a_column_each(bridge: Assistant) -> None:
    assert len(NAMES) == len(set(NAMES))
    assert NAMES[-len(demand.NAMES) :] == demand.NAMES


def test_what_a_document_is_about_need_not_be_said_again(tmp_path: Path) -> None:
    with desk_of(tmp_path, PENALTY) as opened:
        question = "恒锐公司合计罚款多少？"
        inside = told(opened, question, "inside")
        beyond = told(opened, question, "beyond the theme")
    assert of(inside, "合计罚款87万元") < 0.8
    assert of(beyond, "合计罚款87万元") > 0.8 > of(beyond, "产生废液")


def test_a_word_that_may_stand_for_another_is_no_word_of_the_question(bridge: Assistant) -> None:
    question = "大水冲毁了安澜桥吗？"
    assert of(told(bridge, question, "inside"), "洪水冲毁") > of(
        told(bridge, question, "inside, literally"), "洪水冲毁"
    )
