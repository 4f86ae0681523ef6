"""Questions made to teach the judgement: what they ask for is told, or is not."""

from __future__ import annotations

import random
from pathlib import Path

from assistant import Assistant
from eval.calibrate.near import near_topics
from eval.calibrate.otherwise import otherwise_asked

TEXT = """城西办法
由市水务局负责河道清淤和堤岸加固的日常监督检查。
鼓励居民小区自愿安装雨水收集设施。
由于地下管网老化严重，东片区实施雨污分流改造工程。
二〇一九年以前建成的泵站全部更换节能型水泵设备。
污水处理厂扩建工程总投资3.5亿元并采用膜处理工艺。
"""


def test_a_question_asked_otherwise_keeps_its_matter_and_is_not_answered() -> None:
    chance = random.Random(0)
    other = otherwise_asked("陶鼎什么时候出土于河岸？", "陶鼎于1958年出土。", chance)
    assert other.startswith("陶鼎")
    assert other.endswith("出土于河岸？")
    assert "什么时候" not in other


def test_a_question_is_not_asked_otherwise_where_that_may_be_told() -> None:
    told = "因河水改道，陶鼎于1958年在北岸出土。"
    assert otherwise_asked("陶鼎什么时候出土于河岸？", told, random.Random(0)) == ""


def test_only_what_a_clause_tells_is_held_to_be_answered(tmp_path: Path) -> None:
    path = tmp_path / "办法.txt"
    path.write_text(TEXT, encoding="utf-8")
    assistant = Assistant.open(tmp_path / "store")
    assistant.index([path])
    document = assistant.document(assistant.documents()[0].id)
    cases = [case for seed in range(40) for case in near_topics([document], 200, random.Random(seed))]
    asked_who = [case for case in cases if "哪个部门" in case.question]
    assert any(case.answerable and "水务局" in case.evidence[0] for case in asked_who)
    assert all(
        "清淤" not in case.question and "加固" not in case.question
        for case in asked_who
        if not case.answerable
    )
    assert all(bool(case.evidence) is case.answerable for case in cases)
    assert not all(case.answerable for case in cases)
