"""Each metric says what its name says, on answers whose faults are known."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.metrics import MEASURES
from eval.metrics.claims import claims
from eval.metrics.interval import bootstrap, wilson
from eval.questions import Evidence, Question
from eval.reply import Cited, Found, Reply
from eval.results import Result

TEXT = "天津：全面梳理八大产业。累计创建国家级企业技术中心77家。福州：年化贴息利率达3%,期限2年。"
SOURCES = {"d": TEXT}
QUESTION = Question(
    "q", "天津有多少家国家级企业技术中心？", "figure", True, (("77家",),), (Evidence("d", "技术中心77家"),)
)


def cited(quote: str, n: int = 1) -> Cited:
    start = TEXT.index(quote)
    return Cited(n, "d", quote, start, start + len(quote), quote, section=("天津",))


GOOD = Reply("answered", "累计创建国家级企业技术中心77家。[1]", (cited("累计创建国家级企业技术中心77家"),))


def value(name: str, reply: Reply, question: Question = QUESTION) -> float | None:
    score = MEASURES[name].metric(question, reply, SOURCES)
    return None if score is None else score.value


def test_a_good_answer_has_no_fault() -> None:
    for name in ("key_points", "exactness", "citation_validity", "citation_recall", "citation_precision"):
        assert value(name, GOOD) == 1
    assert value("verbatim", GOOD) == 1
    assert value("region_confusion", GOOD) == 0
    assert value("false_refusal", GOOD) == 0


def test_a_refusal_is_right_only_where_nothing_answers() -> None:
    refused = Reply("refused", "没有找到。")
    unanswerable = Question("u", "天津的地铁票价？", "near_topic", False)
    assert value("false_refusal", refused) == 1
    assert value("key_points", refused) == 0
    assert value("refusal", refused, unanswerable) == 1
    assert value("refusal", GOOD, unanswerable) == 0


def test_a_figure_outside_its_citation_is_not_carried() -> None:
    other = Reply("answered", "累计创建国家级企业技术中心78家。[1]", GOOD.citations)
    assert value("citation_recall", other) == 0
    assert value("exactness", other) == 0


def test_a_figure_in_bold_must_be_the_one_asked_for() -> None:
    told = GOOD.answer
    assert value("lead", GOOD) is None
    assert value("lead", Reply("answered", f"**77家**：{told}", GOOD.citations)) == 1
    assert value("lead", Reply("answered", f"**78家；77家**：{told}", GOOD.citations)) == 0.5
    wrong = Reply("answered", f"**八大**：{told}", GOOD.citations)
    assert value("lead", wrong) == 0
    unanswerable = Question("u", "天津的地铁票价？", "near_topic", False)
    assert value("lead", wrong, unanswerable) == 0
    scores = {
        name: score
        for name in ("key_points", "lead")
        if (score := MEASURES[name].metric(QUESTION, wrong, {}))
    }
    assert scores["key_points"].value == 1
    assert not Result(QUESTION, wrong, scores, {}).is_right


def test_a_place_that_the_citation_does_not_name_is_confused() -> None:
    other = Reply("answered", "贵州省累计创建国家级企业技术中心77家。[1]", GOOD.citations)
    assert value("region_confusion", other) == 1


def test_a_needless_citation_costs_precision() -> None:
    both = (GOOD.citations[0], cited("年化贴息利率达3%", 2))
    assert value("citation_precision", Reply("answered", GOOD.answer + "[2]", both)) == 0.5


def test_half_a_list_is_not_complete() -> None:
    question = Question("l", "？", "list", True, (("3%",), ("2年",)), (Evidence("d", "期限2年"),))
    half = Reply("answered", "年化贴息利率达3%[1]", (cited("年化贴息利率达3%"),))
    assert value("completeness", half, question) == 0
    assert value("key_points", half, question) == 0.5


@pytest.mark.parametrize(
    ("answer", "texts"),
    [
        ("甲。[1]乙。[2]", ["甲。", "乙。"]),
        ("要点如下：\n- 甲[1]\n- 乙[2]", ["甲", "乙"]),
        ("### 标题\n1. 甲[1]\n2. 乙[1][2]", ["甲", "乙"]),
        ("| 地区 | 数 |\n| --- | --- |\n| 天津 | 77家[1] |", ["天津 77家"]),
        ("2.1万亩[1]", ["2.1万亩"]),
        ("文件中未检索到依据。", []),
        ("是。甲。[1]", ["甲。"]),
    ],
)
def test_an_answer_is_cut_into_its_claims(answer: str, texts: list[str]) -> None:
    assert [claim.text for claim in claims(answer)] == texts


def test_every_marker_form_is_read() -> None:
    assert [claim.citations for claim in claims("甲[1][2]\n乙【3】\n丙[4,5]")] == [(1, 2), (3,), (4, 5)]


@given(st.lists(st.booleans(), min_size=1, max_size=10), st.integers(min_value=1, max_value=3))
def test_retrieval_agrees_with_ir_measures(relevant: list[bool], missing: int) -> None:
    from ir_measures import RR, Qrel, R, ScoredDoc, calc_aggregate, nDCG

    # one piece of evidence per relevant hit, and some that no hit holds
    found = [f"证据{i}号" for i, hit in enumerate(relevant) if hit]
    text = "。".join([*found, *(f"未见{i}号" for i in range(missing))])
    evidence = tuple(Evidence("d", quote) for quote in (*found, *(f"未见{i}号" for i in range(missing))))
    spans = iter(found)
    hits = []
    for hit in relevant:
        start = text.index(next(spans)) if hit else len(text) + 1
        hits.append(Found("d", start, start + 4))
    question = Question("q", "？", "figure", True, (("x",),), evidence)
    reply = Reply("answered", "", hits=tuple(hits))
    names = [f"hit{i}" for i in range(len(hits))]
    qrels = [Qrel("q", name, 1) for name, hit in zip(names, relevant, strict=True) if hit]
    qrels += [Qrel("q", f"missing{i}", 1) for i in range(missing)]
    run = [ScoredDoc("q", name, float(-rank)) for rank, name in enumerate(names)]
    expected = calc_aggregate([nDCG @ 10, R @ 5, RR], qrels, run)
    sources = {"d": text}
    for name, measure in (("ndcg_at_10", nDCG @ 10), ("recall_at_5", R @ 5), ("mrr", RR)):
        score = MEASURES[name].metric(question, reply, sources)
        assert score is not None
        assert score.value == pytest.approx(expected[measure])


def test_the_interval_of_a_handful_of_questions_is_wide_even_where_all_are_right() -> None:
    # (5 of 5: .566 to 1), Brown, Cai, DasGupta 2001, "Interval estimation for a binomial proportion"
    handful = wilson(5, 5)
    assert (round(handful.low, 3), handful.mean, handful.high) == (0.566, 1.0, 1.0)
    assert wilson(0, 5).high == pytest.approx(1 - handful.low)
    assert wilson(500, 500).low > 0.99
    with pytest.raises(ValueError, match="trials"):
        wilson(0, 0)


def test_an_interval_holds_its_mean_and_narrows_with_more_questions() -> None:
    few, many = bootstrap([0.0, 1.0] * 5), bootstrap([0.0, 1.0] * 500)
    assert few.low <= few.mean <= few.high
    assert many.high - many.low < few.high - few.low
