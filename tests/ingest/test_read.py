"""A loaded file becomes a document: what it says of itself, what a catalogue or a person says of it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from assistant.errors import LoadError
from assistant.ingest import read
from assistant.ingest.catalogue import CatalogueEntry, entry_of_record, parse_date, read_catalogue
from assistant.ingest.load.base import Loaded
from assistant.ingest.metadata import describe
from assistant.types import Document, Extract, Mark

CORPUS = Path(__file__).parents[2] / "corpus"
BODY = "为了规范管理,提高效能,根据有关法律法规,结合本市实际,制定本办法,请各单位认真贯彻执行。"
NOTICE = (
    "穗民规字〔2024〕3号\n广州市民政局关于印发广州市养老服务管理办法的通知\n各区民政局:\n"
    f"{BODY}\n广州市民政局\n2024年3月14日\n广州市养老服务管理办法\n第一条 {BODY}\n"
    "第二条 本办法自2024年4月1日起施行,有效期五年。"
)


def _read(text: str, path: str = "", entry: CatalogueEntry | None = None) -> Document:
    return read.documents(Loaded("", Extract(text)), id="d", path=path, entry=entry)


def test_an_official_notice_says_all_of_itself() -> None:
    found = describe(NOTICE, name="whatever.html")
    assert found.title == "广州市民政局关于印发广州市养老服务管理办法的通知"
    assert found.document_number == "穗民规字〔2024〕3号"
    assert found.issuer == "广州市民政局"
    assert found.issued == date(2024, 3, 14)
    assert found.effective == date(2024, 4, 1)
    assert found.region == "广东省广州市"
    assert found.kind == "通知"
    assert found.found_in["issued"] == "signature"
    assert found.found_in["region"] == "title"


def test_what_takes_effect_at_once_does_so_when_issued() -> None:
    text = f"某某市规定\n{BODY}\n本规定自印发之日起施行。\n某某市人民政府\n二〇二四年五月十二日"
    found = describe(text)
    assert found.issued == found.effective == date(2024, 5, 12)


def test_a_page_has_a_source_and_a_date_under_its_title() -> None:
    text = f"某县产业发展的启示\n来源:民生网2023-12-07 19:29:11\n{BODY}"
    found = describe(text)
    assert (found.title, found.source, found.kind) == ("某县产业发展的启示", "民生网", "研究")
    assert found.issued == date(2023, 12, 7)


def test_a_report_has_the_region_of_its_file_name() -> None:
    found = describe(f"各位代表:\n{BODY}", name="2025年浙江省政府工作报告.docx")
    assert found.title == "2025年浙江省政府工作报告"
    assert (found.region, found.kind) == ("浙江省", "报告")


def test_nothing_is_claimed_that_nothing_says() -> None:
    found = describe("今天天气很好。")
    assert found == type(found)(found_in={})


def test_a_number_cited_in_the_text_is_not_the_documents_own() -> None:
    text = f"某某通知\n根据《某某意见》(国发〔2023〕15号)要求,{BODY}"
    assert describe(text).document_number == ""


@pytest.mark.parametrize(
    ("line", "validity"),
    [
        ("有效性:现行有效", "现行"),
        ("效力状态:已废止", "已废止"),
        ("有效性:失效", "已失效"),
        ("时效性:已修订", "已修订"),
        ("正文", ""),
    ],
)
def test_validity_is_read_where_the_document_says_it(line: str, validity: str) -> None:
    assert describe(f"某某办法\n{line}\n{BODY}").validity == validity


@pytest.mark.parametrize(
    ("said", "expires"),
    [
        ("本办法自2024年4月1日起施行,有效期五年。", date(2029, 3, 31)),
        ("本办法自2024年2月29日起施行,有效期1年。", date(2025, 2, 28)),
        ("本办法自印发之日起施行,有效期至2026年12月31日。", date(2026, 12, 31)),
        ("本办法自2024年4月1日起施行。\n许可证有效期为五年。", None),
        ("本办法自2024年4月1日起施行。本通知有效期1年。", date(2025, 3, 31)),
    ],
)
@pytest.mark.parametrize("annex", ["", f"\n附件\n{BODY * 60}"])
def test_a_term_of_validity_is_read(said: str, expires: date | None, annex: str) -> None:
    assert describe(f"某某办法\n{BODY}\n{said}{annex}").expires == expires


def test_a_labelled_field_of_a_page_counts_where_the_text_is_silent_or_vaguer() -> None:
    box = {
        "document_number": "某府办规〔2021〕7号",
        "issuer": "某市人民政府办公厅,某市财政局",
        "issued": "2021年4月13日",
        "effective": "2021年04月16日",
        "expires": "2023/06/01",
        "validity": "失效",
        "source": "本网某市人民政府办公厅",
    }
    found = describe(f"某市救助供养工作的通知\n{BODY}本通知自印发之日起施行。", properties=box)
    assert (found.document_number, found.issuer) == ("某府办规〔2021〕7号", "某市人民政府办公厅")
    assert (found.issued, found.effective) == (date(2021, 4, 13), date(2021, 4, 16))
    assert (found.expires, found.validity) == (date(2023, 6, 1), "已失效")
    assert found.source == "某市人民政府办公厅"
    fields = ("document_number", "issuer", "issued", "effective", "expires", "validity", "source")
    assert {found.found_in[field] for field in fields} == {"properties"}
    said = describe(NOTICE, properties={"issuer": "某网站", "document_number": "某政发〔2000〕1号"})
    assert (said.document_number, said.issuer) == ("穗民规字〔2024〕3号", "广州市民政局")


def test_the_author_of_an_office_file_is_nobody() -> None:
    found = describe(f"某某通知\n{BODY}", properties={"author": "Administrator", "created": "2009-01-01"})
    assert (found.issuer, found.source, found.issued) == ("", "", None)


@pytest.mark.parametrize("field", ["发文机关", "发布机构", "issuer", "publisher"])
def test_a_record_may_name_its_fields_in_the_words_of_a_catalogue(field: str) -> None:
    record = {
        field: "某市民政局",
        "发文字号": "某民规〔2024〕3号",
        "失效日期": "2026年6月1日",
        "题名": "某办法",
    }
    found = read.documents(Loaded("r", Extract(BODY), record), id="r", path="").metadata
    assert (found.issuer, found.document_number) == ("某市民政局", "某民规〔2024〕3号")
    assert (found.title, found.expires) == ("某办法", date(2026, 6, 1))
    assert set(found.found_in.values()) >= {"record"}


def test_the_catalogue_wins_over_the_record_and_the_record_over_the_text() -> None:
    record = {"title": "记录的标题", "date": "2020-01-02", "region": "长兴"}
    loaded = Loaded("r1", Extract(NOTICE), record)
    document = read.documents(loaded, id="d", path="", entry=CatalogueEntry(title="目录的标题"))
    assert document.metadata.title == "目录的标题"
    assert document.metadata.issued == date(2020, 1, 2)
    assert document.metadata.region == "浙江省湖州市长兴县"
    assert document.metadata.issuer == "广州市民政局"
    assert document.metadata.found_in["title"] == "catalogue"


def test_a_record_stands_under_the_section_it_names() -> None:
    loaded = Loaded("7", Extract(f"{BODY}\n一、范围\n{BODY}"), {"title": "某法", "section": "第七条"})
    document = read.documents(loaded, id="7", path="laws.jsonl")
    assert [section.path for section in document.sections[1:]] == [("第七条",), ("第七条", "一、范围")]
    assert document.section_at(0).path == ("第七条",)
    assert document.sections[2].parent == 1


@pytest.mark.parametrize("value", ["", "昨天", "2024-13-01", "2024年"])
def test_what_is_no_date_says_nothing(value: str) -> None:
    assert parse_date(value) is None
    assert entry_of_record({"date": "昨天"}).issued is None


def test_the_catalogue_names_what_it_cannot_understand(tmp_path: Path) -> None:
    catalogue = tmp_path / "catalogue.toml"
    for content, named in (
        ('[[document]]\nfile = "a.txt"\ncolour = "red"', "colour"),
        ('[[document]]\nfile = "a.txt"\ndate = "soon"', "soon"),
        ('[[document]]\ntitle = "无文件"', "file"),
        ("[[document]\n", "catalogue.toml"),
    ):
        catalogue.write_text(content, encoding="utf-8")
        with pytest.raises(LoadError, match=named):
            read_catalogue(tmp_path)
    assert read_catalogue(CORPUS / "nowhere") == {}


def test_every_file_of_the_corpus_is_in_its_catalogue() -> None:
    entries = read_catalogue(CORPUS)
    assert set(entries) == {path.name for path in CORPUS.glob("*.txt")}
    assert len({entry.id for entry in entries.values()}) == len(entries)
    assert all(entry.title for entry in entries.values())


def test_what_the_catalogue_says_of_the_corpus_stands_in_the_documents() -> None:
    for name, entry in read_catalogue(CORPUS).items():
        document = _read((CORPUS / name).read_text(encoding="utf-8"), name, entry)
        if entry.issued:
            assert entry.issued.isoformat() in document.text
        if entry.source:
            assert entry.source in document.text


def test_a_person_corrects_repairs_headings_and_metadata(tmp_path: Path) -> None:
    text = f"推动转化,预计新增经济收益亿元。{BODY}\n关键的一步\n{BODY}\n{BODY}\n被忽略的标题。\n{BODY}"
    path = tmp_path / "文.txt"
    before = _read(text, str(path))
    assert "收益□亿元" in before.text
    assert [section.heading for section in before.sections] == ["", "关键的一步"]
    path.with_name("文.txt.policy.toml").write_text(
        '[metadata]\nregion = "长兴"\ndate = 2024-05-01\n'
        '[[repair]]\nbefore = "收益□亿元"\nafter = "收益3亿元"\n'
        '[[heading]]\ntext = "关键的一步"\nlevel = 0\n'
        '[[heading]]\ntext = "被忽略的标题"\nlevel = 1\n',
        encoding="utf-8",
    )
    after = _read(text, str(path), CatalogueEntry(region="北京市"))
    assert "收益3亿元" in after.text
    assert [repair.kind for repair in after.repairs] == ["correction"]
    assert after.original_span(after.text.index("3"), after.text.index("3") + 1) == "收益亿元"
    assert [section.heading for section in after.sections] == ["", "被忽略的标题"]
    assert after.metadata.region == "浙江省湖州市长兴县"
    assert after.metadata.issued == date(2024, 5, 1)
    assert not after.is_damaged(0, len(after.text))


@pytest.mark.parametrize(
    ("content", "named"),
    [
        ('[[repair]]\nbefore = "文中没有的话"\nafter = "x"', "文中没有的话"),
        ('[[heading]]\ntext = "甲"\nlevel = 12', "12"),
        ('[[repair]]\nafter = "x"', "before"),
        ('colour = "red"', "colour"),
        ("repair = 3", "repair"),
    ],
)
def test_a_correction_that_does_not_fit_is_named(tmp_path: Path, content: str, named: str) -> None:
    path = tmp_path / "文.txt"
    path.with_name("文.txt.policy.toml").write_text(content, encoding="utf-8")
    with pytest.raises(LoadError, match=named):
        _read(BODY, str(path))


@pytest.mark.parametrize(
    "head",
    [
        "某县人民政府办公室文件\n某政办发〔2026〕12号\n某县人民政府办公室\n关于印发某县客运补贴办法的通知",
        "某县人民政府办公室文件\n某政办发〔2026〕12号\n某县人民政府办公室关于印发某县客运补贴办法的通知",
    ],
)
def test_a_letterhead_is_no_title_and_a_title_may_take_two_lines(head: str) -> None:
    marks = [Mark("title", 0, len("某县人民政府办公室文件"))]
    found = describe(f"{head}\n各单位:\n{BODY}", marks=marks)
    assert found.title == "某县人民政府办公室关于印发某县客运补贴办法的通知"
    assert (found.issuer, found.document_number) == ("某县人民政府办公室", "某政办发〔2026〕12号")


def test_what_stands_in_brackets_under_a_title_belongs_to_it() -> None:
    assert describe(f"某市若干措施\n(征求意见稿)\n{BODY}").title == "某市若干措施(征求意见稿)"


def test_a_date_in_a_row_of_a_table_is_that_of_issue_only_where_the_row_says_so() -> None:
    row = "1 | 县道改建 | 12500 | 2026-03-05"
    assert describe(f"某县项目台账\n序号 | 名称 | 投资 | 开工日期\n{row}\n").issued is None
    dated = "某縣作業要點\n公發布日 | 民國 115 年 03 月 02 日\n一、本要點自發布日實施。"
    assert describe(dated).issued == date(2026, 3, 2)
