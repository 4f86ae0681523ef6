"""Several things asked for at once: each is told where the text tells it, and named where it does not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from assistant import Assistant
from assistant.answer.draft import Draft
from assistant.answer.evidence.candidates import candidates
from assistant.answer.forms.parts import in_parts
from assistant.answer.forms.passages import is_told
from assistant.answer.notices.doubt import is_doubted
from assistant.search.plan import make_plan
from assistant.types import Answer, Citation, Filters, Statement, Status

from .desk import desk_of

CARD = (
    "渔船停泊证办理指南\n一、办理\n停泊证由渔政支队发放，自受理之日起7个工作日内办结。\n"
    "二、有效期\n停泊证有效期为3年，期满前30日内办理续期。\n"
    "三、补办\n停泊证遗失的，凭船舶检验证书到原发证窗口补办。\n"
)
HARVEST = (
    "2025年渔业工作报告\n一、生产\n全年渔业产值达120亿元，水产品产量56万吨，新建渔港4座。\n"
    "二、科技\n推广循环水养殖设备300台套。\n"
)

# numbers in brackets that are the text's own: of a document, of a note
NOTED = (
    "蓝鳍养殖扶持办法\n一、补贴\n蓝鳍养殖网箱按鲁渔发[2019]5号执行[2]，每口补贴3000元[12]。\n"
    "二、保险\n蓝鳍养殖保险费由县财政承担六成[3]，依据渔险字[2021]17号。\n"
)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with desk_of(tmp_path_factory.mktemp("parts"), CARD, HARVEST, NOTED) as opened:
        yield opened


def test_parts_told_in_different_places_are_told_together(desk: Assistant) -> None:
    answer = desk.ask("渔船停泊证几个工作日办结？有效期是几年？遗失了怎么补办？")
    assert answer.status is not Status.REFUSED
    assert "7个工作日" in answer.text
    assert "3年" in answer.text
    assert "凭船舶检验证书" in answer.text


def test_each_marker_is_that_of_its_own_citation(desk: Assistant) -> None:
    answer = desk.ask("渔船停泊证几个工作日办结？有效期是几年？遗失了怎么补办？")
    assert [citation.n for citation in answer.citations] == list(range(1, len(answer.citations) + 1))
    for statement in answer.statements:
        marked = "".join(f"[{number}]" for number in statement.citations)
        assert f"{statement.text}{marked}" in answer.text
        told = answer.citations[statement.citations[0] - 1].quote
        assert all(piece in told for piece in statement.text.split("…"))


@pytest.mark.parametrize(
    "question",
    ["蓝鳍养殖网箱每口补贴多少？保险费财政承担多少？", "蓝鳍养殖网箱每口补贴多少钱", "蓝鳍养殖保险费谁承担"],
)
def test_numbers_in_brackets_of_the_text_are_no_citations(desk: Assistant, question: str) -> None:
    answer = desk.ask(question)
    assert answer.status is not Status.REFUSED
    marked = {int(number) for number in re.findall(r"\[(\d{1,3})\]", answer.text)}
    assert marked == {citation.n for citation in answer.citations}


def test_a_part_that_no_document_tells_is_named(desk: Assistant) -> None:
    answer = desk.ask("渔船停泊证几个工作日办结？有效期是几年？工本费收多少钱？")
    assert answer.status is Status.PARTIAL
    assert any("工本费" in notice and "未检索到依据" in notice for notice in answer.notices)
    assert "元" not in answer.text


def test_what_one_statement_tells_of_several_parts_is_told_once(desk: Assistant) -> None:
    answer = desk.ask("2025年渔业产值多少，水产品产量多少万吨，新建了几座渔港？")
    assert len(answer.citations) == 1
    assert {"120亿元", "56万吨", "4座"} <= set(answer.text.split("**")[1].split("；"))


def test_where_no_part_is_told_all_is_refused(desk: Assistant) -> None:
    answer = desk.ask("渔船保险由哪家公司承保，保费多少钱？")
    assert answer.status is Status.REFUSED


def test_a_traditional_question_has_traditional_notices(desk: Assistant) -> None:
    answer = desk.ask("漁船停泊證幾個工作日辦結？有效期是幾年？工本費收多少錢？")
    assert any("未檢索到依據" in notice for notice in answer.notices)


def test_what_is_likeliest_after_an_answer_in_doubt_is_told_beside_it(tmp_path: Path) -> None:
    lines = "\n".join(
        f"第{n}条 渔港{place}由管理站负责，{duty}。" for n, (place, duty) in enumerate(PLACES, 1)
    )
    with desk_of(tmp_path, f"渔港管理规定\n{lines}\n") as desk:
        answers = [desk.ask(question) for question in DOUBTFUL]
    doubted = [answer for answer in answers if is_doubted(answer)]
    assert doubted
    assert all(len(answer.citations) > 1 for answer in doubted)


def test_what_two_documents_say_in_the_same_words_is_told_once(tmp_path: Path) -> None:
    duty = "渔港码头由管理站负责，夜间锁闭"
    with desk_of(
        tmp_path, f"渔港管理规定\n{duty}。\n", f"港区管理办法\n渔港{duty[2:]}，{duty[-4:]}。\n"
    ) as desk:
        view = desk._now()
        plan = make_plan("渔港码头由谁负责？")
        one, other = (
            next(one for one in candidates(view.retrieve(plan, Filters(), 9), view) if one.document.id == id)
            for id in "01"
        )
        draft = Draft(plan)
        told = draft.answer(draft.state(one.text, one.document, one.start, one.end))
        unrelated = replace(other, folded="码头夜间禁止停车")
    assert is_told(told, one)
    assert is_told(told, replace(other, folded=one.folded))
    assert not is_told(told, unrelated)


def test_beside_an_answer_in_doubt_nothing_of_another_place_is_told(tmp_path: Path) -> None:
    texts = [
        f"{region}渔港管理规定\n"
        + "\n".join(f"第{n}条 渔港{place}由管理站负责，{duty}。" for n, (place, duty) in enumerate(PLACES, 1))
        for region in ("福建省", "山东省")
    ]
    with desk_of(tmp_path, *texts) as desk:
        answers = [desk.ask(f"福建{question}") for question in DOUBTFUL]
    assert any(len(answer.citations) > 1 for answer in answers)
    assert all(citation.region == "福建省" for answer in answers for citation in answer.citations)


def test_of_each_part_the_first_thing_is_enough() -> None:
    plan = make_plan("渔船停泊证有效期是几年？丢了怎么补办？")
    parts = [_answer("有效期为3年", "工本费20元"), _answer("凭证书补办", "到窗口领取")]
    told = in_parts(plan, Answer("", Status.REFUSED, ""), parts)
    assert told.text == "有效期为3年[1]\n\n凭证书补办[2]"
    assert [citation.quote for citation in told.citations] == ["有效期为3年", "凭证书补办"]
    assert [statement.text for statement in told.statements] == ["有效期为3年", "凭证书补办"]


def _answer(*quotes: str) -> Answer:
    cited = [
        Citation(n, quote, "办法", (), quote, 0, len(quote), "", "") for n, quote in enumerate(quotes, 1)
    ]
    text = "\n\n".join(f"{one.quote}[{one.n}]" for one in cited)
    statements = tuple(Statement(one.quote, (one.n,)) for one in cited)
    return Answer("", Status.ANSWERED, text, statements=statements, citations=tuple(cited))


PLACES = [("码头", "夜间锁闭"), ("油库", "不得动火"), ("灯塔", "每季度检修"), ("鱼市", "清晨开市")]
DOUBTFUL = [
    "渔港谁来看着？",
    "渔港谁来打理？",
    "渔港晚上有人守吗？",
    "渔港码头晚上怎么管？",
    "灯塔坏了怎么办？",
    "鱼市几点开门？",
]
