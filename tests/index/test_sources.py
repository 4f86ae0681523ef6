"""A scan tells new, changed, unchanged and copied files apart by what they hold."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.index.sources import Scan, Source, State, scan
from eval.index.library import write

OLD = 1_700_000_000_000_000_000  # nanoseconds: long enough ago that a time stamp can be trusted


def known(found: Scan) -> dict[str, Source]:
    return {source.path: replace(source, state=State.UNCHANGED, original="") for source in found.sources}


def states(found: Scan) -> dict[str, str]:
    return {source.name: source.state.value for source in found.sources}


def settle(folder: Path) -> None:
    for path in folder.rglob("*.txt"):
        os.utime(path, ns=(OLD, OLD))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write(tmp_path, "b/two.txt", "第二")
    write(tmp_path, "a.txt", "第一")
    settle(tmp_path)
    return tmp_path


def test_names_are_relative_to_the_folder_and_in_a_fixed_order(folder: Path) -> None:
    assert [source.name for source in scan([folder], {}).sources] == ["a.txt", "b/two.txt"]
    assert [source.name for source in scan([folder / "b" / "two.txt"], {}).sources] == ["two.txt"]


def test_a_file_under_two_roots_is_found_once(folder: Path) -> None:
    assert len(scan([folder, folder / "b"], {}).sources) == 2


def test_hidden_files_and_lock_files_are_passed_over(folder: Path) -> None:
    for name in (".DS_Store", "~$b.docx", ".git/config"):
        write(folder, name, "nothing")
    assert len(scan([folder], {}).sources) == 2


@pytest.mark.skipif(os.name == "nt", reason="Windows makes links for administrators only")
def test_links_that_lead_nowhere_and_to_folders_are_named(folder: Path) -> None:
    (folder / "gone.txt").symlink_to(folder / "never.txt")
    (folder / "b" / "round").symlink_to(folder, target_is_directory=True)
    (folder / "linked.txt").symlink_to(folder / "a.txt")
    (folder / ".hidden").symlink_to(folder / "never.txt")
    found = scan([folder], {})
    assert [source.name for source in found.sources] == ["a.txt", "linked.txt", "b/two.txt"]
    assert {path: why[:2] for path, why in found.passed} == {
        str(folder / "gone.txt"): "是链",
        str(folder / "b" / "round"): "是指",
    }


@pytest.mark.skipif(os.name == "nt", reason="Windows makes links for administrators only")
def test_what_was_indexed_through_a_linked_folder_stays(folder: Path) -> None:
    (folder / "linked").symlink_to(folder / "b", target_is_directory=True)
    before = known(scan([folder / "linked"], {}))
    assert scan([folder], before).vanished == ()


def test_a_file_with_the_same_time_and_size_is_not_read_again(folder: Path) -> None:
    before = known(scan([folder], {}))
    (folder / "a.txt").write_text("其它\n", encoding="utf-8")
    os.utime(folder / "a.txt", ns=(OLD, OLD))
    assert states(scan([folder], before)) == {"a.txt": "unchanged", "b/two.txt": "unchanged"}


def test_a_file_changed_a_moment_ago_is_compared_by_content(tmp_path: Path) -> None:
    path = write(tmp_path, "a.txt", "第一")
    before = known(scan([tmp_path], {}))
    stamp = path.stat().st_mtime_ns
    path.write_text("其它\n", encoding="utf-8")
    os.utime(path, ns=(stamp, stamp))
    assert states(scan([tmp_path], before)) == {"a.txt": "changed"}


def test_a_touched_file_is_unchanged(folder: Path) -> None:
    before = known(scan([folder], {}))
    (folder / "a.txt").touch()
    assert states(scan([folder], before))["a.txt"] == "unchanged"


def test_another_context_is_a_change(folder: Path) -> None:
    before = known(scan([folder], {}, context=lambda _: "1"))
    assert states(scan([folder], before, context=lambda path: path.name))["a.txt"] == "changed"


def test_what_is_gone_under_a_folder_has_vanished_and_nothing_else(folder: Path) -> None:
    before = known(scan([folder], {}))
    (folder / "b" / "two.txt").unlink()
    (folder / "a.txt").unlink()
    assert scan([folder / "b"], before).vanished == (str(folder / "b" / "two.txt"),)
    assert len(scan([folder], before).vanished) == 2


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="a folder that even root may not read")
def test_nothing_vanishes_in_a_folder_that_cannot_be_read(folder: Path) -> None:
    before = known(scan([folder], {}))
    (folder / "b").chmod(0)
    try:
        found = scan([folder], before)
    finally:
        (folder / "b").chmod(0o755)
    assert (found.vanished, found.unreadable) == ((), (str(folder / "b"),))


def test_two_files_that_swap_their_contents_are_both_changed(folder: Path) -> None:
    before = known(scan([folder], {}))
    write(folder, "a.txt", "第二")
    write(folder, "b/two.txt", "第一")
    assert set(states(scan([folder], before)).values()) == {"changed"}


def test_a_copy_names_the_file_it_is_a_copy_of(folder: Path) -> None:
    before = known(scan([folder], {}))
    write(folder, "c.txt", "第一")
    copy = next(source for source in scan([folder], before).sources if source.name == "c.txt")
    assert (copy.state, copy.original) == (State.COPY, str(folder / "a.txt"))
