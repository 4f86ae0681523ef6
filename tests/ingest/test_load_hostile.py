"""Whatever a file is, it is read or refused within its limits, and the next file is read as ever."""

from __future__ import annotations

import io
import os
import re
import struct
import zipfile
from pathlib import Path

import pypdf
import pytest

from assistant.errors import LoadError
from assistant.ingest.load import Limits, load_file, worker

from . import samples

SMALL = Limits(seconds=20)


def refused(path: Path, limits: Limits = SMALL) -> str:
    """Return why a file is refused."""
    with pytest.raises(LoadError) as error:
        list(load_file(path, limits))
    return str(error.value)


def written(tmp_path: Path, name: str, data: bytes) -> Path:
    """Return the path of a file with `data`."""
    path = tmp_path / name
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("name", ["a.zip", "a.docx", "a.xlsx", "a.pptx", "a.ofd"])
def test_a_zip_bomb_is_refused_before_it_unpacks(name: str, tmp_path: Path) -> None:
    member = {"zip": "a.txt", "docx": "word/document.xml", "xlsx": "xl/workbook.xml",
              "pptx": "ppt/presentation.xml", "ofd": "OFD.xml"}[name[2:]]  # fmt: skip
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive, archive.open(member, "w") as file:
        for _ in range(60):
            file.write(bytes(2**20))
    assert "压缩炸弹" in refused(written(tmp_path, name, buffer.getvalue()))


def test_a_zip_that_lies_about_its_sizes_gives_no_more_than_it_declares(tmp_path: Path) -> None:
    data = bytearray(samples.zipped({"a.txt": "文" * 200_000}))
    declared = struct.pack("<L", 600_000)
    assert data.count(declared) == 2
    path = written(tmp_path, "a.zip", bytes(data).replace(declared, struct.pack("<L", 30)))
    assert "a.txt" in refused(path)


def test_too_many_members_and_zips_within_zips_are_refused(tmp_path: Path) -> None:
    many = samples.zipped({f"{number}.txt": "文" for number in range(60)})
    assert "60 个文件" in refused(written(tmp_path, "many.zip", many), Limits(members=50))
    data = "内容".encode()
    for level in range(6):
        data = samples.zipped({f"{level}.zip" if level else "a.txt": data})
    assert "层数过多" in refused(written(tmp_path, "deep.zip", data))


@pytest.mark.parametrize(
    "name",
    ["../../etc/passwd.txt", "/etc/passwd.txt", "..\\..\\windows\\a.txt", "C:\\a.txt", "a/../../b.txt"],
)
def test_a_member_that_climbs_out_gets_a_harmless_name_and_touches_no_file(name: str, tmp_path: Path) -> None:
    before = sorted(tmp_path.parent.rglob("*.txt"))
    (loaded,) = load_file(written(tmp_path, "a.zip", samples.zipped({name: "内容。"})))
    assert loaded.extract.text == "内容。"
    assert not loaded.name.startswith(("/", "\\"))
    assert ".." not in Path(loaded.name).parts
    assert ":" not in loaded.name
    assert sorted(tmp_path.parent.rglob("*.txt")) == before


@pytest.mark.parametrize("depth", [300, 10_000, 200_000])
def test_a_deep_page_is_read_or_refused(depth: int, tmp_path: Path) -> None:
    path = written(tmp_path, "a.html", ("<div>" * depth + "正文内容。" + "</div>" * depth).encode())
    if depth < 2000:
        assert [loaded.extract.text for loaded in load_file(path)] == ["正文内容。"]
    else:
        assert "嵌套" in refused(path)


ENTITIES = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "lol"}">' for n in range(10))


@pytest.mark.parametrize("member", ["word/document.xml", "word/styles.xml"])
@pytest.mark.parametrize(
    "declaration", [ENTITIES, '<!ENTITY e9 SYSTEM "file:///etc/passwd">'], ids=["billion laughs", "file"]
)
def test_entities_are_refused(member: str, declaration: str, tmp_path: Path) -> None:
    members = {"word/document.xml": f'<w:document xmlns:w="{samples.WORD}"><w:body/></w:document>'}
    members[member] = f"<!DOCTYPE x [{declaration}]><x>&e9;</x>"
    assert "实体" in refused(written(tmp_path, "a.docx", samples.zipped(members)))


def test_entities_in_a_workbook_are_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(io.BytesIO(samples.xlsx())) as archive:
        members: dict[str, str | bytes] = {name: archive.read(name) for name in archive.namelist()}
    sheet = members["xl/worksheets/sheet1.xml"]
    assert isinstance(sheet, bytes)
    members["xl/worksheets/sheet1.xml"] = f"<!DOCTYPE x [{ENTITIES}]>".encode() + sheet.replace(
        b"4213.1", b"&e9;"
    )
    path = written(tmp_path, "a.xlsx", samples.zipped(members))
    assert refused(path, Limits(seconds=20, memory_bytes=2**30))


def test_a_file_of_500_megabytes_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    with path.open("wb") as file:
        file.truncate(500 * 2**20)
    assert "500 MB" in refused(path)


@pytest.mark.skipif(os.name != "posix", reason="memory is limited by rlimit")
def test_a_file_that_needs_too_much_memory_is_refused(tmp_path: Path) -> None:
    page = ("<html><body>" + "<p>一二三四五六七八九十</p>" * 150_000).encode()
    reason = refused(written(tmp_path, "a.html", page), Limits(memory_bytes=130 * 2**20))
    assert "内存" in reason


def test_a_file_that_takes_too_long_is_given_up_and_the_next_one_is_read(tmp_path: Path) -> None:
    page = ("<html><body>" + "<p>一二三四五六七八九十</p>" * 100_000).encode()
    assert "秒" in refused(written(tmp_path, "slow.html", page), Limits(seconds=0.05))
    (loaded,) = load_file(written(tmp_path, "a.docx", samples.docx(samples.paragraph("正文"))))
    assert loaded.extract.text == "正文"


def test_one_worker_serves_one_file_after_the_other(tmp_path: Path) -> None:
    path = written(tmp_path, "a.docx", samples.docx(samples.paragraph("正文")))
    bad = written(tmp_path, "b.docx", b"PK\x03\x04 no zip")
    list(load_file(path))
    before = {id(each) for each in worker._idle}
    refused(bad)
    list(load_file(path))
    assert {id(each) for each in worker._idle} & before


def test_a_reader_that_stops_halfway_harms_nobody(tmp_path: Path) -> None:
    path = written(tmp_path, "a.zip", samples.zipped({f"{n}.txt": f"内容{n}。" for n in range(50)}))
    documents = load_file(path)
    assert next(iter(documents)).name == "0.txt"
    del documents
    assert [loaded.name for loaded in load_file(path)] == [f"{n}.txt" for n in range(50)]


def encrypted_pdf() -> bytes:
    """Return a pdf that a password protects."""
    pdf = pypdf.PdfWriter(io.BytesIO(samples.pdf([samples.prose(["机密"])])))
    pdf.encrypt("secret", algorithm="RC4-128")
    buffer = io.BytesIO()
    pdf.write(buffer)
    return buffer.getvalue()


def test_encrypted_files_are_named_as_such(tmp_path: Path) -> None:
    ole = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le") + bytes(600)
    )
    assert "加密" in refused(written(tmp_path, "a.docx", ole))
    assert "加密" in refused(written(tmp_path, "a.pdf", encrypted_pdf()))
    data = bytearray(samples.zipped({"a.txt": "内容"}))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    assert "加密" in refused(written(tmp_path, "a.zip", bytes(data)))


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.docx", samples.docx(samples.paragraph("正文" * 500))),
        ("a.xlsx", samples.xlsx()),
        ("a.pptx", samples.pptx()),
        ("a.ofd", samples.ofd()),
        ("a.pdf", samples.pdf([samples.prose(["正文。"])])),
    ],
)
@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_a_truncated_file_is_refused_or_flagged(name: str, data: bytes, share: float, tmp_path: Path) -> None:
    path = written(tmp_path, name, data[: int(len(data) * share)])
    try:
        said = " ".join(next(iter(load_file(path, SMALL))).extract.notices)
    except LoadError as error:
        said = str(error)
    assert re.search("损坏|不完整|没有", said)


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"\x89PNG\r\n\x1a\n" + bytes(50), "图片"),
        (b"MZ" + bytes(50), "程序"),
        (b"Rar!\x1a\x07" + bytes(50), "RAR"),
        (b"", "空的"),
        (samples.docx(samples.paragraph("藏", run="<w:vanish/>")), "没有文字.*隐藏文字"),
        (b" \n\t\0", "空的"),
        (b"PK\x05\x06" + bytes(18), "没有文档"),
    ],
)
def test_what_is_no_document_is_named(data: bytes, kind: str, tmp_path: Path) -> None:
    assert re.search(kind, refused(written(tmp_path, "a.docx", data)))


def test_an_old_office_file_names_what_to_convert_to_where_no_converter_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "WordDocument".encode("utf-16-le") + bytes(600)
    worker.stop_workers()
    monkeypatch.setenv("PATH", str(tmp_path))
    reason = refused(written(tmp_path, "a.doc", ole))
    worker.stop_workers()
    assert "LibreOffice" in reason
    assert "docx" in reason


def test_a_missing_file_and_a_folder_are_errors_for_the_user(tmp_path: Path) -> None:
    assert "打不开" in refused(tmp_path / "none.txt")
    assert "打不开" in refused(tmp_path)


@pytest.mark.skipif(os.name != "posix", reason="devices and pipes have paths on posix only")
def test_a_device_or_pipe_is_refused_unread(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    assert "打不开" in refused(tmp_path / "pipe.txt")
    assert "打不开" in refused(Path("/dev/zero"))


def test_a_zip_may_take_as_long_as_its_members_need_but_not_for_ever(tmp_path: Path) -> None:
    page = "<html><body>" + "<p>一二三四五六七八九十</p>" * 5_000
    path = written(tmp_path, "a.zip", samples.zipped({f"{n}.html": page for n in range(4)}))
    assert len(list(load_file(path, Limits(step_seconds=30)))) == 4
    assert "秒" in refused(path, Limits(total_seconds=0.01))
