"""Whatever is done to the bytes of a file, a loader gives documents or a LoadError, nothing else."""

from __future__ import annotations

import io
import zipfile
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.errors import LoadError
from assistant.ingest.load import Limits
from assistant.ingest.load.formats import load_bytes
from assistant.types import Extract

from . import samples

LIMITS = Limits(unpacked_bytes=20 * 2**20)
WORD = samples.docx(
    samples.paragraph("标题", '<w:pStyle w:val="a"/><w:numPr><w:numId w:val="1"/></w:numPr>')
    + "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>甲</w:t></w:r></w:p></w:tc><w:tc/></w:tr></w:tbl>",
    styles='<w:style w:styleId="a"><w:basedOn w:val="a"/><w:rPr><w:sz w:val="40"/></w:rPr></w:style>',
    numbering='<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
    '<w:numFmt w:val="lowerRoman"/><w:lvlText w:val="%1."/></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>',
)  # fmt: skip
SEEDS = {
    "txt": "第一条 正文。\n".encode("gb18030"),
    "md": "# 标题\n| 甲 | 乙 |\n|---|---|\n| **1** | [2](x) |\n".encode(),
    "jsonl": '{"id":"1","text":"正文","tags":[1]}\n'.encode(),
    "csv": '甲,乙\n"1,2",3\n'.encode(),
    "html": samples.HTML.encode(),
    "rtf": samples.rtf(),
    "pdf": samples.pdf(
        [samples.prose(["一、标题", "　　正文一行。"])], "90 600 m 300 600 l S 90 500 m 90 600 l S"
    ),
    "docx": WORD,
    "xlsx": samples.xlsx(),
    "pptx": samples.pptx(),
    "ofd": samples.ofd(),
    "zip": samples.zipped({"甲.txt": "正文", "乙.docx": WORD}),
    "mht": b"Content-Type: multipart/related; boundary=b\n\n--b\nContent-Type: text/html\n\n<p>a</p>\n--b--",
}


def check(data: bytes, extension: str) -> None:
    """Load `data`; whatever comes of it must be sound."""
    with suppress(LoadError):
        for loaded in load_bytes(data, extension, LIMITS):
            if loaded:
                assert_sound(loaded.extract)


def assert_sound(extract: Extract) -> None:
    """Check that marks lie in the text and the text can be stored."""
    extract.text.encode("utf-8")
    assert all(0 <= mark.start <= mark.end <= len(extract.text) for mark in extract.marks)
    assert "\0" not in extract.text


edits: st.SearchStrategy[list[tuple[float, int, bytes]]] = st.lists(
    st.tuples(st.floats(0, 1), st.integers(0, 40), st.binary(max_size=12)), min_size=1, max_size=4
)


def mutated(data: bytes, changes: list[tuple[float, int, bytes]]) -> bytes:
    """Return `data` with stretches replaced."""
    for place, length, replacement in changes:
        start = int(place * len(data))
        data = data[:start] + replacement + data[start + length :]
    return data


@pytest.mark.parametrize("extension", SEEDS)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(changes=edits)
def test_damaged_bytes_give_documents_or_a_load_error(
    extension: str, changes: list[tuple[float, int, bytes]]
) -> None:
    check(mutated(SEEDS[extension], changes), extension)


@pytest.mark.parametrize("extension", ["docx", "xlsx", "pptx", "ofd"])
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(changes=edits, choice=st.integers(0, 100))
def test_damaged_parts_of_a_sound_package_give_documents_or_a_load_error(
    extension: str, changes: list[tuple[float, int, bytes]], choice: int
) -> None:
    with zipfile.ZipFile(io.BytesIO(SEEDS[extension])) as archive:
        members: dict[str, str | bytes] = {name: archive.read(name) for name in archive.namelist()}
    name = sorted(members)[choice % len(members)]
    content = members[name]
    assert isinstance(content, bytes)
    members[name] = mutated(content, changes)
    check(samples.zipped(members), extension)


@settings(max_examples=150, deadline=None)
@given(data=st.binary(max_size=400), extension=st.sampled_from(sorted(SEEDS)))
def test_any_bytes_give_documents_or_a_load_error(data: bytes, extension: str) -> None:
    check(data, extension)


@settings(max_examples=80, deadline=None)
@given(
    text=st.text(st.characters(codec="utf-8"), max_size=200),
    extension=st.sampled_from(["txt", "md", "csv", "html"]),
)
def test_any_text_gives_documents_or_a_load_error(text: str, extension: str) -> None:
    check(text.encode("utf-8"), extension)
