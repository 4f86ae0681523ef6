"""What a question is about: the statement of another matter, year or part of it is no answer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from assistant import Assistant
from assistant.answer import compose
from assistant.answer.choose.score import Scored, scored
from assistant.answer.evidence.terms import terms_of
from assistant.answer.refuse.gaps import lacking
from assistant.answer.refuse.owner import owner, unlisted_place
from assistant.answer.refuse.shorthand import unspelt
from assistant.answer.refuse.support import answers
from assistant.search.plan import make_plan
from assistant.types import Plan, Status

from .desk import desk_of, looked_at

FEES = "渔港收费办法\n第一条 渔船在渔港停泊，停泊费每天20元。\n第二条 渔船检验由渔政部门办理。\n"
REPORTS = [
    f"2025年{province}政府工作报告\n一、2024年工作回顾\n改造渔港{done}座。\n二、2025年工作安排\n{planned}"
    for province, done, planned in (
        ("甘肃省", 3, "建设高标准农田300万亩。培训船员500人。\n"),
        ("陕西省", 4, "新建和改造高标准农田260万亩。\n"),
        ("青海省", 5, "建设高标准农田40万亩。\n"),
        ("宁夏回族自治区", 6, "建设高标准农田80万亩。\n"),
    )
]


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with desk_of(tmp_path_factory.mktemp("matter"), FEES, *REPORTS) as opened:
        yield opened


def best_of(desk: Assistant, question: str) -> Scored:
    return scored(*looked_at(desk, question))[0]


def test_a_short_question_is_not_answered_in_doubt_without_its_heaviest_word(desk: Assistant) -> None:
    doubted = best_of(desk, "渔船在渔港停泊费是多少？")._replace(chance=0.4, coverage=0.4)
    assert not answers(make_plan("怎么给手机贴膜？"), doubted)
    assert answers(make_plan("怎么给手机贴膜？"), doubted._replace(chance=0.6))
    assert answers(make_plan("渔港停泊费怎么收？"), doubted)
    # a place, a year or a document says where it stands
    assert answers(make_plan("甘肃怎么给手机贴膜？"), doubted)


@pytest.mark.parametrize(
    ("question", "least"),
    [
        ("渔船检验要多少天？", 0.3),  # no figure of days is there: it may answer in words
        ("渔港停车费每天多少元？", 0.7),  # twenty yuan are there, of something else
    ],
)
def test_a_statement_without_the_figure_asked_for_needs_a_better_chance(
    desk: Assistant, question: str, least: float
) -> None:
    plan, best = make_plan(question), best_of(desk, question)._replace(figures=(None,))
    assert lacking(plan, best._replace(chance=least - 0.01))
    assert not lacking(plan, best._replace(chance=least))


def test_a_figure_that_no_rule_finds_fit_is_not_set_before_its_statement(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def sure(plan: Plan, ranked: Sequence[Scored]) -> list[Scored]:
        return [one._replace(chance=0.9) for one in ranked]

    monkeypatch.setattr(compose, "read_closely", sure)
    with desk_of(
        tmp_path, "渔区统计\n与城南相比，城北的户均值仅为其41.2%。\n渔船检验费为每船300元。\n"
    ) as opened:
        unfit = opened.ask("城北的户均产值相当于城南的百分之多少？")
        fit = opened.ask("渔船检验费每船多少元？")
    assert unfit.status is Status.ANSWERED
    assert "41.2%" in unfit.text
    assert "**" not in unfit.text
    assert "**300元**" in fit.text


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("青禾园有多少家企业？", "青禾园"),
        ("想去青禾院的老人，多久能排到？", ""),
        ("自己开公司的人交多少保费？", ""),
        ("听说衡港的旧楼能改成宿舍，怎么办手续？", ""),
        ("乡下那些学校的食材归谁送？", ""),
    ],
)
def test_a_wish_is_no_name(question: str, name: str) -> None:
    assert owner(make_plan(question)) == name


def test_what_is_planned_for_this_year_is_no_figure_of_last_year(desk: Assistant) -> None:
    assert "500人" in desk.ask("甘肃今年培训多少名船员？").text
    assert desk.ask("甘肃去年培训多少名船员？").status is Status.REFUSED


def test_a_figure_that_nothing_gives_is_named(desk: Assistant) -> None:
    answer = desk.ask("渔船停泊费每天多少元，渔船检验要多少天？")
    assert answer.status is Status.PARTIAL
    assert "20元" in answer.text
    assert any("检验" in notice and "未检索到依据" in notice for notice in answer.notices)


def test_what_is_told_before_the_question_counts_half() -> None:
    def weight(question: str) -> float:
        return next(term.weight for term in terms_of(make_plan(question)) if term.text == "码头")

    assert weight("我家住在码头。停泊费是多少？") == pytest.approx(weight("码头停泊费是多少？") / 2)


def test_work_to_be_done_is_told_whatever_verb_a_place_has_for_it(desk: Assistant) -> None:
    text = desk.ask("今年哪个省建设高标准农田最多，各省从高到低怎么排？").text
    assert all(figure in text for figure in ("300万亩", "260万亩", "80万亩", "40万亩"))


LAW = "河道管理法\n第一条 在河道采砂的，应当申请采砂许可证，许可证有效期为2年。\n"
GUIDE = (
    "采砂许可证办理简介\n在我市采砂的，许可证自受理之日起15个工作日内发放，费用由省水利厅核定。"
    "依照广东省河道管理规定办理。\n"
)
DONE = "2025年广东省水利工作报告\n全省发放采砂许可证480份，疏浚河道1200公里。\n"
OTHER = "湖南省河道采砂办法\n第一条 湖南省采砂许可证有效期为5年。\n"


def test_a_law_holds_in_every_place(tmp_path: Path) -> None:
    with desk_of(tmp_path, LAW, OTHER) as desk:
        answer = desk.ask("佛山市采砂许可证的有效期是几年？")
    assert "2年" in answer.text
    assert "5年" not in answer.text


def test_a_guide_of_the_province_answers_for_its_city_where_the_desk_has_no_other_place(
    tmp_path: Path,
) -> None:
    asked = "佛山市的采砂许可证几个工作日内发放？"
    with desk_of(tmp_path, GUIDE) as desk:
        assert "15个工作日" in desk.ask(asked).text
    (tmp_path / "two").mkdir()
    with desk_of(tmp_path / "two", GUIDE, OTHER) as desk:
        assert desk.ask(asked).status is Status.REFUSED


def test_what_a_law_says_of_one_city_holds_in_no_other(tmp_path: Path) -> None:
    law = "河道管理法\n第一条 在广州市采砂的，采砂许可证有效期为9年。\n"
    with desk_of(tmp_path, law, OTHER) as desk:
        assert "9年" not in desk.ask("佛山市采砂许可证的有效期是几年？").text


def test_what_a_province_did_is_not_what_its_city_did(tmp_path: Path) -> None:
    with desk_of(tmp_path, DONE) as desk:
        assert desk.ask("佛山市发放了多少份采砂许可证？").status is Status.REFUSED


@pytest.mark.parametrize(
    ("question", "place"),
    [
        ("云鸬县设的渔港驿站有多少个？", "云鸬县"),
        ("在蓼汀市办渔船登记要几天？", "蓼汀市"),
        ("长兴县的渔港有几个？", ""),  # a list has it
        ("产粮大县、超市和县级市有什么补助？", ""),
        ("全市各县渔港有几个？", ""),
    ],
)
def test_a_place_that_neither_list_nor_document_has_is_known_by_its_form(question: str, place: str) -> None:
    assert unlisted_place(make_plan(question)) == place


def test_a_place_that_no_document_names_is_refused_by_name(desk: Assistant) -> None:
    answer = desk.ask("云鸬县的渔船停泊费每天多少元？")
    assert answer.status is Status.REFUSED
    assert "云鸬县" in answer.text


def test_what_a_name_of_numbers_stands_for_must_be_counted_up(tmp_path: Path) -> None:
    told = "渔港规划\n构建“233”渔港体系，即2个中心渔港、3个一级渔港、3个避风锚地。\n"
    before = "渔政方案\n打造四大渔政中心，布局16个执法站点，构建“416”渔政体系。\n"
    untold = "渔业规划\n围绕“4266”渔业体系建设，推进渔业转型升级和产业提质。\n"
    with desk_of(tmp_path, told, before, untold) as opened:
        assert "3个避风锚地" in opened.ask("“233”渔港体系分别指什么？").text
        plan, found = looked_at(opened, "“416”渔政体系分别指什么？")
        assert not unspelt(plan, scored(plan, found)[0].candidate)
        answer = opened.ask("“4266”渔业体系分别指什么？")
    assert answer.status is Status.REFUSED
    assert "“4266”各指什么" in answer.text


def test_the_year_of_what_one_tells_of_oneself_is_not_asked_for(tmp_path: Path) -> None:
    with desk_of(
        tmp_path,
        "2026年护理员补贴工作情况\n今年，护理员取得技师证书并连续从业满两年的，给予5000元岗位补贴。\n",
    ) as desk:
        own = desk.ask("我是养老院护理员，去年考下了技师证书，连续从业满两年，能领多少岗位补贴？")
        asked = desk.ask("去年给护理员发了多少元岗位补贴？")
    assert "5000元" in own.text
    assert asked.status is Status.REFUSED
