"""A run accounts for every file, keeps what a person corrected, and tells how far it is."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant import Assistant, console
from assistant.errors import UsageError

TEXT = "某县通知\n各单位应当在三十日内完成归档,新增收益亿元,并于年底前报送总结。\n"


@pytest.fixture
def assistant(tmp_path: Path) -> Iterator[Assistant]:
    assistant = Assistant.open(tmp_path / "store")
    yield assistant
    assistant.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "files"
    folder.mkdir()
    (folder / "notice.txt").write_text(TEXT, encoding="utf-8")
    return folder


def test_every_file_ends_with_a_status_and_a_reason(assistant: Assistant, folder: Path) -> None:
    (folder / "blank.txt").write_text("\n \n", encoding="utf-8")
    (folder / "z-copy.txt").write_text(TEXT, encoding="utf-8")
    (folder / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(50))
    first = {Path(result.path).name: result for result in assistant.index([folder]).files}
    assert {name: result.status for name, result in first.items()} == {
        "notice.txt": "indexed",
        "z-copy.txt": "indexed",
        "blank.txt": "failed",
        "picture.png": "failed",
    }
    assert all(result.reason for name, result in first.items() if name != "notice.txt")
    (folder / "z-copy.txt").unlink()
    again = {Path(result.path).name: result.status for result in assistant.index([folder]).files}
    assert again["notice.txt"] == "unchanged"
    assert again["z-copy.txt"] == "removed"
    assert again["picture.png"] == "failed"


@pytest.mark.skipif(os.name == "nt", reason="Windows makes links for administrators only")
def test_a_link_that_leads_nowhere_and_a_linked_folder_are_counted_as_skipped(
    assistant: Assistant, folder: Path
) -> None:
    (folder / "elsewhere").symlink_to(folder, target_is_directory=True)
    (folder / "link.txt").symlink_to(folder.parent / "target.txt")
    (folder.parent / "target.txt").write_text("某县公告\n停水三日。\n", encoding="utf-8")
    first = assistant.index([folder])
    assert {Path(r.path).name: r.status for r in first.files if r.status != "indexed"} == {
        "elsewhere": "skipped"
    }
    (folder.parent / "target.txt").unlink()
    ends = [assistant.index([folder]) for _ in range(2)]
    assert [(end.count("removed"), end.count("skipped")) for end in ends] == [(1, 1), (0, 2)]
    assert all(result.reason for result in ends[1].files if result.status == "skipped")


def test_a_folder_that_is_gone_is_removed_only_when_asked_for(assistant: Assistant, folder: Path) -> None:
    other = folder.parent / "other.txt"
    other.write_text("某县公告\n停水三日。\n", encoding="utf-8")
    assistant.index([folder, other])
    (folder / "notice.txt").unlink()
    folder.rmdir()
    other.unlink()
    for path in (folder, other):
        with pytest.raises(UsageError, match=r"来自它的 1 个文件.*--rebuild"):
            assistant.index([path])
        before = len(assistant.documents())
        assert assistant.index([path], rebuild=True).count("removed") == 1
        assert len(assistant.documents()) == before - 1
    with pytest.raises(UsageError, match="There is no file"):
        assistant.index([folder], rebuild=True)  # nothing is known of it any more: a slip of the pen


def test_what_a_person_corrected_survives_indexing_again(assistant: Assistant, folder: Path) -> None:
    assistant.index([folder])
    assert "收益□亿元" in assistant.document("notice.txt").text
    overlay = folder / "notice.txt.policy.toml"
    overlay.write_text(
        '[metadata]\nregion = "浙江省"\n[[repair]]\nbefore = "收益□亿元"\nafter = "收益3亿元"\n',
        encoding="utf-8",
    )
    assert assistant.index([folder]).count("indexed") == 1  # another overlay is a change
    for rebuild in (False, True):
        assistant.index([folder], rebuild=rebuild)
        document = assistant.document("notice.txt")
        assert "收益3亿元" in document.text
        assert document.metadata.region == "浙江省"
        assert document.metadata.found_in["region"] == "correction"
    overlay.unlink()
    assistant.index([folder])
    assert "收益□亿元" in assistant.document("notice.txt").text


def test_another_catalogue_is_a_change_of_the_files_it_speaks_of(assistant: Assistant, folder: Path) -> None:
    (folder / "other.txt").write_text("某县公告\n停水三日。\n", encoding="utf-8")
    assistant.index([folder])
    (folder / "catalogue.toml").write_text(
        '[[document]]\nfile = "notice.txt"\ntitle = "归档通知"\n', encoding="utf-8"
    )
    report = assistant.index([folder])
    assert (report.count("indexed"), report.count("unchanged")) == (1, 1)
    assert assistant.document("notice.txt").title == "归档通知"


def test_without_a_terminal_progress_is_a_plain_line_now_and_then(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(console, "PLAIN_EVERY", 0.0)
    with console.progress("索引") as report:
        report(1, 3, "a.txt")
        report(2, 3, "b.txt")
    assert capsys.readouterr().err == "索引 1/3 a.txt\n索引 2/3 b.txt\n"
    monkeypatch.setattr(console, "PLAIN_EVERY", 60.0)
    with console.progress("索引") as report:
        report(1, 3, "a.txt")
    assert capsys.readouterr().err == ""
