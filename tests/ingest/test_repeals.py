"""What a document repeals is read where it says so, and a part of another document is not the whole."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.ingest.repeals import repeals
from assistant.types import Repeal

FIRST, SECOND = Repeal("甲办法", "某政发〔2010〕3号"), Repeal("乙办法")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("本办法自2024年1月1日起施行,《某县扶持办法》同时废止。", [Repeal("某县扶持办法")]),
        (
            "本办法自2024年1月1日起施行。《某县扶持办法》(某政发〔2018〕5号)同时废止。",
            [Repeal("某县扶持办法", "某政发〔2018〕5号")],
        ),
        ("本辦法自發布之日起施行,《某縣扶持辦法》同時廢止。", [Repeal("某縣扶持辦法")]),
        (
            "本条例自公布之日起施行。1988年6月1日国务院批准、原商业部发布的《甲规定》和"
            "一九九〇年三月二日发布的《乙办法》、《丙细则》同时废止。",
            [Repeal("甲规定", years=(1988,)), Repeal("乙办法", years=(1990,)), Repeal("丙细则")],
        ),
        ("自本规定施行之日起,《甲规定》即行废止;以前的规定与它不一致的,以它为准。", [Repeal("甲规定")]),
        ("本要點自發布日實施,原「某縣補貼作業要點」同時廢止。", [Repeal("某縣補貼作業要點")]),
        ("某政发〔2019〕12号文件同时废止。", [Repeal(document_number="某政发〔2019〕12号")]),
        ("经研究,决定废止《甲办法》(某政发〔2010〕3号)、《乙办法》。", [FIRST, SECOND]),
        ("某市人民政府关于废止《甲办法》的决定", [Repeal("甲办法")]),
        ("下列文件予以废止:\n1.《甲办法》(某政发〔2010〕3号)\n2.《乙办法》\n特此通知。", [FIRST, SECOND]),
        ("《关于印发〈甲办法〉的通知》同时废止。", [Repeal("关于印发〈甲办法〉的通知")]),
    ],
)
def test_what_is_repealed_is_named(text: str, found: list[Repeal]) -> None:
    assert repeals(f"某某办法\n第一条 为了规范管理,制定本办法。\n{text}", "某某办法") == tuple(found)


@pytest.mark.parametrize(
    "text",
    [
        "《甲办法》第三条同时废止。",
        "1997年发布的《甲条例》中关于反倾销的规定同时废止。",
        "公安部以前制定的规定,凡与《甲办法》不一致的同时废止。",
        "《甲办法》自2024年1月1日起施行,原有规定同时废止。",
        "根据《甲条例》的规定,有关文件同时废止。",
        "全年制定、修改、废止政府规章6件,《甲办法》继续有效。",
        "由主管部门废止相关标准。依照《甲法》的规定处理。",
    ],
)
def test_what_is_not_repealed_is_not_named(text: str) -> None:
    assert repeals(f"某某办法\n{text}", "某某办法") == ()


def test_a_draft_repeals_nothing() -> None:
    assert repeals("本办法施行后,《甲办法》同时废止。", "某办法(征求意见稿)") == ()


@given(
    st.text(
        alphabet="《》()[]〔〕“”废止同时决定下列以:、,。\n本甲办法自日起施行二〇2019年第号条的", max_size=60
    )
)
@settings(max_examples=300, deadline=None)
def test_what_is_named_stands_in_the_text(text: str) -> None:
    for repeal in repeals(f"{text}同时废止", "某办法"):
        assert repeal.title or repeal.document_number
        assert repeal.title in text
        assert repeal.document_number in text
