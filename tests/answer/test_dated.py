"""Which date of a clause answers: one that tells what is asked of it, counted from another day or not."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from assistant import Assistant
from assistant.types import Status

from .desk import desk_of

TEXT = """青禾图书馆管理办法
第一条 青禾图书馆于1936年落成，每周一闭馆整理，其余各日上午9:00至下午5:30开放。
第二条 馆方应当自收到借阅申请之日起3个工作日内发放读者证。
第三条 逾期罚金于次月10日前从押金中扣除。
第四条 暑期阅读班报名时间为6月2日至8日（含当日）。
"""


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with desk_of(tmp_path_factory.mktemp("dated"), TEXT) as opened:
        yield opened


@pytest.mark.parametrize(
    ("question", "date", "other"),
    [
        ("青禾图书馆星期几闭馆？", "周一", "**1936"),
        ("青禾图书馆哪年落成？", "1936", "**每周一"),
        ("青禾图书馆几点开放？", "9:00", "**1936"),
        ("收到借阅申请后最迟什么时候发放读者证？", "3个工作日内", "**次月"),
        ("逾期罚金什么时候从押金中扣除？", "次月10日前", "**3个"),
        ("暑期阅读班什么时候报名？", "**6月2日至8日**", "；当日"),
    ],
)
def test_a_date_tells_what_is_asked_of_it(desk: Assistant, question: str, date: str, other: str) -> None:
    answer = desk.ask(question)
    assert answer.status is Status.ANSWERED
    assert date in answer.text
    assert other not in answer.text
