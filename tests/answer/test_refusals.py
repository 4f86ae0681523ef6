"""A refusal speaks the language of whoever asks: of the question, or of the page it is asked on."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from assistant.types import Status

from .desk import desk_of

NOTICE = (
    "沂川市人民政府办公室关于促进家政服务业发展的实施意见\n一、培育龙头企业\n"
    "对首次升规的家政企业一次性奖励20万元。\n二、加强培训\n每年培训家政服务人员3000人次。\n"
)
MISSING = "沂川市2031年家政企业奖励多少万元？"
CHINESE = re.compile("[㐀-鿿]")


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("How much will housekeeping enterprises be awarded in 2031?", "nothing on 2031."),
        ("Which department is in charge of training housekeeping staff?", "do not tell an office."),
    ],
)
def test_an_english_question_is_refused_in_english(tmp_path: Path, question: str, told: str) -> None:
    with desk_of(tmp_path, NOTICE) as desk:
        answer = desk.ask(question)
    assert answer.status is Status.REFUSED
    assert told in answer.text
    assert not CHINESE.search(answer.text)


def test_a_chinese_question_is_refused_in_the_language_of_the_page(tmp_path: Path) -> None:
    with desk_of(tmp_path, NOTICE) as desk:
        *_, shown = desk.ask_stream(MISSING, in_english=True)
        assert "The documents hold nothing" in shown.text
        assert "2031" in shown.text
        *_, shown = desk.ask_stream("帮我写一份讲话稿", in_english=True)
        assert not CHINESE.search(shown.text)
        assert "缺少与2031年有关的内容" in desk.ask(MISSING).text
