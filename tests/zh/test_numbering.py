"""Numbers before headings are read as official documents write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.zh.numbering import LEVELS, parse, to_int

_DIGITS = "零一二三四五六七八九"


def _spelled(number: int) -> str:
    if number < 10:
        return _DIGITS[number]
    if number < 20:
        return "十" + (_DIGITS[number - 10] if number > 10 else "")
    if number < 100:
        return _DIGITS[number // 10] + "十" + (_DIGITS[number % 10] if number % 10 else "")
    rest = number % 100
    middle = "" if not rest else ("零" + _spelled(rest) if rest < 10 else _one_ten(rest))
    return _DIGITS[number // 100] + "百" + middle


def _one_ten(rest: int) -> str:
    return ("一" if rest < 20 else "") + _spelled(rest)


@given(st.integers(min_value=1, max_value=999))
def test_every_numeral_below_a_thousand_is_read(number: int) -> None:
    assert to_int(_spelled(number)) == number
    assert to_int(str(number)) == number


@pytest.mark.parametrize("bad", ["", "甲", "第一", "一点"])
def test_what_is_no_numeral_is_refused(bad: str) -> None:
    with pytest.raises(ValueError, match="numeral"):
        to_int(bad)


@pytest.mark.parametrize(
    ("line", "kind", "value", "label"),
    [
        ("第三编 分则", "part", 3, "第三编"),
        ("第十二章　附则", "chapter", 12, "第十二章"),
        ("第二節 許可", "section", 2, "第二節"),
        ("第二十一条 本法", "article", 21, "第二十一条"),
        ("第三条之一 前款", "article", 3, "第三条之一"),
        ("一、总体要求", "first", 1, "一、"),
        ("(二)发展目标", "second", 2, "(二)"),
        ("（十一）其他", "second", 11, "（十一）"),
        ("㈢组织实施", "second", 3, "㈢"),
        ("10、基础设施", "third", 10, "10、"),
        ("1.战略", "third", 1, "1."),
        ("(2)材料", "fourth", 2, "(2)"),
        ("③审批", "fifth", 3, "③"),
    ],
)
def test_each_form_is_read(line: str, kind: str, value: int, label: str) -> None:
    number = parse(line)
    assert number is not None
    assert (number.kind, number.value, number.label) == (kind, value, label)
    assert number.level == LEVELS[kind]


@pytest.mark.parametrize(
    "line", ["2.0版本的政策", "1.5万家", "第三方机构", "第一条例", "二〇二四年", "十年来", "本办法第三条", ""]
)
def test_what_only_looks_like_a_number_is_none(line: str) -> None:
    assert parse(line) is None


@given(st.text(max_size=40))
def test_no_line_breaks_the_parser(line: str) -> None:
    number = parse(line)
    assert number is None or 0 < number.end <= len(line)
