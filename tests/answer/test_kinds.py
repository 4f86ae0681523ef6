"""Answers by kind over a small store: counts of numbered items, yes and no, tables, lists of documents."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant import Assistant
from assistant.types import Answer, Status
from tests.answer.desk import desk_of
from tests.answer.test_compose import check_contract

LAW = """海上巡查条例
第一条 巡查机构依法履行下列职责：
（一）在管辖海域开展巡航；
（二）查处海上走私行为；
（三）开展海上救助。
第二条 禁止任何单位和个人侵占巡查设施。
第三条 巡查船舶发生碰撞的，由海事部门处理。
第四条 巡查员年满18周岁可以报名，不得招用未满18周岁的人员担任巡查员。
第五条 优势类码头包括客运、货运等4个码头，基础类码头包括渔业、补给等6个码头。
"""
REPORTS = {
    "甘肃省": "一、2024年工作回顾\n城镇新增就业31.4万人。光伏装机居全国首位。\n"
    "二、2025年工作安排\n主要预期目标是：地区生产总值增长5.5%左右，居民消费价格涨幅2%左右。城镇新增就业30万人。\n",
    "陕西省": "一、2024年工作回顾\n城镇新增就业43.4万人，新能源汽车产量增长27%。\n"
    "二、2025年工作安排\n主要预期目标是：生产总值增长5%左右，固定资产投资稳定增长。城镇新增就业40万人以上。\n",
    "青海省": "一、2024年工作回顾\n城镇新增就业6.2万人，居民消费价格上涨0.2%。\n"
    "二、2025年工作安排\n主要预期目标是：地区生产总值增长4.5%左右。\n",
}


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """Return an assistant over a regulation and the reports of three provinces."""
    folder = tmp_path_factory.mktemp("desk")
    (folder / "海上巡查条例.txt").write_text(LAW, encoding="utf-8")
    for province, text in REPORTS.items():
        title = f"2025年{province}政府工作报告"
        (folder / f"{title}.txt").write_text(f"{title}\n{text}", encoding="utf-8")
    assistant = Assistant.open(folder / "store")
    assistant.index([folder])
    return assistant


def ask(desk: Assistant, question: str) -> Answer:
    """Return the answer, its contract checked."""
    answer = desk.ask(question)
    check_contract(desk, answer)
    return answer


def test_numbered_items_are_counted_where_the_text_does_not_say_how_many(desk: Assistant) -> None:
    text = ask(desk, "巡查机构依法履行的职责有几项？").text
    assert text.startswith("共3项")
    assert all(part in text for part in ("巡航", "走私", "救助"))


def test_two_matters_are_told_apart(desk: Assistant) -> None:
    for question in ("优势类码头和基础类码头各有几个？", "优势类码头和基础类码头有什么区别？"):
        text = ask(desk, question).text
        assert "4个" in text
        assert "6个" in text


FISHING = (
    "沿海渔业规划\n一、现状\n渔船两百艘。\n二、任务\n(一)更新渔船\n更换老旧渔船。\n(二)修建渔港\n修建两座渔港。\n"
    "三、保障\n(一)资金\n设立专项资金。\n(二)人才\n培训船员。\n"
)


@pytest.mark.parametrize(
    ("question", "headings"),
    [
        ("沿海渔业规划任务之下讲了哪两块？", ("更新渔船", "修建渔港")),
        ("规划的任务一共列了哪些方面，请按顺序列出来", ("更新渔船", "修建渔港")),
        ("按原文顺序说说保障部分的各条标题", ("资金", "人才")),
        ("保障下面设了哪几个小节", ("资金", "人才")),
        ("沿海渔业规划的结构", ("现状", "任务", "保障")),
    ],
)
def test_headings_are_told_however_they_are_asked_for(
    tmp_path: Path, question: str, headings: tuple[str, ...]
) -> None:
    with desk_of(tmp_path, FISHING) as opened:
        text = ask(opened, question).text
    places = [text.index(heading) for heading in headings]
    assert places == sorted(places)


def test_a_part_of_a_text_is_told_by_its_headings(tmp_path: Path) -> None:
    with desk_of(tmp_path, FISHING) as opened:
        answer = ask(opened, "沿海渔业规划第三部分讲了哪几条？").text
    assert "资金" in answer
    assert "人才" in answer
    assert "渔港" not in answer


@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        ("个人可以侵占巡查设施吗？", "否"),
        ("可以招用未满18周岁的人员担任巡查员吗？", "否"),
        ("陕西新能源汽车产量下降了27%吗？", "否"),
        ("陕西新能源汽车产量增长了27%吗？", "是"),
        ("甘肃光伏装机是不是全国第二？", "否"),
        ("甘肃光伏装机是不是全国第一？", "是"),
    ],
)
def test_yes_and_no_follow_the_text(desk: Assistant, question: str, verdict: str) -> None:
    assert ask(desk, question).text.startswith(verdict)


def test_what_the_text_does_not_decide_gets_no_verdict(desk: Assistant) -> None:
    text = ask(desk, "巡查船舶碰撞由农业部门处理吗？").text
    assert not text.startswith(("是", "否"))


def test_a_cell_holds_a_target_of_the_measure_asked_for_or_nothing(desk: Assistant) -> None:
    text = ask(desk, "各省居民消费价格涨幅目标是多少？").text
    assert "2%左右" in text
    assert "| 5%左右" not in text
    assert "| 0.2%" not in text
    assert "未检索到依据：" in text


def test_results_and_targets_of_one_measure_are_not_mixed(desk: Assistant) -> None:
    text = ask(desk, "各省城镇新增就业目标合计是多少？").text
    assert text.startswith("合计：70万人")
    assert "青海" in text.split("未检索到依据")[1]


def test_a_difference_is_worked_out(desk: Assistant) -> None:
    assert ask(desk, "甘肃与青海的生产总值增长目标相差多少？").text.startswith("相差1个百分点")


def test_documents_are_listed_by_the_sort_asked_for(desk: Assistant) -> None:
    text = ask(desk, "有哪些报告提到了就业？").text
    assert "有3份文件涉及" in text
    assert "条例" not in text
    assert ask(desk, "有没有关于走私的条例？").text.count("《海上巡查条例》") == 1
    assert ask(desk, "哪些文件提到了量子计算？").status is Status.REFUSED
