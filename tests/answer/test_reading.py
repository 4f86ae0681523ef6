"""The statement chosen is read with the question, and what is read counts in the answer."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from assistant import Assistant
from assistant.answer.choose.closely import FEW, _in_yuan, read_closely
from assistant.answer.choose.phrasing import said
from assistant.answer.choose.reader import bundled
from assistant.answer.choose.score import Scored, scored
from assistant.types import Plan, Status
from assistant.zh.fold import fold

from .desk import desk_of, looked_at

CANTEEN = """青岚县职工食堂管理办法
第一条 职工午餐由食堂供应，每人每餐补贴15元，从工会经费列支。
第二条 食堂每周一至周五开放，菜单每周五公布。
第三条 双人间宿舍每人每月收水电费40元，由后勤科代收。
第四条 新员工入职体检由县人民医院承办，费用单位承担。
第五条 食堂后厨每月消毒两次。
第六条 宿舍钥匙由宿管保管。
"""


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with desk_of(tmp_path_factory.mktemp("canteen"), CANTEEN) as opened:
        yield opened


def ranked(desk: Assistant, question: str) -> tuple[Plan, list[Scored]]:
    """Return the plan of a question and the statements judged for it."""
    plan, found = looked_at(desk, question)
    return plan, scored(plan, found)


def test_what_no_signal_sees_is_read(desk: Assistant) -> None:
    # without the reader the day of the menu was told, and where the subsidy is paid from was refused
    assert desk.ask("食堂采购名单什么时候公布").status is Status.REFUSED
    assert "工会经费" in desk.ask("午餐补贴从哪里列支").text


def test_where_the_best_is_sure_it_alone_is_read(desk: Assistant) -> None:
    plan, judged = ranked(desk, "食堂菜单什么时候公布")
    first, *others = read_closely(plan, judged)
    best = judged[0]
    read = bundled().chance(fold(plan.resolved), said(best.candidate), best.chance, figure=False)
    assert first.chance == read != best.chance
    assert first._replace(chance=best.chance) == best
    assert others == judged[1:]


def test_a_question_for_several_things_is_left_to_the_judgement(desk: Assistant) -> None:
    plan, judged = ranked(desk, "午餐每人补贴多少钱？菜单什么时候公布？")
    assert plan.parts
    assert read_closely(plan, judged) == judged


def test_an_english_question_is_left_to_the_judgement(desk: Assistant) -> None:
    # word by word it comes to a Chinese that nobody writes, which the reader has never seen
    plan, judged = ranked(desk, "How much is the lunch subsidy for each person?")
    assert plan.english
    assert read_closely(plan, judged) == judged


@pytest.mark.parametrize(
    ("clause", "shown"),
    [
        ("打包盒每个五角。", "打包盒每个0.5元。"),
        ("盒饭三元五角一份。", "盒饭3.5元一份。"),
        ("推动长三角一体化,总投资1.2亿元。", "推动长三角一体化,总投资1.2亿元。"),
        ("毛利率3%,收入5万元,打包盒五角。", "毛利率3%,收入5万元,打包盒0.5元。"),
    ],
)
def test_only_amounts_in_jiao_are_shown_in_yuan(clause: str, shown: str) -> None:
    assert _in_yuan(clause) == shown


def test_where_the_best_is_in_doubt_the_next_are_read_too(desk: Assistant) -> None:
    plan, judged = ranked(desk, "食堂菜单什么时候公布")
    doubtful = [one._replace(chance=0.02) for one in judged]
    read = read_closely(plan, doubtful)
    changed = {one.candidate.text for one in read if one.chance != 0.02}
    assert changed == {one.candidate.text for one in judged[:FEW]}
    assert read[0].chance == max(one.chance for one in read)
    assert {one.candidate.text for one in read} == {one.candidate.text for one in judged}


LONG = """青岚县2025年政府工作报告
一、2024年工作回顾
一年来，全县上下深入学习贯彻上级全会精神，认真贯彻落实各项决策部署，在县委坚强领导下，大力实施工业经济“头号工程”，深入推进“三个十大”行动，着力塑造“十个新优势”，统筹推进稳增长、提质效、抓改革、防风险、惠民生，全县经济运行稳健向好、进中提质，实现地区生产总值98.6亿元、增长5.7%，增速高于全省0.7个百分点。
"""


def test_of_a_long_statement_what_stands_about_its_figure_is_read(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    # the figure stands behind the characters that are read: its growth was refused
    with desk_of(tmp_path_factory.mktemp("report"), LONG) as desk:
        first, *_ = read_closely(*ranked(desk, "2024年GDP增长多少？"))
    assert first.figure is not None
    assert first.figure.text == "5.7%"
    assert first.chance > 0.5
