# ruff: noqa: E501 - markup reads best unbroken
"""Every format gives its words in reading order, with what it knows of them as marks."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assistant.errors import LoadError
from assistant.ingest.load import Loaded, load_file
from assistant.types import Extract

from . import samples


def load(tmp_path: Path, name: str, data: bytes) -> list[Loaded]:
    """Return what is loaded from a file of that name."""
    path = tmp_path / name
    path.write_bytes(data)
    return list(load_file(path))


def extract(tmp_path: Path, name: str, data: bytes) -> Extract:
    """Return the single document of a file."""
    (loaded,) = load(tmp_path, name, data)
    assert loaded.name == ""
    return loaded.extract


def marked(found: Extract, kind: str) -> list[tuple[str, str]]:
    """Return value and words of the marks of one kind."""
    return [(mark.value, found.text[mark.start : mark.end]) for mark in found.marks if mark.kind == kind]


def test_text_is_left_as_it_stands(tmp_path: Path) -> None:
    text = "  第一行\n\n\t第二行 # 不是标题\n"
    assert extract(tmp_path, "a.txt", text.encode()).text == text


def test_markdown_gives_its_words_headings_and_tables(tmp_path: Path) -> None:
    source = (
        "# 实施**方案**\n\n## 一、目标\n到2027年，见[附件](a.docx)。\n\n"
        "| 地区 | 目标 |\n|---|---|\n| 杭州 | 8% |\n\n<!-- 暗语 -->\n```\n# 代码\n```\n"
    )
    found = extract(tmp_path, "a.md", source.encode())
    assert found.text == "实施方案\n一、目标\n到2027年，见附件。\n地区 | 目标\n杭州 | 8%\n# 代码"
    assert marked(found, "heading") == [("1", "实施方案"), ("2", "一、目标")]
    assert marked(found, "row") == [("header", "地区 | 目标"), ("", "杭州 | 8%")]
    assert "暗语" in found.notices[0]


def test_what_markdown_quotes_is_text(tmp_path: Path) -> None:
    found = extract(tmp_path, "a.md", "> 注：两项补贴\n> > 可同时享受。\n\n5 > 3\n".encode())
    assert found.text == "注：两项补贴\n可同时享受。\n5 > 3"


def test_each_record_of_a_jsonl_is_a_document(tmp_path: Path) -> None:
    records = [
        {"id": "a1", "title": "办法", "text": "第一条 目的。\n", "date": "2025-01-20", "tags": ["通知"]},
        {"text": "无编号。"},
    ]
    source = "\n".join(json.dumps(record, ensure_ascii=False) for record in records)
    first, second = load(tmp_path, "a.jsonl", source.encode("gb18030"))
    assert (first.name, first.extract.text) == ("a1", "第一条 目的。\n")
    assert first.record == {"id": "a1", "title": "办法", "date": "2025-01-20", "tags": '["通知"]'}
    assert second.name == "2"


def test_bad_records_are_named_after_the_good_ones_were_given(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"id":"1","text":"好"}\n{"id":"2"}\n[]\nnot json\n{"id":"5","text":"也好"}\n', "utf-8")
    given: list[Loaded] = []
    with pytest.raises(LoadError, match=r"3 行不是记录.*第 2 行.*第 3 行.*第 4 行"):
        given.extend(load_file(path))
    assert [loaded.name for loaded in given] == ["1", "5"]


def test_a_web_page_gives_its_body_without_the_site_around_it(tmp_path: Path) -> None:
    found = extract(tmp_path, "a.html", samples.HTML.encode())
    assert found.text.split("\n") == [
        "关于印发方案的通知",
        "发布日期：2025-01-20 来源：市政府办公室",
        "各区人民政府：现将《某市推动高质量发展实施方案》印发给你们，请认真贯彻执行。",
        "一、总体要求",
        "到2027年，全市高新技术企业达到1200家，研发投入年均增长8%以上。",
        "坚持创新驱动，加快建设现代化产业体系。",
        "坚持绿色发展。",
        "地区 | 目标",
        "市区 | 1000家",
        "市区 | 80%",
        "附件：某市实施方案.docx",
    ]
    assert found.properties["title"] == "关于印发方案的通知"
    assert marked(found, "heading") == [("1", "关于印发方案的通知"), ("2", "一、总体要求")]
    assert "忽略以上内容" in found.notices[0]
    assert "网页暗语" in found.notices[0]


def test_a_page_laid_out_by_tables_is_no_table(tmp_path: Path) -> None:
    cell = "".join(
        f"<p>第{number}条 各部门应当按照职责分工做好相关工作，确保政策落实到位。</p>"
        for number in "一二三四五"
    )
    page = f"<html><body><table><tr><td>菜单</td><td><table><tr><td>{cell}</td></tr></table></td></tr></table></body></html>"
    found = extract(tmp_path, "a.html", page.encode())
    assert len(found.text.split("\n")) == 5
    assert marked(found, "table") == []


def test_a_saved_page_in_one_file_is_read(tmp_path: Path) -> None:
    import base64

    body = base64.encodebytes(samples.HTML.encode("gb18030")).decode()
    mail = (
        'From: <saved>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="b"\r\n\r\n'
        f"--b\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: base64\r\n\r\n{body}\r\n--b--\r\n"
    )
    assert "研发投入年均增长8%" in extract(tmp_path, "a.mht", mail.encode()).text


def test_word_gives_headings_numbers_tables_and_footnotes(tmp_path: Path) -> None:
    numbered = '<w:numPr><w:ilvl w:val="{}"/><w:numId w:val="1"/></w:numPr>'
    level = '<w:lvl w:ilvl="{}"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="{}"/></w:lvl>'
    body = (
        samples.paragraph("实施方案", '<w:jc w:val="center"/>', '<w:sz w:val="44"/>')
        + samples.paragraph("总体要求", '<w:pStyle w:val="H"/>' + numbered.format(0))
        + samples.paragraph("指导思想", numbered.format(1))
        + samples.paragraph("主要目标", numbered.format(1))
        + "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>创新引领。</w:t></w:r><w:r><w:t>到2027年</w:t></w:r>"
        '<w:r><w:footnoteReference w:id="2"/></w:r><w:del><w:r><w:delText>删去</w:delText></w:r></w:del>'
        "<w:ins><w:r><w:t>达到8%。</w:t></w:r></w:ins></w:p>"
        + samples.paragraph("保障措施", '<w:pStyle w:val="H"/>' + numbered.format(0))
        + samples.paragraph("推进落实", numbered.format(1))
    )
    data = samples.docx(
        body,
        styles='<w:style w:styleId="H"><w:name w:val="heading 2"/></w:style>',
        numbering=f'<w:abstractNum w:abstractNumId="7">{level.format(0, "%1、")}{level.format(1, "（%2）")}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>',
        footnotes='<w:footnote w:id="2"><w:p><w:r><w:t>以统计局数据为准。</w:t></w:r></w:p></w:footnote>',
    )
    found = extract(tmp_path, "a.docx", data)
    assert found.text.split("\n") == [
        "实施方案", "一、总体要求", "（一）指导思想", "（二）主要目标", "创新引领。到2027年达到8%。",
        "以统计局数据为准。", "二、保障措施", "（一）推进落实",
    ]  # fmt: skip
    assert marked(found, "title") == [("", "实施方案")]
    assert marked(found, "heading") == [("2", "一、总体要求"), ("2", "二、保障措施")]
    assert marked(found, "footnote") == [("2", "以统计局数据为准。")]
    assert marked(found, "bold") == [("", "创新引领。")]


def test_word_tables_keep_rows_and_merged_cells(tmp_path: Path) -> None:
    def cell(text: str, properties: str = "") -> str:
        return f"<w:tc><w:tcPr>{properties}</w:tcPr>{samples.paragraph(text)}</w:tc>"

    rows = [
        cell("地区") + cell("目标", '<w:gridSpan w:val="2"/>'),
        cell("市区", '<w:vMerge w:val="restart"/>') + cell("企业") + cell("1000家"),
        cell("", "<w:vMerge/>") + cell("增速") + cell("8%"),
    ]
    table = "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>"
    found = extract(
        tmp_path, "a.docx", samples.docx(samples.paragraph("前文") + table + samples.paragraph("后文"))
    )
    assert found.text == "前文\n地区 | 目标\n市区 | 企业 | 1000家\n市区 | 增速 | 8%\n后文"
    assert marked(found, "table") == [("", "地区 | 目标\n市区 | 企业 | 1000家\n市区 | 增速 | 8%")]


def test_word_written_by_python_docx_is_read(tmp_path: Path) -> None:
    import docx

    document = docx.Document()
    document.add_heading("实施方案", 0)
    document.add_heading("一、总体要求", 1)
    document.add_paragraph("到2027年，研发投入年均增长8%。")
    document.core_properties.title = "方案"
    path = tmp_path / "a.docx"
    document.save(str(path))
    (loaded,) = load_file(path)
    assert loaded.extract.text == "实施方案\n一、总体要求\n到2027年，研发投入年均增长8%。"
    assert marked(loaded.extract, "heading") == [("1", "一、总体要求")]
    assert loaded.extract.properties["title"] == "方案"


@pytest.mark.parametrize(
    ("title", "kept"),
    [
        ("实施方案", "实施方案"),
        ("Microsoft Word - 文档1", ""),
        ("PowerPoint 演示文稿", ""),
        ("通知.wps", ""),
        ("文档", ""),
    ],
)
def test_a_title_that_a_program_made_up_is_none(title: str, kept: str, tmp_path: Path) -> None:
    members = {
        "word/document.xml": f'<w:document xmlns:w="{samples.WORD}"><w:body>{samples.paragraph("正文")}</w:body></w:document>',
        "docProps/core.xml": f'<p xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{title}</dc:title></p>',
    }
    assert extract(tmp_path, "a.docx", samples.zipped(members)).properties.get("title", "") == kept


def test_a_row_of_a_workbook_is_a_line_below_its_header(tmp_path: Path) -> None:
    found = extract(tmp_path, "a.xlsx", samples.xlsx())
    assert found.text.split("\n") == [
        "经济指标", "2024年各市主要经济指标", "地区 | 生产总值 | 增速 | 发布日期",
        "杭州市 | 21,860.5 | 4.7% | 2025-01-20", "浙北 | 湖州市 | 4213.1", "浙北 | 嘉兴市 | 7569.5",
    ]  # fmt: skip
    assert marked(found, "row")[0] == ("header", "地区 | 生产总值 | 增速 | 发布日期")
    assert "白底白字 隐藏的工作表" in found.notices[0]


def test_the_line_above_the_first_table_of_a_workbook_is_its_title(tmp_path: Path) -> None:
    found = extract(tmp_path, "a.xlsx", samples.xlsx())
    assert marked(found, "title") == [("", "2024年各市主要经济指标")]


@pytest.mark.parametrize("separator", [",", "\t", ";"])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "gbk", "utf-16"])
def test_separated_values_are_read_in_any_encoding(separator: str, encoding: str, tmp_path: Path) -> None:
    rows = ["地区,企业数,备注", '杭州市,"1,200","含""高新""企业"', "宁波市,980,"]
    source = (
        "\r\n".join(rows) if separator == "," else "\r\n".join(row.replace(",", separator) for row in rows)
    )
    found = extract(tmp_path, "a.csv", source.encode(encoding))
    assert found.text.split("\n")[0] == "地区 | 企业数 | 备注"
    assert found.text.split("\n")[1].endswith('| 含"高新"企业')
    assert found.text.split("\n")[2] == "宁波市 | 980"


def test_a_slide_is_a_page_with_its_title_first(tmp_path: Path) -> None:
    found = extract(tmp_path, "a.pptx", samples.pptx())
    assert found.text == "高质量发展\n一、总体要求\n二、重点任务\n先讲背景\n地区 | 增速\n杭州 | 4.7%"
    assert [(mark.value, mark.start) for mark in found.marks if mark.kind == "page"] == [("1", 0), ("2", 25)]
    assert marked(found, "footnote") == [("", "先讲背景")]


def test_the_first_line_of_a_first_slide_without_title_is_the_title(tmp_path: Path) -> None:
    found = extract(tmp_path, "a.pptx", samples.pptx(title_kind="body"))
    assert marked(found, "title") == [("", "一、总体要求")]


def test_rich_text_is_read_in_its_code_page(tmp_path: Path) -> None:
    found = extract(tmp_path, "a.rtf", samples.rtf())
    assert found.text == "关于印发方案的通知\n各区人民政府：𠮷\n正文继续。\n脚注\n地区 | 数\n杭州 | 12\n结束"
    assert marked(found, "bold") == [("", "关于印发方案的通知")]
    assert "隐藏 白字" in found.notices[0]


def test_ofd_gives_its_lines_and_title(tmp_path: Path) -> None:
    found = extract(tmp_path, "a.ofd", samples.ofd())
    assert found.text == "关于印发方案的通知\n各区人民政府："
    assert found.properties["title"] == "通知"


def test_members_of_a_zip_are_documents_and_bad_ones_are_named(tmp_path: Path) -> None:
    inner = samples.zipped({"说明.txt": "内层说明。".encode("gbk")})
    data = samples.zipped(
        {
            "通知/方案.docx": samples.docx(samples.paragraph("正文")),
            "内层.zip": inner,
            "坏.pdf": b"%PDF-1.7 broken",
            "__MACOSX/x.txt": b"junk",
        }
    )
    path = tmp_path / "a.zip"
    path.write_bytes(data)
    given: list[Loaded] = []
    with pytest.raises(LoadError, match=r"1 个文件没有读成:坏\.pdf"):
        given.extend(load_file(path))
    assert [loaded.name for loaded in given] == ["通知/方案.docx", "内层.zip/说明.txt"]


def test_the_content_decides_not_the_extension(tmp_path: Path) -> None:
    found = extract(tmp_path, "a.doc", samples.HTML.encode())
    assert found.text.startswith("关于印发方案的通知")
    assert extract(tmp_path, "b.txt", samples.docx(samples.paragraph("正文"))).text == "正文"
    renamed = extract(tmp_path, "c.pdf", "第一条 正文。".encode())
    assert renamed.text == "第一条 正文。"
    assert "扩展名是 .pdf" in renamed.notices[0]


def test_cells_that_tabs_part_are_a_table_as_in_other_formats(tmp_path: Path) -> None:
    text = "各港情况如下：\n港口\t泊位（个）\t备注\n东湾港\t12\t\n\t西浦港\t7\t在建\n\t\t合计两港\n一行\t两格\n尾"
    found = extract(tmp_path, "a.txt", text.encode())
    assert found.text.split("\n")[1:3] == ["港口 | 泊位（个） | 备注", "东湾港 | 12"]
    rows = [found.text[mark.start : mark.end] for mark in found.marks if mark.kind == "row"]
    assert rows[:2] == found.text.split("\n")[1:3]
    assert [mark.value for mark in found.marks if mark.kind == "row"][:2] == ["header", ""]


def test_a_tab_that_indents_makes_no_table(tmp_path: Path) -> None:
    text = "\t第一段话。\n\t第二段话。\n\t第三段话。\n联系人：\t王五"
    assert extract(tmp_path, "a.txt", text.encode()).text == text
