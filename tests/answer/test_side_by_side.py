"""What a question sets side by side is told of each side by what the text says of it alone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from assistant import Assistant
from assistant.answer.forms.beside.asked import of_each
from assistant.answer.forms.beside.parallel import led_parts
from assistant.answer.forms.beside.ranking import task_of
from assistant.search.plan import make_plan
from assistant.types import Answer, Kind
from assistant.zh.periods import asked_apart, of_the_first, periods_of

from .desk import desk_of

PRACTICE = """各地养蜂业做法汇编
三、推进蜂业人才与技术一体化
多地推进蜂业人才与技术一体化。如,云南实施蜂农归巢计划,提供上门辅导;贵州设立12家蜂业实训点,围绕育种、采收一体化推进,改进蜂箱共享制度;甘肃制定《蜂业协作办法》,建立会商制度。
四、制定蜂蜜溯源标准
云南、贵州、甘肃等省份试行蜂蜜溯源,贵州还率先制定《蜂蜜溯源通则》地方标准,云南发布了蜂蜜分级指南。2023年年底,甘肃上线了首个蜂蜜溯源平台。
五、贵州养蜂的基础
贵州重视养蜂人才,把技术落在蜂场上。
"""
SHANDONG = """2025年山东省政府工作报告
一、2024年工作回顾
建成乡村蜂场530个。新增国家级蜂王示范场12家。新登记蜂农4.1万户。办结蜂农来信和来访件数分别下降12%和9%。
二、2025年重点工作
今年建成乡村蜂场150个。
"""
JILIN = """2025年吉林省政府工作报告
一、2024年工作回顾
我省是全国三大蜂场枢纽之一。建成乡村蜂场210个。新增国家级蜂王示范场8家。新登记蜂农1.7万户。
二、2025年重点工作
今年建成乡村蜂场400个。
"""

HEBEI = """2025年河北省政府工作报告
一、2024年工作回顾
新增国家级蜂王示范场5家。
"""
SHANXI = """2025年山西省政府工作报告
一、2024年工作回顾
新增国家级示范场96家。
"""


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with desk_of(tmp_path_factory.mktemp("sides"), PRACTICE, SHANDONG, JILIN, HEBEI, SHANXI) as opened:
        yield opened


def cells(answer: Answer) -> dict[str, str]:
    """Return the first cell of each row of the table."""
    listed = [line.split("|")[1:3] for line in answer.text.splitlines() if line.startswith("| ")]
    return {label.strip(): value.strip() for label, value in listed[2:]}


def test_the_clauses_of_one_paragraph_are_told_together(desk: Assistant) -> None:
    told = cells(desk.ask("云南、贵州、甘肃在蜂业人才技术一体推进上各拿出了什么做法？"))
    assert "归巢计划" in told["云南"]
    assert "归巢" not in told["贵州"]
    assert "12家蜂业实训点" in told["贵州"]
    assert "蜂业协作办法" in told["甘肃"]


def test_of_a_sentence_of_several_regions_each_gets_its_own_segments(desk: Assistant) -> None:
    told = cells(desk.ask("贵州、云南、甘肃在蜂蜜溯源标准和平台上各走了哪一步？"))
    assert "溯源通则" in told["贵州"]
    assert "分级指南" not in told["贵州"]
    assert "分级指南" in told["云南"]
    assert "通则" not in told["云南"]
    assert "溯源平台" in told["甘肃"]


def test_a_paragraph_that_has_only_the_words_of_the_title_fills_no_row(desk: Assistant) -> None:
    told = cells(desk.ask("云南、贵州、甘肃各地养蜂业的出口退税做法有什么不同？"))
    assert not any("溯源" in value or "实训" in value for value in told.values())


def test_a_list_of_regions_is_led_by_none_of_them_alone() -> None:
    parts = led_parts("如,上海、江苏等地试行认证,江苏还制定标准,上海交大参与,北京发布指南。")
    assert [len(part.regions) for part in parts] == [2, 1, 1, 1][: len(parts)]
    assert parts[0].regions == ("上海市", "江苏省")
    assert parts[-1].regions == ("北京市",)


@pytest.mark.parametrize(
    ("question", "apart"),
    [
        ("去年建成多少个蜂场,今年再建多少个?", True),
        ("2017年和2021年各是多少?", True),
        ("去年建成多少个蜂场?", False),
        ("从2017年到2021年增长了多少?", False),
        ("2025年要比2020年增长多少?", False),
    ],
)
def test_years_are_set_side_by_side_where_each_is_asked_for(question: str, apart: bool) -> None:
    assert asked_apart(question) == apart
    assert (make_plan(question).kind is Kind.COMPARISON) == apart


def test_what_is_asked_of_the_first_year_is_asked_of_the_others() -> None:
    assert of_the_first("去年建成多少个蜂场,今年再建多少个?") == "去年建成多少个蜂场,"
    assert periods_of("去年建成多少个蜂场,今年再建多少个?") == ["去年", "今年"]


def test_each_year_of_a_region_has_a_row_with_its_own_figure(desk: Assistant) -> None:
    one = cells(desk.ask("山东去年建成多少个乡村蜂场，今年准备再建多少个？"))
    assert one == {"去年": "530个", "今年": "150个"}
    both = cells(desk.ask("做一张表：山东、吉林去年建成多少个乡村蜂场，今年又打算建多少个。"))
    assert both == {
        "山东（去年）": "530个",
        "山东（今年）": "150个",
        "吉林（去年）": "210个",
        "吉林（今年）": "400个",
    }


def test_a_numeral_in_a_name_is_no_figure_of_a_table(desk: Assistant) -> None:
    answer = desk.ask("山东和吉林的乡村蜂场各有多少？")
    assert "三大" not in "".join(cells(answer).values())


@pytest.mark.parametrize(
    ("question", "topic"),
    [
        ("论新登记蜂农户数，山东和吉林2024年各到了多少？", "新登记蜂农"),
        ("新登记的蜂农，山东、吉林两家各打算弄多少万？", "新登记的蜂农"),
    ],
)
def test_how_the_answer_is_to_be_given_is_no_matter(question: str, topic: str) -> None:
    assert of_each(make_plan(question)).topic == topic


def test_the_second_is_told_beside_the_first(desk: Assistant) -> None:
    answer = desk.ask("2024年新登记蜂农户数，哪个省最多？紧跟其后的呢？")
    assert answer.text.startswith("最高：山东（4.1万户）、吉林（1.7万户）。")
    assert task_of("谁最多,第二名又是谁").top == 2
    assert task_of("排在第二的是谁").place == 2
    assert task_of("最多的和最少的各是谁").ends


def test_a_row_without_the_noun_of_all_others_is_none(desk: Assistant) -> None:
    answer = desk.ask("2024年新增国家级蜂王示范场，哪个省最多？")
    assert answer.text.startswith("最高：山东（12家）")
    assert "96家" not in answer.text


def test_a_bound_may_be_asked_for_in_any_unit(desk: Assistant) -> None:
    answer = desk.ask("2024年新增国家级蜂王示范场在8家以上的省份有哪几个？")
    assert answer.text.startswith("共2个：山东（12家）、吉林（8家）。")


@pytest.mark.parametrize(
    "question", ["各地在蜂蜜溯源方面都做了哪些部署？", "各省在蜂蜜溯源方面采取了哪些措施？"]
)
def test_that_something_is_done_about_a_matter_is_no_word_of_it(desk: Assistant, question: str) -> None:
    answer = desk.ask(question)
    assert "《蜂蜜溯源通则》" in answer.text
    assert "蜂蜜溯源平台" in answer.text


def test_how_many_of_several_lie_beyond_a_bound_is_counted(desk: Assistant) -> None:
    answer = desk.ask("几个省里，有几个新增的国家级蜂王示范场超过6家？")
    assert answer.text.startswith("共2个：山东（12家）、吉林（8家）")
