"""What follows where something happens: the rule for that case, and for no other."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from assistant import Assistant
from assistant.types import Status

from .desk import desk_of

RULES = """云岭市公共自行车使用办法
第一条 为方便市民短途出行，制定本办法。
第二条 借车卡在任何服务点均可办理，每人限办一张。
第三条 借车卡遗失或者损坏的，持卡人应当到服务点挂失补办，补办收取工本费十元。
第四条 借车后未在四小时内归还的，从押金中按每小时二元扣款。
第五条 还车时锁桩发生故障的，使用人应当拨打服务热线，由值守人员登记。
第六条 将车辆转借他人或者用于经营的，收回借车卡，一年内不得再次申领。
伪造借车卡的，依照前款规定处理。
第七条 服务点有下列行为之一的，由市交通部门责令改正，处五百元罚款：
（一）未公示借车价目；
（二）拒绝为老年人办卡。
"""


@pytest.fixture(scope="module")
def rules(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with desk_of(tmp_path_factory.mktemp("rules"), RULES) as opened:
        yield opened


@pytest.mark.parametrize(
    ("question", "said", "of_another_case"),
    [
        ("借车卡丢了怎么办？", "挂失补办", "一年内"),
        ("借车后没在四小时内归还会怎么样？", "每小时二元", "挂失"),
        ("如果还车时锁桩坏了怎么办？", "服务热线", "挂失"),
        ("把车辆转借他人了会怎么处理？", "收回借车卡", "工本费"),
        ("服务点拒绝为老年人办卡怎么处罚？", "五百元罚款", "公示借车价目"),
    ],
)
def test_the_rule_for_the_case_supposed_is_told_and_no_other(
    rules: Assistant, question: str, said: str, of_another_case: str
) -> None:
    answer = rules.ask(question)
    assert answer.status is Status.ANSWERED
    assert said in answer.text
    assert of_another_case not in answer.text


def test_what_a_rule_refers_back_to_is_told_with_it(rules: Assistant) -> None:
    answer = rules.ask("伪造借车卡会怎么处理？")
    assert answer.status is Status.ANSWERED
    assert "依照前款规定" in answer.text
    assert "收回借车卡" in answer.text


def test_a_case_that_the_rules_tell_in_other_words_is_answered(rules: Assistant) -> None:
    answer = rules.ask("把车借给朋友骑了会怎么样？")
    assert answer.status is Status.ANSWERED
    assert "收回借车卡" in answer.text


def test_a_case_that_no_rule_is_made_for_is_refused(rules: Assistant) -> None:
    answer = rules.ask("借车时没带手机怎么办？")
    assert answer.status is Status.REFUSED
    assert not answer.citations
