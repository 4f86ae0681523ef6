"""The outline of official documents is found, and sentences are not taken for headings."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.ingest.outline import outline
from assistant.types import Mark

BODY = "这一段讲清楚要做的事情,写得足够长,并且以句号结束,让人一看就知道它是正文而不是标题。"


def _paths(text: str, marks: tuple[Mark, ...] = ()) -> list[tuple[str, ...]]:
    return [section.path for section in outline(text, marks)[1:]]


def _bold(text: str, *lines: str) -> tuple[Mark, ...]:
    return tuple(Mark("bold", text.index(line), text.index(line) + len(line)) for line in lines)


def test_numbers_nest_from_chapter_to_item() -> None:
    articles = f"第一章 总则\n第一条 {BODY}\n第二条 {BODY}\n第二章 服务\n第三条 {BODY}"
    text = f"{articles}\n一、范围\n{BODY}\n(一)对象\n{BODY}"
    assert _paths(text) == [
        ("第一章 总则",),
        ("第一章 总则", "第一条"),
        ("第一章 总则", "第二条"),
        ("第二章 服务",),
        ("第二章 服务", "第三条"),
        ("第二章 服务", "第三条", "一、范围"),
        ("第二章 服务", "第三条", "一、范围", "(一)对象"),
    ]


def test_numbering_may_skip() -> None:
    text = "\n".join(f"{n}、任务{n}\n{BODY}" for n in (1, 2, 4, 7))
    assert [path[0] for path in _paths(text)] == ["1、任务1", "2、任务2", "4、任务4", "7、任务7"]


def test_a_heading_may_end_inside_its_paragraph() -> None:
    text = f"二、重点任务\n(一)调整门类。{BODY}\n(二)推进发展。{BODY}1.先进集群。{BODY}2.未来产业。{BODY}"
    sections = outline(text)
    assert [section.heading for section in sections[1:]] == [
        "二、重点任务",
        "(一)调整门类",
        "(二)推进发展",
        "1.先进集群",
        "2.未来产业",
    ]
    first = sections[2]
    assert text[first.body_start :].startswith(BODY)


def test_a_standard_section_may_run_on_without_a_stop() -> None:
    text = f"一、总体要求\n(一)指导思想以新发展理念为指导,{BODY}\n(二)发展目标到2027年,{BODY}"
    assert [path[-1] for path in _paths(text)] == ["一、总体要求", "(一)指导思想", "(二)发展目标"]


def test_short_lines_head_the_paragraphs_after_them() -> None:
    text = f"{BODY}\n以科技创新为核心\n{BODY}\n{BODY}\n以改革塑造关系\n{BODY}"
    assert _paths(text) == [("以科技创新为核心",), ("以改革塑造关系",)]


def test_a_roundup_has_a_region_for_each_place() -> None:
    text = f"{BODY}\n天津:发挥优势\n{BODY}\n呼和浩特:打造高地,引领创新\n{BODY}\n小结\n{BODY}"
    assert [section.region for section in outline(text)[1:]] == ["天津市", "内蒙古自治区呼和浩特市", ""]


def test_parts_inherit_the_region_of_their_section() -> None:
    text = f"一、浙江省\n{BODY}\n(一)做法\n{BODY}\n二、展望\n{BODY}"
    assert [section.region for section in outline(text)[1:]] == ["浙江省", "浙江省", ""]


@pytest.mark.parametrize(
    "text",
    [
        "第五条规定了下列事项。",
        f"申请人应当提交:\n(一)申请表;\n(二)身份证明;\n(三)其他材料。\n{BODY}",
        f"{BODY}\n1.申请表\n2.身份证\n3.户口簿\n{BODY}",
        f"{BODY}\n图为技术人员操作设备\n{BODY}",
        f"{BODY}\n作者:张三\n{BODY}",
        f"{BODY}\n2024年5月1日\n{BODY}",
        "七、本通知自2024年3月4日起施行,有效期5年。",
    ],
)
def test_what_is_no_heading_makes_no_section(text: str) -> None:
    assert all(path[0].startswith("第五条") for path in _paths(text))


def test_a_table_of_contents_does_not_double_the_chapters() -> None:
    text = f"目录\n第一章 总则\n第二章 附则\n第一章 总则\n第一条 {BODY}\n第二章 附则\n第二条 {BODY}"
    assert [path[-1] for path in _paths(text)] == ["第一章 总则", "第一条", "第二章 附则", "第二条"]


def test_an_attached_document_stands_beside_what_it_is_attached_to() -> None:
    text = f"关于印发某某办法的通知\n{BODY}\n一、要求\n{BODY}\n某某管理办法\n第一条 {BODY}\n第二条 {BODY}"
    assert _paths(text)[1:] == [("某某管理办法",), ("某某管理办法", "第一条"), ("某某管理办法", "第二条")]


def test_a_line_without_number_heads_the_count_that_begins_anew() -> None:
    items = "".join(f"{n}、事项{n}\n{BODY}\n" for n in "一二三")
    text = f"{BODY}\n面向单位的政策\n{BODY}\n{items}面向个人的政策\n{BODY}\n{items}"
    assert [path for path in _paths(text) if len(path) == 1] == [("面向单位的政策",), ("面向个人的政策",)]
    assert len(_paths(text)) == 8


def test_styles_of_the_format_are_headings() -> None:
    text = f"某某通知\n办理对象\n{BODY}\n所需材料\n{BODY}"
    marks = tuple(Mark("heading", text.index(t), text.index(t) + 4, "2") for t in ("办理对象", "所需材料"))
    title = Mark("heading", 0, 4, "1")
    assert _paths(text, (title, *marks)) == [("办理对象",), ("所需材料",)]


def test_bold_lines_and_bold_first_sentences_are_headings() -> None:
    text = f"某某报告\n{BODY}\n一、工作\n消费提质。{BODY}\n投资增效。{BODY}"
    assert [path[-1] for path in _paths(text, _bold(text, "消费提质", "投资增效"))] == [
        "一、工作",
        "消费提质",
        "投资增效",
    ]


def test_the_names_of_annexes_are_no_headings() -> None:
    text = (
        f"第一条 {BODY}\n第二条 {BODY}\n附件：1．申报表\n2．线路一览表\n3．承诺书\n附件1\n申报表\n1．{BODY}"
    )
    assert [path[-1] for path in _paths(text)][:3] == ["第一条", "第二条", "附件1"]


def test_plain_lines_head_the_parts_of_a_report_beside_bold_ones() -> None:
    parts = f"(一)发展经济\n{BODY}\n(二)改善民生\n{BODY}\n"
    text = f"工作报告\n各位代表:\n2024年工作回顾\n{parts}2025年主要目标\n{parts}名词解释\n1.两重:{BODY}"
    outer = [path[0] for path in _paths(text, _bold(text, "2025年主要目标")) if len(path) == 1]
    assert outer == ["2024年工作回顾", "2025年主要目标", "名词解释"]


def test_an_article_may_have_a_name_without_brackets_and_a_blank_in_its_number() -> None:
    text = f"第 七條 本契約效力的恢復\n{BODY}\n第十七條 {BODY}"
    assert _paths(text) == [("第七條 本契約效力的恢復",), ("第十七條",)]


def test_a_question_of_its_own_line_is_a_heading_however_long() -> None:
    asked = ["一、谁可以申请？", "二、创业担保贷款最高可以申请多少额度呢？", "三、每次最长可以申请多长时间？"]
    text = "\n".join(f"{question}\n答：{BODY}" for question in asked)
    assert _paths(text) == [(question.rstrip("？"),) for question in asked]


def test_rows_of_a_table_are_no_headings() -> None:
    text = f"一、标准\n{BODY}\n1、甲类\n{BODY}"
    start = text.index("1、")
    assert _paths(text, (Mark("table", start, len(text)),)) == [("一、标准",)]


@given(
    st.lists(
        st.sampled_from(["一、甲", "(一)乙", "1.丙", "第一条 丁", "戊", BODY, "(二)己;", ""]), max_size=25
    )
)
def test_sections_are_a_tree_in_reading_order(lines: list[str]) -> None:
    text = "\n".join(lines)
    sections = outline(text)
    assert sections[0].path == ()
    assert (sections[0].start, sections[0].end) == (0, len(text))
    for index, section in enumerate(sections[1:], 1):
        parent = sections[section.parent]
        assert section.parent < index
        assert section.path[:-1] == parent.path
        assert parent.start <= section.start < section.body_start <= section.end <= parent.end
        assert sections[index - 1].start < section.start or index == 1
