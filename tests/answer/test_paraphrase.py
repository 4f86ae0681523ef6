"""Questions in other words than the text has; and no figure of another measure in its place."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant import Assistant
from assistant.answer.evidence.near import near_words
from assistant.answer.evidence.terms import match, softened, terms
from assistant.answer.notices.misspelt import respelt
from assistant.search.plan import make_plan
from assistant.types import Hit, Passage, Status
from assistant.zh import places
from assistant.zh.street import joined
from assistant.zh.tokens import begins_word

# short reports of invented places, each with matters that resemble those of the others
_REPORTS = {
    "青溪县": "全县出让工业用地1320亩。公路客运站发送旅客86万人次。为280家企业减免房屋租金5400万元。"
    "新建养老院6所，新增床位900张。全县规模以上工业企业212家。居民参加基本医疗保险人数达到41万人。"
    "“金雁计划”扶持创业项目75个，带动就业营收3.6亿元。县属国有企业利润增长12.5%。",
    "白石市": "全市出让住宅用地640亩。新开公交线路9条。为外贸企业清缴欠税1.2亿元。新建幼儿园14所。"
    "发放最低生活保障金8800万元。全市植树造林5.3万亩。拆除违章建筑27万平方米。",
    "东湾区": "港区货物吞吐量完成3200万吨。新增发明专利4100件。人才公寓入住6200户。"
    "举办职业技能培训班380期。区图书馆接待读者210万人次。",
}


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    folder = tmp_path_factory.mktemp("reports")
    records = [
        {"id": name, "title": f"{name}工作报告", "text": "\n\n".join(f"{s}。" for s in text.split("。") if s)}
        for name, text in _REPORTS.items()
    ]
    listed = folder / "reports.jsonl"
    listed.write_text("\n".join(json.dumps(r, ensure_ascii=False) for r in records), encoding="utf-8")
    opened = Assistant.open(folder / "store")
    opened.index([Path(listed)])
    yield opened
    opened.close()


@pytest.mark.parametrize(
    ("question", "figure"),
    [
        ("青溪卖了多少亩工业地？", "1320亩"),
        ("青溪盖了几所养老院？", "6所"),
        ("青溪的规上工业企业有几家？", "212家"),
        ("白石低保金发了多少钱？", "8800万元"),
        ("东湾港口运了多少吨货？", "3200万吨"),
        ("青溪参加医保的有多少人？", "41万人"),
    ],
)
def test_a_figure_is_found_in_other_words(reports: Assistant, question: str, figure: str) -> None:
    answer = reports.ask(question)
    assert answer.status is Status.ANSWERED
    assert f"**{figure}" in answer.text


@pytest.mark.parametrize(
    "question",
    [
        "青溪县“金雁计划”的补贴是多少万元？",
        "白石市的失业率是多少？",
        "东湾区的住房公积金贷款额度是多少？",
        "青溪县的工业产值是多少亿元？",
    ],
)
def test_a_figure_of_another_measure_is_no_answer(reports: Assistant, question: str) -> None:
    assert reports.ask(question).status is Status.REFUSED


@pytest.mark.parametrize(
    ("question", "missing"),
    [
        ("碧波湾产业园的货物吞吐量是多少？", "“碧波湾产业园”"),  # another site's
        ("东湾区职业技能培训班什么时候开班？", "的时间"),  # a text without a time
        ("青溪县的工业用地由哪个部门出让？", "部门"),  # a text without an office
    ],
)
def test_a_site_a_time_or_an_office_that_the_text_does_not_give_is_named_as_missing(
    reports: Assistant, question: str, missing: str
) -> None:
    answer = reports.ask(question)
    assert answer.status is Status.REFUSED
    assert missing in answer.text


@pytest.mark.parametrize(
    ("written", "spelt_out"),
    [
        ("低保", "享受最低生活保障的家庭"),
        ("社保", "依法参加社会保险"),
        ("高企", "国家高新技术企业"),
        ("门特", "门诊特定病种"),
        ("长护险", "长期护理保险"),
    ],
)
def test_an_abbreviation_is_met_spelt_out(written: str, spelt_out: str) -> None:
    (term,) = terms(written)
    assert match(term, spelt_out) < 0.5 or match(softened((term,))[0], spelt_out) == match(term, spelt_out)
    assert 0.5 <= match(softened((term,))[0], spelt_out) <= 1


def test_characters_inside_words_spell_out_nothing() -> None:
    assert begins_word("社会保险", 2)
    assert not begins_word("社会保险", 1)
    (term,) = softened(terms("网购"))
    assert match(term, "全国统一的网上采购") < 0.5


@pytest.mark.parametrize(
    ("word", "other"),
    [("卖", "出售"), ("货", "货物"), ("欠款", "债务"), ("老人", "老年人"), ("补贴", "补助")],
)
def test_words_of_one_meaning_are_near(word: str, other: str) -> None:
    assert other in dict(near_words(word)) or word in dict(near_words(other))


@pytest.mark.parametrize(
    ("word", "other"),
    [
        ("增加", "减少"),
        ("上升", "下降"),
        ("进口", "出口"),
        ("收入", "支出"),
        ("去年", "今年"),
        ("城市", "农村"),
    ],
)
def test_opposites_and_times_are_never_near(word: str, other: str) -> None:
    assert other not in dict(near_words(word))
    assert word not in dict(near_words(other))


def test_no_place_stands_for_another() -> None:
    for province in ("广东", "浙江省", "深圳", "长兴", "成都市"):
        assert places.find(province)
        assert not near_words(province)


def test_how_it_is_put_weighs_less_than_what_is_asked() -> None:
    put, asked = terms("琢磨"), terms("轮椅")
    assert put[0].weight < 0.5 * asked[0].weight


def test_verbs_that_stand_side_by_side_are_no_rare_name() -> None:
    weights = {term.text: term.weight for term in terms("机构由哪边来挑")}
    assert weights["来挑"] < weights["机构"]
    assert terms("绿电")[0].weight > 1  # a name that jieba does not know


def test_a_slip_that_breaks_a_word_apart_is_read_by_its_sound() -> None:
    text = "长期护理保险的缴费比例为百分之一。"
    passage = Passage("1", "d", "办法", (), 0, len(text), text)
    plan = respelt(make_plan("长期护里保险怎么缴费"), [Hit(1, 1.0, passage)])
    assert plan is not None
    assert "护理" in plan.topic
    assert plan.notices == ("“护里”按“护理”理解。",)
    assert respelt(make_plan("长期护理保险怎么缴费"), [Hit(1, 1.0, passage)]) is None


@pytest.mark.parametrize(
    ("asked", "written"),
    [
        ("老人看病能报销多少", "参保老年人门诊就医按规定支付医疗费用"),
        ("想找工作的毕业生", "高校毕业生求职补贴"),
        ("厂子要搬走了", "企业搬迁"),
        ("次品少了多少", "产品不良率降低40%"),
        ("伺候老人", "照护老年人补助"),
    ],
)
def test_words_of_the_street_meet_those_of_policy(asked: str, written: str) -> None:
    telling = [term for term in softened(terms(asked)) if term.weight > 0.5]
    assert telling
    assert all(match(term, written) > 0.5 for term in telling)


def test_words_of_the_street_are_put_together_only_where_they_stand_together() -> None:
    assert joined(["找", "工作", "的", "人"]) == ["找工作", "的", "人"]
    assert joined(["工作", "找", "他"]) == ["工作", "找", "他"]
    assert joined(["老人", "看病"]) == ["老人", "看病"]


@given(st.lists(st.sampled_from(["找", "工作", "打官司", "垃圾", "的", "买", "房", "a", "1"])))
def test_putting_words_together_loses_no_character(words: list[str]) -> None:
    assert "".join(joined(words)) == "".join(words)


def test_a_number_without_a_unit_is_no_word_of_the_matter() -> None:
    assert [term.text for term in terms("借条写了五千")] == ["借条", "写"]


def test_a_word_of_everyday_talk_in_quotation_marks_is_no_name() -> None:
    assert not any(term.quoted for term in terms("领导和企业“结对子”"))
    assert any(term.quoted for term in terms("企业的“金雁计划”"))
