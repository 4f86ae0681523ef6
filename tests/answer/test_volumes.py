"""The outline of a work in several documents is told whole, in the order of its volumes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant import Assistant

from .desk import desk_of

FIRST = "一、发展现状\n全市有乡村产业园12个。\n二、主要成效\n带动就业3万人。\n三、存在问题\n资金不足。\n"
SECOND = (
    "四、总体思路\n坚持规划引领，分类推进。\n五、对策建议\n加大财政投入。\n六、保障措施\n成立领导小组。\n"
)
HEADS = ("发展现状", "主要成效", "存在问题", "总体思路", "对策建议", "保障措施")
TEXTS = (
    f"沂川市乡村产业发展研究（下）\n{SECOND}",
    f"沂川市乡村产业发展研究（上）\n{FIRST}",
    f"沂川市林下经济调研报告\n{FIRST}",
    f"沂川市林下经济调研报告\n{SECOND}",
    "沂川市湿地保护方案\n一、湿地目标\n恢复湿地3处。\n二、湿地任务\n清理河道。\n",
    "沂川市湿地保护方案\n一、巡护目标\n新增巡护员9名。\n二、巡护任务\n每日巡护。\n",
)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    folder: Path = tmp_path_factory.mktemp("volumes")
    with desk_of(folder, *TEXTS) as opened:
        yield opened


@pytest.mark.parametrize(
    "question",
    [
        "《沂川市乡村产业发展研究》讲了哪些方面？",
        "沂川市乡村产业发展研究的提纲是什么？",
        "概括沂川市乡村产业发展研究的主要内容",
        "沂川市林下经济调研报告分几部分？",
    ],
)
def test_all_volumes_are_told_in_their_order(desk: Assistant, question: str) -> None:
    text = desk.ask(question).text
    places = [text.find(head) for head in HEADS]
    assert -1 not in places
    assert places == sorted(places)


def test_the_parts_of_all_volumes_are_counted(desk: Assistant) -> None:
    assert desk.ask("沂川市乡村产业发展研究分几部分？").text.startswith("共6个")


def test_a_volume_that_is_named_is_told_alone(desk: Assistant) -> None:
    text = desk.ask("《沂川市乡村产业发展研究（下）》讲了哪些方面？").text
    assert "总体思路" in text
    assert "发展现状" not in text


def test_two_documents_of_one_title_that_both_begin_at_one_are_not_one_work(desk: Assistant) -> None:
    text = desk.ask("沂川市湿地保护方案的提纲是什么？").text
    assert ("湿地目标" in text) != ("巡护目标" in text)
