"""Equal statements read equal, and different ones do not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.metrics.text import canonical, figures, han_number, says


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("战略性新兴产业增加值超过16,000亿元", "1.6万亿元"),
        ("在八所院校設立", "8所"),
        ("控制在3至5个区", "3—5个"),
        ("占百分之六十五", "65%"),
        ("企業技術中心 77 家", "企业技术中心77家"),
        ("国发[2023]15号[1]", "国发〔2023〕15号"),
        ("output grew by 16% and the county has 50,000 talents", "16%"),
        ("output grew by 16% and the county has 50,000 talents", "5万"),
    ],
)
def test_the_same_statement_is_found(text: str, phrase: str) -> None:
    assert says(text, phrase)


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("共177家", "77家"),
        ("7.7家", "77家"),
        ("增长1.5%", "5%"),
        ("1.6亿元", "1.6万亿元"),
        ("共77个", "77家"),
        ("77\n7家", "777家"),
    ],
)
def test_another_figure_is_not(text: str, phrase: str) -> None:
    assert not says(text, phrase)


def test_figures_carry_their_unit() -> None:
    assert figures("贷款期限2年，合作银行19家，5G基站") == {"⟨2⟩年", "⟨19⟩家", "⟨5⟩g"}
    assert figures("居第3：城镇") == {"⟨3⟩"}


@given(st.integers(min_value=1, max_value=9999))
def test_chinese_numerals_are_read(number: int) -> None:
    digits = "零一二三四五六七八九"
    parts = [
        digits[d] + unit
        for d, unit in zip(map(int, f"{number:04d}"), ("千", "百", "十", ""), strict=True)
        if d
    ]
    assert han_number("".join(parts)) == str(number)


@given(st.text(alphabet="天津國家0123456789.,%，。[] \n万亿億", max_size=40))
def test_canonical_text_is_stable(text: str) -> None:
    once = canonical(text)
    assert canonical(once) == once or "⟨" in once
