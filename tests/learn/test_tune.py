"""Learning from a desk's questions: it helps, it says so, it can be undone, it never hurts in silence."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from assistant import Assistant
from assistant.errors import StoreCorruptError, StoreVersionError, UsageError
from assistant.learn.asked import read_known
from assistant.learn.tune import tune, undo
from assistant.search import tuned
from assistant.settings import Settings

# What people say and what a rule calls it share no word: only questions can teach that.
SPOKEN = {
    "厂子炒我鱿鱼": "用人单位解除劳动关系的程序",
    "娃上学要啥": "义务教育阶段入学登记的材料",
    "看病花的钱咋报": "基本医疗保险费用的结算",
    "开车撞了人": "机动车事故责任的认定",
    "租的屋漏雨": "住房承租人的维修请求",
    "摆摊卖吃的": "食品经营备案的条件",
}
WAYS = ["{}怎么办", "请问{}找谁", "{}有规定吗", "{}该准备哪些", "遇到{}的情况", "想了解{}", "{}多久办完"]
PLACES = ["东区", "西区", "南区", "北区", "中区", "新区", "老区", "港区"]


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("library")
    with (folder / "rules.jsonl").open("w", encoding="utf-8") as lines:
        for number, rule in enumerate(SPOKEN.values()):
            record = {"id": f"r{number}", "title": f"办法{number}", "text": f"{rule}，由主管部门依法办理。"}
            lines.write(json.dumps(record, ensure_ascii=False) + "\n")
        for number in range(150):
            text = f"第{number}号设施的巡查记录由{PLACES[number % 8]}保存{number % 29 + 1}年。"
            record = {"id": f"n{number}", "title": f"记录{number}", "text": text}
            lines.write(json.dumps(record, ensure_ascii=False) + "\n")
    return folder


@pytest.fixture
def settings(library: Path, tmp_path: Path) -> Settings:
    settings = Settings.load(store=tmp_path / "store")
    assistant = Assistant.open(settings=settings)
    assert not list(assistant.index([library]).failures())
    assistant.close()
    return settings


def _questions(path: Path, answers: list[str]) -> Path:
    lines = [
        json.dumps({"question": way.format(f"{place}{spoken}"), "gold": [answer]}, ensure_ascii=False)
        for spoken, answer in zip(SPOKEN, answers, strict=True)
        for way in WAYS
        for place in PLACES[:2]
    ]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def _add(assistant: Assistant, path: Path, record: dict[str, str]) -> None:
    path.write_text(json.dumps(record, ensure_ascii=False) + "\n", encoding="utf-8")
    assert not list(assistant.index([path]).failures())


def _silent(_: str) -> None:
    pass


def test_questions_teach_what_words_cannot_and_undo_takes_it_back(settings: Settings, tmp_path: Path) -> None:
    answers = [f"r{number}" for number in range(len(SPOKEN))]
    assistant = Assistant.open(settings=settings)
    asked = "港区租的屋漏雨，谁来管"
    plain = [hit.passage.document for hit in assistant.search(asked, k=3)]

    report = tune(_questions(tmp_path / "q.jsonl", answers), settings, _silent)
    assert report.kept
    assert report.after["recall@1"].mean > report.before["recall@1"].mean + 0.2
    assert report.difference["recall@10"].low > 0

    # the running assistant notices; a new question of the same kind finds its rule
    assert assistant.search(asked, k=1)[0].passage.document == "r4"
    assert "learnt" in assistant.search(asked, k=1)[0].signals
    # a passage that comes later is read as the tuned model reads, and found like its twin
    _add(
        assistant,
        tmp_path / "later.jsonl",
        {"id": "later", "title": "后来", "text": f"{SPOKEN['租的屋漏雨']}。"},
    )
    hits = {hit.passage.document: hit for hit in assistant.search(asked, k=20)}
    assert hits["later"].signals["dense"] == pytest.approx(hits["r4"].signals["dense"], rel=0.3)
    assert report.path is not None
    with pytest.raises(StoreVersionError, match="another"):
        tuned.load(report.path, "another")
    assert undo(settings.store) is None
    assert "later" not in plain
    rest = [hit.passage.document for hit in assistant.search(asked, k=4)]
    assert [document for document in rest if document != "later"][:3] == plain
    assistant.close()
    with pytest.raises(UsageError):
        undo(settings.store)


def test_answers_drawn_by_lot_teach_nothing_and_are_not_kept(settings: Settings, tmp_path: Path) -> None:
    rng = np.random.default_rng(5)
    path = tmp_path / "lot.jsonl"
    with path.open("w", encoding="utf-8") as lines:
        for number in range(60):
            record = {"question": f"第{number * 2}号设施由谁保存", "gold": [f"n{rng.integers(150)}"]}
            lines.write(json.dumps(record, ensure_ascii=False) + "\n")
    report = tune(path, settings, _silent)
    assert not report.kept
    assert tuned.newest(settings.store) is None


def test_too_few_questions_are_refused_with_their_number(settings: Settings, tmp_path: Path) -> None:
    path = tmp_path / "few.jsonl"
    path.write_text('{"question": "谁来管", "gold": ["r1"]}\n{"question": "谁", "gold": ["gone"]}\n', "utf-8")
    with pytest.raises(UsageError, match="1 个问题") as error:
        tune(path, settings, _silent)
    assert "1 个不在" in str(error.value)


def test_a_line_that_is_no_question_is_named(tmp_path: Path) -> None:
    path = tmp_path / "bad.jsonl"
    path.write_text('{"question": "谁来管", "gold": ["r1"]}\n{"gold": ["r1"]}\n', "utf-8")
    with pytest.raises(UsageError, match="第 2 行"):
        read_known(path)


def test_a_damaged_tuning_is_named_and_can_be_undone(settings: Settings) -> None:
    folder = settings.store / "tuned"
    folder.mkdir()
    (folder / "20260101-000000.npz").write_bytes(b"nothing")
    with pytest.raises(StoreCorruptError, match="undo"):
        tuned.load(folder / "20260101-000000.npz", "any")
    assert undo(settings.store) is None
