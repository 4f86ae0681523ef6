"""Citizens' questions over service guides and laws: figures, dates, conditions, replies, each whole."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assistant import Assistant
from assistant.types import Status
from assistant.zh.fold import fold

from .desk import desk_of

GUIDE = """云水市电动自行车登记办事指南
一、服务对象
在本市行政区域内居住的电动自行车所有人。
二、办理条件
申请登记的车辆应当同时符合下列条件：
（一）列入国家强制性产品认证目录；
（二）整车质量不超过55千克；
（三）所有人年满16周岁。
三、申请材料
1.所有人居民身份证原件；
2.购车发票；
3.产品合格证。
四、办理时限
法定办结时限：20个工作日
承诺办结时限：5个工作日
五、收费标准
不收费
六、预约登记
首批车主的预约登记时间为6月2日9：00至6月4日17：00，逾期另行安排。
"""
RULES = """云水市长者助餐补贴办法
第一条 本办法所称长者，是指60周岁以上的户籍老年人。
第二条 长者每次就餐补贴按年龄发放：60至69周岁的每次2元；70至79周岁的每次3元；80周岁以上的每次5元。
第三条 助餐点有下列情形之一的，可以领取运营补助：
（一）每日就餐三十人次以上的；
（二）设在农村地区的。
第四条 助餐点有下列情形之一的，不得领取运营补助：
（一）一年内发生食品安全事故的；
（二）伪造就餐记录的。
第五条 伪造就餐记录的，追回补助；情节严重的，处一千元以上五千元以下罚款。
第六条 每个助餐点一个年度内的运营补助上限为80000元。
第七条 护理员的补助标准为普通工作人员的1.5倍。
第八条 本办法自2024年5月1日起施行，有效期3年。
"""
QUESTIONS = """云水市住房租赁贷款常见问题
一、租赁贷款最高可以申请多少额度？
答：个人最高20万元；带动就业五人以上的，最高40万元。
二、租赁贷款有哪些申请渠道？
答：可在云水政务网或者社区窗口提出申请。
"""


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """Return an assistant over a guide, a set of rules and a page of questions and answers."""
    folder: Path = tmp_path_factory.mktemp("guides")
    records = [
        {"id": text.split("\n", 1)[0], "title": text.split("\n", 1)[0], "text": text}
        for text in (GUIDE, RULES, QUESTIONS)
    ]
    source = folder / "guides.jsonl"
    source.write_text("\n".join(json.dumps(one, ensure_ascii=False) for one in records), encoding="utf-8")
    assistant = Assistant.open(folder / "store")
    assistant.index([source])
    return assistant


def said(desk: Assistant, question: str) -> str:
    """Return the folded answer to a question that must be answered."""
    answer = desk.ask(question)
    assert answer.status is Status.ANSWERED, answer.text
    assert all(statement.citations for statement in answer.statements)
    return fold(answer.text)


@pytest.mark.parametrize(
    ("question", "figure"),
    [
        ("每个助餐点的运营补助最多能领多少钱？", "80000元"),
        ("护理员的补助标准是普通工作人员的几倍？", "1.5倍"),
        ("电动自行车登记的所有人要满几岁？", "16周岁"),
        ("电动自行车整车质量最多多少千克？", "55千克"),
    ],
)
def test_an_amount_a_ratio_an_age_and_a_mass_are_asked_for_in_plain_words(
    desk: Assistant, question: str, figure: str
) -> None:
    assert figure in said(desk, question).split("[")[0]


def test_a_figure_given_case_by_case_is_told_whole_and_in_order(desk: Assistant) -> None:
    text = said(desk, "长者每次就餐补贴多少元？")
    places = [text.index(figure) for figure in ("每次2元", "每次3元", "每次5元")]
    assert places == sorted(places)


def test_a_case_that_the_question_names_is_told_first_or_alone(desk: Assistant) -> None:
    assert "每次5元" in said(desk, "80周岁以上的长者每次就餐补贴多少元？")


def test_a_range_of_time_is_never_cut(desk: Assistant) -> None:
    assert "6月2日9:00至6月4日17:00" in said(desk, "首批车主预约登记是什么时候？")


def test_conditions_and_materials_are_whole_lists(desk: Assistant) -> None:
    conditions = said(desk, "电动自行车登记要满足哪些条件？")
    assert all(part in conditions for part in ("强制性产品认证", "55千克", "16周岁"))
    materials = said(desk, "电动自行车登记需要带什么材料？")
    assert all(part in materials for part in ("居民身份证", "购车发票", "合格证"))
    assert "55千克" not in materials


def test_how_long_and_how_much_it_takes_stand_under_their_headings(desk: Assistant) -> None:
    limits = said(desk, "电动自行车登记多少天能办完？")
    assert "20个工作日" in limits
    assert "5个工作日" in limits
    assert "不收费" in said(desk, "电动自行车登记要收多少钱？")


def test_what_is_denied_is_not_what_is_allowed(desk: Assistant) -> None:
    allowed = said(desk, "哪些情形可以领取运营补助？")
    assert "农村地区" in allowed
    assert "伪造" not in allowed
    denied = said(desk, "哪些情形不得领取运营补助？")
    assert "伪造就餐记录" in denied
    assert "农村地区" not in denied


def test_consequences_are_told_as_the_whole_sentence(desk: Assistant) -> None:
    text = said(desk, "伪造就餐记录怎么处罚？")
    assert "追回补助" in text
    assert "五千元以下罚款" in text


def test_a_document_named_by_its_title_is_asked_alone(desk: Assistant) -> None:
    assert "2024年5月1日" in said(desk, "《云水市长者助餐补贴办法》什么时候施行？")
    assert "3年" in said(desk, "《云水市长者助餐补贴办法》有效期几年？")


def test_the_reply_to_a_question_like_the_one_asked_comes_whole(desk: Assistant) -> None:
    text = said(desk, "租赁贷款最高可以申请多少？")
    assert "20万元" in text
    assert "40万元" in text
    assert "社区窗口" in said(desk, "租赁贷款有哪些申请渠道？")


def test_one_place_needs_no_brackets(desk: Assistant) -> None:
    assert "(云水" not in said(desk, "护理员的补助标准是普通工作人员的几倍？")


@pytest.mark.parametrize(
    "question",
    ["电动自行车的牌照费率是多少？", "长者助餐的覆盖率是多少？", "助餐点的占地面积有多大？"],
)
def test_another_measure_of_the_same_thing_is_no_answer(desk: Assistant, question: str) -> None:
    assert desk.ask(question).status is Status.REFUSED


def test_what_a_place_does_is_told_where_only_the_place_is_named(tmp_path: Path) -> None:
    text = (
        "各地发展渔业实践\n一、江苏\n江苏建设智慧渔港，推广循环水养殖设备三百台套。\n"
        "江苏同时开展渔民技能培训，全年培训渔民两千人次。\n江苏还设立渔业风险补偿资金，规模达到一亿元。\n"
        "二、福建\n福建发展深远海养殖平台，建成大型网箱二十座。\n"
    )
    with desk_of(tmp_path, text) as opened:
        answer = opened.ask("江苏有什么做法？")
        other = opened.ask("江苏有什么养老做法？")
    assert answer.status is Status.ANSWERED
    assert all(said in answer.text for said in ("智慧渔港", "技能培训", "风险补偿资金"))
    assert "深远海" not in answer.text
    assert other.status is Status.REFUSED


PLAIN = """# 云水市公共租赁住房申请指南

## 谁可以申请

- 本地户籍家庭：人均月收入低于4200元。
- 外来务工人员：连续缴纳社会保险满12个月。

## 怎么办

1. 向居住地街道递交申请表。
2. 街道20个工作日内完成初审。

## 去哪里办

锦帆路19号二楼3号窗口。
"""


@pytest.mark.parametrize(
    ("question", "told", "other"),
    [
        ("公租房申请条件有哪些", ("4200元", "满12个月"), "递交申请表"),
        ("公租房怎么申请", ("递交申请表", "完成初审"), "4200元"),
        ("公租房到哪里申请", ("锦帆路19号",), "4200元"),
    ],
)
def test_headings_that_ask_are_headings_of_what_they_ask(
    tmp_path: Path, question: str, told: tuple[str, ...], other: str
) -> None:
    source = tmp_path / "guide.md"
    source.write_text(PLAIN, encoding="utf-8")
    with desk_of(tmp_path, GUIDE) as desk:
        desk.index([source])
        answer = desk.ask(question)
    assert all(one in answer.text for one in told), answer.text
    assert other not in answer.text
    assert "- - " not in answer.text
