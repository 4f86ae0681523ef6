"""What is put into a store is found, as long as its file stands, and not a moment longer."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from assistant.errors import DocumentNotFoundError, UsageError
from assistant.index.sources import State
from assistant.index.store import Store
from assistant.types import Filters
from eval.index.library import agree, index, nearest, open_store, read, search, write


def states(store: Store, *paths: Path) -> dict[str, State]:
    return {source.name: source.state for source in index(store, *paths).sources}


def test_what_is_indexed_is_found_by_its_words_and_by_its_meaning(store: Store, folder: Path) -> None:
    index(store, folder)
    assert search(store, "粮食产量")[0] == nearest(store, "粮食产量稳定")[0] == "粮食产量稳定"
    assert agree(store)


def test_a_document_comes_back_whole(store: Store, folder: Path) -> None:
    found = index(store, folder).sources[0]
    document, _ = read(found)
    back = store.reader().document(found.name)
    assert (back.text, back.metadata, back.sections) == (document.text, document.metadata, document.sections)
    assert back.path == found.path


def test_an_unknown_document_is_named(store: Store) -> None:
    with pytest.raises(DocumentNotFoundError, match="nothing"):
        store.reader().document("nothing.txt")


def test_a_second_run_over_unchanged_files_changes_nothing(store: Store, folder: Path) -> None:
    index(store, folder)
    generation = store.generation
    for path in folder.iterdir():
        path.touch()  # another time stamp is noted, but no reader need open the store again
    assert set(states(store, folder).values()) == {State.UNCHANGED}
    assert store.generation == generation


def test_a_changed_file_replaces_what_it_said(store: Store, folder: Path) -> None:
    index(store, folder)
    write(folder, "jiangsu.txt", "# 江苏省工作报告", "新增就业一百三十万人")
    assert states(store, folder)["jiangsu.txt"] is State.CHANGED
    assert search(store, "江苏就业")[:1] == ["新增就业一百三十万人"]
    assert "城镇新增就业一百二十万人" not in search(store, "就业")
    assert agree(store)


def test_a_deleted_file_leaves_every_part_of_the_store(store: Store, folder: Path) -> None:
    index(store, folder)
    (folder / "jiangsu.txt").unlink()
    index(store, folder)
    assert [document.id for document in store.reader().documents()] == ["changxing.txt", "zhejiang.txt"]
    assert agree(store)


def test_documents_of_other_folders_stay(store: Store, folder: Path, tmp_path: Path) -> None:
    index(store, folder)
    other = write(tmp_path / "other", "new.txt", "新的通知").parent
    index(store, other)
    assert len(store.reader().documents()) == 4


def test_a_folder_that_is_not_there_removes_nothing(store: Store, folder: Path, tmp_path: Path) -> None:
    index(store, folder)
    folder.rename(tmp_path / "away")
    with pytest.raises(UsageError, match="documents"):
        index(store, folder)
    assert len(store.reader().documents()) == 3


def test_a_renamed_file_is_no_new_document(store: Store, folder: Path) -> None:
    index(store, folder)
    rows = store.reader().columns.rows.tolist()
    (folder / "jiangsu.txt").rename(folder / "sub.txt")
    assert states(store, folder)["sub.txt"] is State.COPY
    reader = store.reader()
    assert reader.columns.rows.tolist() == rows
    assert reader.document("jiangsu.txt").path == str(folder / "sub.txt")
    assert set(states(store, folder).values()) == {State.UNCHANGED}


def test_the_same_file_twice_is_one_document_with_both_names(store: Store, folder: Path) -> None:
    write(folder, "a/copy.txt", *(folder / "jiangsu.txt").read_text(encoding="utf-8").splitlines())
    index(store, folder)
    (document,) = (d for d in store.reader().documents() if d.metadata.region == "江苏省")
    assert {document.id, *document.names} == {"a/copy.txt", "jiangsu.txt"}
    assert store.reader().document("jiangsu.txt") == store.reader().document("a/copy.txt")
    assert search(store, "就业").count("城镇新增就业一百二十万人") == 1


def test_a_document_stays_until_its_last_copy_is_gone(store: Store, folder: Path) -> None:
    write(folder, "copy.txt", *(folder / "jiangsu.txt").read_text(encoding="utf-8").splitlines())
    index(store, folder)
    (folder / "copy.txt").unlink()
    index(store, folder)
    assert "城镇新增就业一百二十万人" in search(store, "就业")
    (folder / "jiangsu.txt").unlink()
    index(store, folder)
    assert "城镇新增就业一百二十万人" not in search(store, "就业")
    assert agree(store)


def test_the_same_text_in_another_format_is_one_document(store: Store, folder: Path) -> None:
    # other bytes, but the same readable text, as a docx and a txt of one document
    text = (folder / "jiangsu.txt").read_bytes()
    (folder / "other.txt").write_bytes(text.replace(b"\n", b"\r\n"))
    index(store, folder)
    (document,) = (d for d in store.reader().documents() if d.metadata.region == "江苏省")
    assert document.names == ("other.txt",)
    (folder / "jiangsu.txt").unlink()
    index(store, folder)
    assert "城镇新增就业一百二十万人" in search(store, "就业")


def test_two_documents_of_one_name_in_two_folders_both_stay(store: Store, tmp_path: Path) -> None:
    first = write(tmp_path / "one", "notice.txt", "关于粮食的通知").parent
    second = write(tmp_path / "two", "notice.txt", "关于就业的通知").parent
    index(store, first, second)
    assert len({document.id for document in store.reader().documents()}) == 2
    assert sorted(search(store, "通知")) == ["关于就业的通知", "关于粮食的通知"]
    before = store.generation
    index(store, first, second)
    assert store.generation == before


def test_a_changed_document_whose_name_another_one_has_keeps_its_own(store: Store, tmp_path: Path) -> None:
    first = write(tmp_path / "one", "notice.txt", "关于粮食的通知").parent
    second = write(tmp_path / "two", "notice.txt", "关于就业的通知").parent
    index(store, first, second)
    ids = {document.id for document in store.reader().documents()}
    write(second, "notice.txt", "关于住房的通知")
    index(store, first, second)
    assert {document.id for document in store.reader().documents()} == ids
    assert sorted(search(store, "通知")) == ["关于住房的通知", "关于粮食的通知"]


def test_a_failure_midway_drops_the_open_batch_and_nothing_else(store: Store, folder: Path) -> None:
    index(store, folder)
    write(folder, "zz.txt", "新的通知")

    def fail(_: object) -> None:
        raise RuntimeError

    with pytest.raises(RuntimeError):
        index(store, folder, after=fail)
    assert len(store.reader().documents()) == 3
    index(store, folder)
    assert len(store.reader().documents()) == 4
    assert agree(store)


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        (Filters(), 5),
        (Filters(region=("浙江省",)), 4),
        (Filters(region=("浙江省湖州市长兴县", "江苏省")), 3),
        (Filters(document=("jiangsu.txt",)), 1),
        (Filters(kind=("报告",)), 3),
        (Filters(since=date(2024, 1, 1)), 3),
        (Filters(until=date(2024, 1, 20)), 3),
        (Filters(since=date(2024, 1, 1), until=date(2024, 12, 31), kind=("报告",)), 1),
        (Filters(kind=("办法",)), 0),
    ],
)
def test_filters_hide_what_they_should_and_nothing_else(
    store: Store, folder: Path, filters: Filters, found: int
) -> None:
    index(store, folder)
    assert len(nearest(store, "粮食就业企业", filters=filters)) == found
    assert len(search(store, "粮食就业企业一百万生产", filters=filters)) == found


def test_a_reader_sees_one_state_while_the_store_changes(store: Store, folder: Path) -> None:
    index(store, folder)
    reader = store.reader()
    positions = range(len(reader.columns))
    before = [passage.text for passage in reader.passages(positions)]
    for path in folder.iterdir():
        path.unlink()
    index(store, folder)
    assert [passage.text for passage in reader.passages(positions)] == before
    assert reader.document("jiangsu.txt").text
    assert len(store.reader().columns) == 0


def test_regions_and_values_are_counted(store: Store, folder: Path) -> None:
    index(store, folder)
    reader = store.reader()
    assert reader.regions() == {"浙江省": 2, "浙江省湖州市长兴县": 2, "江苏省": 1}
    assert reader.values("kind") == {"报告": 3, "方案": 2}


def test_an_empty_store_finds_nothing(tmp_path: Path) -> None:
    store = open_store(tmp_path / "new")
    assert search(store, "粮食") == nearest(store, "粮食") == []
    store.close()
