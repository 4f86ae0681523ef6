"""A question for several things is asked thing by thing, each with the matter that the first one names."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.search.plan import make_plan
from assistant.search.understand.parts import parts_of
from assistant.types import Kind
from assistant.zh.sentences import asking

SEVERAL = {
    "给父母办优待卡，审核要几个工作日？卡能用几年？丢了补一张收多少钱？": 3,
    "这批公租房在哪个小区、有多少套、都是几房几厅，哪天摇号？": 4,
    "专项资金归哪个部门管，每年多少亿元": 2,
    "退休以后是不是每年都要认证？忘了怎么办？": 2,
    "捐过几回血，落户能加几分，封顶多少？": 2,
}
ONE = [
    "专项资金每年有多少亿元？",
    "什么材料都没有，能办吗？",
    "跟周边几省比，2021年最大的行业占多少？",
    "科技、财政、人社三个部门各管什么？",
    "我在想要不要搬过去。那边招哪些企业？",
    "没有几家企业知道这笔补贴，怎么申请？",
]


@pytest.mark.parametrize(("question", "number"), SEVERAL.items())
def test_each_thing_asked_for_is_a_part(question: str, number: int) -> None:
    assert len(parts_of(question)) == number


@pytest.mark.parametrize("question", ONE)
def test_what_asks_for_one_thing_has_no_parts(question: str) -> None:
    assert parts_of(question) == ()


def test_a_part_is_of_the_matter_that_the_first_one_names() -> None:
    parts = make_plan("渔港停泊证每年办几次，由哪个部门发？").parts
    assert [part.kind for part in parts] == [Kind.FIGURE, Kind.BODY]
    assert "停泊证" in parts[1].topic
    assert "停泊证" not in asking(parts[1].resolved)


@given(st.text(alphabet="哪几多少么什谁怎，？。、；办卡年钱 ", max_size=40))
def test_whatever_is_written_every_part_asks_and_has_no_parts_itself(question: str) -> None:
    for part in parts_of(question):
        assert part.endswith("?")
        assert parts_of(part) == ()
