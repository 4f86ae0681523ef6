"""A pdf comes back as the paragraphs its author wrote, with the page of each."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.errors import LoadError
from assistant.ingest.load import Limits, load_file
from assistant.ingest.load.pdf import load_pdf
from assistant.ingest.load.recognition import can_recognise
from assistant.types import Extract

from . import samples
from .samples import Placed


def extract(tmp_path: Path, data: bytes) -> Extract:
    """Return the document in a pdf."""
    path = tmp_path / "a.pdf"
    path.write_bytes(data)
    (loaded,) = load_file(path)
    return loaded.extract


def page(number: int, lines: list[str]) -> list[Placed]:
    """Return a page with a running head, a page number and lines between."""
    head = (200.0, 800.0, 9.0, "某市人民政府公报")
    foot = (280.0, 40.0, 9.0, f"— {number} —")
    return [head, foot, *samples.prose(lines)]


FIRST = [
    "　　一、总体要求",
    "　　坚持以高质量发展为首要任务，推动科技创新和",
    "产业创新深度融合，因地制宜发展新质生产力，加快",
    "建设现代化产业体系。",
    "　　二、到2027年，全市高新技术企业达到一千二百",
]
SECOND = ["家，研发投入年均增长百分之八以上，力争更好结果", "　　三、加强组织领导。"]


def test_lines_are_joined_and_running_lines_left_out(tmp_path: Path) -> None:
    found = extract(tmp_path, samples.pdf([page(1, FIRST), page(2, SECOND), page(3, ["　　四、其他事项。"])]))
    assert found.text.split("\n") == [
        "一、总体要求",
        "坚持以高质量发展为首要任务，推动科技创新和产业创新深度融合，因地制宜发展新质生产力，加快建设现代化产业体系。",
        "二、到2027年，全市高新技术企业达到一千二百家，研发投入年均增长百分之八以上，力争更好结果",
        "三、加强组织领导。",
        "四、其他事项。",
    ]


def test_every_page_begins_at_its_first_word_even_within_a_paragraph(tmp_path: Path) -> None:
    found = extract(tmp_path, samples.pdf([page(1, FIRST), page(2, SECOND), page(3, ["　　四、其他事项。"])]))
    begins = {mark.value: found.text[mark.start :][:4] for mark in found.marks if mark.kind == "page"}
    assert begins == {"1": "一、总体", "2": "家，研发", "3": "四、其他"}


def test_pages_alike_are_text_all_the_same(tmp_path: Path) -> None:
    found = extract(tmp_path, samples.pdf([samples.prose(["本页有意留白。", "编号与说明见下表。"])] * 8))
    assert found.text.count("编号与说明见下表。") == 8


def test_columns_are_read_one_after_the_other(tmp_path: Path) -> None:
    left = [
        "　　一、坚持以高质量发",
        "展为首要任务，推动科技",
        "创新和产业创新融合。",
        "　　二、因地制宜发展新",
    ]
    right = [
        "质生产力，加快建设现代",
        "化产业体系，力争更好。",
        "　　三、本办法自印发之",
        "日起施行，有效期五年。",
    ]
    page = [*samples.prose(left, left=60), *samples.prose(right, left=320)]
    assert extract(tmp_path, samples.pdf([page])).text.split("\n") == [
        "一、坚持以高质量发展为首要任务，推动科技创新和产业创新融合。",
        "二、因地制宜发展新质生产力，加快建设现代化产业体系，力争更好。",
        "三、本办法自印发之日起施行，有效期五年。",
    ]


def test_a_flat_character_is_a_character(tmp_path: Path) -> None:
    found = extract(tmp_path, samples.pdf([samples.prose(["一、统一部署——第一次会议"])]))
    assert found.text == "一、统一部署——第一次会议"
    assert found.notices == ()


def test_what_another_font_shows_stands_in_its_place(tmp_path: Path) -> None:
    line = [(90.0, 700.0, 12.0, "青石"), (126.0, 700.0, 12.0, "白岭线路"), (114.0, 700.0, 12.0, "—")]
    assert extract(tmp_path, samples.pdf([line])).text == "青石—白岭线路"


def test_a_line_that_ends_with_an_opening_bracket_goes_on(tmp_path: Path) -> None:
    lines = [
        "　　各单位要按照工作部署认真抓好贯彻落实，重大事项",
        "及时报告。《补贴办法》（某政办发〔",
        "2019〕7号）同时废止。",
    ]
    found = extract(tmp_path, samples.pdf([samples.prose(lines)]))
    assert found.text.endswith("（某政办发〔2019〕7号）同时废止。")


def test_a_hyphenated_word_is_one_word(tmp_path: Path) -> None:
    words = ["The policy sets out inno-", "vation targets and indus-", "trial goals of the region."]
    lines = [(90.0, 700.0 - 20 * number, 12.0, text) for number, text in enumerate(words)]
    assert (
        extract(tmp_path, samples.pdf([lines])).text
        == "The policy sets out innovation targets and industrial goals of the region."
    )


def test_larger_lines_are_headings_and_small_ones_below_are_footnotes(tmp_path: Path) -> None:
    lines = [
        (150.0, 780.0, 22.0, "关于印发方案的通知"),
        *samples.prose(["　　现将方案印发给你们，请结合实际认真抓好贯彻落", "实。"], top=700),
        (90.0, 80.0, 9.0, "1 以统计局公布的数据为准。"),
    ]
    found = extract(tmp_path, samples.pdf([lines]))
    kinds = [(mark.kind, found.text[mark.start : mark.end]) for mark in found.marks if mark.kind != "page"]
    assert ("heading", "关于印发方案的通知") in kinds
    assert ("footnote", "1 以统计局公布的数据为准。") in kinds


def grid(left: float, top: float, columns: list[float], rows: int, height: float = 24) -> str:
    """Return operators that draw the rules of a table."""
    right, bottom = left + sum(columns), top - rows * height
    strokes = [f"{left} {top - row * height} m {right} {top - row * height} l S" for row in range(rows + 1)]
    edges = [left + sum(columns[:number]) for number in range(len(columns) + 1)]
    return "\n".join([*strokes, *(f"{edge} {top} m {edge} {bottom} l S" for edge in edges)])


def test_a_ruled_table_keeps_its_rows(tmp_path: Path) -> None:
    cells = [("地区", "目标"), ("杭州市", "1200家"), ("宁波市", "980家")]
    words = [
        (100.0 + 150 * column, 660.0 - 24 * row, 12.0, text)
        for row, pair in enumerate(cells)
        for column, text in enumerate(pair)
    ]
    above = [(90.0, 740.0, 12.0, "各市目标如下：")]
    found = extract(tmp_path, samples.pdf([[*above, *words]], grid(90, 676, [150, 150], 3)))
    assert found.text == "各市目标如下：\n地区 | 目标\n杭州市 | 1200家\n宁波市 | 980家"
    assert [mark.value for mark in found.marks if mark.kind == "row"] == ["header", "", ""]


def test_a_table_without_rules_is_known_by_its_columns(tmp_path: Path) -> None:
    rows = [("关联方", "关系"), ("甲公司", "联营企业"), ("乙公司", "合营企业"), ("丙公司", "联营企业")]
    words = [
        (90.0 + 200 * column, 700.0 - 24 * row, 12.0, text)
        for row, pair in enumerate(rows)
        for column, text in enumerate(pair)
    ]
    found = extract(tmp_path, samples.pdf([words]))
    assert found.text.split("\n") == [" | ".join(row) for row in rows]


def test_text_that_nobody_sees_is_left_out_and_named(tmp_path: Path) -> None:
    def shown(text: str, operators: str, size: float = 12, x: int = 90, y: int = 700) -> str:
        return f"BT {operators} /F1 {size} Tf 1 0 0 1 {x} {y} Tm <{text.encode('utf-16-be').hex()}> Tj ET"

    content = "\n".join(
        [
            shown("看得见的正文", "0 g"),
            shown("白底白字", "1 g", y=650),
            shown("不描不填", "0 g 3 Tr", y=600),
            shown("微小的字", "0 g 0 Tr", size=0.5, y=550),
            "0 g 80 490 200 30 re f",  # a dark box
            shown("深底白字", "1 g", y=500),
            shown("ꆈꌠ", "1 g", y=500, x=150),  # no font of this machine has it, so that it is not drawn
        ]
    )
    found = extract(tmp_path, samples.pdf_of([content.encode("ascii")]))
    assert found.text == "看得见的正文\n深底白字 ꆈꌠ"
    assert "12 字的隐藏文字" in found.notices[0]


PICTURE = b"q 595 0 0 842 0 0 cm BI /W 2 /H 2 /CS /G /BPC 8 ID \x00\xff\xff\x00 EI Q"


def test_a_scan_names_what_to_install_for_recognition(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assistant.ingest.load.pdf.can_recognise", lambda: False)
    with pytest.raises(LoadError, match=r"需要文字识别.*policy-assistant\[ocr\]"):
        list(load_pdf(samples.pdf_of([PICTURE]), Limits()))


def test_a_scanned_page_between_others_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assistant.ingest.load.pdf.can_recognise", lambda: False)
    text = b"BT /F1 16 Tf 90 700 Td <6B6365873002> Tj ET"
    (loaded,) = load_pdf(samples.pdf_of([text, PICTURE]), Limits())
    assert loaded is not None
    assert loaded.extract.text == "正文。"
    assert "第 2 页是没有文字层的扫描页" in loaded.extract.notices[0]


@pytest.mark.skipif(not can_recognise(), reason="the extra ocr is not installed")
def test_a_scanned_page_is_recognised(tmp_path: Path) -> None:
    import pypdfium2

    source = pypdfium2.PdfDocument(
        samples.pdf([samples.prose(["第一条 為了規範行政許可", "二〇二五年一月二十日"], size=24)])
    )
    path = tmp_path / "scan.pdf"
    source[0].render(scale=2).to_pil().convert("RGB").save(path, "PDF", resolution=144)
    (loaded,) = load_file(path)
    assert "行政許可" in loaded.extract.text.replace("许可", "許可")
    assert "文字识别" in loaded.extract.notices[0]
