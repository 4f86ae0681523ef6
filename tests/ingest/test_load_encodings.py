"""The same text in any Chinese encoding is the same document."""

import random
from pathlib import Path

import pytest

from assistant.errors import LoadError
from assistant.ingest.load import load_file
from assistant.ingest.load.encoding import decode
from assistant.zh.fold import converter

SIMPLIFIED = (
    "第一条 为了规范行政许可的设定和实施，保护公民、法人和其他组织的合法权益，维护公共利益和社会秩序，"
    "保障和监督行政机关有效实施行政管理，根据宪法，制定本法。\n"
    "第二条 到2025年，全市高新技术企业达到1200家，研发投入占地区生产总值3.5%以上。\n"
)
TRADITIONAL = converter("s2tw").convert(SIMPLIFIED)

ENCODINGS = [
    ("utf-8", SIMPLIFIED),
    ("utf-8-sig", SIMPLIFIED),
    ("utf-16", SIMPLIFIED),
    ("utf-16-le", SIMPLIFIED),
    ("utf-16-be", TRADITIONAL),
    ("utf-32", SIMPLIFIED),
    ("gb18030", TRADITIONAL),
    ("gbk", SIMPLIFIED),
    ("gb2312", SIMPLIFIED),
    ("big5", TRADITIONAL),
    ("cp950", TRADITIONAL),
    ("big5hkscs", TRADITIONAL),
]


@pytest.mark.parametrize(("encoding", "text"), ENCODINGS)
@pytest.mark.parametrize("suffix", [".txt", ".html"])
def test_each_encoding_of_a_text_gives_the_same_document(
    encoding: str, text: str, suffix: str, tmp_path: Path
) -> None:
    page = "".join(f"<p>{line}</p>" for line in text.splitlines())
    content = text if suffix == ".txt" else f"<html><body>{page}</body></html>"
    path = tmp_path / f"document{suffix}"
    path.write_bytes(content.encode(encoding))
    (loaded,) = load_file(path)
    assert loaded.extract.text.strip() == text.strip()
    assert loaded.extract.notices == ()


@pytest.mark.parametrize("declared", ["gb2312", "big5", "utf-8", "iso-8859-1", "no-such-encoding"])
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_wrong_declaration_misleads_nobody(declared: str, encoding: str, tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    head = f'<html><head><meta charset="{declared}"></head><body><p>'
    path.write_bytes((head + SIMPLIFIED + "</p></body></html>").encode(encoding))
    (loaded,) = load_file(path)
    assert "根据宪法，制定本法" in loaded.extract.text


@pytest.mark.parametrize(("encoding", "text"), [("gbk", SIMPLIFIED), ("big5hkscs", TRADITIONAL)])
@pytest.mark.parametrize("length", [4, 10, 60])
def test_short_texts_are_read_right_95_times_in_100(encoding: str, text: str, length: int) -> None:
    places = random.Random(length).choices(range(len(text) - length), k=200)
    pieces = [text[place : place + length].replace("\n", "，") for place in places]
    right = sum(decode(piece.encode(encoding)).text == piece for piece in pieces)
    assert right >= 190


def test_a_byte_lost_in_the_middle_costs_one_character_and_is_counted() -> None:
    data = SIMPLIFIED.encode("utf-8")
    cut = data.index("权益".encode())
    decoded = decode(data[:cut] + data[cut + 1 :])
    assert decoded.encoding == "utf-8"
    assert decoded.text.startswith("第一条 为了规范行政许可")
    assert decoded.text.endswith("3.5%以上。\n")
    assert "解码" in decoded.notices[0]


def test_bytes_that_are_no_text_are_refused() -> None:
    with pytest.raises(LoadError, match="不是文本"):
        decode(random.Random(1).randbytes(4000))


def test_line_ends_of_every_system_become_one() -> None:
    assert decode("一\r\n二\r三\n".encode()).text == "一\n二\n三\n"


@pytest.mark.parametrize("text", ["naïve", "Café, Ωmega", "¹¹¼Ę"])
def test_a_few_foreign_letters_in_utf_8_are_no_chinese(text: str) -> None:
    assert decode(text.encode()).text == text


@pytest.mark.parametrize("text", ["联通", "企业", "政策", "产值", "乡镇经济"])
def test_a_single_word_of_an_older_encoding_is_read(text: str) -> None:
    assert decode(text.encode("gb18030")).text == text
