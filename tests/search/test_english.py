"""English questions over Chinese documents: each word means what the documents say beside the others."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from assistant.search.known import Known
from assistant.search.plan import make_plan
from assistant.search.understand.english_figures import figures_written
from assistant.search.understand.english_words import expression
from assistant.types import Answer, Kind, Status

TEXTS = [
    ("甘肃报告", "技术合同成交额达到528亿元、增长30%。流通领域改革深化。"),
    ("甘肃报告", "敦煌研究院建成数字化平台3个。"),
]


def texts(words: Sequence[str], regions: Sequence[str]) -> list[tuple[str, str]]:
    """Return every passage, as a store of two would."""
    return TEXTS


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("turnover", "成交额"),
        ("contracts", "合同"),
        ("grew", "增长"),
        ("batteries", "电池"),
        ("planned", "计划"),
        ("illegal fund-raising", "非法集资"),
        ("industrial enterprises above designated size", "规模以上工业企业"),
    ],
)
def test_every_form_of_a_word_is_known(words: str, name: str) -> None:
    found = expression(words.split())
    assert found is not None
    assert found.words == len(words.split())
    assert name in found.names


def test_a_comparison_is_a_form_of_its_word() -> None:
    found = expression(["largest"])
    assert found is not None
    assert "大型" in found.names


def test_what_only_joins_a_compound_is_left_out() -> None:
    topic = make_plan("How many settling-in grants are export-oriented?").topic
    assert "oriented" not in topic
    assert "settling-in" not in topic


def test_how_many_years_asks_for_a_time() -> None:
    plan = make_plan("How many years of training are required?")
    assert plan.kind is Kind.FIGURE
    assert plan.unit == "年"


def test_a_county_may_own_what_is_asked() -> None:
    plan = make_plan(
        "What share of Changxing County's income is tax?",
        (),
        Known(regions=frozenset({"浙江省湖州市长兴县"})),
    )
    assert plan.regions == ("浙江省湖州市长兴县",)
    assert "'s" not in plan.resolved


def test_a_word_means_what_stands_beside_the_others() -> None:
    plan = make_plan("What was the turnover of technology contracts in Gansu?", (), Known(texts=texts))
    assert plan.topic == "技术合同成交额"
    assert plan.regions == ("甘肃省",)
    assert plan.kind is Kind.FIGURE


def test_what_about_takes_the_question_before() -> None:
    before = "What was the turnover of technology contracts in Gansu?"
    answer = Answer(before, Status.ANSWERED, "", resolved="甘肃技术合同成交额是多少")
    for question in ("What about Jilin?", "And Jilin?"):
        plan = make_plan(question, [(before, answer)], Known(texts=texts))
        assert plan.resolved == "吉林技术合同成交额是多少"
        assert plan.question == question


def test_a_whole_question_in_english_takes_nothing_from_a_chinese_one() -> None:
    before = "上海的研发经费是多少？"
    answer = Answer(before, Status.ANSWERED, "", resolved=before)
    plan = make_plan(
        "What was the turnover of technology contracts in Gansu?", [(before, answer)], Known(texts=texts)
    )
    assert plan.regions == ("甘肃省",)
    assert "上海" not in plan.resolved


def test_a_name_in_pinyin_is_found_by_its_sound() -> None:
    plan = make_plan("How many digital platforms did Dunhuang build?", (), Known(texts=texts))
    assert "敦煌" in plan.resolved


def test_a_word_that_nothing_holds_stays_for_the_refusal_to_name() -> None:
    plan = make_plan("How many nuclear reactors has Gansu built?", (), Known(texts=texts))
    assert "反应堆" in plan.topic
    assert "zzyzx" in make_plan("How large is the zzyzx of Gansu?", (), Known(texts=texts)).topic


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("When was the plan issued?", Kind.DATE),
        ("Who is responsible for the fund?", Kind.BODY),
        ("Which province has the highest growth target?", Kind.RANKING),
        ("How many provinces have a growth target above 6%?", Kind.RANKING),
        ("Compare the growth targets of Hebei and Shandong", Kind.COMPARISON),
        ("What measures support private enterprises?", Kind.LIST),
        ("What does low-altitude economy mean?", Kind.DEFINITION),
        ("Can foreign companies apply for the subsidy?", Kind.YES_NO),
        ("What is the growth target of each province?", Kind.ACROSS),
    ],
)
def test_the_grammar_tells_what_is_asked(question: str, kind: Kind) -> None:
    assert make_plan(question).kind is kind


@pytest.mark.parametrize(
    ("written", "chinese"),
    [
        ("over 100 million yuan", "超过1亿元"),
        ("1.6 trillion yuan", "1.6万亿元"),
        ("at least 5.5 percent", "不低于5.5%"),
        ("within 5 to 10 years", "5至10年"),
        ("article 16", "第16条"),
        ("in june 2023", "2023年"),
    ],
)
def test_figures_are_written_as_the_documents_write_them(written: str, chinese: str) -> None:
    assert chinese in "".join(figures_written(written).split())


def test_bodies_are_known_by_their_official_english_names_and_short_forms() -> None:
    for words in ("ndrc", "national development and reform commission"):
        found = expression(words.split())
        assert found is not None
        assert found.words == len(words.split())
        assert "发展改革委" in found.names


@pytest.mark.parametrize(
    ("english", "chinese", "kind"),
    [
        ("Since when has the county supported clusters?", "从什么时候开始", Kind.DATE),
        ("Until what date is the certificate valid?", "到什么时候", Kind.DATE),
        ("When must the report be published?", "什么时候", Kind.DATE),
        ("How long must records be kept?", "要多长时间", Kind.FIGURE),
        ("How soon is the licence issued?", "要多长时间", Kind.FIGURE),
        ("How fast did exports grow?", "增长多少", Kind.FIGURE),
        ("By how much did emissions fall?", "下降多少", Kind.FIGURE),
        ("Where does the output rank nationally?", "排第几", Kind.FIGURE),
    ],
)
def test_an_english_interrogative_becomes_the_chinese_one(english: str, chinese: str, kind: Kind) -> None:
    plan = make_plan(english)
    assert chinese in plan.resolved
    assert plan.kind is kind


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ("How many tourists did Changxing County (长兴县) receive in 2024?", "2024年长兴县"),
        (
            "What is the rent cap for affordable rental housing in Huzhou (湖州)?",
            "湖州保障性租赁住房租金上限",
        ),
        ("Which office handles the after-school service (课后服务) in Huzhou?", "课后服务"),
    ],
)
def test_a_name_in_brackets_in_chinese_stands_for_the_english_before_it(english: str, chinese: str) -> None:
    known = Known(regions=frozenset({"浙江省湖州市长兴县", "浙江省湖州市"}))
    resolved = make_plan(english, (), known).resolved
    assert chinese in resolved
    assert not any(left in resolved for left in ("after", "school", "changxing", "课外"))
