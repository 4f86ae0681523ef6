"""Sentences and clauses: spans that lose nothing but blanks."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from assistant.zh.sentences import clauses, sentences

texts = st.text(st.sampled_from("产业发展。!?！？;；,，、“”（）()《》… \n.3万"), max_size=80)


@given(texts)
def test_sentences_hold_every_character_that_is_no_blank(text: str) -> None:
    kept = "".join(text[start:end] for start, end in sentences(text))
    assert "".join(kept.split()) == "".join(text.split())


@given(texts)
def test_every_clause_lies_in_one_sentence(text: str) -> None:
    whole = sentences(text)
    for start, end in clauses(text):
        assert any(first <= start and end <= last for first, last in whole)


def cut(text: str) -> list[str]:
    return [text[start:end] for start, end in clauses(text)]


def test_a_sentence_ends_after_its_closing_quotation_mark() -> None:
    text = "他说:“要加快发展。”今年增长5.6%。"
    assert [text[start:end] for start, end in sentences(text)] == ["他说:“要加快发展。”", "今年增长5.6%。"]


def test_a_semicolon_in_brackets_ends_no_clause() -> None:
    assert cut("建设三类园区(甲类;乙类);完成投资10亿元。") == ["建设三类园区(甲类;乙类);", "完成投资10亿元。"]


def test_a_half_width_full_stop_ends_a_sentence_but_not_a_number() -> None:
    assert cut("增长5.6%,见附件.下一句") == ["增长5.6%,见附件.", "下一句"]
