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


NOTICES = """沂川县2024年统计公报
一、总量
全年地区生产总值86.4亿元，比上年增长5.2%。
二、交通
3路公交首班车早上六点二十，末班车晚上七点四十。
三、评审
专利预审每年三月、九月各受理一次。
四、专利预审联系方式
专利预审办理地点：锦帆路19号二楼3号窗口。联系人：卓晓岚，电话0000-6620118。
五、托管
每班不超过二十人。打包盒每个五角。
"""


@pytest.fixture(scope="module")
def notices(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with desk_of(tmp_path_factory.mktemp("notices"), NOTICES) as opened:
        yield opened


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("2024年沂川县地区生产总值是多少？", "86.4亿元"),  # 比上年 does not make it of 2023
        ("3路公交末班车几点？", "晚上七点四十"),
        ("专利预审几月份受理？", "三月"),
        ("专利预审在几号窗口办理？", "3号"),
        ("专利预审的联系人是谁？", "卓晓岚"),
        ("每班最多几个孩子？", "二十人"),
        ("打包盒多少钱一个？", "五角"),
    ],
)
def test_plain_questions_of_a_notice_are_answered(notices: Assistant, question: str, told: str) -> None:
    answer = notices.ask(question)
    assert answer.status is Status.ANSWERED
    assert told in answer.text


def test_what_a_year_is_compared_with_is_no_year_of_a_figure(notices: Assistant) -> None:
    answer = notices.ask("2023年沂川县地区生产总值是多少？")
    assert answer.status is Status.REFUSED
