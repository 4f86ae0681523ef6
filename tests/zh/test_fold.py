"""Folding and tokens: one form for every script and width, and never another length."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from assistant.zh.fold import fold, is_traditional, to_traditional
from assistant.zh.tokens import content_words, tokenize, words

chinese = st.text(
    st.one_of(
        st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF),
        st.characters(min_codepoint=0xFF01, max_codepoint=0xFF5E),
        st.sampled_from("著着顯显軟體網路記憶體裡台臺乾干後后程序執行 ,。、;()《》〔〕「」0123456789%abcİ"),
        st.characters(exclude_categories=["Cs"]),
    ),
    max_size=60,
)


@given(chinese)
def test_folding_never_changes_the_length(text: str) -> None:
    assert len(fold(text)) == len(text)


@given(chinese)
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_both_scripts_fold_to_the_same_text() -> None:
    pairs = [
        ("高質量發展是硬道理", "高质量发展是硬道理"),
        ("著力推進", "着力推进"),
        ("顯著提升", "显著提升"),
        ("執行程序", "执行程序"),
        ("國發〔2023〕15號", "国发〔2023〕15号"),
        ("面對著力量", "面对着力量"),
    ]
    assert [fold(a) for a, _ in pairs] == [fold(b) for _, b in pairs]


def test_width_and_case_do_not_count() -> None:
    assert fold("ＧＤＰ增长５％（二）「十四五」") == fold("gdp增长5%(二)“十四五”")


def test_taiwanese_words_meet_their_mainland_forms() -> None:
    assert words("軟體與網路") == ["软件", "与", "网络"]


def test_good_mainland_words_stay_what_they_are() -> None:
    assert words("建立核心执行程序支援") == ["建立", "核心", "执行程序", "支援"]


def test_a_document_number_and_an_article_number_stay_one_token_each() -> None:
    tokens = tokenize("依據國發〔2023〕15號第三十一條")
    assert "[2023]15号" in tokens
    assert "第三十一条" in tokens
    assert "发[" not in tokens


def test_a_question_is_searched_by_its_content_words() -> None:
    assert content_words("请问长兴县的产值是多少?") == ["长兴县", "产值"]


def test_the_script_of_a_question_is_recognised() -> None:
    assert is_traditional("長興縣的產值是多少")
    assert not is_traditional("长兴县的产值是多少")
    assert not is_traditional("GDP 2023")
    assert to_traditional("产业") == "產業"
